//! What the answers to 23, 63, 01 and 25 have in common: one reading of a patron for all of them,
//! so that 24, 26 and 64 never say different things.

use circulation::{BlockKind, Language, Refusal};
use desk::{DeskError, PatronAsk, PatronView, PinCheck};
use jiff::civil::Date;
use sip2::{
    Charset, Field,
    value::{Amount, Currency, Language as WireLanguage, PatronStatus, Secret},
};

use super::{Call, typed};
use crate::manners::{Extra, Manners, Persons};

/// A patron as the terminal may see one.
pub(super) struct Seen {
    pub(super) status: PatronStatus,
    pub(super) language: WireLanguage,
    /// BL.
    pub(super) valid_patron: bool,
    /// CQ.
    pub(super) valid_pin: bool,
    /// Whether the right PIN was typed, whatever CQ says.
    pub(super) proven: bool,
    /// Whether this terminal is told nothing of anybody.
    pub(super) quiet: bool,
    /// AF.
    pub(super) told: Vec<String>,
    /// The patron, only if the card is usable, no wrong PIN was typed, and the terminal may know: of anybody
    /// else it learns nothing.
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

    /// BH.
    pub(super) fn currency(&self) -> Option<Currency> {
        (!self.quiet).then_some(Currency::EUR)
    }

    /// What the terminal's settings add to the standard; of what a 64 has by itself only `all` gives it again.
    pub(super) fn extras(&self, manners: &Manners, charset: Charset, all: bool) -> Vec<Field> {
        let Some(view) = &self.view else {
            return Vec::new();
        };
        let digits = |day: Option<Date>| {
            day.map(|day| day.strftime("%Y%m%d").to_string())
                .unwrap_or_default()
        };
        let value = |extra: Extra| match extra {
            Extra::BD => view.address.clone(),
            Extra::BE => view.email.clone(),
            Extra::BF => view.phone.clone(),
            Extra::PA => digits(view.expires_on),
            Extra::PB => digits(view.born_on),
            Extra::PC => view.category.to_string(),
        };
        let mut wanted = manners.extras.clone();
        wanted.sort_unstable();
        wanted.dedup();
        wanted
            .into_iter()
            .filter(|extra| (all || !extra.is_of_64()) && (self.proven || !extra.needs_pin()))
            .map(|extra| Field::text(extra.id(), &value(extra), charset))
            .collect()
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
            visit: call.profile.kept.visit.clone(),
            at: call.at.clone(),
        })
        .await?;
    Ok(match found {
        Ok(view) => {
            let language = spoken(asked_in).unwrap_or(view.language);
            seen(view, &call.profile.manners, |refusal| {
                call.desk.tell(refusal, language)
            })
        }
        Err(refusal) => {
            let language = spoken(asked_in).unwrap_or(call.profile.language());
            nobody(call.desk.tell(&refusal, language), &call.profile.manners)
        }
    })
}

fn seen(view: PatronView, manners: &Manners, tell: impl Fn(&Refusal) -> String) -> Seen {
    let usable = is_usable(&view.standing);
    let pin = match view.pin {
        PinCheck::Wrong => Some(Refusal::PinWrong),
        PinCheck::TooMany => Some(Refusal::PinTooOften),
        PinCheck::NotGiven | PinCheck::Right => None,
    };
    let proven = usable && view.pin == PinCheck::Right;
    let valid_patron = usable && (proven || !manners.valid_patron_needs_pin);
    let unasked = usable && view.pin == PinCheck::NotGiven && manners.valid_pin_without_pin;
    let quiet = manners.persons == Persons::Never;
    // What stands against somebody is personal, too: it is told to whom the person is.
    let open = match manners.persons {
        Persons::Always => true,
        Persons::WithPin => proven,
        Persons::Never => false,
    };
    let standing = if open { view.standing.as_slice() } else { &[] };
    Seen {
        status: if open {
            status(standing)
        } else if valid_patron {
            PatronStatus::default()
        } else {
            denied()
        },
        language: if open {
            wire_language(view.language)
        } else {
            WireLanguage::UNKNOWN
        },
        valid_patron,
        valid_pin: proven || unasked,
        proven,
        quiet,
        told: pin
            .iter()
            .chain(standing)
            .filter(|_| !quiet)
            .map(tell)
            .collect(),
        view: (usable && pin.is_none() && open).then_some(view),
    }
}

fn nobody(told: String, manners: &Manners) -> Seen {
    let quiet = manners.persons == Persons::Never;
    Seen {
        status: denied(),
        language: WireLanguage::UNKNOWN,
        valid_patron: false,
        valid_pin: false,
        proven: false,
        quiet,
        told: (!quiet).then_some(told).into_iter().collect(),
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
}
