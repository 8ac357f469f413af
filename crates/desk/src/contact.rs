//! What readers change of their own files: how they are reached, and their PIN.

use std::sync::Arc;

use circulation::{ContactField, Decision, Language, Refusal, Refused, Trace};
use jiff::Zoned;
use store::{ContactChange, Locks, PatronFile};

use crate::{
    Actor, Answer, Desk, DeskError, Pin, PinCheck, RequestKey, Visit,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    password::hash_in_full,
    reader::{address_fits, email_fits, phone_fits},
    refuse::{Asked, refuse},
    request::{local_day, remembered, scanned},
};

/// What a reader wants changed. `None`: as it is; empty: taken away.
#[derive(Debug, Clone)]
pub struct ContactAsk {
    /// Who asks.
    pub actor: Actor,
    /// The card number, as scanned.
    pub card: String,
    /// The PIN: without it, and right, nothing is changed.
    pub pin: Option<Pin>,
    /// What the connection remembers of PINs.
    pub visit: Arc<Visit>,
    /// When.
    pub at: Zoned,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Address, on one line.
    pub address: Option<String>,
    /// What the reader is spoken to in.
    pub language: Option<Language>,
    /// A new PIN or password, 4 to 64 characters.
    pub new_pin: Option<Pin>,
}

impl Desk {
    /// Changes what a reader may change of their own file, or says why not. The same again changes nothing. What a
    /// former system's file says of a field later does not come back over it: an import writes only what changed there.
    ///
    /// Two round trips and one commit.
    pub async fn change_contact(
        self: &Arc<Self>,
        ask: ContactAsk,
    ) -> Result<Answer<()>, DeskError> {
        let (ask, key) = (Arc::new(ask), RequestKey::once()?);
        self.run(move |desk, way| try_change(desk, way, ask.clone(), key))
            .await
    }
}

async fn try_change(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<ContactAsk>,
    key: RequestKey,
) -> Result<Tried<Answer<()>>, Trouble> {
    let (branch, today) = (ask.actor.branch(), local_day(&ask.at));
    let session = way.session().await?;
    let (version, file) = session
        .patron_file(scanned(&ask.card), branch, today)
        .await?;
    let book = desk.rulebook_at(version).await?;
    let asked = Asked {
        kind: "contact",
        actor: &ask.actor,
        at: &ask.at,
        dry: false,
    };
    let Some(file) = file else {
        let no: Decision<()> = refused_outright(Refused::from(Refusal::CardUnknown));
        return refuse(&mut way, &asked, &book, None, None, no, Default::default()).await;
    };
    if way.known()
        && let Some((event, ())) = remembered(&mut way, key).await?
    {
        return Ok(Tried::Done(done(&file, Some(event))));
    }
    let language = file.row.language;
    let pin = ask
        .visit
        .check(ask.pin.as_ref(), &file.row, ask.at.timestamp())
        .await;
    let why_not = match pin {
        PinCheck::Right => wrong_value(&ask).map(|field| Refusal::ValueWrong { field }),
        PinCheck::TooMany => Some(Refusal::PinTooOften),
        PinCheck::Wrong | PinCheck::NotGiven => Some(Refusal::PinWrong),
    };
    if let Some(refusal) = why_not {
        let no: Decision<()> = refused_outright(Refused::from(refusal));
        return refuse(&mut way, &asked, &book, Some(&file.row), None, no, language).await;
    }
    let (change, fields) = changed(&ask, &file).await?;
    if fields.is_empty() {
        return Ok(Tried::Done(done(&file, None)));
    }
    let household = (file.row.household_id, file.row.household_version);
    let locks = Locks {
        household: Some(household.0),
        ..Locks::default()
    };
    let body = serde_json::json!({ "fields": fields });
    let (stamp, keep) = (ask.actor.stamp(&ask.at), key.keep(ask.at.timestamp()));
    let session = way.session_to_write().await?;
    let written = session
        .change_contact(file.row.id, household, &change, &stamp, &body, keep)
        .await;
    Ok(match way.written(written, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(done(&file, Some(event))),
    })
}

fn done(file: &PatronFile, event: Option<i64>) -> Answer<()> {
    Answer {
        outcome: Ok(()),
        trace: Trace::default(),
        event,
        language: file.row.language,
        item: None,
        replayed: false,
    }
}

