//! 09 → 10.

use circulation::{BranchCode, Language};
use desk::{Answer, CheckinAsk, DeskError, Fate, ItemShown, Returned, Undo, UndoAsk};
use sip2::{
    Field, FieldId,
    messages::{Checkin, CheckinResponse, Response},
    value::AlertType,
};

use super::{Call, Head, checkout::reference, media};
use crate::{
    bins::{fate, sort_bin},
    manners::Returns,
    profile::Profile,
    screen::Screen,
};

/// Takes an item back.
pub(super) async fn answer(call: &Call<'_>, asked: Checkin) -> Result<Response, DeskError> {
    if asked.cancel == Some(true) {
        // A kiosk that could not secure the item after lending it wants that loan undone. Taken for
        // a return, it would give the item to the next who waits for it.
        return undo(call, asked).await;
    }
    let ask = CheckinAsk {
        actor: call.actor(),
        barcode: asked.barcode.clone(),
        at: call.at.clone(),
        capture: call.profile.manners.returns().capture_holds,
        dry: false,
    };
    let (answer, noted) = if call.has_happened(asked.no_block) {
        let flags = [asked.no_block, false];
        let key = call.key("", &asked.barcode, flags, asked.transaction_date);
        let happened = asked.transaction_date.or(asked.return_date);
        let offline = call.done_offline(ask, key, happened, None);
        let reported = Call::unless_away(call.desk.checkin_offline(offline).await)?;
        let noted = call.noted(&reported);
        (reported.answer, noted)
    } else {
        (call.desk.checkin(ask).await?, None)
    };
    let bin = sort_bin(&call.profile.terminal().sort_bins, &answer).map(str::to_owned);
    let Answer {
        outcome,
        item,
        event,
        ..
    } = answer;
    let for_whom = outcome
        .as_ref()
        .ok()
        .and_then(|done| done.for_whom.as_ref());
    let phone = for_whom.map(|patron| patron.phone.clone());
    // Whoever stands here need not be the borrower: the machine's language it is.
    let language = call.profile.language();
    let here = call.profile.terminal().branch;
    let head = call.head();
    let response = match outcome {
        Ok(returned) => {
            let book = call.desk.rulebook();
            let name = |branch: BranchCode| match book.branches.get(&branch) {
                Some(branch) => branch.name.clone(),
                None => branch.to_string(),
            };
            let texts = texts(&returned, returned.to.map(name).as_deref(), language);
            taken(
                head,
                asked.barcode,
                here,
                &returned,
                item,
                texts,
                call.profile.manners.returns(),
            )
        }
        Err(refused) => CheckinResponse {
            print_lines: reference(event),
            ..not_taken(head, asked.barcode, item, call.told(&refused, language))
        },
    };
    let mut response = response;
    response.screen_messages.extend(noted);
    Ok(CheckinResponse {
        sort_bin: bin,
        ..as_wanted(response, phone.as_deref(), call.profile)
    }
    .into())
}

/// What makers of sorters want differently.
fn as_wanted(
    response: CheckinResponse,
    phone_of_hold_patron: Option<&str>,
    profile: &Profile,
) -> CheckinResponse {
    let manner = profile.manners.returns();
    let phone =
        phone_of_hold_patron.filter(|phone| manner.phone_of_hold_patron && !phone.is_empty());
    CheckinResponse {
        alert: response.alert && (!manner.alert_only_with_cv || response.alert_type.is_some()),
        extra: phone
            .map(|phone| Field::text(FieldId::BF, phone, profile.charset))
            .into_iter()
            .collect(),
        ..response
    }
}

