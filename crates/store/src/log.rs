//! Pages of the log.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};

use crate::{Session, StoreError, facts::code};

/// Which lines of the log: those that fit everything that is said here.
#[derive(Debug, Clone, Default)]
pub struct LogAsk {
    /// Of this branch's doors.
    pub branch: Option<BranchCode>,
    /// What was asked: `checkout`, `checkin`, …
    pub kind: Option<String>,
    /// What was done, or else what was refused.
    pub done: Option<bool>,
    /// About this item.
    pub item: Option<i64>,
    /// About this patron.
    pub patron: Option<i64>,
    /// By this member of staff.
    pub staff: Option<i64>,
    /// Through this terminal.
    pub terminal: Option<i64>,
    /// At this moment or later, by when it happened.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// From the line after this one; none: from the last that happened.
    pub after: Option<LogAfter>,
}

/// The line after which a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogAfter {
    /// When it happened.
    pub at: Timestamp,
    /// Its number.
    pub event: i64,
}

/// One line of the log, without its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogLine {
    /// Its number: what it is explained by.
    pub event: i64,
    /// When it happened.
    pub at: Timestamp,
    /// What was asked.
    pub kind: String,
    /// Whether it was done; otherwise it was refused.
    pub done: bool,
    /// The first of the reasons, if it was refused.
    pub headline: Option<String>,
    /// Where.
    pub branch: Option<BranchCode>,
    /// Through which terminal: its number and name.
    pub terminal: Option<(i64, String)>,
    /// By which member of staff: their number and name.
    pub staff: Option<(i64, String)>,
    /// About which item: its number, barcode and title.
    pub item: Option<(i64, String, String)>,
    /// About which patron; none too where the line was unlinked.
    pub patron: Option<i64>,
}

/// Lines that were read.
#[derive(Debug)]
pub struct LogRead {
    /// Those that fit, the last first.
    pub lines: Vec<LogLine>,
    /// How many were looked at.
    pub looked: i64,
    /// The earliest of these.
    pub last: Option<LogAfter>,
}

impl Session {
    /// Reads lines of the log, the last first: at most `most`, of the next `look` at most. One round trip.
    pub async fn log(&mut self, ask: &LogAsk, look: i64, most: i64) -> Result<LogRead, StoreError> {
        // Everything that happened at `until` lies after (until, 0).
        let end = LogAfter {
            at: ask.until.unwrap_or(Timestamp::MAX),
            event: 0,
        };
        let before = match ask.after {
            Some(after) if after.at < end.at => after,
            _ => end,
        };
        let read = sqlx::query_file!(
            "queries/log.sql",
            ask.item,
            ask.patron,
            ask.branch.as_ref().map(BranchCode::as_str),
            ask.kind.as_deref(),
            ask.done,
            ask.staff,
            ask.terminal,
            ask.from.unwrap_or(Timestamp::UNIX_EPOCH).to_sqlx() as _,
            before.at.to_sqlx() as _,
            before.event,
            look,
            most
        )
        .fetch_all(self.pg())
        .await?;
        let mut log = LogRead {
            lines: Vec::with_capacity(read.len()),
            looked: 0,
            last: None,
        };
        for row in read {
            log.looked = row.looked;
            log.last = row.last_at.zip(row.last_id).map(|(at, event)| LogAfter {
                at: at.to_jiff(),
                event,
            });
            let (Some(event), Some(at)) = (row.id, row.at) else {
                continue;
            };
            log.lines.push(LogLine {
                event,
                at: at.to_jiff(),
                kind: row.kind.unwrap_or_default(),
                done: row.outcome.as_deref() == Some("done"),
                headline: row.headline,
                branch: row.branch.map(|branch| code(Some(branch))).transpose()?,
                terminal: row.terminal_id.zip(row.terminal),
                staff: row.staff_id.zip(row.staff),
                item: row
                    .item_id
                    .zip(row.barcode.zip(row.title))
                    .map(|(item, (barcode, title))| (item, barcode, title)),
                patron: row.patron_id,
            });
        }
        Ok(log)
    }
}
