//! A reader gets a new card.

use std::sync::Arc;

use circulation::{ContactField, Decision, Refusal, Refused, Trace};
use jiff::Zoned;
use store::{Locks, OldCard};

use super::{card_fits, locked::answer};
use crate::{
    Actor, Answer, Desk, DeskError, RequestKey,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse_about},
    request::{local_day, remembered, scanned},
};

/// A question to give a reader a new card.
#[derive(Debug, Clone)]
pub struct CardAsk {
    /// Who asks. The card is of their branch.
    pub actor: Actor,
    /// Who gets it.
    pub reader: Whose,
    /// What becomes of the card that is active.
    pub old: OldCard,
    /// The number of the new one, as scanned.
    pub number: String,
    /// What the question is known by when it comes again.
    pub key: Option<RequestKey>,
    /// When.
    pub at: Zoned,
}

impl CardAsk {
    /// A card was lost, and its reader gets this one.
    pub fn lost(actor: &Actor, card: &str, number: &str, at: &Zoned) -> Self {
        Self {
            actor: actor.clone(),
            reader: Whose::Card(card.to_owned()),
            old: OldCard::Lost,
            number: number.to_owned(),
            key: None,
            at: at.clone(),
        }
    }
}

/// How a reader is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// By a card of theirs, as scanned.
    Card(String),
    /// By the patron's number.
    Patron(i64),
}

impl Desk {
    /// Gives a reader a new card in place of the active one, or says why not.
    ///
    /// Two round trips and one commit.
    pub async fn replace_card(self: &Arc<Self>, ask: CardAsk) -> Result<Answer<()>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_replace(desk, way, ask.clone(), key))
            .await
    }
}

async fn try_replace(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<CardAsk>,
    key: RequestKey,
) -> Result<Tried<Answer<()>>, Trouble> {
    if way.known()
        && let Some((event, ())) = remembered(&mut way, key).await?
    {
        let known = answer((), Some(event), Trace::default(), true);
        return Ok(Tried::Done(known));
    }
    let (branch, today) = (ask.actor.branch(), local_day(&ask.at));
    let session = way.session().await?;
    let (version, file) = match &ask.reader {
        Whose::Card(card) => session.patron_file(scanned(card), branch, today).await?,
        Whose::Patron(id) => session.patron_file_by_id(*id, today).await?,
    };
    let number = scanned(&ask.number);
    let no = match (&file, &ask.reader) {
        (None, Whose::Card(_)) => Some(Refusal::CardUnknown),
        (None, Whose::Patron(_)) => Some(Refusal::ReaderUnknown),
        (Some(_), _) if !card_fits(number) => Some(Refusal::ValueWrong {
            field: ContactField::Card,
        }),
        (Some(_), _) => None,
    };
    let (Some(file), None) = (&file, &no) else {
        let book = desk.rulebook_at(version).await?;
        let asked = Asked {
            kind: "card",
            actor: &ask.actor,
            at: &ask.at,
            dry: false,
        };
        let patron = file.map(|file| file.row.id);
        let no: Decision<()> = refused_outright(Refused::from(no.unwrap_or(Refusal::CardUnknown)));
        return refuse_about(
            &mut way,
            &asked,
            &book,
            patron,
            None,
            no,
            Default::default(),
        )
        .await;
    };
    let locks = Locks {
        household: Some(file.row.household_id),
        ..Locks::default()
    };
    let household = (file.row.household_id, file.row.household_version);
    let (stamp, keep) = (ask.actor.stamp(&ask.at), key.keep(ask.at.timestamp()));
    let session = way.session_to_write().await?;
    let replaced = session
        .replace_card(file.row.id, household, ask.old, number, &stamp, keep)
        .await;
    if replaced.as_ref().is_err_and(|error| error.is_card_taken()) {
        // Nothing more can be written here: what was begun is undone.
        let taken = Refused::from(Refusal::CardTaken);
        return Ok(Tried::Done(Answer {
            outcome: Err(taken),
            ..answer((), None, Trace::default(), false)
        }));
    }
    Ok(match way.written(replaced, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(answer((), Some(event), Trace::default(), false)),
    })
}
