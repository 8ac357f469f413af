//! Changing readers' files.

use std::sync::Arc;

use circulation::{Refusal, Refused, Rulebook, card_runs_until};
use jiff::{Zoned, civil::Date};
use store::{Dossier, ReaderData};

use super::{
    locked::{Ask, Begun, again, answer, begin, done, no, sifted},
    register::{hash_of, of_the_rules},
    values::{fields_changed, trimmed, wrong_values},
};
use crate::{
    Actor, Answer, Desk, DeskError, Pin, RequestKey,
    attempt::{Tried, Trouble, Way},
    request::local_day,
};

/// A question to change a reader's file.
#[derive(Debug, Clone)]
pub struct ChangeAsk {
    /// Who asks.
    pub actor: Actor,
    /// The patron's number.
    pub patron: i64,
    /// The version of the [`Dossier`] that was looked at: what was changed since is not written over.
    pub version: i64,
    /// The file as it is to be.
    pub data: ReaderData,
    /// The card runs on for as long as its category says, from today or from its last day, whichever is later.
    pub renewed: bool,
    /// With whom the reader lives.
    pub household: HouseholdMove,
    /// A new PIN: four to eight digits, neither simple nor the birth date.
    pub pin: Option<Pin>,
    /// What the question is known by when it comes again.
    pub key: Option<RequestKey>,
    /// When.
    pub at: Zoned,
}

/// With whom a reader lives from now on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HouseholdMove {
    /// With the same as before.
    #[default]
    Stays,
    /// In a household of one.
    Alone,
    /// In the household of this reader.
    With(i64),
}

impl Desk {
    /// Changes a reader's file, or says why not. What was wrong with it before does not keep the rest from being
    /// changed: a child who has grown out of a category keeps it until staff give another.
    ///
    /// In one transaction, under the locks of the households that it touches. It answers with the file's new version.
    pub async fn change_patron(self: &Arc<Self>, ask: ChangeAsk) -> Result<Answer<i64>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        let pin_hash = hash_of(ask.pin.as_ref(), ask.data.born_on).await?;
        let ask = Arc::new((ask, pin_hash));
        self.run(move |desk, way| try_change(desk, way, ask.clone(), key))
            .await
    }
}

async fn try_change(
    desk: Arc<Desk>,
    mut way: Way,
    asked: Arc<(ChangeAsk, Option<String>)>,
    key: RequestKey,
) -> Result<Tried<Answer<i64>>, Trouble> {
    let (change, pin_hash) = &*asked;
    let today = local_day(&change.at);
    let ask = Ask {
        kind: "reader",
        actor: &change.actor,
        key,
        at: &change.at,
    };
    let with = match change.household {
        HouseholdMove::With(other) => Some(other),
        HouseholdMove::Stays | HouseholdMove::Alone => None,
    };
    let readers: Vec<i64> = [Some(change.patron), with, change.data.guarantor]
        .into_iter()
        .flatten()
        .collect();
    let (book, read) = match begin(&desk, &mut way, ask, &readers).await? {
        Begun::Again => return Ok(again()),
        Begun::Known(event, version) => {
            let known = answer(version, Some(event), Default::default(), true);
            return Ok(Tried::Done(known));
        }
        Begun::Read(book, read) => (book, read),
    };
    let of = |id: Option<i64>| read.iter().flatten().find(|reader| Some(reader.id) == id);
    let Some(now) = of(Some(change.patron)) else {
        let refused = Refused::from(Refusal::ReaderUnknown);
        return no(way, ask, &book, None, refused).await;
    };
    let id = now.id;
    if now.version != change.version {
        let refused = Refused::from(Refusal::FileChanged);
        return no(way, ask, &book, Some(id), refused).await;
    }
    let home = of(with);
    let guarantor = of(change.data.guarantor).filter(|guarantor| guarantor.id != id);
    let mut data = trimmed(&change.data);
    if change.renewed {
        data.expires_on = Some(card_runs_until(
            &book,
            data.category,
            today,
            now.data.expires_on,
        ));
    }
    let mut refusals = wrong_values(&data, today);
    if with.is_some() && home.is_none() {
        refusals.push(Refusal::ReaderUnknown);
    }
    if change.pin.is_some() && pin_hash.is_none() {
        refusals.push(Refusal::PinTooSimple);
    }
    refusals.extend(new_refusals(&book, today, (&now.data, &data), guarantor));
    let (refused, trace) = sifted(refusals, &change.actor);
    if let Some(refused) = refused {
        return no(way, ask, &book, Some(id), refused).await;
    }
    let moves = match change.household {
        HouseholdMove::Stays => false,
        HouseholdMove::Alone => now.members.len() > 1,
        HouseholdMove::With(_) => home.is_some_and(|home| home.household != now.household),
    };
    let mut fields = fields_changed(&now.data, &data);
    if pin_hash.is_some() {
        fields.push("pin");
    }
    if moves {
        fields.push("household");
    }
    if fields.is_empty() {
        return Ok(Tried::Done(answer(now.version, None, trace, false)));
    }
    let version = write(
        &mut way,
        now,
        &data,
        pin_hash.as_deref(),
        moves.then_some(home),
    )
    .await?;
    done(way, ask, id, (&fields, None), trace, version).await
}

