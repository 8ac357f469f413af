//! Whether answers are what the model says that they must be.

use anyhow::{Context, anyhow};

use crate::{
    ask::{Ask, Expected},
    library::Library,
    seat::{Floor, Heard, Seat},
    step::Step,
    told::About,
    words,
};

/// An answer to a step, to be judged.
pub(crate) struct Answered<'s> {
    pub(crate) step: &'s Step,
    pub(crate) heard: Heard,
    /// Refused, asked again, and found done all the same.
    found_done: bool,
}

impl<'s> Answered<'s> {
    /// Asks a step. Where a refusal may be the second answer to what the first asking has done, has a look.
    pub(crate) fn to(
        seat: &mut Seat<'_>,
        floor: &Floor<'_>,
        step: &'s Step,
    ) -> anyhow::Result<Self> {
        let heard = seat.ask(step)?;
        let mut answered = Self {
            step,
            heard,
            found_done: false,
        };
        let unclear = !answered.heard.said.ok && answered.heard.heard_before;
        if unclear && step.ask.is_refused_again() {
            answered.found_done = looks_done(seat, floor, step)?;
        }
        Ok(answered)
    }

    /// Plays it in the model; what differs, in words.
    fn fits(&self, floor: &Floor<'_>, library: &mut Library) -> Result<Expected, String> {
        let expected = library.play(self.step.terminal, &self.step.ask);
        let differs = if self.found_done {
            (expected == Expected::Refused)
                .then(|| "refused at the second asking, as is right, and found done".to_owned())
        } else {
            words::differs(floor.world, expected, &self.heard.said)
        };
        differs.map_or(Ok(expected), Err)
    }
}

/// Whether a step that was refused at the second asking was done at the first: where the item is, how many holds the
/// reader has. Nobody else moves either meanwhile.
fn looks_done(seat: &mut Seat<'_>, floor: &Floor<'_>, step: &Step) -> anyhow::Result<bool> {
    let world = floor.world;
    match step.ask {
        Ask::UndoLoan { item } => {
            let answer = seat.look(step, &words::where_is(world, item, step.at))?;
            // What was not on loan before would be refused rightly; the model sees to that.
            Ok(!words::is_lent(&answer)? && floor.told().library.loan(item).is_some())
        }
        Ask::UndoReturn { item, .. } => {
            let answer = seat.look(step, &words::where_is(world, item, step.at))?;
            Ok(words::is_lent(&answer)? && floor.told().library.loan(item).is_none())
        }
        Ask::Place { reader, .. } | Ask::GiveUp { reader, .. } => {
            let answer = seat.look(step, &words::who_is(world, reader, step.at))?;
            Ok(words::holds(&answer)? != floor.told().library.holds_of(reader))
        }
        _ => Ok(false),
    }
}

/// Judges what was asked alone.
pub(crate) fn alone(floor: &Floor<'_>, answered: &Answered<'_>) -> anyhow::Result<()> {
    let mut told = floor.told();
    let fits = answered.fits(floor, &mut told.library);
    match fits {
        Ok(expected) => {
            let ask = &answered.step.ask;
            told.keep(floor.world, ask, expected, &answered.heard.said);
            told.counts.found_done += u64::from(answered.found_done);
            Ok(())
        }
        Err(why) => {
            drop(told);
            Err(wrong(floor, answered.step, &why))
        }
    }
}

/// Judges what was asked at once: some order of it must explain all answers, and so many must have won.
pub(crate) fn at_once(
    floor: &Floor<'_>,
    answered: &[Answered<'_>],
    winners: Option<usize>,
) -> anyhow::Result<()> {
    let first = answered.first().context("a contest of nobody")?;
    let mut told = floor.told();
    told.counts.contests += 1;
    let mut why = String::new();
    for order in orders(answered.len()) {
        let mut library = told.library.clone();
        let mut played = Vec::new();
        for one in order.iter().filter_map(|place| answered.get(*place)) {
            match one.fits(floor, &mut library) {
                Ok(expected) => played.push((one, expected)),
                Err(differs) => {
                    why = differs;
                    break;
                }
            }
        }
        if played.len() < answered.len() {
            continue;
        }
        let won = played
            .iter()
            .filter(|(_, expected)| *expected != Expected::Refused);
        let won = won.count();
        if winners.is_some_and(|winners| winners != won) {
            drop(told);
            return Err(wrong(
                floor,
                first.step,
                &format!("{won} of {} won, and {winners:?} must", answered.len()),
            ));
        }
        told.library = library;
        for (one, expected) in played {
            told.keep(floor.world, &one.step.ask, expected, &one.heard.said);
            told.counts.found_done += u64::from(one.found_done);
        }
        return Ok(());
    }
    drop(told);
    let why = format!(
        "no order explains what {} terminals were told at once; in one, {why}",
        answered.len()
    );
    Err(wrong(floor, first.step, &why))
}

/// Judges the same words as before: nothing happens, and the answer is the same.
pub(crate) fn again(floor: &Floor<'_>, first: &Heard, now: &Answered<'_>) -> anyhow::Result<()> {
    floor.told().counts.late_again += 1;
    let (before, after) = (&first.said, &now.heard.said);
    if before == after {
        return Ok(());
    }
    let why = format!("the same words were answered {before:?}, then {after:?}");
    Err(wrong(floor, now.step, &why))
}

/// Every order of so many.
fn orders(count: usize) -> Vec<Vec<usize>> {
    (0..count).fold(vec![Vec::new()], |orders, next| {
        let longer = orders.iter().flat_map(|order| {
            (0..=order.len()).map(|place| {
                let mut longer = order.clone();
                longer.insert(place, next);
                longer
            })
        });
        longer.collect()
    })
}

/// What went wrong, with the last words on everything that it is about.
fn wrong(floor: &Floor<'_>, step: &Step, why: &str) -> anyhow::Error {
    let about = About::ask(floor.world, &step.ask);
    let words = floor.told().last_words(floor.world, &about);
    anyhow!("step {} ({:?}): {why}\n{words}", step.number, step.ask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_once() {
        assert_eq!(orders(1), [[0]]);
        assert_eq!(orders(2), [[1, 0], [0, 1]]);
        let mut three = orders(3);
        three.sort();
        three.dedup();
        assert_eq!(three.len(), 6);
    }
}
