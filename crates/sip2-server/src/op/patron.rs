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
pub(super) mod tests;
