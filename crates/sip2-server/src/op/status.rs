//! 99 → 98.

use desk::Printer;
use sip2::{
    Code,
    messages::{AcsStatus, Response, ScStatus},
    value::{SipDate, StatusCode, SupportedMessages},
};

use super::Call;
use crate::{
    manners::{Manners, OffLine},
    profile::{ALWAYS, Profile},
};

/// A 98 before log-in: we are here, and that is all. Some clients ask for it before they log in,
/// and take what it says of rights for the truth about themselves; so it says nothing of any.
pub(crate) fn neutral(now: SipDate) -> Response {
    let supported = ALWAYS.into_iter().collect();
    status(&Manners::default(), now, true, supported, |_| false).into()
}

/// A 98 for a terminal: what works now and is allowed to it.
pub(crate) fn of_terminal(call: &Call<'_>, online: bool) -> Response {
    note(call);
    let head = call.head();
    let branch = call.profile.terminal().branch;
    let book = call.desk.rulebook();
    AcsStatus {
        // A 99 has no AO; a terminal that sends one all the same has it back.
        institution: if head.institution.is_empty() {
            branch.to_string()
        } else {
            head.institution
        },
        library_name: book.branches.get(&branch).map(|branch| branch.name.clone()),
        ..rights(head.now, call.profile, online)
    }
    .into()
}

fn rights(now: SipDate, profile: &Profile, online: bool) -> AcsStatus {
    status(
        &profile.manners,
        now,
        online,
        profile.supported,
        |code| match code {
            // A renewal can be asked for in two ways.
            Code::RENEW => {
                profile.may(code)
                    || profile.may(Code::CHECKOUT) && profile.manners.renew_by_checkout
            }
            code => profile.may(code),
        },
    )
}

fn status(
    manners: &Manners,
    now: SipDate,
    online: bool,
    supported: SupportedMessages,
    may: impl Fn(Code) -> bool,
) -> AcsStatus {
    AcsStatus {
        online,
        checkin_ok: online && may(Code::CHECKIN),
        checkout_ok: online && may(Code::CHECKOUT),
        renewal_ok: online && may(Code::RENEW),
        status_update_ok: online && (may(Code::BLOCK_PATRON) || may(Code::PATRON_ENABLE)),
        // It is most asked for when nothing else works.
        offline_ok: manners.off_line == OffLine::Honour
            && (may(Code::CHECKOUT) || may(Code::CHECKIN)),
        timeout: Some(manners.timeout),
        retries: Some(manners.retries),
        clock: Some(now),
        supported,
        ..Default::default()
    }
}

/// Logs a terminal that is not well.
fn note(call: &Call<'_>) {
    let Ok(asked) = ScStatus::from_message(call.asked, call.profile.charset) else {
        return;
    };
    let terminal = call.profile.login();
    let printer = match asked.status {
        StatusCode::OutOfPaper => Printer::OutOfPaper,
        StatusCode::ShuttingDown => Printer::ShuttingDown,
        StatusCode::Ok | StatusCode::Other(_) => Printer::Ok,
    };
    let kept = &call.profile.kept;
    kept.meters.printer(printer as u8);
    // A kiosk says the same every few minutes: once is news.
    let news = kept.presence.printer(printer);
    match printer {
        Printer::OutOfPaper if news => tracing::warn!(terminal, "its printer is out of paper"),
        Printer::ShuttingDown if news => tracing::info!(terminal, "it is about to shut down"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use sip2::Charset;

    use super::*;
    use crate::fixtures::{profile, profile_of, profile_with, wire};

    fn now() -> SipDate {
        SipDate::parse(b"20261122    153012").unwrap()
    }

    fn fixed(profile: &Profile, online: bool) -> String {
        let answer = rights(now(), profile, online);
        wire(&answer.to_message(Charset::Utf8))
            .chars()
            .take(14)
            .collect()
    }

    #[test]
    fn before_log_in_it_says_nothing_of_rights() {
        let answer = neutral(now()).to_message(Charset::Utf8);
        assert_eq!(
            wire(&answer),
            "98YNNNNN60000320261122    1530122.00AO|BXNNNNYYYNNNNNNNNN|"
        );
    }

    #[test]
    fn it_says_yes_for_what_works_and_is_allowed() {
        assert_eq!(fixed(&profile(), true), "98YYYYYY600003");
        assert_eq!(fixed(&profile_of(&["09"]), true), "98YYNNNY600003");
        assert_eq!(fixed(&profile_of(&["11"]), true), "98YNYYNY600003");
        assert_eq!(fixed(&profile_of(&["23", "63"]), true), "98YNNNNN600003");
        assert_eq!(
            fixed(&profile(), false),
            "98NNNNNY600003",
            "the database is away"
        );
    }

    #[test]
    fn off_line_work_is_for_whom_it_is_set_and_also_without_a_database() {
        let honours = |messages: &[&str]| {
            let manners = Manners {
                off_line: OffLine::Honour,
                timeout: 300,
                retries: 5,
                ..Manners::default()
            };
            profile_with(messages, manners)
        };
        assert_eq!(fixed(&honours(&["11"]), true), "98YNYYNY300005");
        assert_eq!(fixed(&honours(&["09"]), false), "98NNNNNY300005");
        assert_eq!(fixed(&honours(&["23"]), true), "98YNNNNN300005");
    }
}
