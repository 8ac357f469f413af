//! 63 → 64.

use circulation::Language;
use desk::{DeskError, FeeLine, HoldLine, HoldState, LoanLine};
use jiff::civil::Date;
use sip2::{
    messages::{PatronInformation, PatronInformationResponse, Response},
    value::{Amount, Currency, Summary},
};

use super::{
    Call, Head,
    patron::{Seen, look},
};
use crate::screen::Screen;

/// Says who a patron is, what is denied, how much there is, and the list asked for.
pub(super) async fn answer(
    call: &Call<'_>,
    asked: PatronInformation,
) -> Result<Response, DeskError> {
    let seen = look(call, &asked.card, asked.pin.as_ref(), asked.language).await?;
    let today = call.at.date();
    Ok(response(
        call.head(),
        asked,
        seen,
        today,
        call.settings.contact_details,
    )
    .into())
}

/// AS is what waits for the patron on a hold shelf, CD what is still waited for or on its way; a title without a
/// copy of its own is listed by its name. BU are the loans that have reached a recall level. Counts are totals, however short the list is. A loan without a barcode is
/// neither counted nor listed: terminals choke on such a line.
fn response(
    head: Head,
    asked: PatronInformation,
    seen: Seen,
    today: Date,
    contact_details: bool,
) -> PatronInformationResponse {
    let view = seen.view.as_ref();
    let loans = || {
        view.into_iter()
            .flat_map(|view| &view.loans)
            .filter(|line| !line.barcode.is_empty())
    };
    let overdue = || loans().filter(|line| line.loan.due < today);
    let ready = |line: &&HoldLine| matches!(line.state(), HoldState::Ready(_));
    let holds = || view.into_iter().flat_map(|view| &view.holds);
    let ready_holds = || holds().filter(ready).map(held);
    let other_holds = || holds().filter(|line| !ready(line)).map(held);
    let recalled = || {
        view.into_iter()
            .flat_map(|view| &view.recalled)
            .filter(|line| !line.barcode.is_empty())
            .map(lent)
    };
    let fees = || view.into_iter().flat_map(|view| &view.fees);
    let wants = |list| asked.summary == Some(list);
    let (first, last) = (asked.start_item, asked.end_item);
    // Where somebody lives is for who has shown to be the patron, not for who has found a card.
    let contact = view.filter(|_| contact_details && seen.valid_pin);
    PatronInformationResponse {
        status: seen.status,
        language: seen.language,
        transaction_date: Some(head.now),
        // Of whom nothing is told, not even how much: blank says «not known».
        hold_items_count: view.map(|_| four_digits(ready_holds().count())),
        overdue_items_count: view.map(|_| four_digits(overdue().count())),
        charged_items_count: view.map(|_| four_digits(loans().count())),
        fine_items_count: view.map(|_| four_digits(fees().count())),
        recall_items_count: view.map(|_| four_digits(recalled().count())),
        unavailable_holds_count: view.map(|_| four_digits(other_holds().count())),
        institution: head.institution,
        patron_name: seen.name(),
        hold_items_limit: view
            .and_then(|view| view.hold_limit)
            .map(|most| four_digits(most as usize)),
        charged_items_limit: view
            .and_then(|view| view.loan_limit)
            .map(|most| four_digits(most as usize)),
        valid_patron: Some(seen.valid_patron),
        valid_pin: Some(seen.valid_pin),
        currency: Some(Currency::EUR),
        fee_amount: seen.owed(),
        hold_items: if wants(Summary::HoldItems) {
            page(ready_holds(), first, last)
        } else {
            Vec::new()
        },
        unavailable_hold_items: if wants(Summary::UnavailableHolds) {
            page(other_holds(), first, last)
        } else {
            Vec::new()
        },
        fine_items: if wants(Summary::FineItems) {
            let lines: Vec<String> = fees().map(|fee| fine(fee, seen.view_language())).collect();
            page(lines.iter().map(String::as_str), first, last)
        } else {
            Vec::new()
        },
        recall_items: if wants(Summary::RecallItems) {
            page(recalled(), first, last)
        } else {
            Vec::new()
        },
        overdue_items: if wants(Summary::OverdueItems) {
            page(overdue().map(lent), first, last)
        } else {
            Vec::new()
        },
        charged_items: if wants(Summary::ChargedItems) {
            page(loans().map(lent), first, last)
        } else {
            Vec::new()
        },
        home_address: contact.map(|view| view.address.clone()),
        email: contact.map(|view| view.email.clone()),
        phone: contact.map(|view| view.phone.clone()),
        card: asked.card,
        screen_messages: seen.told,
        ..Default::default()
    }
}