/// What is not as it is asked for, and the names of these fields.
async fn changed(
    ask: &ContactAsk,
    file: &PatronFile,
) -> Result<(ContactChange, Vec<&'static str>), DeskError> {
    let other = |asked: &Option<String>, now: &str| {
        let asked = asked.as_deref().map(str::trim);
        asked.filter(|asked| *asked != now).map(str::to_owned)
    };
    // The PIN that was typed to be let in is the one that is there.
    let new_pin = ask.new_pin.as_ref().filter(|new| {
        ask.pin
            .as_ref()
            .is_none_or(|now| now.reveal() != new.reveal())
    });
    let change = ContactChange {
        email: other(&ask.email, &file.email),
        phone: other(&ask.phone, &file.phone),
        address: other(&ask.address, &file.address),
        language: ask
            .language
            .filter(|language| *language != file.row.language),
        pin_hash: match new_pin {
            Some(pin) => Some(hash_in_full(pin.reveal().to_owned()).await?),
            None => None,
        },
    };
    let fields = [
        (change.email.is_some(), "email"),
        (change.phone.is_some(), "phone"),
        (change.address.is_some(), "address"),
        (change.language.is_some(), "language"),
        (change.pin_hash.is_some(), "pin"),
    ];
    let fields = fields
        .into_iter()
        .filter(|(changed, _)| *changed)
        .map(|(_, name)| name);
    let fields = fields.collect();
    Ok((change, fields))
}

/// The first field whose value cannot be.
fn wrong_value(ask: &ContactAsk) -> Option<ContactField> {
    let plain = |text: &str| text.chars().all(|char| !char.is_control());
    let pin = |pin: &Pin| (4..=64).contains(&pin.reveal().chars().count()) && plain(pin.reveal());
    let is_wrong = |value: &Option<String>, fits: &dyn Fn(&str) -> bool| {
        value.as_deref().is_some_and(|value| !fits(value.trim()))
    };
    match () {
        () if is_wrong(&ask.email, &email_fits) => Some(ContactField::Email),
        () if is_wrong(&ask.phone, &phone_fits) => Some(ContactField::Phone),
        () if is_wrong(&ask.address, &address_fits) => Some(ContactField::Address),
        () if ask.new_pin.as_ref().is_some_and(|new| !pin(new)) => Some(ContactField::Pin),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use store::Terminal;

    use super::*;

    fn terminal() -> Terminal {
        Terminal {
            id: 1,
            login: "portail".into(),
            password_hash: String::new(),
            name: String::new(),
            branch: "LENS".parse().unwrap(),
            messages: Vec::new(),
            profile: String::new(),
            settings: Default::default(),
            sort_bins: Vec::new(),
            version: 0,
        }
    }

    fn ask(email: &str, phone: &str, address: &str, pin: &str) -> ContactAsk {
        ContactAsk {
            actor: Actor::kiosk(&terminal()),
            card: String::new(),
            pin: None,
            visit: Arc::new(Visit::new()),
            at: Zoned::default(),
            email: Some(email.into()),
            phone: Some(phone.into()),
            address: Some(address.into()),
            language: None,
            new_pin: Pin::typed(pin),
        }
    }

    #[test]
    fn what_can_be_written() {
        let right = ask(
            "a.b@c.example",
            "+33 (0)3.21-00",
            "1 rue, 62300 Lens",
            "4711",
        );
        assert_eq!(wrong_value(&right), None);
        assert_eq!(wrong_value(&ask("", "", "", "")), None);
        for email in [
            "a",
            "@b",
            "a@",
            "a@b@c",
            "a b@c",
            "a@b\u{7}",
            &format!("{}@b", "a".repeat(254)),
        ] {
            assert_eq!(
                wrong_value(&ask(email, "", "", "")),
                Some(ContactField::Email),
                "{email}"
            );
        }
        assert_eq!(
            wrong_value(&ask("", "03 21 x", "", "")),
            Some(ContactField::Phone)
        );
        assert_eq!(
            wrong_value(&ask("", "", "a\tb", "")),
            Some(ContactField::Address)
        );
        for pin in ["123", "12\t34", &"1".repeat(65)] {
            assert_eq!(wrong_value(&ask("", "", "", pin)), Some(ContactField::Pin));
        }
    }
}
