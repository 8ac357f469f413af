//! What daemons saw of terminals last: for people who look, nothing is decided by it.
//!
//! A daemon says how long ago something was, and the database's clock turns that into a moment: so the clocks
//! of several daemons need not agree.

use std::{net::IpAddr, time::Duration};

use jiff::Timestamp;

use crate::{Store, StoreError, facts::code};
use circulation::BranchCode;

/// What a daemon saw of a terminal since it last said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The terminal.
    pub terminal_id: i64,
    /// How many connections it has open.
    pub connections: i32,
    /// How long ago the first of these logged in; `None`: it has none.
    pub connected: Option<Duration>,
    /// How long ago it was heard.
    pub heard: Duration,
    /// The last message that it sent, two digits; empty: none yet.
    pub code: String,
    /// Where it came from last.
    pub address: IpAddr,
    /// Whether that connection is encrypted.
    pub encrypted: bool,
    /// `ok`, `out_of_paper` or `shutting_down`, as its last 99 said.
    pub printer: &'static str,
    /// Messages since the daemon started.
    pub messages: i64,
    /// Of these, what had to be asked for again.
    pub trouble: i64,
}

/// A terminal in use, as a person looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalSeen {
    /// Where it stands.
    pub branch: BranchCode,
    /// Its login.
    pub login: String,
    /// The profile that it follows.
    pub profile: String,
    /// Open connections, at a daemon that lives.
    pub connections: i32,
    /// Since when.
    pub connected_at: Option<Timestamp>,
    /// When it was last heard; `None`: never.
    pub last_seen: Option<Timestamp>,
    /// Its last message, two digits.
    pub last_code: String,
    /// Where it came from last.
    pub address: String,
    /// `ok`, `out_of_paper` or `shutting_down`.
    pub printer: String,
    /// Messages, as that daemon counted them.
    pub messages: i64,
    /// Of these, what had to be asked for again.
    pub trouble: i64,
    /// The end of the certificate that lasts longest of those that may log it in and are not revoked.
    pub certificate_ends: Option<Timestamp>,
    /// When all this was asked.
    pub now: Timestamp,
}

/// A daemon that has said nothing for so long is gone.
const GONE_SECONDS: f64 = 30.0;

