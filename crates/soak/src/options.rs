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
    /// Whether a terminal whose line broke asks again at once, while its first question may still be on its way
    /// inside the daemon; otherwise it takes [a moment](Options::MOMENT), as real ones do. Two of the same question
    /// under way at once is a harder test: both may overtake what comes between.
    pub impatient: bool,
}

impl Options {
    /// Steps from one kill to the next, on average.
    pub const STEPS_A_KILL: usize = 40;
    /// How long a terminal that lost its line takes before it asks again.
    pub const MOMENT: Duration = Duration::from_millis(150);
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
            offline: true,
            impatient: false,
        }
    }
}
