//! All terminals at work: a thread each, and one more for everybody in a contest.

use std::{collections::BTreeMap, sync::Barrier, thread};

use anyhow::{Context, anyhow};

use crate::{
    judge::{self, Answered},
    order::Order,
    seat::{Floor, Seat},
    step::{Move, Stage, Step},
};

/// Plays all moves of a part, each terminal's own in their order.
pub(crate) fn play(floor: &Floor<'_>, moves: &[Move]) -> anyhow::Result<()> {
    let terminals = floor.world.terminals.len();
    let order = Order::new(moves, terminals, 2 * terminals);
    let results: Vec<anyhow::Result<()>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..terminals)
            .map(|terminal| {
                let order = &order;
                scope.spawn(move || {
                    let mut end = EndOfAll {
                        floor,
                        order,
                        well: false,
                    };
                    let done = work(floor, moves, order, terminal);
                    end.well = done.is_ok();
                    done
                })
            })
            .collect();
        let ended = workers.into_iter().map(|worker| {
            let early = |_| Err(anyhow!("a terminal's thread ended early"));
            worker.join().unwrap_or_else(early)
        });
        ended.collect()
    });
    // When one ends it, the others fail for that: the longest story is the one that was first.
    let failed = results.into_iter().filter_map(Result::err);
    match failed.max_by_key(|error| format!("{error:#}").len()) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// When one does not end well, a panic included, nobody waits for it.
struct EndOfAll<'w> {
    floor: &'w Floor<'w>,
    order: &'w Order,
    well: bool,
}

impl Drop for EndOfAll<'_> {
    fn drop(&mut self) {
        if !self.well {
            self.order.stop();
            self.floor.life.end();
        }
    }
}

fn work(floor: &Floor<'_>, moves: &[Move], order: &Order, terminal: usize) -> anyhow::Result<()> {
    let mut seat = Seat::new(floor, terminal);
    let all = moves.iter().enumerate();
    for (number, planned) in all.filter(|(_, planned)| planned.terminal == terminal) {
        if !order.wait(number) {
            return Ok(());
        }
        move_on(floor, &mut seat, planned)?;
        order.finish(number);
    }
    Ok(())
}

/// One move, stage by stage, each judged before the next.
fn move_on(floor: &Floor<'_>, seat: &mut Seat<'_>, planned: &Move) -> anyhow::Result<()> {
    let mut heard = BTreeMap::new();
    for stage in &planned.stages {
        match stage {
            Stage::One(step) => {
                let answered = seat.at(step.terminal, |seat| Answered::to(seat, floor, step))?;
                judge::alone(floor, &answered)?;
                heard.insert(step.number, answered.heard);
            }
            Stage::Again { step, of } => {
                let answered = seat.at(step.terminal, |seat| Answered::to(seat, floor, step))?;
                let first = heard.get(of).context("again, and never before")?;
                judge::again(floor, first, &answered)?;
            }
            Stage::AtOnce { steps, winners } => {
                let answered = at_once(floor, steps)?;
                judge::at_once(floor, &answered, *winners)?;
            }
        }
    }
    Ok(())
}

/// Each on a line of its own, let go at the same moment.
fn at_once<'s>(floor: &Floor<'_>, steps: &'s [Step]) -> anyhow::Result<Vec<Answered<'s>>> {
    let gate = Barrier::new(steps.len());
    thread::scope(|scope| {
        let gate = &gate;
        let racers: Vec<_> = steps
            .iter()
            .map(|step| {
                scope.spawn(move || {
                    let mut seat = Seat::new(floor, step.terminal);
                    let ready = seat.sit_down();
                    // Whoever could not sit down must not keep the others waiting.
                    gate.wait();
                    ready?;
                    Answered::to(&mut seat, floor, step)
                })
            })
            .collect();
        let ended = racers.into_iter().map(|racer| {
            let early = |_| Err(anyhow!("a racer's thread ended early"));
            racer.join().unwrap_or_else(early)
        });
        ended.collect()
    })
}
