//! 99 → 98.

use sip2::{
    Code,
    messages::{AcsStatus, Response, ScStatus},
    value::{SipDate, StatusCode, SupportedMessages},
};

use super::Call;
use crate::{
    profile::{ALWAYS, Profile},
    settings::{NoBlock, Settings},
};

/// A 98 before log-in: we are here, and that is all. Some clients ask for it before they log in,
/// and take what it says of rights for the truth about themselves; so it says nothing of any.
pub(crate) fn neutral(settings: &Settings, now: SipDate) -> Response {
    let supported = ALWAYS.into_iter().collect();
    status(settings, now, true, supported, |_| false).into()
}

/// A 98 for a terminal: what works now and is allowed to it.
pub(crate) fn of_terminal(call: &Call<'_>, online: bool) -> Response {
    note(call);
    let head = call.head();
    let branch = call.profile.terminal.branch;
    let book = call.desk.rulebook();
    AcsStatus {
        // A 99 has no AO; a terminal that sends one all the same has it back.
        institution: if head.institution.is_empty() {
            branch.to_string()
        } else {
            head.institution
        },
        library_name: book.branches.get(&branch).map(|branch| branch.name.clone()),
        ..rights(call.settings, head.now, call.profile, online)
    }
    .into()
}

fn rights(settings: &Settings, now: SipDate, profile: &Profile, online: bool) -> AcsStatus {
    status(
        settings,
        now,
        online,
        profile.supported,
        |code| match code {
            // A renewal can be asked for in two ways.
            Code::RENEW => {
                profile.may(code)
                    || profile.may(Code::CHECKOUT) && profile.terminal.renew_by_checkout
            }
            code => profile.may(code),
        },
    )
}

fn status(
    settings: &Settings,
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
        // Said also while the database is away: it is what a terminal may do meanwhile.
        offline_ok: matches!(settings.no_block, NoBlock::Honour { .. })
            && (may(Code::CHECKIN) || may(Code::CHECKOUT)),
        timeout: Some(settings.promised_timeout),
        retries: Some(settings.promised_retries),
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
    match asked.status {
        StatusCode::OutOfPaper => tracing::warn!(terminal, "its printer is out of paper"),
        StatusCode::ShuttingDown => tracing::info!(terminal, "it is about to shut down"),
        StatusCode::Ok | StatusCode::Other(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use sip2::Charset;

    use super::*;
    use crate::fixtures::{profile, terminal, wire};

    fn now() -> SipDate {
        SipDate::parse(b"20261122    153012").unwrap()
    }

    fn fixed(profile: &Profile, online: bool) -> String {
        let answer = rights(&Settings::default(), now(), profile, online);
        wire(&answer.to_message(Charset::Utf8))
            .chars()
            .take(14)
            .collect()
    }

    #[test]
    fn before_log_in_it_says_nothing_of_rights() {
        let answer = neutral(&Settings::default(), now()).to_message(Charset::Utf8);
        assert_eq!(
            wire(&answer),
            "98YNNNNN60000320261122    1530122.00AO|BXNNNNYYYNNNNNNNNN|"
        );
    }

    #[test]
    fn it_says_yes_for_what_works_and_is_allowed() {
        assert_eq!(fixed(&profile(), true), "98YYYYYY600003");
        assert_eq!(
            fixed(&Profile::new(terminal(&["09"])), true),
            "98YYNNNY600003"
        );
        assert_eq!(
            fixed(&Profile::new(terminal(&["11"])), true),
            "98YNYYNY600003"
        );
        assert_eq!(
            fixed(&Profile::new(terminal(&["23", "63"])), true),
            "98YNNNNN600003"
        );
        assert_eq!(
            fixed(&profile(), false),
            "98NNNNNY600003",
            "the database is away"
        );
    }
}
