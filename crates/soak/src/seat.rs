//! A terminal that asks until it is answered.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use testkit::protected;

use crate::{
    Options,
    life::{Life, pause},
    line::{Line, checked},
    step::{Accident, Fault, Step},
    told::{Record, Told},
    words::{self, Said},
    world::World,
};

/// A question that has no answer by then never gets one.
const PATIENCE: Duration = Duration::from_secs(180);

/// What all terminals share.
pub(crate) struct Floor<'f> {
    pub(crate) world: &'f World,
    pub(crate) life: &'f Life,
    told: &'f Mutex<Told>,
    impatient: bool,
    /// Accidents that have not happened yet: the daemon was dead already when their turn came. Whoever sends
    /// something next has one.
    due: Mutex<Vec<Accident>>,
}

impl<'f> Floor<'f> {
    pub(crate) fn new(
        world: &'f World,
        life: &'f Life,
        told: &'f Mutex<Told>,
        impatient: bool,
    ) -> Self {
        Self {
            world,
            life,
            told,
            impatient,
            due: Mutex::new(Vec::new()),
        }
    }

    /// Accidents for which no message was left.
    pub(crate) fn settle_accidents(&self) -> anyhow::Result<()> {
        while let Some(accident) = self.due().pop() {
            let (generation, _) = self.life.line()?;
            ensure!(
                self.life.strike(generation, accident)?,
                "somebody strikes although nobody asks"
            );
        }
        Ok(())
    }

    fn due(&self) -> MutexGuard<'_, Vec<Accident>> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn told(&self) -> MutexGuard<'_, Told> {
        // Who panicked here has told why.
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An answer, and whether the question may have been heard before.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) said: Said,
    pub(crate) heard_before: bool,
}

/// What still has to go wrong at a step.
#[derive(Default)]
struct Faults {
    line: Option<Fault>,
    accident: Option<Accident>,
}

/// One terminal.
pub(crate) struct Seat<'f> {
    floor: &'f Floor<'f>,
    terminal: usize,
    line: Option<Line>,
}

impl<'f> Seat<'f> {
    pub(crate) fn new(floor: &'f Floor<'f>, terminal: usize) -> Self {
        Self {
            floor,
            terminal,
            line: None,
        }
    }

    /// Logs in.
    pub(crate) fn sit_down(&mut self) -> anyhow::Result<()> {
        self.line = Some(self.open()?);
        Ok(())
    }

    /// Does something at a terminal: this one, or another one beside it.
    pub(crate) fn at<T>(&mut self, terminal: usize, work: impl FnOnce(&mut Self) -> T) -> T {
        if terminal == self.terminal {
            return work(self);
        }
        let mut other = Self::new(self.floor, terminal);
        work(&mut other)
    }

    /// Asks a step, with what goes wrong at it, until there is an answer.
    pub(crate) fn ask(&mut self, step: &Step) -> anyhow::Result<Heard> {
        let accident = step.accident.or_else(|| self.floor.due().pop());
        let mut faults = Faults {
            line: step.fault,
            accident,
        };
        let answered = self.until_answered(step, &mut faults);
        self.floor.due().extend(faults.accident);
        answered
    }

    fn until_answered(&mut self, step: &Step, faults: &mut Faults) -> anyhow::Result<Heard> {
        let text = words::text(self.floor.world, &step.ask, step.at);
        let mut heard_before = false;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (answer, perhaps) = self.exchange(step, &text, faults, deadline)?;
            heard_before |= perhaps;
            let said = words::read(&step.ask, &answer)?;
            if !said.away {
                return Ok(Heard { said, heard_before });
            }
            // Nothing was written, it says: asked again, it must be as if this had not been asked.
            self.floor.told().counts.away += 1;
            self.come_back()?;
        }
    }

    /// Asks for a look at something, which changes nothing.
    pub(crate) fn look(&mut self, step: &Step, text: &str) -> anyhow::Result<String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (answer, _) = self.exchange(step, text, &mut Faults::default(), deadline)?;
            if !answer.contains("indisponible") {
                return Ok(answer);
            }
            ensure!(Instant::now() < deadline, "no look was possible: {answer}");
            self.come_back()?;
        }
    }

    /// Once the database is back, on a new line: on the old one the same bytes would have the same answer.
    fn come_back(&mut self) -> anyhow::Result<()> {
        if let Some(line) = self.line.take() {
            line.cut();
        }
        self.floor.life.database()
    }

    /// One question, in the same bytes, until an answer comes; whether it may have been heard before.
    fn exchange(
        &mut self,
        step: &Step,
        text: &str,
        faults: &mut Faults,
        deadline: Instant,
    ) -> anyhow::Result<(String, bool)> {
        // Log-ins have the number zero.
        let sequence = u8::try_from(1 + step.number % 9)?;
        let frame = protected(text, sequence);
        let mut heard_before = false;
        for attempt in 0.. {
            ensure!(
                Instant::now() < deadline,
                "step {} had no answer within {PATIENCE:?}: {text}",
                step.number
            );
            let mut line = self.open()?;
            {
                let counts = &mut self.floor.told().counts;
                counts.messages += 1;
                counts.retries += u64::from(attempt > 0);
            }
            let fault = faults.line.take();
            if fault == Some(Fault::CutInside) {
                // Half a message is none.
                let half = frame.as_bytes().get(..frame.len() / 2).unwrap_or_default();
                let _ = line.send(half);
                line.cut();
                self.floor.told().counts.cut_inside += 1;
                self.note(step, text, "(cut inside)");
                continue;
            }
            let sent = line.send(frame.as_bytes());
            if let Some(Fault::CutAfter(microseconds)) = fault {
                pause(Duration::from_micros(microseconds));
                line.cut();
                heard_before = true;
                if !self.floor.impatient {
                    pause(Options::MOMENT);
                }
                self.floor.told().counts.cut_after += 1;
                self.note(step, text, "(cut after)");
                continue;
            }
            if let Some(accident) = faults.accident
                && self.floor.life.strike(line.generation, accident)?
            {
                faults.accident = None;
                self.note(step, text, &format!("({accident:?})"));
            }
            let answer = match sent.and_then(|()| line.receive()) {
                Ok(answer) => answer,
                Err(error) => {
                    heard_before = true;
                    self.note(step, text, &format!("(no answer: {error})"));
                    self.floor.life.look()?;
                    continue;
                }
            };
            self.note(step, text, &answer);
            let words = checked(&answer, sequence)?.to_owned();
            self.floor.life.answered(line.generation);
            if fault == Some(Fault::Twice)
                && let Ok(again) = line.send(frame.as_bytes()).and_then(|()| line.receive())
            {
                self.floor.told().counts.twice += 1;
                ensure!(
                    again == answer,
                    "the same bytes on one line were answered {answer}, then {again}"
                );
            }
            self.line = Some(line);
            return Ok((words, heard_before));
        }
        unreachable!("it is asked until the deadline")
    }

    fn open(&mut self) -> anyhow::Result<Line> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(line) = self.line.take() {
                return Ok(line);
            }
            ensure!(
                Instant::now() < deadline,
                "terminal {} could not log in",
                self.terminal
            );
            let terminal = self
                .floor
                .world
                .terminals
                .get(self.terminal)
                .context("a terminal that is not there")?;
            self.line = Line::open(self.floor.life, terminal)?;
        }
    }

    fn note(&self, step: &Step, sent: &str, got: &str) {
        self.floor.told().remember(Record {
            step: step.number,
            terminal: self.terminal,
            ask: step.ask,
            sent: sent.to_owned(),
            got: got.to_owned(),
        });
    }
}