/// The loan that this terminal made a moment ago, as if it had not been made.
async fn undo(call: &Call<'_>, asked: Checkin) -> Result<Response, DeskError> {
    let language = call.profile.language();
    let answer = call
        .desk
        .undo(UndoAsk {
            actor: call.actor(),
            what: Undo::Loan,
            barcode: asked.barcode.clone(),
            key: call.key(
                "",
                &asked.barcode,
                [asked.no_block, true],
                asked.transaction_date,
            ),
            at: call.at.clone(),
        })
        .await?;
    Ok(match answer.outcome {
        Ok(()) => CheckinResponse {
            ok: true,
            resensitize: true,
            screen_messages: vec![Screen::Undone.text(language)],
            ..about(call.head(), asked.barcode, answer.item)
        },
        Err(refused) => CheckinResponse {
            print_lines: reference(answer.event),
            ..not_taken(
                call.head(),
                asked.barcode,
                answer.item,
                call.told(&refused, language),
            )
        },
    }
    .into())
}

fn taken(
    head: Head,
    barcode: String,
    here: BranchCode,
    returned: &Returned,
    item: Option<ItemShown>,
    texts: Vec<String>,
    manner: Returns,
) -> CheckinResponse {
    let ok = returned.was_lent || manner.accept_not_lent;
    let alert_type = match fate(returned) {
        // A person looks at it before it travels; CT says where to.
        Fate::Staff | Fate::Rejected => Some(AlertType::OtherAlert),
        Fate::HoldElsewhere => Some(AlertType::HoldElsewhere),
        Fate::Travels => Some(AlertType::SendToOtherBranch),
        Fate::HoldHere => Some(AlertType::HoldHere),
        Fate::Stays => manner.always_alert_type.then_some(AlertType::Nothing),
    };
    // The slip that staff or the sorter print; no screen text names anybody.
    let for_whom = returned
        .for_whom
        .as_ref()
        .filter(|_| manner.name_hold_patron);
    let destination = returned.to.or(manner.always_destination.then_some(here));
    CheckinResponse {
        ok,
        resensitize: ok,
        alert: !ok || alert_type.is_some_and(|kind| kind != AlertType::Nothing),
        destination: destination.map(|branch| branch.to_string()),
        alert_type,
        hold_card: for_whom.map(|patron| patron.card.clone()),
        hold_name: for_whom.map(|patron| {
            [patron.given_name.as_str(), patron.family_name.as_str()]
                .join(" ")
                .trim()
                .to_owned()
        }),
        screen_messages: texts,
        ..about(head, barcode, item)
    }
}

fn not_taken(
    head: Head,
    barcode: String,
    item: Option<ItemShown>,
    told: Vec<String>,
) -> CheckinResponse {
    CheckinResponse {
        alert: true,
        screen_messages: told,
        ..about(head, barcode, item)
    }
}

fn about(head: Head, barcode: String, item: Option<ItemShown>) -> CheckinResponse {
    let media_type = item.as_ref().and_then(media);
    let (owner, title, call_number) = match item {
        Some(item) => (
            item.owner.to_string(),
            Some(item.title),
            Some(item.call_number),
        ),
        None => Default::default(),
    };
    CheckinResponse {
        // Which items have a magnetic strip is not on record.
        magnetic_media: None,
        transaction_date: Some(head.now),
        institution: head.institution,
        barcode,
        permanent_location: owner,
        title,
        media_type,
        call_number,
        ..Default::default()
    }
}

/// What the screen says of a return: never whose it was.
fn texts(returned: &Returned, to: Option<&str>, language: Language) -> Vec<String> {
    let screens = [
        (!returned.was_lent).then_some(Screen::NotOnLoan),
        returned.to_staff.then_some(Screen::ToStaff),
        returned.hold_shelf.map(Screen::HoldHere),
        to.map(|to| match returned.for_whom {
            Some(_) => Screen::HoldAt(to),
            None => Screen::Travels(to),
        }),
        (returned.late_days > 0).then_some(Screen::Late(returned.late_days)),
        returned.suspended_until.map(Screen::SuspendedUntil),
    ];
    screens
        .into_iter()
        .flatten()
        .map(|screen| screen.text(language))
        .collect()
}

#[cfg(test)]
mod tests;
