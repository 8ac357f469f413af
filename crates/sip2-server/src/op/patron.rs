//! What the answers to 23, 63, 01 and 25 have in common: one reading of a patron for all of them,
//! so that 24, 26 and 64 never say different things.

use circulation::{BlockKind, Language, Refusal};
use desk::{DeskError, PatronAsk, PatronView, PinCheck};
use sip2::value::{Amount, Language as WireLanguage, PatronStatus, Secret};

use super::{Call, typed};

/// A patron as the terminal may see one.
pub(super) struct Seen {
    pub(super) status: PatronStatus,
    pub(super) language: WireLanguage,
    /// BL.
    pub(super) valid_patron: bool,
    /// CQ.
    pub(super) valid_pin: bool,
    /// AF.
    pub(super) told: Vec<String>,
    /// The patron, only if the card is usable and no wrong PIN was typed: of anybody else a terminal learns
    /// nothing.
    pub(super) view: Option<PatronView>,
}

impl Seen {
    /// BV: what is owed, of whom something is told.
    pub(super) fn owed(&self) -> Option<Amount> {
        let view = self.view.as_ref()?;
        Some(Amount::from_cents(
            view.fees.iter().map(|fee| fee.cents).sum(),
        ))
    }

    /// What the patron is spoken to in.
    pub(super) fn view_language(&self) -> Language {
        self.view
            .as_ref()
            .map(|view| view.language)
            .unwrap_or_default()
    }

    /// AE.
    pub(super) fn name(&self) -> String {
        self.view
            .as_ref()
            .map(|view| view.name.clone())
            .unwrap_or_default()
    }
}

/// Looks at the holder of a card.
pub(super) async fn look(
    call: &Call<'_>,
    card: &str,
    pin: Option<&Secret>,
    asked_in: WireLanguage,
) -> Result<Seen, DeskError> {
    let found = call
        .desk
        .patron(PatronAsk {
            actor: call.actor(),
            card: card.to_owned(),
            pin: typed(pin),
            visit: call.profile.visit.clone(),
            at: call.at.clone(),
        })
        .await?;
    Ok(match found {
        Ok(view) => {
            let language = spoken(asked_in).unwrap_or(view.language);
            seen(view, |refusal| call.desk.tell(refusal, language))
        }
        Err(refusal) => {
            let language = spoken(asked_in).unwrap_or(call.profile.language());
            nobody(call.desk.tell(&refusal, language))
        }
    })
}

fn seen(view: PatronView, tell: impl Fn(&Refusal) -> String) -> Seen {
    let usable = is_usable(&view.standing);
    let pin = match view.pin {
        PinCheck::Wrong => Some(Refusal::PinWrong),
        PinCheck::TooMany => Some(Refusal::PinTooOften),
        PinCheck::NotGiven | PinCheck::Right => None,
    };
    Seen {
        status: status(&view.standing),
        language: wire_language(view.language),
        valid_patron: usable,
        valid_pin: usable && view.pin == PinCheck::Right,
        told: pin.iter().chain(&view.standing).map(tell).collect(),
        view: (usable && pin.is_none()).then_some(view),
    }
}

fn nobody(told: String) -> Seen {
    Seen {
        status: denied(),
        language: WireLanguage::UNKNOWN,
        valid_patron: false,
        valid_pin: false,
        told: vec![told],
        view: None,
    }
}

/// Whether a card still opens the account.
fn is_usable(standing: &[Refusal]) -> bool {
    !standing.iter().any(|refusal| {
        matches!(
            refusal,
            Refusal::CardLost | Refusal::CardReplaced | Refusal::CardCancelled
        )
    })
}

/// *3M SIP2 2.00, "patron status"*: whoever may not borrow may not renew or ask for things either,
/// as our rules have it; the rest says why. Limits are not among them: whether one is reached
/// depends on the item.
fn status(standing: &[Refusal]) -> PatronStatus {
    if standing.is_empty() {
        return PatronStatus::default();
    }
    let mut status = denied();
    for refusal in standing {
        match refusal {
            Refusal::CardLost => status.card_lost = true,
            Refusal::RecallBlocked { .. } => status.too_many_overdue = true,
            Refusal::Blocked {
                kind: BlockKind::Fees,
                ..
            } => status.excessive_fines = true,
            Refusal::Blocked {
                kind: BlockKind::LostItems,
                ..
            } => status.too_many_lost = true,
            Refusal::Blocked {
                kind: BlockKind::Treasury,
                ..
            } => status.too_many_billed = true,
            _ => {}
        }
    }
    status
}

fn denied() -> PatronStatus {
    PatronStatus {
        charge_denied: true,
        renewal_denied: true,
        recall_denied: true,
        hold_denied: true,
        ..Default::default()
    }
}

/// The language that a message asks for, if it is one of ours.
fn spoken(asked_in: WireLanguage) -> Option<Language> {
    let tag = asked_in.tag()?;
    match tag.split('-').next()? {
        "fr" => Some(Language::French),
        "en" => Some(Language::English),
        _ => None,
    }
}

fn wire_language(language: Language) -> WireLanguage {
    match language {
        Language::French => WireLanguage::FRENCH,
        Language::English => WireLanguage::ENGLISH,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use circulation::OpenLoan;
    use desk::LoanLine;
    use jiff::civil::{Date, date};

    use super::*;

    pub(in crate::op) fn view(standing: Vec<Refusal>, pin: PinCheck) -> PatronView {
        let lens = "LENS".parse().unwrap();
        let line = |barcode: &str, due: Date| LoanLine {
            barcode: barcode.into(),
            title: "Le Horla".into(),
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
            }],
            recalled: vec![line("3001", date(2026, 11, 1))],
            hold_limit: Some(10),
            loan_limit: Some(20),
            home_branch: lens,
            email: "zoe@example.org".into(),
            phone: String::new(),
            address: "1 rue de l'Exemple".into(),
            expires_on: None,
        }
    }

    pub(in crate::op) fn seen_with(standing: Vec<Refusal>, pin: PinCheck) -> Seen {
        seen(view(standing, pin), |refusal| refusal.code().to_owned())
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
        assert_eq!(nobody(String::new()).status.to_bytes(), *b"YYYY          ");
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
}
