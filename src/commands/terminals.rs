//! `relire terminals`: all of them at a glance, what is wrong first.

use std::{
    io::{IsTerminal, Write, stdout},
    time::Duration,
};

use desk::TerminalState;
use jiff::{SignedDuration, Timestamp};
use store::TerminalSeen;
use tokio::time::interval;

use super::quiet;
use crate::cli::Common;

/// Daemons tell what they see every five seconds.
const AGAIN: Duration = Duration::from_secs(2);

pub(super) async fn run(common: &Common, watch: bool) -> anyhow::Result<()> {
    let database = quiet(common).await?;
    let mut again = interval(AGAIN);
    loop {
        again.tick().await;
        let text = table(&database.owner.terminals_seen().await?);
        let mut output = stdout().lock();
        if watch && output.is_terminal() {
            // Clears the screen and goes to its corner.
            write!(output, "\u{1b}[2J\u{1b}[H")?;
        }
        if write!(output, "{text}")
            .and_then(|()| output.flush())
            .is_err()
            || !watch
        {
            return Ok(());
        }
    }
}

fn word(state: TerminalState) -> &'static str {
    match state {
        TerminalState::CertificateOver => "CERTIFICATE OVER",
        TerminalState::OutOfPaper => "OUT OF PAPER",
        TerminalState::ShuttingDown => "SHUT DOWN",
        TerminalState::Gone => "NOT CONNECTED",
        TerminalState::Silent => "SILENT",
        TerminalState::Garbled => "BAD LINE",
        TerminalState::CertificateEnds => "CERTIFICATE ENDS",
        TerminalState::Well => "ok",
        TerminalState::NeverSeen => "never seen",
    }
}

const HEADER: [&str; 10] = [
    "state",
    "branch",
    "terminal",
    "profile",
    "connected",
    "heard",
    "last",
    "messages",
    "address",
    "certificate until",
];

fn table(all: &[TerminalSeen]) -> String {
    let mut rows: Vec<(TerminalState, [String; 10])> = all.iter().map(row).collect();
    // Those of a state stay by branch and login, as they came.
    rows.sort_by_key(|(state, _)| *state);
    let header = HEADER.map(str::to_owned);
    let lines: Vec<&[String; 10]> = std::iter::once(&header)
        .chain(rows.iter().map(|(_, row)| row))
        .collect();
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEADER.len()).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, &width)| format!("{cell:width$}"))
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    let wrong = rows.iter().filter(|(state, _)| state.is_wrong()).count();
    let connected = all.iter().filter(|seen| seen.connections > 0).count();
    text.push_str(&format!(
        "{} terminals, {connected} connected, {wrong} to look at\n",
        all.len()
    ));
    text
}

fn row(seen: &TerminalSeen) -> (TerminalState, [String; 10]) {
    let state = TerminalState::of(seen);
    let ago = |then: Option<Timestamp>| {
        then.map_or_else(|| "-".to_owned(), |then| age(seen.now.duration_since(then)))
    };
    let connected = match seen.connections {
        0 | 1 => ago(seen.connected_at),
        many => format!("{} ({many})", ago(seen.connected_at)),
    };
    let messages = match seen.trouble {
        0 => seen.messages.to_string(),
        trouble => format!("{} ({trouble} again)", seen.messages),
    };
    let or_dash = |text: &str| if text.is_empty() { "-" } else { text }.to_owned();
    let ends = seen.certificate_ends.map_or_else(
        || "-".to_owned(),
        |end| end.strftime("%Y-%m-%d").to_string(),
    );
    let cells = [
        word(state).to_owned(),
        seen.branch.to_string(),
        seen.login.clone(),
        seen.profile.clone(),
        connected,
        ago(seen.last_seen),
        or_dash(&seen.last_code),
        messages,
        or_dash(&seen.address),
        ends,
    ];
    (state, cells)
}

/// A time that has passed, in its two largest units.
fn age(passed: SignedDuration) -> String {
    let seconds = passed.as_secs().max(0);
    match (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes:02}"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(login: &str) -> TerminalSeen {
        let now: Timestamp = "2026-06-09T03:00:00Z".parse().unwrap();
        TerminalSeen {
            branch: "LENS".parse().unwrap(),
            login: login.into(),
            profile: "self-check".into(),
            connections: 1,
            connected_at: Some(now - SignedDuration::from_hours(26)),
            last_seen: Some(now - SignedDuration::from_secs(42)),
            last_code: "99".into(),
            address: "10.62.3.7".into(),
            printer: "ok".into(),
            messages: 1204,
            trouble: 0,
            certificate_ends: None,
            now,
        }
    }

    #[test]
    fn what_is_wrong_comes_first_and_columns_stand_below_each_other() {
        let well = seen("lens-automate-1");
        let now = well.now;
        let gone = TerminalSeen {
            connections: 0,
            connected_at: None,
            last_seen: Some(now - SignedDuration::from_mins(75)),
            ..seen("lens-automate-2")
        };
        let paper = TerminalSeen {
            printer: "out_of_paper".into(),
            ..seen("lens-automate-3")
        };
        let never = TerminalSeen {
            connections: 0,
            connected_at: None,
            last_seen: None,
            ..seen("lens-poste")
        };
        let text = table(&[well, gone, paper, never]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines[1].starts_with("OUT OF PAPER   LENS    lens-automate-3"),
            "{text}"
        );
        assert!(
            lines[2].starts_with(
                "NOT CONNECTED  LENS    lens-automate-2  self-check  -          1 h 15"
            ),
            "{text}"
        );
        assert!(lines[3].contains("1 d 2 h    42 s"), "{text}");
        assert!(lines[4].starts_with("never seen"), "{text}");
        assert_eq!(lines[5], "4 terminals, 2 connected, 2 to look at");
        let column = lines[0].find("address").unwrap();
        assert!(
            lines[1..4]
                .iter()
                .all(|line| line[column..].starts_with("10.62.3.7")),
            "{text}"
        );
    }
}
