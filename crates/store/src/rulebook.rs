//! The rulebook: policies, calendar and vocabulary, read whole.

use std::collections::BTreeMap;

use circulation::{
    Branch, Calendar, Category, Closure, DocumentType, Opening, Policy, PolicyDocument, Rulebook,
};
use serde_json::json;
use sqlx::{Connection, PgConnection};

use crate::{Store, StoreError, error::corrupt, facts::code, item::audience};

impl Store {
    /// Reads the rulebook in one snapshot, and the number that the network gave it.
    pub async fn rulebook(&self) -> Result<(Rulebook, i64), StoreError> {
        let mut connection = self.pool.acquire().await?;
        let mut transaction = connection
            .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await?;
        let network = sqlx::query!("SELECT rulebook_version, calendar_version FROM network")
            .fetch_one(&mut *transaction)
            .await?;
        let book = Rulebook {
            policies: policies(&mut transaction).await?,
            calendar: calendar(&mut transaction, network.calendar_version).await?,
            branches: branches(&mut transaction).await?,
            categories: categories(&mut transaction).await?,
            documents: documents(&mut transaction).await?,
        };
        transaction.commit().await?;
        Ok((book, network.rulebook_version))
    }

    /// The network's time zone, by its IANA name.
    pub async fn time_zone(&self) -> Result<String, StoreError> {
        Ok(sqlx::query_scalar!("SELECT time_zone FROM network")
            .fetch_one(&self.pool)
            .await?)
    }
}

pub(crate) async fn policies(connection: &mut PgConnection) -> Result<Vec<Policy>, StoreError> {
    // Each row is a document's outside; rules and limits are put back in the order in which they were written.
    let rows = sqlx::query!(
        r#"SELECT v.version, v.effective_from AS "effective_from: jiff_sqlx::Date", v.currency, v.roles, v.float_groups,
                  v.branch_periods,
                  (SELECT coalesce(json_agg(r.body ORDER BY r.position), '[]') FROM policy_rule r
                    WHERE r.version = v.version) AS "rules!",
                  (SELECT coalesce(json_agg(l.body ORDER BY l.position), '[]') FROM policy_limit l
                    WHERE l.version = v.version) AS "limits!"
             FROM policy_version v WHERE v.withdrawn_at IS NULL ORDER BY v.version"#
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let document: PolicyDocument = serde_json::from_value(json!({
                "version": row.version,
                "effective_from": row.effective_from.to_jiff(),
                "currency": row.currency,
                "roles": row.roles,
                "rule": row.rules,
                "limit": row.limits,
                "float_group": row.float_groups,
                "branch_period": row.branch_periods,
            }))
            .map_err(|error| corrupt(format!("policy version {}: {error}", row.version)))?;
            Policy::new(document).map_err(corrupt)
        })
        .collect()
}

pub(crate) async fn calendar(
    connection: &mut PgConnection,
    version: i64,
) -> Result<Calendar, StoreError> {
    let mut openings = BTreeMap::new();
    let rows = sqlx::query!(
        r#"SELECT branch, weekday, opens AS "opens: jiff_sqlx::Time", closes AS "closes: jiff_sqlx::Time"
             FROM opening ORDER BY branch, weekday, opens"#
    )
    .fetch_all(&mut *connection)
    .await?;
    for row in rows {
        let opening = Opening {
            weekday: u8::try_from(row.weekday).map_err(corrupt)?,
            opens: row.opens.to_jiff(),
            closes: row.closes.to_jiff(),
        };
        openings
            .entry(code(Some(row.branch))?)
            .or_insert_with(Vec::new)
            .push(opening);
    }
    let closures = sqlx::query!(
        r#"SELECT branch, first_day AS "first_day: jiff_sqlx::Date", last_day AS "last_day: jiff_sqlx::Date", reason
             FROM closure ORDER BY first_day, branch"#
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Closure {
            branch: row.branch.map(|branch| code(Some(branch))).transpose()?,
            first: row.first_day.to_jiff(),
            last: row.last_day.to_jiff(),
            reason: row.reason,
        })
    })
    .collect::<Result<_, StoreError>>()?;
    Ok(Calendar {
        version,
        openings,
        closures,
    })
}

async fn branches(
    connection: &mut PgConnection,
) -> Result<BTreeMap<circulation::BranchCode, Branch>, StoreError> {
    sqlx::query!("SELECT code, name FROM branch")
        .fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let code = code(Some(row.code))?;
            Ok((
                code,
                Branch {
                    code,
                    name: row.name,
                },
            ))
        })
        .collect()
}

async fn categories(
    connection: &mut PgConnection,
) -> Result<BTreeMap<circulation::CategoryCode, Category>, StoreError> {
    let age = |years: Option<i16>| years.map(u8::try_from).transpose().map_err(corrupt);
    sqlx::query!(
        "SELECT code, label, kind, min_age, max_age, card_months, guarantor, audience_limit, origin FROM patron_category"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        let code = code(Some(row.code))?;
        let category = Category {
            code,
            label: row.label,
            kind: word(&row.kind)?,
            min_age: age(row.min_age)?,
            max_age: age(row.max_age)?,
            card_months: u16::try_from(row.card_months).map_err(corrupt)?,
            guarantor: word(&row.guarantor)?,
            audience_limit: row.audience_limit.as_deref().map(|text| audience(Some(text))),
            origin: row.origin,
        };
        Ok((code, category))
    })
    .collect()
}

async fn documents(
    connection: &mut PgConnection,
) -> Result<BTreeMap<circulation::DocumentCode, DocumentType>, StoreError> {
    let letter = |text: String| {
        text.chars()
            .next()
            .ok_or_else(|| corrupt("an empty UNIMARC position"))
    };
    sqlx::query!(
        "SELECT code, label, sip2_media_type, unimarc_ldr06, unimarc_ldr07, unimarc_995r, onix_product_form,
                usual_parts, loanable_by_default, note FROM document_type"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        let code = code(Some(row.code))?;
        let document = DocumentType {
            code,
            label: row.label,
            sip2_media_type: row.sip2_media_type,
            unimarc_ldr06: letter(row.unimarc_ldr06)?,
            unimarc_ldr07: letter(row.unimarc_ldr07)?,
            unimarc_995r: row.unimarc_995r,
            onix_product_form: row.onix_product_form,
            usual_parts: u8::try_from(row.usual_parts).map_err(corrupt)?,
            loanable_by_default: row.loanable_by_default,
            note: row.note,
        };
        Ok((code, document))
    })
    .collect()
}

/// A value without fields, from the word that serde writes for it.
fn word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::from(text))
        .map_err(|_| corrupt(format!("the word {text:?}")))
}
