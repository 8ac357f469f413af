//! Terminals as who looks after them sees them: alive or not, and what is wrong first.

use std::sync::Arc;

use jiff::SignedDuration;
use store::TerminalSeen;

use crate::{Action, Desk, DeskError, MachineKinds, Member};

/// A certificate that ends sooner is a worry.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A kiosk that asks for a 98 every few minutes and has not for so long is silent.
const SILENT: SignedDuration = SignedDuration::from_mins(15);

/// What somebody should look at, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TerminalState {
    /// Its certificate is over: it cannot come in.
    CertificateOver,
    /// It says that its printer has no paper.
    OutOfPaper,
    /// It said that it shuts down.
    ShuttingDown,
    /// It was here, and is not connected.
    Gone,
    /// It is connected, and has not asked anything for a quarter of an hour.
    Silent,
    /// Of what it sends, one in twenty does not arrive whole.
    Garbled,
    /// Its certificate ends within thirty days.
    CertificateEnds,
    /// Nothing is wrong.
    Well,
    /// It has never come in.
    NeverSeen,
}

impl TerminalState {
    /// What is to be said of a terminal.
    pub fn of(seen: &TerminalSeen) -> Self {
        let left = seen
            .certificate_ends
            .map(|end| end.duration_since(seen.now));
        let silence = seen.last_seen.map(|last| seen.now.duration_since(last));
        let connected = seen.connections > 0;
        if left.is_some_and(|left| left <= SignedDuration::ZERO) {
            Self::CertificateOver
        } else if silence.is_none() {
            Self::NeverSeen
        } else if connected && seen.printer == "out_of_paper" {
            Self::OutOfPaper
        } else if seen.printer == "shutting_down" {
            Self::ShuttingDown
        } else if !connected {
            Self::Gone
        } else if silence.is_some_and(|silence| silence > SILENT) {
            Self::Silent
        } else if seen.trouble >= 10 && seen.trouble * 20 > seen.messages {
            Self::Garbled
        } else if left.is_some_and(|left| left < SOON) {
            Self::CertificateEnds
        } else {
            Self::Well
        }
    }

    /// Whether somebody should look at it.
    pub fn is_wrong(self) -> bool {
        self < Self::Well
    }
}

impl Desk {
    /// The terminals in use of the branches where this member looks after them, what is wrong first. One round trip.
    pub async fn terminals_seen(
        self: &Arc<Self>,
        member: &Member,
        kinds: &MachineKinds,
    ) -> Result<Vec<(TerminalState, TerminalSeen)>, DeskError> {
        let known = self.terminals();
        let is_partner = |login: &str| {
            known
                .get(login)
                .is_some_and(|known| (kinds.is_partner)(&known.profile, &known.terminal.settings))
        };
        let all = self.store.terminals_seen().await?.into_iter();
        let mut theirs: Vec<_> = all
            .filter(|seen| !is_partner(&seen.login))
            .filter(|seen| member.may_at(Action::Terminal, seen.branch))
            .map(|seen| (TerminalState::of(&seen), seen))
            .collect();
        // Those of a state stay by branch and login, as they came.
        theirs.sort_by_key(|(state, _)| *state);
        Ok(theirs)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

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
    fn certificates_bad_lines_and_silence_are_told() {
        let state = |change: fn(&mut TerminalSeen)| {
            let mut seen = seen("lens-automate-1");
            change(&mut seen);
            TerminalState::of(&seen)
        };
        assert_eq!(state(|_| {}), TerminalState::Well);
        assert_eq!(
            state(|seen| seen.certificate_ends = Some(seen.now)),
            TerminalState::CertificateOver
        );
        let ends = |seen: &mut TerminalSeen| {
            seen.certificate_ends = Some(seen.now + SignedDuration::from_hours(48))
        };
        assert_eq!(state(ends), TerminalState::CertificateEnds);
        assert_eq!(state(|seen| seen.trouble = 200), TerminalState::Garbled);
        let silent = |seen: &mut TerminalSeen| {
            seen.last_seen = Some(seen.now - SignedDuration::from_mins(16))
        };
        assert_eq!(state(silent), TerminalState::Silent);
    }
}
