use jiff::civil::date;

use super::*;
use crate::testing::{book, branch, document};

/// One of each, in the order in which they are told.
fn one_of_each() -> Vec<Refusal> {
    let (on, due, free_on) = (date(2026, 8, 26), date(2026, 8, 26), date(2026, 8, 26));
    let branches = vec![branch("LENS"), branch("VILB")];
    let rule = || RuleId::from("X-BULM-PAR");
    vec![
        Refusal::CardUnknown,
        Refusal::CardAmbiguous {
            branches: branches.clone(),
        },
        Refusal::CardLost,
        Refusal::CardReplaced,
        Refusal::CardCancelled,
        Refusal::CardTaken,
        Refusal::ValueWrong {
            field: ContactField::Email,
        },
        Refusal::ReaderUnknown,
        Refusal::SameReader,
        Refusal::ReaderAlike {
            patron: 7,
            card: String::new(),
        },
        Refusal::PinTooSimple,
        Refusal::AgeOutside {
            min: Some(12),
            max: None,
        },
        Refusal::GuarantorUnfit,
        Refusal::FileChanged,
        Refusal::AccountInUse {
            loans: 2,
            holds: 1,
            cents: 250,
        },
        Refusal::AnswersForOthers { readers: 2 },
        Refusal::CardExpired { on },
        Refusal::PinWrong,
        Refusal::PinTooOften,
        Refusal::Suspended { free_on },
        Refusal::Blocked {
            kind: BlockKind::Treasury,
            message: None,
        },
        Refusal::RecallBlocked {
            level: 3,
            due,
            rule: rule(),
        },
        Refusal::GuarantorMissing,
        Refusal::AudienceLimit,
        Refusal::ItemUnknown,
        Refusal::ItemAmbiguous { branches },
        Refusal::ItemCondition {
            condition: Condition::ClaimedReturned,
        },
        Refusal::AlreadyLentToYou { due },
        Refusal::LentToAnother,
        Refusal::InTransit { to: branch("LENS") },
        Refusal::NotOnLoan,
        Refusal::NotHeld,
        Refusal::NotTemporary,
        Refusal::RequestTaken,
        Refusal::SeenSince { on },
        Refusal::HoldIsReady {
            branch: branch("LENS"),
        },
        Refusal::HeldAlready,
        Refusal::NothingToServe,
        Refusal::NoPolicy { on },
        Refusal::NotLoanable { rule: rule() },
        Refusal::NotAtMachine { rule: rule() },
        Refusal::NotHoldable { rule: rule() },
        Refusal::OnShelf { rule: rule() },
        Refusal::QueueFull {
            max: 10,
            waiting: 10,
            rule: rule(),
        },
        Refusal::PickupClosed {
            branch: branch("LENS"),
            until: due,
        },
        Refusal::HeldForAnother,
        Refusal::RenewalsUsed {
            used: 1,
            allowed: 1,
            rule: rule(),
        },
        Refusal::OverdueTooLong {
            days: 11,
            max: 10,
            rule: rule(),
        },
        Refusal::HeldByWaiting { rule: rule() },
        Refusal::WouldNotExtend { due },
        limit(Whom::Household, vec![document("JVI")], false),
    ]
}

fn limit(of: Whom, documents: Vec<DocumentCode>, novelty: bool) -> Refusal {
    Refusal::Limit {
        id: "L-SALL-ART".into(),
        of,
        over: Over::Owner,
        max: 2,
        counted: 2,
        documents,
        novelty,
        holds: false,
        at: vec![(branch("LENS"), 2)],
    }
}

#[test]
fn the_code_is_the_same_in_json() {
    for refusal in one_of_each() {
        let json = serde_json::to_value(&refusal).unwrap();
        assert_eq!(json["code"], refusal.code());
        assert_eq!(serde_json::from_value::<Refusal>(json).unwrap(), refusal);
    }
}

#[test]
fn texts_are_short_and_name_the_rule() {
    for refusal in one_of_each() {
        for language in [Language::French, Language::English] {
            let text = refusal.text(language, &book());
            let length = text.chars().count();
            assert!((10..=120).contains(&length), "{length}: {text}");
            assert!(!text.contains("  ") && !text.contains('\n'), "{text}");
            if let Some(rule) = refusal.rule() {
                assert!(text.contains(rule), "{text}");
            }
        }
    }
}

