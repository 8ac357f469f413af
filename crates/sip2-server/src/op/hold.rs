//! 15 → 16.

use circulation::BranchCode;
use desk::{Answer, DeskError, HeldThing, HoldAsk, HoldDone, HoldWish, Pause, RequestKey};
use jiff::civil::Date;
use sip2::{
    messages::{Hold, HoldResponse, Response},
    value::{HoldMode, HoldType, SipDate},
};

use super::{Call, Head, checkout::reference, typed};
use crate::{counts::Bad, moment::night_of, screen::Screen};

/// Places, changes or cancels a hold.
pub(super) async fn answer(call: &Call<'_>, asked: Hold) -> Result<Response, DeskError> {
    let Some(what) = what(&asked) else {
        return Ok(call.refuse(Bad::Incomplete, Screen::NothingToHold));
    };
    let pickup = match asked.pickup_location.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(named) => match known(call, named) {
            Some(branch) => Some(branch),
            None => return Ok(call.refuse(Bad::Incomplete, Screen::NoSuchBranch(named))),
        },
    };
    let today = call.at.date();
    let answer = call
        .desk
        .hold(HoldAsk {
            request: None,
            actor: call.actor(),
            wish: match asked.mode {
                HoldMode::Add => HoldWish::Place,
                HoldMode::Delete => HoldWish::Cancel,
                HoldMode::Change => HoldWish::Change(Pause::AsItWas),
            },
            pin: typed(asked.pin.as_ref()),
            visit: call.profile.kept.visit.clone(),
            what,
            pickup,
            // A day that is over is no wish: terminals fill BW with anything.
            needed_until: asked
                .expiration_date
                .and_then(day)
                .filter(|day| *day >= today),
            at: call.at.clone(),
            key: key(call.profile.terminal().id, &asked),
            card: asked.card.clone(),
            dry: false,
        })
        .await?;
    let told = answer
        .outcome
        .as_ref()
        .err()
        .map(|refused| call.told(refused, answer.language));
    Ok(response(call.head(), asked, answer, told.unwrap_or_default()).into())
}

/// The identity of the question: what is asked, for whom, of what and when. Without a date of its own, a second
/// question would be taken for the first one's repetition: then it has none.
fn key(terminal: i64, asked: &Hold) -> Option<RequestKey> {
    let said = |text: &Option<String>| {
        text.as_deref()
            .map(str::trim)
            .unwrap_or_default()
            .to_owned()
    };
    let mode = match asked.mode {
        HoldMode::Add => "+",
        HoldMode::Delete => "-",
        HoldMode::Change => "*",
    };
    let of = match asked.hold_type {
        Some(HoldType::SpecificCopy) => "copy",
        _ => "title",
    };
    let (barcode, title) = (said(&asked.barcode), said(&asked.title));
    let pickup = said(&asked.pickup_location);
    let date = asked.transaction_date?.to_string();
    let parts = [
        "15",
        mode,
        &asked.card,
        of,
        &barcode,
        &title,
        &pickup,
        &date,
    ];
    Some(RequestKey::new(terminal, &parts))
}

/// AB names a copy, and with it its title; AJ the title, by the number that we gave it.
fn what(asked: &Hold) -> Option<HeldThing> {
    let barcode = asked.barcode.as_deref().map(str::trim).unwrap_or_default();
    if barcode.is_empty() {
        let title = asked.title.as_deref()?.trim().parse().ok()?;
        return Some(HeldThing::Title(title));
    }
    Some(match asked.hold_type {
        Some(HoldType::SpecificCopy) => HeldThing::Copy(barcode.to_owned()),
        _ => HeldThing::TitleOf(barcode.to_owned()),
    })
}

fn known(call: &Call<'_>, named: &str) -> Option<BranchCode> {
    let branch = named.parse().ok()?;
    call.desk
        .rulebook()
        .branches
        .contains_key(&branch)
        .then_some(branch)
}

fn day(date: SipDate) -> Option<Date> {
    let part = |part: u8| i8::try_from(part).ok();
    Date::new(
        i16::try_from(date.year).ok()?,
        part(date.month)?,
        part(date.day)?,
    )
    .ok()
}

