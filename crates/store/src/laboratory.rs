//! Open loans and the log, read from end to end in one snapshot, for trying other rules on them.

use std::{collections::HashMap, time::Duration};

use circulation::{
    BranchCode, CategoryCode, EventFacts, ItemKept, LentLoan, LoanKept, LoggedPlan, Question, Trace,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use jiff_sqlx::ToSqlx;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::{Session, Store, StoreError, error::corrupt, facts::code};

/// How many households are read at a time. Most have less than ten loans.
const HOUSEHOLDS: i64 = 500;

/// A connection of its own in one read-only snapshot: what is read in pieces fits together, no terminal waits for a
/// connection that it holds, and it locks nothing. Dropped, it is over.
#[derive(Debug)]
pub struct Snapshot(PgConnection);

/// An open loan and whose it is.
#[derive(Debug, Clone)]
pub struct LabLoan {
    /// The household.
    pub household: i64,
    /// The reader.
    pub patron: i64,
    /// The reader's category today.
    pub category: CategoryCode,
    /// The branch that the reader calls home.
    pub home: BranchCode,
    /// The loan's number.
    pub custody: i64,
    /// The present due date.
    pub due: Date,
    /// The loan.
    pub loan: LentLoan,
}

/// A question of the log.
#[derive(Debug, Clone)]
pub struct LabEvent {
    /// Its number.
    pub id: i64,
    /// When it was asked.
    pub at: Timestamp,
    /// Who asked, if the log knows it still.
    pub patron: Option<i64>,
    /// What is kept of it; none: the entry is in other words than today's.
    pub facts: Option<EventFacts>,
    /// The loan that was made or renewed is open still.
    pub open: bool,
    /// The reader's category today, where it was not kept.
    pub category_today: Option<CategoryCode>,
}

impl Store {
    /// Opens a snapshot, none of whose statements runs longer than this.
    pub async fn snapshot(&self, longest: Duration) -> Result<Snapshot, StoreError> {
        let mut connection = PgConnection::connect_with(&self.pool.connect_options()).await?;
        let begin = format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = {}; \
             SET LOCAL idle_in_transaction_session_timeout = '60s'",
            longest.as_millis()
        );
        sqlx::raw_sql(AssertSqlSafe(begin))
            .execute(&mut connection)
            .await?;
        Ok(Snapshot(connection))
    }
}