#[test]
fn texts_say_what_to_do() {
    let french = |refusal: &Refusal| refusal.text(Language::French, &book());
    assert_eq!(
        french(&limit(Whom::Household, vec![document("JVI")], false)),
        "Limite L-SALL-ART : votre foyer a déjà 2 × Jeu vidéo de ce fonds, 2 au plus. Un retour \
         vous permettra d'emprunter."
    );
    assert_eq!(
        french(&Refusal::CardExpired {
            on: date(2026, 8, 26)
        }),
        "Votre carte était valable jusqu'au 26/08/2026. Renouvelez-la à l'accueil."
    );
    assert_eq!(
        Refusal::InTransit { to: branch("LENS") }.text(Language::English, &book()),
        "This item is expected at: Médiathèque Robert Cousin. Please hand it in at the desk."
    );
}

/// A limit of holds that is reached, with these at LENS and VILB.
fn hold_limit(lens: u32, vilb: u32, max: u32) -> Refusal {
    Refusal::Limit {
        id: "H-TOTAL".into(),
        of: Whom::Patron,
        over: Over::Network,
        max,
        counted: lens + vilb,
        documents: vec![],
        novelty: false,
        holds: true,
        at: vec![(branch("LENS"), lens), (branch("VILB"), vilb)],
    }
}

#[test]
fn a_limit_of_holds_speaks_of_holds() {
    let limit = hold_limit(9, 1, 10);
    assert_eq!(
        limit.text(Language::French, &book()),
        "Limite H-TOTAL : vous avez déjà 10 réservations, 10 au plus. Attendez-en la fin, ou \
         annulez-en une."
    );
    assert_eq!(
        limit.text(Language::English, &book()),
        "Limit H-TOTAL: you have 10 holds already, at most 10. Wait for one to end, or cancel one."
    );
    let mut new = hold_limit(1, 0, 1);
    if let Refusal::Limit { novelty, of, .. } = &mut new {
        (*novelty, *of) = (true, Whom::Household);
    }
    assert_eq!(
        new.text(Language::French, &book()),
        "Limite H-TOTAL : votre foyer a déjà 1 réservation de nouveautés, 1 au plus. \
         Attendez-en la fin, ou annulez-en une."
    );
}

#[test]
fn what_would_lift_a_refusal_is_told() {
    let rule = || RuleId::from("R0");
    let day = date(2026, 6, 12);
    let [one_each, two_too_many] = [(1, 1, 2), (2, 1, 2)].map(|(lens, vilb, max)| {
        let mut limit = limit(Whom::Patron, vec![], false);
        if let Refusal::Limit {
            max: most,
            counted,
            at,
            ..
        } = &mut limit
        {
            (*most, *counted) = (max, lens + vilb);
            *at = vec![(branch("LENS"), lens), (branch("VILB"), vilb)];
        }
        limit
    });
    let lens = "Médiathèque Robert Cousin";
    for (refusal, english, french) in [
        (
            Refusal::Suspended { free_on: day },
            "from 12 June 2026",
            "à partir du 12/06/2026",
        ),
        (
            one_each,
            "after returning one of them (one at LENS, one at VILB)",
            "après retour de l'un d'eux (1 à LENS, 1 à VILB)",
        ),
        (
            two_too_many,
            "after returning 2 of them (2 at LENS, one at VILB)",
            "après retour de 2 d'entre eux (2 à LENS, 1 à VILB)",
        ),
        (
            hold_limit(1, 0, 1),
            "after collecting or cancelling it (one at LENS, 0 at VILB)",
            "après retrait ou annulation de celle-ci (1 à LENS, 0 à VILB)",
        ),
        (
            Refusal::RecallBlocked {
                level: 1,
                due: day,
                rule: rule(),
            },
            "after returning the item due on 12 June 2026",
            "après le retour du document attendu le 12/06/2026",
        ),
        (
            Refusal::LentToAnother,
            "with a hold: a copy will be kept for you",
            "avec une réservation : un exemplaire sera gardé",
        ),
        (
            Refusal::PickupClosed {
                branch: branch("LENS"),
                until: day,
            },
            "at another branch, or from 13 June 2026",
            "sur un autre site, ou à partir du 13/06/2026",
        ),
        (
            Refusal::QueueFull {
                max: 10,
                waiting: 11,
                rule: rule(),
            },
            "once 2 holds before you are over",
            "à la fin de 2 réservations avant vous",
        ),
        (
            Refusal::QueueFull {
                max: 0,
                waiting: 0,
                rule: rule(),
            },
            "if staff allow it (override.rule)",
            "si le personnel l'autorise (override.rule)",
        ),
        (
            Refusal::NotLoanable { rule: rule() },
            "if staff allow it (override.rule)",
            "si le personnel l'autorise (override.rule)",
        ),
        (
            Refusal::HoldIsReady {
                branch: branch("LENS"),
            },
            &format!("by collecting it at {lens}, or with a new hold once this one is cancelled"),
            &format!("en le retirant à : {lens}, ou par une nouvelle réservation après annulation"),
        ),
    ] {
        let told = |language| refusal.would_lift(language, &book());
        assert_eq!(told(Language::English).as_deref(), Some(english));
        assert_eq!(told(Language::French).as_deref(), Some(french));
    }
}

