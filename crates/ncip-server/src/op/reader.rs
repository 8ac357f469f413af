//! Which reader a question is about, and what was shown for it.

use desk::{PatronAsk, PatronView, Pin, PinCheck};
use ncip::{
    Value,
    message::Service,
    model::{AuthenticationInput, Problem, UserId},
};

use super::{Call, Failed};
use crate::problem::{about, missing, plain_refusal, problem};

/// A reader as a question names one.
pub(super) struct Reader {
    /// The card number.
    pub(super) card: String,
    /// What was shown: a PIN or password.
    pub(super) pin: Option<Pin>,
}

/// What of the inputs is a secret, and what names somebody. Types differ from partner to partner; one without a type
/// names somebody if it is the first.
fn sorted(inputs: &[AuthenticationInput]) -> (Option<&str>, Option<&str>) {
    let secret = |kind: &Value| {
        let kind = kind.text.to_lowercase();
        kind.contains("pin") || kind.contains("password") || kind.contains("mot de passe")
    };
    let (mut card, mut pin) = (None, None);
    for input in inputs {
        let slot = match &input.kind {
            Some(kind) if secret(kind) => &mut pin,
            Some(_) => &mut card,
            None if card.is_none() => &mut card,
            None => &mut pin,
        };
        slot.get_or_insert(input.data.expose());
    }
    (card, pin)
}

impl Call<'_> {
    /// The reader that a question names; who asks for nobody asks for the institution that the partner is, if it is one.
    pub(super) async fn reader(
        &self,
        user: Option<&UserId>,
        inputs: &[AuthenticationInput],
    ) -> Result<Reader, Failed> {
        let (shown, pin) = sorted(inputs);
        let named = user
            .filter(|user| !self.is_anothers(user))
            .map(|user| user.value.as_str());
        let pin = pin.and_then(Pin::typed);
        let institution = self.institution();
        let card = match (shown, named) {
            (Some(shown), Some(named)) if shown != named => {
                self.same_person(shown, named).await?;
                shown
            }
            (Some(card), _) | (None, Some(card)) => card,
            (None, None) => institution.ok_or_else(|| missing("UserId"))?,
        };
        if self.partner.manners.needs_pin && pin.is_none() && Some(card) != institution {
            return Err(missing("AuthenticationInput").into());
        }
        Ok(Reader {
            card: card.to_owned(),
            pin,
        })
    }

    /// The card that the partner borrows with. Who is looked at, changed, or brought something is one of ours all the same.
    fn institution(&self) -> Option<&str> {
        let of_our_readers = matches!(
            self.service,
            Service::LookupUser | Service::UpdateUser | Service::AcceptItem
        );
        let card = Some(self.partner.manners.institution.as_str());
        card.filter(|card| !card.is_empty() && !of_our_readers)
    }

    /// A reader of another library than ours, where the partner borrows with a card of its own.
    fn is_anothers(&self, user: &UserId) -> bool {
        if self.institution().is_none_or(|card| user.value == card) {
            return false;
        }
        let known = |branch| self.book.branches.contains_key(&branch);
        user.agency.as_ref().is_some_and(|agency| {
            let ours = agency.text.eq_ignore_ascii_case(self.partner.our_agency());
            !ours && self.partner.place(&agency.text, &known).is_none()
        })
    }

    /// Who is named and who shows a secret must be one person.
    async fn same_person(&self, shown: &str, named: &str) -> Result<(), Failed> {
        let one = self.desk.patron(self.patron_ask(shown, None)).await?;
        let other = self.desk.patron(self.patron_ask(named, None)).await?;
        match (one, other) {
            (Ok(one), Ok(other)) if one.id == other.id => Ok(()),
            _ => Err(self.not_authenticated().into()),
        }
    }

    pub(super) fn patron_ask(&self, card: &str, pin: Option<Pin>) -> PatronAsk {
        PatronAsk {
            actor: self.actor(),
            card: card.to_owned(),
            pin,
            visit: self.partner.kept.visit.clone(),
            at: self.at.clone(),
        }
    }

    /// The file of a reader. With a PIN, a card that nobody has and a PIN that is wrong are one and the same problem.
    pub(super) async fn file(&self, reader: &Reader) -> Result<PatronView, Failed> {
        let view = self
            .desk
            .patron(self.patron_ask(&reader.card, reader.pin.clone()))
            .await?;
        match view {
            Ok(view) if matches!(view.pin, PinCheck::Wrong | PinCheck::TooMany) => {
                Err(self.not_authenticated().into())
            }
            Ok(view) => Ok(view),
            Err(_) if reader.pin.is_some() => Err(self.not_authenticated().into()),
            Err(refusal) => {
                Err(plain_refusal(self.desk, self.service, &refusal, self.language()).into())
            }
        }
    }

    /// The same for a card that nobody has, a wrong PIN and too many of them; with nothing of what was shown.
    pub(super) fn not_authenticated(&self) -> Problem {
        let told = self.language().pick(
            "Carte ou code incorrect ; après cinq erreurs, patienter quelques minutes.",
            "Wrong card or PIN; after five errors, wait a few minutes.",
        );
        about(
            problem(self.of("User Authentication Failed"), told),
            "AuthenticationInput",
            None,
        )
    }
}

#[cfg(test)]
mod tests {
    use ncip::Secret;

    use super::*;

    fn input(kind: Option<&str>, data: &str) -> AuthenticationInput {
        AuthenticationInput {
            data: Secret::new(data),
            format: None,
            kind: kind.map(Value::plain),
        }
    }

    #[test]
    fn which_input_is_which() {
        for (card, pin) in [
            ("Barcode Id", "PIN"),
            ("Username", "Password"),
            ("User ID", "password"),
            ("Barcode", "User PIN"),
        ] {
            let (card, pin) = (input(Some(card), "1"), input(Some(pin), "2"));
            assert_eq!(sorted(&[card.clone(), pin.clone()]), (Some("1"), Some("2")));
            assert_eq!(sorted(&[pin, card]), (Some("1"), Some("2")));
        }
        assert_eq!(
            sorted(&[input(None, "1"), input(None, "2")]),
            (Some("1"), Some("2"))
        );
        assert_eq!(sorted(&[input(Some("PIN"), "2")]), (None, Some("2")));
    }
}
