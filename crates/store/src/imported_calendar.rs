//! The calendar of a network's files, written where nobody has changed it by hand.

use std::collections::BTreeSet;

use circulation::{BranchCode, Calendar};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

use crate::{StoreError, facts::code};

/// Whose calendar is people's: branches, and the closures of every branch.
struct Theirs {
    branches: BTreeSet<BranchCode>,
    network: bool,
}

impl Theirs {
    async fn read(connection: &mut PgConnection) -> Result<Self, StoreError> {
        let branches = sqlx::query_scalar!("SELECT code FROM branch WHERE calendar_by IS NOT NULL")
            .fetch_all(&mut *connection)
            .await?
            .into_iter()
            .map(|branch| code(Some(branch)))
            .collect::<Result<_, _>>()?;
        let network =
            sqlx::query_scalar!(r#"SELECT calendar_by IS NOT NULL AS "theirs!" FROM network"#)
                .fetch_one(connection)
                .await?;
        Ok(Self { branches, network })
    }

    fn has(&self, branch: Option<&BranchCode>) -> bool {
        branch.map_or(self.network, |branch| self.branches.contains(branch))
    }

    /// What is left for files to say, in one order.
    fn rest(&self, calendar: &Calendar) -> Calendar {
        let mut calendar = calendar.clone();
        let openings = &mut calendar.openings;
        openings.retain(|branch, week| !week.is_empty() && !self.has(Some(branch)));
        for week in openings.values_mut() {
            week.sort_by_key(|opening| (opening.weekday, opening.opens));
        }
        let closures = &mut calendar.closures;
        closures.retain(|closure| !self.has(closure.branch.as_ref()));
        closures.sort_by_key(|closure| (closure.first, closure.branch));
        calendar
    }
}

/// Puts this calendar in the place of the one before, if it is another one: whether it is; and how many branches' calendars
/// stay, since people have changed them.
pub(crate) async fn calendar(
    connection: &mut PgConnection,
    calendar: &Calendar,
) -> Result<(bool, u64), StoreError> {
    let theirs = Theirs::read(&mut *connection).await?;
    let kept = u64::try_from(theirs.branches.len()).unwrap_or(u64::MAX);
    let held = crate::rulebook::calendar(&mut *connection, calendar.version).await?;
    let given = theirs.rest(calendar);
    if theirs.rest(&held) == given {
        return Ok((false, kept));
    }
    sqlx::query!(
        "DELETE FROM opening USING branch b WHERE b.code = opening.branch AND b.calendar_by IS NULL"
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "DELETE FROM closure WHERE CASE WHEN branch IS NULL THEN (SELECT calendar_by FROM network) IS NULL
                                        ELSE (SELECT calendar_by FROM branch WHERE code = closure.branch) IS NULL END"
    )
    .execute(&mut *connection)
    .await?;
    let openings = given.openings.iter();
    for (branch, opening) in
        openings.flat_map(|(code, week)| week.iter().map(move |row| (code, row)))
    {
        sqlx::query!(
            "INSERT INTO opening (branch, weekday, opens, closes) VALUES ($1, $2, $3, $4)",
            branch.as_str(),
            i16::from(opening.weekday),
            opening.opens.to_sqlx() as _,
            opening.closes.to_sqlx() as _,
        )
        .execute(&mut *connection)
        .await?;
    }
    for closure in &given.closures {
        sqlx::query!(
            "INSERT INTO closure (branch, first_day, last_day, reason) VALUES ($1, $2, $3, $4)",
            closure.branch.as_ref().map(BranchCode::as_str),
            closure.first.to_sqlx() as _,
            closure.last.to_sqlx() as _,
            closure.reason,
        )
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query!("UPDATE network SET calendar_version = calendar_version + 1")
        .execute(connection)
        .await?;
    Ok((true, kept))
}
