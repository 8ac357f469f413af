use circulation::OpenLoan;
use desk::LoanLine;
use jiff::civil::{Date, date};

use super::*;

pub(in crate::op) fn view(standing: Vec<Refusal>, pin: PinCheck) -> PatronView {
    let lens = "LENS".parse().unwrap();
    let line = |barcode: &str, due: Date| LoanLine {
        barcode: barcode.into(),
        title: "Le Horla".into(),
        bib: 1,
        loan: OpenLoan {
            whose: circulation::Whose::Reader,
            checkout: lens,
            owner: lens,
            category: "ADU".parse().unwrap(),
            document: "LIV".parse().unwrap(),
            new: false,
            due,
        },
    };
    PatronView {
        id: 1,
        card: "26200".into(),
        family_name: "Exemple".into(),
        given_name: "Zoé".into(),
        name: "Zoé Exemple".into(),
        language: Language::French,
        pin,
        standing,
        loans: vec![
            line("3001", date(2026, 11, 1)),
            line("", date(2026, 12, 1)),
            line("3002", date(2026, 12, 2)),
            line("3003", date(2026, 12, 3)),
        ],
        overdue: 1,
        holds: Vec::new(),
        fees: vec![desk::FeeLine {
            id: 7,
            kind: desk::FeeKind::Card,
            cents: 350,
            note: String::new(),
            at: jiff::Timestamp::UNIX_EPOCH,
        }],
        recalled: vec![line("3001", date(2026, 11, 1))],
        hold_limit: Some(10),
        loan_limit: Some(20),
        home_branch: lens,
        email: "zoe@example.org".into(),
        phone: String::new(),
        address: "1 rue de l'Exemple".into(),
        expires_on: Some(date(2027, 6, 30)),
        born_on: Some(date(1985, 3, 9)),
        category: "ADU".parse().unwrap(),
    }
}

pub(in crate::op) fn seen_with(standing: Vec<Refusal>, pin: PinCheck) -> Seen {
    seen_by(&Manners::default(), standing, pin)
}

pub(in crate::op) fn seen_by(manners: &Manners, standing: Vec<Refusal>, pin: PinCheck) -> Seen {
    seen(view(standing, pin), manners, |refusal| {
        refusal.code().to_owned()
    })
}

fn letters(standing: Vec<Refusal>) -> String {
    String::from_utf8(
        seen_with(standing, PinCheck::Right)
            .status
            .to_bytes()
            .to_vec(),
    )
    .unwrap()
}

#[test]
fn each_reason_has_its_flag() {
    let blocked = |kind| {
        vec![Refusal::Blocked {
            kind,
            message: None,
        }]
    };
    assert_eq!(letters(vec![]), "              ");
    assert_eq!(
        letters(vec![Refusal::Suspended {
            free_on: date(2026, 12, 1)
        }]),
        "YYYY          "
    );
    assert_eq!(letters(vec![Refusal::GuarantorMissing]), "YYYY          ");
    assert_eq!(
        letters(vec![Refusal::CardExpired {
            on: date(2026, 1, 1)
        }]),
        "YYYY          "
    );
    assert_eq!(letters(vec![Refusal::CardLost]), "YYYYY         ");
    assert_eq!(letters(vec![Refusal::CardCancelled]), "YYYY          ");
    assert_eq!(letters(blocked(BlockKind::Staff)), "YYYY          ");
    assert_eq!(letters(blocked(BlockKind::Fees)), "YYYY      Y   ");
    assert_eq!(letters(blocked(BlockKind::LostItems)), "YYYY     Y    ");
    assert_eq!(letters(blocked(BlockKind::Treasury)), "YYYY         Y");
    assert_eq!(
        nobody(String::new(), &Manners::default()).status.to_bytes(),
        *b"YYYY          "
    );
}

#[test]
fn a_pin_is_right_only_if_it_was_typed_and_is() {
    for (pin, right) in [
        (PinCheck::Right, true),
        (PinCheck::Wrong, false),
        (PinCheck::TooMany, false),
        (PinCheck::NotGiven, false),
    ] {
        let seen = seen_with(vec![], pin);
        assert_eq!(
            (seen.valid_patron, seen.valid_pin),
            (true, right),
            "{pin:?}"
        );
    }
    assert_eq!(seen_with(vec![], PinCheck::Wrong).told, ["pin_wrong"]);
}

