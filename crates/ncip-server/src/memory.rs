//! What was answered a moment ago.
//!
//! A broker whose answer was lost sends the same again. Where the second finds nothing left to do, the first one's answer
//! is the true one; where there is something to do, it is done. So this is asked only after the desk has said that there
//! is nothing, and never keeps anything from being done.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use ncip::message::Body;

/// Brokers give up after seconds and try again within minutes.
const KEPT: Duration = Duration::from_secs(10 * 60);
/// The oldest go when there are more.
const MOST: usize = 256;

/// The last answers of one partner that changed something.
#[derive(Debug, Default)]
pub(crate) struct Memory(Mutex<VecDeque<(Instant, String, Body)>>);

impl Memory {
    /// Keeps what a question was answered with.
    pub(crate) fn keep(&self, question: String, body: Body) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(since, known, _)| since.elapsed() < KEPT && *known != question);
        if kept.len() >= MOST {
            kept.pop_front();
        }
        kept.push_back((Instant::now(), question, body));
    }

    /// What the same question was answered with.
    pub(crate) fn recall(&self, question: &str) -> Option<Body> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept
            .iter()
            .find(|(since, known, _)| since.elapsed() < KEPT && known == question);
        found.map(|(_, _, body)| body.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_answer_to_the_same() {
        let memory = Memory::default();
        memory.keep("a".into(), Body::Heard);
        memory.keep("a".into(), Body::Problems(Vec::new()));
        assert_eq!(memory.recall("a"), Some(Body::Problems(Vec::new())));
        assert_eq!(memory.recall("b"), None);
        for number in 0..=MOST {
            memory.keep(number.to_string(), Body::Heard);
        }
        assert_eq!(memory.recall("a"), None);
        assert_eq!(memory.recall("0"), None);
        assert!(memory.recall("1").is_some());
    }
}