fn response(head: Head, asked: Hold, answer: Answer<HoldDone>, told: Vec<String>) -> HoldResponse {
    let done = answer.outcome.ok();
    HoldResponse {
        ok: done.is_some(),
        available: done.as_ref().is_some_and(|done| done.available),
        transaction_date: Some(head.now),
        expiration_date: done.as_ref().map(|done| night_of(done.expires_on)),
        // The first in the queue is number one.
        queue_position: done
            .as_ref()
            .and_then(|done| u32::try_from(done.before?.saturating_add(1)).ok()),
        pickup_location: done.as_ref().map(|done| done.pickup.to_string()),
        institution: head.institution,
        card: asked.card,
        barcode: asked.barcode,
        title: answer.item.map(|item| item.title).or(asked.title),
        print_lines: reference(answer.event.filter(|_| !told.is_empty())),
        screen_messages: told,
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    use circulation::{Language, Refusal, Refused, Trace};
    use jiff::civil::date;
    use sip2::Charset;

    use super::{super::checkout::tests as twelve, *};
    use crate::fixtures::{message, wire};

    fn asked(frame: &str) -> Hold {
        Hold::from_message(&message(frame), Charset::Utf8).unwrap()
    }

    fn sent(outcome: Result<HoldDone, Refusal>, told: &[&str]) -> String {
        let answer = Answer {
            outcome: outcome.map_err(Refused::one),
            trace: Trace::default(),
            event: Some(512),
            language: Language::French,
            item: Some(twelve::item()),
            replayed: false,
        };
        let told = told.iter().map(|text| (*text).to_owned()).collect();
        let asked = asked("15+20261122    153120BSVIMY|AOLENS|AA26200|AB36200|AC|");
        wire(&response(twelve::head(), asked, answer, told).to_message(Charset::Utf8))
    }

    #[test]
    fn placed_and_refused() {
        let done = HoldDone {
            hold: Some(7),
            pickup: "VIMY".parse().unwrap(),
            expires_on: date(2027, 11, 22),
            before: Some(2),
            available: false,
        };
        assert_eq!(
            sent(Ok(done), &[]),
            "161N20261122    153030BW20271122    235959|BR3|BSVIMY|AOLENS|AA26200|AB36200|AJLe Horla|"
        );
        assert_eq!(
            sent(Err(Refusal::HeldAlready), &["Déjà réservé."]),
            "160N20261122    153030AOLENS|AA26200|AB36200|AJLe Horla|AFDéjà réservé.|AGRéf. 512|"
        );
    }

    #[test]
    fn a_question_is_known_by_all_that_it_says() {
        let key = |start: &str, fields: &str| {
            let frame = format!("15{start}{fields}AOLENS|AA26200|AC|");
            key(7, &asked(&frame))
        };
        let once = key("+20261122    153120", "BSVIMY|AB36200|");
        assert!(once.is_some());
        assert_eq!(once, key("+20261122    153120", "AB 36200|BSVIMY|"));
        for (start, fields) in [
            ("+20261122    153121", "BSVIMY|AB36200|"),
            ("-20261122    153120", "BSVIMY|AB36200|"),
            ("+20261122    153120", "BSLENS|AB36200|"),
            ("+20261122    153120", "BSVIMY|AB36201|"),
            ("+20261122    153120", "BSVIMY|BY3|AB36200|"),
            ("+20261122    153120", "BSVIMY|AJ36200|"),
        ] {
            assert_ne!(once, key(start, fields), "{start} {fields}");
        }
        assert_eq!(key("+                  ", "AB36200|"), None);
    }

    #[test]
    fn a_copy_its_title_or_a_title_by_its_number() {
        let of = |fields: &str| {
            what(&asked(&format!(
                "15+20261122    153120{fields}AOLENS|AA26200|AC|"
            )))
        };
        assert_eq!(of("BY3|AB36200|"), Some(HeldThing::Copy("36200".into())));
        assert_eq!(of("BY2|AB36200|"), Some(HeldThing::TitleOf("36200".into())));
        assert_eq!(of("AB 36200 |"), Some(HeldThing::TitleOf("36200".into())));
        assert_eq!(of("AJ42|"), Some(HeldThing::Title(42)));
        assert_eq!(of("AJLe Horla|"), None);
        assert_eq!(of(""), None);
    }
}
