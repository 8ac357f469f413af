//! What is to be run.

use std::time::Duration;

/// How much there is of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Terminals, spread over the branches; two at least.
    pub terminals: usize,
    /// Readers.
    pub readers: usize,
    /// Titles, of one to three copies each; each twelfth is a game.
    pub titles: usize,
}

/// A run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// What the plan comes from.
    pub seed: u64,
    /// How often the daemon is killed; the database is besides, each twenty-fifth time.
    pub kills: usize,
    /// So many steps in all, with the kills spread over them; else about [forty](Options::STEPS_A_KILL) a kill.
    pub steps: Option<usize>,
    /// Goes on until so much time is over, with as many kills as come; then `kills` and `steps` do not count. It ends
    /// after six of the network's days at the latest, before anything falls due: after an hour or two.
    pub time: Option<Duration>,
    /// How much there is of everything.
    pub size: Size,
    /// Whether terminals lose their line, go on alone and send later what they did. The daemon must know what to do
    /// with it.
    pub offline: bool,
    /// Whether terminals that are set against each other also lose a line and ask again at once, while the first
    /// question may still be on its way. Then a question can be refused for what somebody else has done meanwhile,
    /// and its first asking go through all the same: a harder test than the others.
    pub impatient: bool,
}

impl Options {
    /// Steps from one kill to the next, on average.
    pub const STEPS_A_KILL: usize = 40;
}

impl Default for Options {
    /// Two hundred kills, eighty terminals.
    fn default() -> Self {
        Self {
            seed: 1,
            kills: 200,
            steps: None,
            time: None,
            size: Size {
                terminals: 80,
                readers: 500,
                titles: 1500,
            },
            offline: false,
            impatient: false,
        }
    }
}
