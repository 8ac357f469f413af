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
        Refusal::NoPolicy { on },
        Refusal::NotLoanable { rule: rule() },
        Refusal::NotAtMachine { rule: rule() },
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
            "pin_wrong",
            "pin_too_often",
            "item_unknown",
            "item_ambiguous",
            "already_lent_to_you",
            "lent_to_another",
            "not_on_loan",
            "no_policy",
            "not_at_machine",
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
