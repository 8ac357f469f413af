//! 63 → 64.

use circulation::Language;
use desk::{DeskError, FeeKind, FeeLine, HoldLine, HoldState, LoanLine};
use jiff::civil::Date;
use sip2::{
    messages::{PatronInformation, PatronInformationResponse, Response},
    value::{Amount, FeeType, Summary},
};

use super::{
    Call, Head,
    patron::{Seen, look},
};
use crate::{
    manners::{FineTemplate, ItemTemplate, Manners},
    moment::due,
    screen::Screen,
};

/// Says who a patron is, what is denied, how much there is, and the list asked for.
pub(super) async fn answer(
    call: &Call<'_>,
    asked: PatronInformation,
) -> Result<Response, DeskError> {
    let seen = look(call, &asked.card, asked.pin.as_ref(), asked.language).await?;
    let today = call.at.date();
    let extra = seen.extras(&call.profile.manners, call.profile.charset, false);
    Ok(PatronInformationResponse {
        extra,
        ..response(call.head(), asked, seen, today, &call.profile.manners)
    }
    .into())
}

/// AS is what waits for the patron on a hold shelf (or, where the terminal wants it, is on its way there), CD what
/// is still waited for; a title without a copy of its own is listed by its name. BU are the loans that have reached a recall level. Counts are totals, however short the list is. A loan without a barcode is
/// neither counted nor listed: terminals choke on such a line.
fn response(
    head: Head,
    asked: PatronInformation,
    seen: Seen,
    today: Date,
    manners: &Manners,
) -> PatronInformationResponse {
    let view = seen.view.as_ref();
    let loans = || {
        view.into_iter()
            .flat_map(|view| &view.loans)
            .filter(|line| !line.barcode.is_empty())
    };
    let overdue = || loans().filter(|line| line.loan.due < today);
    let ready = |line: &&HoldLine| match line.state() {
        HoldState::Ready(_) => true,
        HoldState::OnItsWay => manners.hold_items_on_their_way,
        HoldState::Waiting => false,
    };
    let holds = || view.into_iter().flat_map(|view| &view.holds);
    let ready_holds = || holds().filter(ready);
    let other_holds = || holds().filter(|line| !ready(line));
    let recalled = || {
        view.into_iter()
            .flat_map(|view| &view.recalled)
            .filter(|line| !line.barcode.is_empty())
    };
    let fees = || view.into_iter().flat_map(|view| &view.fees);
    let (first, last) = (asked.start_item, asked.end_item);
    let due_form = head.due_form;
    let wanted = |list| asked.summary == Some(list);
    let lent = |line: &LoanLine, template: &ItemTemplate| {
        template.line(&line.barcode, &line.title, &due(line.loan.due, due_form))
    };
    let held = |line: &HoldLine, template: &ItemTemplate| {
        let until = match line.state() {
            HoldState::Ready(until) => until,
            _ => line.expires_on,
        };
        let barcode = line.barcode.as_deref().unwrap_or_default();
        template.line(barcode, &line.title, &due(until, due_form))
    };
    // Where somebody lives is for who has shown to be the patron, not for who has found a card.
    let contact = view.filter(|_| seen.proven);
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
        currency: seen.currency(),
        fee_amount: seen.owed(),
        hold_items: page(
            wanted(Summary::HoldItems),
            ready_holds(),
            first,
            last,
            |line| held(line, &manners.hold_items),
        ),
        unavailable_hold_items: page(
            wanted(Summary::UnavailableHolds),
            other_holds(),
            first,
            last,
            |line| held(line, &manners.unavailable_hold_items),
        ),
        fine_items: page(wanted(Summary::FineItems), fees(), first, last, |line| {
            fine(line, &manners.fine_items, seen.view_language())
        }),
        recall_items: page(
            wanted(Summary::RecallItems),
            recalled(),
            first,
            last,
            |line| lent(line, &manners.recall_items),
        ),
        overdue_items: page(
            wanted(Summary::OverdueItems),
            overdue(),
            first,
            last,
            |line| lent(line, &manners.overdue_items),
        ),
        charged_items: page(
            wanted(Summary::ChargedItems),
            loans(),
            first,
            last,
            |line| lent(line, &manners.charged_items),
        ),
        home_address: contact.map(|view| view.address.clone()),
        email: contact.map(|view| view.email.clone()),
        phone: contact.map(|view| view.phone.clone()),
        card: asked.card,
        screen_messages: seen.told,
        ..Default::default()
    }
}

/// AV: the number by which it is paid (CG), what is owed of it, what it is for.
fn fine(fee: &FeeLine, template: &FineTemplate, language: Language) -> String {
    let text = if fee.note.is_empty() {
        Screen::Fee(fee.kind).text(language)
    } else {
        fee.note.clone()
    };
    let kind = match fee.kind {
        FeeKind::Late => FeeType::Overdue,
        FeeKind::Damage => FeeType::Damage,
        FeeKind::Loss => FeeType::Replacement,
        FeeKind::Card => FeeType::Administrative,
        FeeKind::Other => FeeType::OtherFee,
    };
    let amount = Amount::from_cents(fee.cents);
    template.line(
        &fee.id.to_string(),
        &amount.to_string(),
        &text,
        &kind.to_string(),
    )
}