impl Snapshot {
    /// Open loans of the next households after this one, household by household and reader by reader, and the last of
    /// those households; none: there are no more. Two round trips.
    pub async fn lab_loans(
        &mut self,
        after: i64,
        zone: &TimeZone,
    ) -> Result<Option<(i64, Vec<LabLoan>)>, StoreError> {
        let last = sqlx::query_scalar!(
            "SELECT max(id) FROM (SELECT id FROM household WHERE id > $1 ORDER BY id LIMIT $2) h",
            after,
            HOUSEHOLDS
        )
        .fetch_one(&mut self.0)
        .await?;
        let Some(last) = last else {
            return Ok(None);
        };
        let read = sqlx::query_file!("queries/lab_loans.sql", after, last)
            .fetch_all(&mut self.0)
            .await?;
        let loans = read
            .into_iter()
            .map(|row| {
                let renewed_on = row
                    .renewed_at
                    .map(|at| at.to_jiff().to_zoned(zone.clone()).date());
                Ok(LabLoan {
                    household: row.household_id,
                    patron: row.patron_id,
                    category: code(Some(row.patron_category))?,
                    home: code(Some(row.home_branch))?,
                    custody: row.custody_id,
                    due: row.due.to_jiff(),
                    loan: LentLoan {
                        checkout: code(Some(row.branch))?,
                        owner: code(Some(row.owner_branch))?,
                        category: code(Some(row.category))?,
                        document: code(Some(row.document))?,
                        in_service: row.in_service.to_jiff(),
                        return_by: row.return_by.map(jiff_sqlx::Date::to_jiff),
                        lent_on: row.lent_on.to_jiff(),
                        renewals: u16::try_from(row.renewals).map_err(corrupt)?,
                        renewed_on,
                        new: row.lent_new,
                    },
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Some((last, loans)))
    }

    /// The next thousand questions of the log, at most, after this moment and number and before that moment. One round
    /// trip.
    pub async fn lab_events(
        &mut self,
        after: (Timestamp, i64),
        until: Timestamp,
        zone: &TimeZone,
    ) -> Result<Vec<LabEvent>, StoreError> {
        let read = sqlx::query_file!(
            "queries/lab_events.sql",
            after.0.to_sqlx() as _,
            after.1,
            until.to_sqlx() as _
        )
        .fetch_all(&mut self.0)
        .await?;
        let events = read.into_iter().map(|row| {
            let at = row.at.to_jiff();
            let item = match (row.owner_branch, row.item_document, row.in_service) {
                (Some(owner), Some(document), Some(in_service)) => Some(ItemKept {
                    owner: code(Some(owner))?,
                    document: code(Some(document))?,
                    in_service: in_service.to_jiff(),
                    return_by: row.return_by.map(jiff_sqlx::Date::to_jiff),
                }),
                _ => None,
            };
            let loan = match (row.checkout, row.category, row.loan_document, row.lent_on) {
                (Some(checkout), Some(category), Some(document), Some(lent_on)) => Some(LoanKept {
                    checkout: code(Some(checkout))?,
                    category: code(Some(category))?,
                    document: code(Some(document))?,
                    lent_on: lent_on.to_jiff(),
                    new: row.lent_new.unwrap_or_default(),
                    renewals: u16::try_from(row.renewals.unwrap_or_default()).map_err(corrupt)?,
                }),
                _ => None,
            };
            let mut facts = EventFacts {
                question: Question::of_kind(&row.kind).ok_or_else(|| corrupt(&row.kind))?,
                done: row.outcome == "done",
                on: at.to_zoned(zone.clone()).date(),
                branch: code(Some(row.branch))?,
                by_staff: row.by_staff,
                plan: LoggedPlan::default(),
                refused: Vec::new(),
                trace: Trace::default(),
                item,
                loan,
                category: None,
            };
            let read = facts.read_body(&row.body);
            Ok(LabEvent {
                id: row.id,
                at,
                patron: row.patron_id,
                open: row.open.unwrap_or_default(),
                category_today: row
                    .patron_category
                    .map(|text| code(Some(text)))
                    .transpose()?,
                facts: read.then_some(facts),
            })
        });
        events.collect()
    }

    /// Readers whose files were changed from a moment on, and when last. One round trip.
    pub async fn lab_changed_readers(
        &mut self,
        from: Timestamp,
    ) -> Result<HashMap<i64, Timestamp>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT patron_id AS "patron_id!", max(at) AS "at!: jiff_sqlx::Timestamp" FROM event
                WHERE at >= $1 AND kind = 'reader' AND outcome = 'done' AND patron_id IS NOT NULL GROUP BY 1"#,
            from.to_sqlx() as _
        )
        .fetch_all(&mut self.0)
        .await?;
        Ok(read
            .into_iter()
            .map(|row| (row.patron_id, row.at.to_jiff()))
            .collect())
    }

    /// The number of the rulebook that the snapshot is under.
    pub async fn rulebook_version(&mut self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!("SELECT rulebook_version FROM network")
            .fetch_one(&mut self.0)
            .await?)
    }
}

/// Barcode and title of loans and of questions of the log.
#[derive(Debug, Clone, Default)]
pub struct LabThings {
    /// By the loan's number.
    pub loans: HashMap<i64, (String, String)>,
    /// By the event's number.
    pub events: HashMap<i64, (String, String)>,
}

impl Session {
    /// What a list shows of loans and of questions of the log. One round trip.
    pub async fn lab_things(
        &mut self,
        loans: &[i64],
        events: &[i64],
    ) -> Result<LabThings, StoreError> {
        let read = sqlx::query_file!("queries/lab_things.sql", loans, events)
            .fetch_all(self.pg())
            .await?;
        let mut things = LabThings::default();
        for row in read {
            let of = match row.of.as_str() {
                "loan" => &mut things.loans,
                _ => &mut things.events,
            };
            of.insert(row.id, (row.barcode, row.title));
        }
        Ok(things)
    }
}