/// Writes the file and raises the guards of the households; the file's new version.
async fn write(
    way: &mut Way,
    now: &Dossier,
    data: &ReaderData,
    pin_hash: Option<&str>,
    moves: Option<Option<&Dossier>>,
) -> Result<i64, Trouble> {
    let session = way.session_to_write().await?;
    let mut version = session.write_reader(now.id, data, pin_hash).await?;
    let mut raised = vec![now.household];
    if let Some(home) = moves {
        let home = home.map(|home| home.household);
        version = session.move_reader(now.id, home).await?;
        raised.extend(home);
    }
    session.raise_households(&raised).await?;
    Ok(version)
}

/// What the rules have against the file as it is to be and had not against it as it is. A guarantor who is named anew is
/// looked at in any case.
fn new_refusals(
    book: &Rulebook,
    today: Date,
    (before, after): (&ReaderData, &ReaderData),
    guarantor: Option<&Dossier>,
) -> Vec<Refusal> {
    let looked_at = |data: &ReaderData| {
        (
            data.category,
            data.home_branch,
            data.born_on,
            data.guarantor,
        )
    };
    if looked_at(before) == looked_at(after) {
        return Vec::new();
    }
    let kept = before.guarantor == after.guarantor;
    let mut known = of_the_rules(book, today, before, guarantor.filter(|_| kept));
    if !kept {
        known.retain(|no| !matches!(no, Refusal::GuarantorMissing | Refusal::GuarantorUnfit));
    }
    let mut new = of_the_rules(book, today, after, guarantor);
    new.retain(|no| !known.contains(no));
    new
}

#[cfg(test)]
mod tests {
    use circulation::Language;

    use super::*;

    fn leo() -> ReaderData {
        ReaderData {
            family_name: "Morel".into(),
            given_name: "Léo".into(),
            born_on: None,
            category: "ENF".parse().unwrap(),
            home_branch: "LENS".parse().unwrap(),
            guarantor: None,
            email: String::new(),
            phone: String::new(),
            address: String::new(),
            language: Language::French,
            expires_on: None,
            note: String::new(),
        }
    }

    /// Under a rulebook that knows no branch and no category: everything is wrong with every file.
    fn new(change: impl FnOnce(&mut ReaderData)) -> Vec<Refusal> {
        let mut after = leo();
        change(&mut after);
        let today = Date::constant(2026, 6, 9);
        new_refusals(&Rulebook::default(), today, (&leo(), &after), None)
    }

    #[test]
    fn what_was_wrong_before_stands_in_nothing_s_way() {
        assert_eq!(new(|data| data.phone = "0321".into()), []);
        assert_eq!(
            new(|data| data.born_on = Some(Date::constant(2018, 1, 1))),
            []
        );
        assert_eq!(
            new(|data| data.guarantor = Some(7)),
            [Refusal::GuarantorUnfit]
        );
    }
}