/// The lines from `first` to `last`, both counted from 1 and included, if they are wanted at all.
fn page<T>(
    wanted: bool,
    lines: impl Iterator<Item = T>,
    first: Option<u32>,
    last: Option<u32>,
    line: impl Fn(T) -> String,
) -> Vec<String> {
    if !wanted {
        return Vec::new();
    }
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let before = index(first.unwrap_or(1)).saturating_sub(1);
    let most = last.map_or(usize::MAX, |last| index(last).saturating_sub(before));
    lines.skip(before).take(most).map(line).collect()
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
            patron::tests::{seen_by, seen_with, view},
        },
        *,
    };
    use crate::{
        fixtures::{message, wire},
        manners::Persons,
    };

    fn sent(summary: &str, fields: &str, seen: Seen) -> String {
        sent_by(&Manners::default(), summary, fields, seen)
    }

    fn sent_by(manners: &Manners, summary: &str, fields: &str, seen: Seen) -> String {
        let frame = format!("6300220261122    153030{summary:10}AOLENS|AA26200|{fields}");
        let asked = PatronInformation::from_message(&message(&frame), Charset::Utf8).unwrap();
        let answer = response(head(), asked, seen, date(2026, 11, 22), manners);
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
        let listed = || view.loans.iter().filter(|line| !line.barcode.is_empty());
        let barcode = |line: &LoanLine| line.barcode.clone();
        let page = |first, last| page(true, listed(), first, last, barcode).join(" ");
        assert_eq!(page(None, None), "3001 3002 3003");
        assert_eq!(page(Some(1), Some(2)), "3001 3002");
        assert_eq!(page(Some(2), Some(2)), "3002");
        assert_eq!(page(Some(3), None), "3003");
        assert_eq!(page(Some(0), Some(1)), "3001");
        assert_eq!(page(None, Some(0)), "");
        assert_eq!(page(Some(3), Some(1)), "");
        assert_eq!(page(Some(9), Some(u32::MAX)), "");
    }

    #[test]
    fn lines_in_the_form_that_a_terminal_wants() {
        let text = |text: &str| ItemTemplate::try_from(text.to_owned()).unwrap();
        let manners = Manners {
            charged_items: text("title"),
            overdue_items: text("{barcode} {title}, {due}"),
            fine_items: FineTemplate::try_from("{kind}:{id}:{amount}:{text}".to_owned()).unwrap(),
            ..Manners::default()
        };
        let has = |summary: &str, line: &str| {
            let seen = seen_by(&manners, vec![], PinCheck::Right);
            let sent = sent_by(&manners, summary, "", seen);
            assert!(sent.contains(&format!("|{line}|")), "{line}: {sent}");
        };
        has("  Y", "AULe Horla");
        has(" Y", "AT3001 Le Horla, 20261101    235959");
        has("   Y", "AV02:7:3.50:Carte");
        has("    Y", "BU3001");
    }

    #[test]
    fn as_with_or_without_what_is_on_its_way() {
        let lines: Vec<HoldLine> = [
            ("3101", Some("hold_shelf"), Some("2026-12-01")),
            ("3102", Some("transit"), None),
            ("3103", None, None),
        ]
        .into_iter()
        .map(|(barcode, kind, until)| {
            serde_json::from_value(serde_json::json!({
                "placed_at": "2026-11-01T10:00:00Z", "before": 0, "id": 1, "version": 1, "mine": true, "bib": 1, "title": "Le Horla", "barcode": barcode,
                "wanted": null, "pickup": "LENS", "document": "LIV", "new": false, "expires_on": "2027-11-22",
                "suspended_until": null, "kind": kind, "ready_until": until
            }))
            .unwrap()
        })
        .collect();
        let sent = |on_their_way, summary: &str| {
            let manners = Manners {
                hold_items_on_their_way: on_their_way,
                hold_items: ItemTemplate::try_from("{barcode} {due}".to_owned()).unwrap(),
                ..Manners::default()
            };
            let mut seen = seen_by(&manners, vec![], PinCheck::Right);
            seen.view.as_mut().unwrap().holds = lines.clone();
            sent_by(&manners, summary, "", seen)
        };
        let ready = sent(false, "Y");
        assert!(
            ready.contains("1530300001") && ready.contains("|AS3101 20261201    235959|BD"),
            "{ready}"
        );
        let both = sent(true, "Y");
        assert!(
            both.contains("1530300002") && both.contains("|AS3102 20271122    235959|BD"),
            "{both}"
        );
        assert!(sent(false, "     Y").contains("|CD3102|CD3103|"));
        assert!(sent(true, "     Y").contains("|BV3.50|CD3103|"));
    }

    #[test]
    fn no_contact_and_no_lists_for_who_has_not_shown_to_be_the_patron() {
        let manners = Manners {
            persons: Persons::WithPin,
            ..Manners::default()
        };
        let seen = seen_by(&manners, vec![], PinCheck::NotGiven);
        assert_eq!(
            sent_by(&manners, "  Y", "", seen),
            "64              00020261122    153030                        AOLENS|AA26200|AE|BLY|CQN|BHEUR|"
        );
        let careless = Manners {
            valid_pin_without_pin: true,
            ..Manners::default()
        };
        let seen = seen_by(&careless, vec![], PinCheck::NotGiven);
        let sent = sent_by(&careless, "", "", seen);
        assert!(sent.contains("|CQY|") && !sent.contains("|BD"), "{sent}");
    }
}
