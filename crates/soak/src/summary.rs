//! What a run came to.

use std::{collections::BTreeMap, fmt, time::Duration};

/// What a run came to; everything held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The plan came from it.
    pub seed: u64,
    /// Terminals that asked.
    pub terminals: usize,
    /// Steps of the plan.
    pub steps: usize,
    /// Messages sent, log-ins not counted.
    pub messages: u64,
    /// Effects by the log's names of them.
    pub effects: BTreeMap<&'static str, u64>,
    /// Questions that were refused, as they must be.
    pub refused: u64,
    /// Several terminals at once on one thing.
    pub contests: u64,
    /// Times that the daemon was killed.
    pub daemon_kills: usize,
    /// Times that every process of the database was killed.
    pub database_kills: usize,
    /// Times that the database was stopped at once.
    pub database_stops: usize,
    /// Questions that were asked again in the same bytes, because no answer came.
    pub retries: u64,
    /// Lines that broke inside a message.
    pub cut_inside: u64,
    /// Lines that broke between a message and its answer.
    pub cut_after: u64,
    /// The same bytes again on the same line.
    pub twice: u64,
    /// Answers that said that the database was away and nothing was written.
    pub away: u64,
    /// Refused at the second asking, and a look showed that the first had done it.
    pub found_done: u64,
    /// Transactions that were done without a line, and those sent once more.
    pub offline: (u64, u64),
    /// From a strike to the next answer, at worst.
    pub longest_recovery: Duration,
    /// From a start of the daemon to its ready line, on average.
    pub start: Duration,
    /// Times that database and model were compared, and lines of the model in all.
    pub checks: (u64, u64),
    /// How long it took, the preparation not counted.
    pub took: Duration,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let effects: Vec<String> = self
            .effects
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        let Self {
            seed, terminals, ..
        } = self;
        writeln!(
            f,
            "seed {seed}: {} steps of {terminals} terminals in {:.0} s",
            self.steps,
            self.took.as_secs_f64()
        )?;
        writeln!(
            f,
            "  messages           {}, of these retries {}",
            self.messages, self.retries
        )?;
        writeln!(f, "  effects            {}", effects.join(", "))?;
        writeln!(
            f,
            "  refused            {}; contests {}; off-line {} and again {}",
            self.refused, self.contests, self.offline.0, self.offline.1
        )?;
        writeln!(
            f,
            "  killed             daemon {}; database {}, stopped at once {}",
            self.daemon_kills, self.database_kills, self.database_stops
        )?;
        writeln!(
            f,
            "  lines cut          inside a message {}, before the answer {}; the same bytes twice {}",
            self.cut_inside, self.cut_after, self.twice
        )?;
        writeln!(
            f,
            "  told nothing done  {}; refused the second time and found done {}",
            self.away, self.found_done
        )?;
        writeln!(
            f,
            "  recovery           longest {:.2} s; a start of the daemon {:.3} s",
            self.longest_recovery.as_secs_f64(),
            self.start.as_secs_f64()
        )?;
        write!(
            f,
            "  checked            {} times, {} lines: places, due dates, queues, money, effects in the log, answers' numbers in the log; all as the model has it",
            self.checks.0, self.checks.1
        )
    }
}
