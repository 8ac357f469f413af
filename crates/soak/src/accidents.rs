//! Who is struck down in each part of the day.

use testkit::Strike;

use crate::{
    Options,
    lot::Lot,
    step::{Accident, Victim},
};

/// After so many kills of the daemon it is the database's turn.
const DATABASE_EVERY: usize = 25;
/// A part has so many kills at most: the clock goes on at each, and a part is short for the rules.
const MOST_A_PART: usize = 40;
/// However few kills there are: the database is compared several times.
const PARTS: usize = 4;
/// Microseconds between a message and the blow.
const AFTER: [u64; 8] = [0, 0, 150, 400, 900, 2_000, 5_000, 12_000];

/// One part of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) steps: usize,
    pub(crate) accidents: Vec<Accident>,
}

/// The parts of the day, from the seed.
pub(crate) struct Accidents {
    lot: Lot,
    a_part: usize,
    steps_a_kill: usize,
    /// What is left to be done, unless the time decides.
    kills_left: Option<usize>,
    /// Steps without any kill.
    steps_left: usize,
    since_database: usize,
}

impl Accidents {
    pub(crate) fn new(options: &Options) -> Self {
        let steps_a_kill = match options.steps {
            Some(steps) if options.time.is_none() => (steps / options.kills.max(1)).max(2),
            _ => Options::STEPS_A_KILL,
        };
        let a_part = if options.time.is_some() {
            MOST_A_PART
        } else {
            (options.kills / PARTS).clamp(1, MOST_A_PART)
        };
        Self {
            lot: Lot::new(options.seed, "accidents"),
            a_part,
            steps_a_kill,
            kills_left: options.time.is_none().then_some(options.kills),
            steps_left: if options.kills == 0 {
                options.steps.unwrap_or(1000)
            } else {
                0
            },
            // So that a short run has one too.
            since_database: DATABASE_EVERY / 2,
        }
    }

    fn one(&mut self, victim: Victim) -> Accident {
        Accident {
            victim,
            after: self.lot.one_of(&AFTER).copied().unwrap_or_default(),
        }
    }

    fn how(&mut self) -> Strike {
        if self.lot.percent(60) {
            Strike::Kill
        } else {
            Strike::Immediate
        }
    }
}

impl Iterator for Accidents {
    type Item = Share;

    fn next(&mut self) -> Option<Share> {
        let kills = self.a_part.min(self.kills_left.unwrap_or(self.a_part));
        if kills == 0 {
            let steps = std::mem::take(&mut self.steps_left);
            return (steps > 0).then_some(Share {
                steps,
                accidents: Vec::new(),
            });
        }
        self.kills_left = self.kills_left.map(|left| left - kills);
        let mut accidents = Vec::new();
        for _ in 0..kills {
            self.since_database += 1;
            let database = self.since_database >= DATABASE_EVERY;
            if !database {
                accidents.push(self.one(Victim::Daemon));
                continue;
            }
            self.since_database = 0;
            let how = self.how();
            if self.lot.percent(30) {
                accidents.push(self.one(Victim::Both(how)));
            } else {
                accidents.push(self.one(Victim::Database(how)));
                accidents.push(self.one(Victim::Daemon));
            }
        }
        Some(Share {
            steps: kills * self.steps_a_kill,
            accidents,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(options: Options) -> Vec<Share> {
        Accidents::new(&options).collect()
    }

    fn kills(shares: &[Share], is: impl Fn(Victim) -> bool) -> usize {
        let all = shares.iter().flat_map(|share| &share.accidents);
        all.filter(|accident| is(accident.victim)).count()
    }

    #[test]
    fn as_many_kills_as_are_wanted_and_the_same_for_the_same_seed() {
        for wanted in [1, 7, 36, 200, 1000] {
            let options = Options {
                kills: wanted,
                ..Options::default()
            };
            let shares = shares(options);
            assert_eq!(shares, self::shares(options));
            let daemon = kills(&shares, |victim| !matches!(victim, Victim::Database(_)));
            assert_eq!(daemon, wanted);
            let database = kills(&shares, |victim| victim != Victim::Daemon);
            assert_eq!(database, (wanted + 12) / 25);
            let steps: usize = shares.iter().map(|share| share.steps).sum();
            assert_eq!(steps, wanted * 40);
        }
    }

    #[test]
    fn steps_are_shared_among_the_kills_and_time_has_no_end_here() {
        let options = Options {
            kills: 10,
            steps: Some(2000),
            ..Options::default()
        };
        let shares = shares(options);
        let steps: usize = shares.iter().map(|share| share.steps).sum();
        assert_eq!(steps, 2000);
        let calm = Options {
            kills: 0,
            steps: Some(300),
            ..Options::default()
        };
        assert_eq!(self::shares(calm).len(), 1);
        let timed = Options {
            time: Some(std::time::Duration::from_secs(1)),
            ..Options::default()
        };
        assert_eq!(Accidents::new(&timed).take(100).count(), 100);
    }
}