fn lent(line: &LoanLine) -> &str {
    &line.barcode
}

/// AV: the number by which it is paid (CG), what is owed of it, what it is for.
fn fine(fee: &FeeLine, language: Language) -> String {
    let amount = Amount::from_cents(fee.cents);
    let text = if fee.note.is_empty() {
        Screen::Fee(fee.kind).text(language)
    } else {
        fee.note.clone()
    };
    format!("{} {amount} \"{text}\"", fee.id)
}

fn held(line: &HoldLine) -> &str {
    line.barcode.as_deref().unwrap_or(&line.title)
}

/// The lines from `first` to `last`, both counted from 1 and included.
fn page<'a>(
    lines: impl Iterator<Item = &'a str>,
    first: Option<u32>,
    last: Option<u32>,
) -> Vec<String> {
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let before = index(first.unwrap_or(1)).saturating_sub(1);
    let most = last.map_or(usize::MAX, |last| index(last).saturating_sub(before));
    lines.skip(before).take(most).map(str::to_owned).collect()
}

fn four_digits(number: usize) -> u16 {
    u16::try_from(number.min(9999)).unwrap_or(9999)
}

#[cfg(test)]
mod tests {
    use circulation::Refusal;
    use desk::PinCheck;
    use jiff::civil::date;
    use sip2::Charset;

    use super::{
        super::{
            checkout::tests::head,
            patron::tests::{seen_with, view},
        },
        *,
    };
    use crate::fixtures::{message, wire};

    fn sent(summary: &str, fields: &str, seen: Seen) -> String {
        let frame = format!("6300220261122    153030{summary:10}AOLENS|AA26200|{fields}");
        let asked = PatronInformation::from_message(&message(&frame), Charset::Utf8).unwrap();
        let answer = response(head(), asked, seen, date(2026, 11, 22), true);
        wire(&answer.to_message(Charset::Utf8))
    }

    #[test]
    fn counts_lists_and_contact() {
        assert_eq!(
            sent("  Y", "", seen_with(vec![], PinCheck::Right)),
            "64              00220261122    153030000000010003000100010000AOLENS|AA26200|AEZoé Exemple|BZ0010|CB0020|\
             BLY|CQY|BHEUR|BV3.50|AU3001|AU3002|AU3003|BD1 rue de l'Exemple|BEzoe@example.org|"
        );
        let overdue = sent(" Y", "", seen_with(vec![], PinCheck::Right));
        assert!(overdue.contains("|AT3001|BD"), "{overdue}");
        let fines = sent("   Y", "", seen_with(vec![], PinCheck::Right));
        assert!(fines.contains("|AV7 3.50 \"Carte\"|BD"), "{fines}");
        let recalled = sent("    Y", "", seen_with(vec![], PinCheck::Right));
        assert!(recalled.contains("|BU3001|BD"), "{recalled}");
        for other in ["", "Y", "     Y", "      Y"] {
            let sent = sent(other, "", seen_with(vec![], PinCheck::Right));
            assert!(sent.contains("|BV3.50|BD"), "{other:?}: {sent}");
        }
    }

    #[test]
    fn of_nobody_nothing_is_told() {
        assert_eq!(
            sent(
                "  Y",
                "",
                seen_with(vec![Refusal::CardReplaced], PinCheck::Right)
            ),
            "64YYYY          00220261122    153030                        AOLENS|AA26200|AE|BLN|CQN|BHEUR|\
             AFcard_replaced|"
        );
    }

    #[test]
    fn pages_count_from_one_and_include_their_ends() {
        let view = view(vec![], PinCheck::NotGiven);
        let listed = || {
            view.loans
                .iter()
                .filter(|line| !line.barcode.is_empty())
                .map(lent)
        };
        let page = |first, last| page(listed(), first, last).join(" ");
        assert_eq!(page(None, None), "3001 3002 3003");
        assert_eq!(page(Some(1), Some(2)), "3001 3002");
        assert_eq!(page(Some(2), Some(2)), "3002");
        assert_eq!(page(Some(3), None), "3003");
        assert_eq!(page(Some(0), Some(1)), "3001");
        assert_eq!(page(None, Some(0)), "");
        assert_eq!(page(Some(3), Some(1)), "");
        assert_eq!(page(Some(9), Some(u32::MAX)), "");
    }
}