#[test]
fn some_refusals_nobody_can_do_anything_about() {
    for refusal in one_of_each() {
        let [french, english] = [Language::French, Language::English]
            .map(|language| refusal.would_lift(language, &book()));
        assert_eq!(french.is_some(), english.is_some(), "{refusal:?}");
        let hopeless = [
            "not_on_loan",
            "nothing_to_serve",
            "no_policy",
            "not_holdable",
            "seen_since",
            "not_temporary",
        ];
        assert_eq!(french.is_none(), hopeless.contains(&refusal.code()));
        for text in french.into_iter().chain(english) {
            assert!((5..=120).contains(&text.chars().count()), "{text}");
        }
    }
}

#[test]
fn a_message_of_staff_is_shown_as_it_is() {
    let blocked = |message: Option<&str>| {
        let message = message.map(str::to_owned);
        Refusal::Blocked {
            kind: BlockKind::Staff,
            message,
        }
        .text(Language::French, &book())
    };
    assert_eq!(
        blocked(Some(" Un paquet vous attend. ")),
        "Un paquet vous attend."
    );
    assert_eq!(blocked(Some(" ")), blocked(None));
}

#[test]
fn some_refusals_nothing_lifts() {
    let fixed: Vec<_> = one_of_each()
        .iter()
        .filter(|refusal| refusal.right().is_none())
        .map(Refusal::code)
        .collect();
    assert_eq!(
        fixed,
        [
            "card_unknown",
            "card_ambiguous",
            "card_lost",
            "card_replaced",
            "card_cancelled",
            "card_taken",
            "value_wrong",
            "reader_unknown",
            "same_reader",
            "reader_alike",
            "pin_too_simple",
            "guarantor_unfit",
            "file_changed",
            "account_in_use",
            "answers_for_others",
            "pin_wrong",
            "pin_too_often",
            "item_unknown",
            "item_ambiguous",
            "already_lent_to_you",
            "lent_to_another",
            "not_on_loan",
            "not_held",
            "not_temporary",
            "request_taken",
            "seen_since",
            "hold_is_ready",
            "held_already",
            "nothing_to_serve",
            "no_policy",
            "not_at_machine",
            "not_holdable",
            "would_not_extend",
        ]
    );
}

#[test]
fn a_refused_is_never_empty() {
    assert_eq!(Refused::new(Vec::new()), None);
    assert!(serde_json::from_str::<Refused>("[]").is_err());
    let refused: Refused = Refusal::CardLost.into();
    let json = serde_json::to_string(&refused).unwrap();
    assert_eq!(json, r#"[{"code":"card_lost"}]"#);
    assert_eq!(serde_json::from_str::<Refused>(&json).unwrap(), refused);
}

#[test]
fn a_reader_who_is_alike_is_named_at_the_desk_and_not_in_the_log() {
    let alike = Refusal::ReaderAlike {
        patron: 7,
        card: "2620000000017".into(),
    };
    for language in [Language::French, Language::English] {
        assert!(alike.text(language, &book()).contains("2620000000017"));
    }
    let json = serde_json::to_string(&alike).unwrap();
    assert_eq!(json, r#"{"code":"reader_alike","patron":7}"#);
}

#[test]
fn every_value_that_is_wrong_is_told() {
    use ContactField::{
        Address, BirthDate, Card, Category, Email, Expiry, HomeBranch, Name, Note, Phone, Pin,
    };
    let fields = [
        Address, BirthDate, Card, Category, Email, Expiry, HomeBranch, Name, Note, Phone, Pin,
    ];
    for field in fields {
        for language in [Language::French, Language::English] {
            let text = Refusal::ValueWrong { field }.text(language, &book());
            assert!((10..=120).contains(&text.chars().count()), "{text}");
        }
    }
}
