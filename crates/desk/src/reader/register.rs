//! Registering readers.

use std::sync::Arc;

use circulation::{
    ContactField, FileFacts, GuarantorFacts, Refusal, Rulebook, card_runs_until, file_refusals,
    pin_will_do,
};
use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use store::{Dossier, NewReader, ReaderData};

use super::{
    locked::{Ask, Begun, again, answer, begin, done, no, sifted},
    values::{card_fits, trimmed, wrong_values},
};
use crate::{
    Actor, Answer, Desk, DeskError, Pin, RequestKey,
    attempt::{Tried, Trouble, Way},
    password::hash_in_full,
    request::{local_day, scanned},
};

/// A question to register a reader.
#[derive(Debug, Clone)]
pub struct RegisterAsk {
    /// Who asks. The card is issued by their branch.
    pub actor: Actor,
    /// The number of a blank card, as scanned.
    pub card: String,
    /// What is written down. Without a last day of the card, the category says how long it runs.
    pub data: ReaderData,
    /// A reader whose household the new one joins; without one they live alone.
    pub lives_with: Option<i64>,
    /// A PIN: four to eight digits, neither simple nor the birth date.
    pub pin: Option<Pin>,
    /// Another reader of the same birth date and names is known to be somebody else.
    pub even_if_alike: bool,
    /// What the question is known by when it comes again.
    pub key: Option<RequestKey>,
    /// When.
    pub at: Zoned,
}

/// A reader who was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The patron's number.
    pub patron: i64,
}

impl Desk {
    /// Registers a reader with a card, or says why not: a value that cannot be, a category that is not for that age,
    /// nobody who answers for a minor, a card number that is taken, a reader who is there already. The same question
    /// again, by its key, is the same reader.
    ///
    /// In one transaction, under the locks of the households that it touches.
    pub async fn register(
        self: &Arc<Self>,
        ask: RegisterAsk,
    ) -> Result<Answer<Enrolled>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        // Before any lock is taken: it costs 20 ms of a core.
        let pin_hash = hash_of(ask.pin.as_ref(), ask.data.born_on).await?;
        let ask = Arc::new((ask, pin_hash));
        self.run(move |desk, way| try_register(desk, way, ask.clone(), key))
            .await
    }
}

/// The hash of a PIN that will do. One that will not is refused before it would be written.
pub(super) async fn hash_of(
    pin: Option<&Pin>,
    born_on: Option<Date>,
) -> Result<Option<String>, DeskError> {
    match pin.filter(|pin| pin_will_do(pin.reveal(), born_on)) {
        Some(pin) => Ok(Some(hash_in_full(pin.reveal().to_owned()).await?)),
        None => Ok(None),
    }
}

async fn try_register(
    desk: Arc<Desk>,
    mut way: Way,
    asked: Arc<(RegisterAsk, Option<String>)>,
    key: RequestKey,
) -> Result<Tried<Answer<Enrolled>>, Trouble> {
    let (register, pin_hash) = &*asked;
    let today = local_day(&register.at);
    let ask = Ask {
        kind: "register",
        actor: &register.actor,
        key,
        at: &register.at,
    };
    let (with, guarantor) = (register.lives_with, register.data.guarantor);
    let others: Vec<i64> = with.into_iter().chain(guarantor).collect();
    let (book, others) = match begin(&desk, &mut way, ask, &others).await? {
        Begun::Again => return Ok(again()),
        Begun::Known(event, enrolled) => {
            let known = answer(enrolled, Some(event), Default::default(), true);
            return Ok(Tried::Done(known));
        }
        Begun::Read(book, others) => (book, others),
    };
    let number_of = |id: Option<i64>| others.iter().flatten().find(|other| Some(other.id) == id);
    let (home, guarantor) = (number_of(with), number_of(guarantor));
    let mut data = trimmed(&register.data);
    if data.expires_on.is_none() {
        data.expires_on = Some(card_runs_until(&book, data.category, today, None));
    }
    let card = scanned(&register.card);
    let branch = register.actor.branch();
    let mut refusals = Vec::new();
    if !card_fits(card) {
        let field = ContactField::Card;
        refusals.push(Refusal::ValueWrong { field });
    } else if way.session().await?.card_is_taken(card, branch).await? {
        refusals.push(Refusal::CardTaken);
    }
    refusals.extend(wrong_values(&data, today));
    if with.is_some() && home.is_none() {
        refusals.push(Refusal::ReaderUnknown);
    }
    if data.expires_on.is_some_and(|last| last < today) {
        let field = ContactField::Expiry;
        refusals.push(Refusal::ValueWrong { field });
    }
    if register.pin.is_some() && pin_hash.is_none() {
        refusals.push(Refusal::PinTooSimple);
    }
    refusals.extend(of_the_rules(&book, today, &data, guarantor));
    // Whoever is asked about must be nameable to the database.
    if let Some(born_on) = data
        .born_on
        .filter(|_| refusals.is_empty() && !register.even_if_alike)
    {
        let session = way.session().await?;
        session.lock_birth_date(born_on).await?;
        let alike = session
            .reader_alike(born_on, &data.family_name, &data.given_name)
            .await?;
        refusals.extend(alike.map(|(patron, card)| Refusal::ReaderAlike {
            patron,
            card: card.unwrap_or_default(),
        }));
    }
    let (refused, trace) = sifted(refusals, &register.actor);
    if let Some(refused) = refused {
        return no(way, ask, &book, None, refused).await;
    }
    let new = NewReader {
        data: &data,
        household: home.map(|home| home.household),
        card,
        branch,
        pin_hash: pin_hash.as_deref(),
    };
    let session = way.session_to_write().await?;
    let patron = match session.add_reader(&new).await {
        // Another desk took the number in this very moment: decided anew, that is a refusal.
        Err(error) if error.is_card_taken() => return Ok(again()),
        added => added?,
    };
    if let Some(home) = home {
        session.raise_households(&[home.household]).await?;
    }
    done(way, ask, patron, (&[], None), trace, Enrolled { patron }).await
}

/// What the rules have against a file. Who is to answer for the reader and is not there cannot.
pub(super) fn of_the_rules(
    book: &Rulebook,
    today: Date,
    data: &ReaderData,
    guarantor: Option<&Dossier>,
) -> Vec<Refusal> {
    let mut refusals = file_refusals(
        book,
        today,
        &FileFacts {
            category: data.category,
            home_branch: data.home_branch,
            born_on: data.born_on,
            guarantor: guarantor.map(|guarantor| GuarantorFacts {
                category: guarantor.data.category,
                born_on: guarantor.data.born_on,
            }),
        },
    );
    if data.guarantor.is_some() && guarantor.is_none() {
        refusals.retain(|refusal| *refusal != Refusal::GuarantorMissing);
        refusals.push(Refusal::GuarantorUnfit);
    }
    refusals
}
