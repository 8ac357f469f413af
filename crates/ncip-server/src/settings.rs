//! How much the door takes.

use std::time::Duration;

use listener::Network;

/// How much the door takes, and from whom in plain text.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Networks beside loopback from which plain text is taken: the operator says that they are safe.
    pub plain_from: Vec<Network>,
    /// How long a document may take to come once it has begun.
    pub body: Duration,
    /// How long a connection on raw TCP may be silent between documents.
    pub idle: Duration,
    /// How many questions are answered at once; the others wait their turn.
    pub at_once: usize,
    /// How many may wait; who comes then is told to come again.
    pub waiting: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            plain_from: Vec::new(),
            body: Duration::from_secs(15),
            idle: Duration::from_secs(15 * 60),
            at_once: 64,
            waiting: 1_024,
        }
    }
}