impl Store {
    /// Says that a daemon lives and what it saw of terminals. What daemons that are gone left open is closed,
    /// and what was seen of terminals that are in use no more is forgotten.
    pub async fn report_seen(&self, daemon: &str, seen: &[Seen]) -> Result<(), StoreError> {
        sqlx::query!(
            "WITH gone AS (
                DELETE FROM daemon_seen WHERE daemon <> $1 AND seen_at < clock_timestamp() - make_interval(secs => $2)
                RETURNING daemon
            ), closed AS (
                UPDATE terminal_seen SET connections = 0, connected_at = NULL
                 WHERE daemon IN (SELECT daemon FROM gone) AND terminal_id <> ALL ($3)
            ), forgotten AS (
                DELETE FROM terminal_seen s USING terminal t
                 WHERE t.id = s.terminal_id AND t.revoked_at IS NOT NULL AND s.terminal_id <> ALL ($3)
            )
            INSERT INTO daemon_seen (daemon) VALUES ($1)
                ON CONFLICT (daemon) DO UPDATE SET seen_at = clock_timestamp()",
            daemon,
            GONE_SECONDS,
            &seen.iter().map(|seen| seen.terminal_id).collect::<Vec<_>>()
        )
        .execute(&self.pool)
        .await?;
        if seen.is_empty() {
            return Ok(());
        }
        let column = |of: fn(&Seen) -> f64| seen.iter().map(of).collect::<Vec<_>>();
        let texts = |of: fn(&Seen) -> String| seen.iter().map(of).collect::<Vec<_>>();
        sqlx::query!(
            "INSERT INTO terminal_seen (terminal_id, daemon, connections, connected_at, last_seen, last_code, address,
                                        encrypted, printer, messages, trouble)
             SELECT s.terminal_id, $1, s.connections, clock_timestamp() - make_interval(secs => s.connected),
                    clock_timestamp() - make_interval(secs => s.heard), s.code, s.address, s.encrypted, s.printer,
                    s.messages, s.trouble
               FROM unnest($2::bigint[], $3::int[], $4::float8[], $5::float8[], $6::text[], $7::text[], $8::bool[],
                           $9::text[], $10::bigint[], $11::bigint[])
                    AS s (terminal_id, connections, connected, heard, code, address, encrypted, printer, messages, trouble)
               JOIN terminal t ON t.id = s.terminal_id AND t.revoked_at IS NULL
              ORDER BY s.terminal_id
             ON CONFLICT (terminal_id) DO UPDATE
                SET daemon = excluded.daemon, connections = excluded.connections, connected_at = excluded.connected_at,
                    last_seen = excluded.last_seen, last_code = excluded.last_code, address = excluded.address,
                    encrypted = excluded.encrypted, printer = excluded.printer, messages = excluded.messages,
                    trouble = excluded.trouble
              -- A terminal that now speaks to another daemon is not closed by the one that it left.
              WHERE excluded.connections > 0 OR terminal_seen.daemon = excluded.daemon OR terminal_seen.connections = 0",
            daemon,
            &seen.iter().map(|seen| seen.terminal_id).collect::<Vec<_>>(),
            &seen.iter().map(|seen| seen.connections).collect::<Vec<_>>(),
            &seen
                .iter()
                .map(|seen| seen.connected.map(|since| since.as_secs_f64()))
                .collect::<Vec<_>>() as _,
            &column(|seen| seen.heard.as_secs_f64()),
            &texts(|seen| seen.code.clone()),
            &texts(|seen| seen.address.to_string()),
            &seen.iter().map(|seen| seen.encrypted).collect::<Vec<_>>(),
            &texts(|seen| seen.printer.to_owned()),
            &seen.iter().map(|seen| seen.messages).collect::<Vec<_>>(),
            &seen.iter().map(|seen| seen.trouble).collect::<Vec<_>>(),
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Says that a daemon ends: what it had open is closed.
    pub async fn report_end(&self, daemon: &str) -> Result<(), StoreError> {
        sqlx::query!(
            "WITH gone AS (DELETE FROM daemon_seen WHERE daemon = $1)
             UPDATE terminal_seen SET connections = 0, connected_at = NULL WHERE daemon = $1",
            daemon
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// All terminals in use and what was seen of them, by branch and login.
    pub async fn terminals_seen(&self) -> Result<Vec<TerminalSeen>, StoreError> {
        sqlx::query!(
            r#"SELECT t.branch, t.login, t.profile,
                      CASE WHEN d.daemon IS NULL THEN 0 ELSE s.connections END AS "connections!",
                      CASE WHEN d.daemon IS NULL THEN NULL ELSE s.connected_at END AS "connected_at: jiff_sqlx::Timestamp",
                      s.last_seen AS "last_seen?: jiff_sqlx::Timestamp", coalesce(s.last_code, '') AS "last_code!",
                      coalesce(s.address, '') AS "address!", coalesce(s.printer, 'ok') AS "printer!",
                      coalesce(s.messages, 0) AS "messages!", coalesce(s.trouble, 0) AS "trouble!",
                      (SELECT max(c.not_after) FROM certificate_terminal b JOIN certificate c USING (fingerprint)
                        WHERE b.terminal_id = t.id AND c.revoked_at IS NULL) AS "ends: jiff_sqlx::Timestamp",
                      clock_timestamp() AS "now!: jiff_sqlx::Timestamp"
                 FROM terminal t
                 LEFT JOIN terminal_seen s ON s.terminal_id = t.id
                 LEFT JOIN daemon_seen d ON d.daemon = s.daemon AND d.seen_at > clock_timestamp() - make_interval(secs => $1)
                WHERE t.revoked_at IS NULL ORDER BY t.branch, t.login"#,
            GONE_SECONDS
        )
        .fetch_all(&self.pool)
        .await?
        .into_iter()
        .map(|row| {
            Ok(TerminalSeen {
                branch: code(Some(row.branch))?,
                login: row.login,
                profile: row.profile,
                connections: row.connections,
                connected_at: row.connected_at.map(jiff_sqlx::Timestamp::to_jiff),
                last_seen: row.last_seen.map(jiff_sqlx::Timestamp::to_jiff),
                last_code: row.last_code,
                address: row.address,
                printer: row.printer,
                messages: row.messages,
                trouble: row.trouble,
                certificate_ends: row.ends.map(jiff_sqlx::Timestamp::to_jiff),
                now: row.now.to_jiff(),
            })
        })
        .collect()
    }
}