#[test]
fn without_the_pin_nothing_is_told_where_that_is_the_rule() {
    let manners = Manners {
        persons: Persons::WithPin,
        ..Manners::default()
    };
    let late = || {
        vec![Refusal::Suspended {
            free_on: date(2026, 12, 1),
        }]
    };
    for pin in [PinCheck::NotGiven, PinCheck::Wrong, PinCheck::TooMany] {
        let seen = seen_by(&manners, late(), pin);
        assert!(
            seen.valid_patron && !seen.valid_pin && seen.view.is_none(),
            "{pin:?}"
        );
        assert_eq!(seen.status, PatronStatus::default());
        assert!(!seen.told.contains(&"suspended".to_owned()), "{pin:?}");
    }
    let seen = seen_by(&manners, late(), PinCheck::Right);
    assert_eq!(seen.name(), "Zoé Exemple");
    assert!(seen.status.charge_denied && seen.told.len() == 1);
}

#[test]
fn who_learns_of_nobody_learns_whether_card_and_pin_are_right() {
    let manners = Manners {
        persons: Persons::Never,
        valid_patron_needs_pin: true,
        ..Manners::default()
    };
    let asked = |standing, pin| {
        let seen = seen_by(&manners, standing, pin);
        assert!(seen.view.is_none() && seen.told.is_empty() && seen.currency().is_none());
        assert_eq!(seen.language, WireLanguage::UNKNOWN);
        (
            seen.valid_patron,
            seen.valid_pin,
            seen.status == PatronStatus::default(),
        )
    };
    let blocked = || {
        vec![Refusal::Suspended {
            free_on: date(2026, 12, 1),
        }]
    };
    assert_eq!(asked(blocked(), PinCheck::Right), (true, true, true));
    assert_eq!(asked(vec![], PinCheck::Wrong), (false, false, false));
    assert_eq!(asked(vec![], PinCheck::NotGiven), (false, false, false));
    assert_eq!(
        asked(vec![Refusal::CardLost], PinCheck::Right),
        (false, false, false)
    );
    let unknown = nobody("Carte inconnue.".into(), &manners);
    assert!(unknown.told.is_empty() && !unknown.valid_patron);
}

#[test]
fn cq_without_a_pin_only_where_somebody_wants_it() {
    let manners = Manners {
        valid_pin_without_pin: true,
        ..Manners::default()
    };
    let cq = |standing, pin| {
        let seen = seen_by(&manners, standing, pin);
        (seen.valid_pin, seen.proven)
    };
    assert_eq!(cq(vec![], PinCheck::NotGiven), (true, false));
    assert_eq!(cq(vec![], PinCheck::Wrong), (false, false));
    assert_eq!(
        cq(vec![Refusal::CardLost], PinCheck::NotGiven),
        (false, false)
    );
}

#[test]
fn of_a_card_out_of_use_nothing_is_learned() {
    for card in [
        Refusal::CardLost,
        Refusal::CardReplaced,
        Refusal::CardCancelled,
    ] {
        let told = card.code();
        let seen = seen_with(vec![card], PinCheck::Right);
        assert!(!seen.valid_patron && !seen.valid_pin && seen.view.is_none());
        assert_eq!(
            (seen.name(), seen.told),
            (String::new(), vec![told.to_owned()])
        );
    }
    let expired = seen_with(
        vec![Refusal::CardExpired {
            on: date(2026, 1, 1),
        }],
        PinCheck::Right,
    );
    assert!(expired.valid_patron && expired.valid_pin);
}

#[test]
fn french_is_002_and_others_leave_it_to_the_patron() {
    assert_eq!(spoken(WireLanguage::ENGLISH), Some(Language::English));
    assert_eq!(
        spoken(WireLanguage::UNITED_KINGDOM),
        Some(Language::English)
    );
    assert_eq!(spoken(WireLanguage::FRENCH), Some(Language::French));
    assert_eq!(spoken(WireLanguage::BELGIAN), Some(Language::French));
    assert_eq!(spoken(WireLanguage::UNKNOWN), None);
    assert_eq!(spoken(WireLanguage::GERMAN), None);
    assert_eq!(wire_language(Language::French).to_string(), "002");
}
