//! What is counted once for all who ask for the same at about the same time.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::OnceCell;

/// How many answers are kept at most; the oldest goes.
const KEPT: usize = 256;

type Cell<V> = Arc<OnceCell<V>>;

/// Answers that are shared for a while: what was asked, and what was found.
///
/// For what many may ask for at once and what costs much: they wait for one answer and all get it.
#[derive(Debug)]
pub struct Shared<K, V> {
    during: Duration,
    kept: Mutex<HashMap<K, (Instant, Cell<V>)>>,
}

impl<K: Copy + Eq + Hash, V: Clone> Shared<K, V> {
    /// Nothing yet; an answer is shared for so long after it was first asked for.
    pub fn during(during: Duration) -> Self {
        Self {
            during,
            kept: Mutex::default(),
        }
    }

    /// The answer that is known, or this one, which whoever asks meanwhile waits for. An error is nobody else's: the next
    /// one looks again.
    pub async fn get<E>(&self, asked: K, find: impl Future<Output = Result<V, E>>) -> Result<V, E> {
        let cell = self.cell(asked, Instant::now());
        cell.get_or_try_init(|| find).await.cloned()
    }

    fn cell(&self, asked: K, now: Instant) -> Cell<V> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (made, _)| now.duration_since(*made) < self.during);
        if kept.len() >= KEPT
            && let Some(oldest) = kept
                .iter()
                .min_by_key(|(_, (made, _))| *made)
                .map(|(asked, _)| *asked)
        {
            kept.remove(&oldest);
        }
        let (_, cell) = kept.entry(asked).or_insert_with(|| (now, Cell::default()));
        cell.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHILE: Duration = Duration::from_secs(30);

    #[test]
    fn one_answer_is_shared_for_a_while() {
        let (shared, now) = (Shared::<_, u8>::during(WHILE), Instant::now());
        let first = shared.cell(1, now);
        assert!(Arc::ptr_eq(&first, &shared.cell(1, now)));
        assert!(!Arc::ptr_eq(&first, &shared.cell(2, now)));
        assert!(!Arc::ptr_eq(&first, &shared.cell(1, now + WHILE)));
    }

    #[test]
    fn no_more_are_kept_than_so_many() {
        let (shared, now) = (Shared::<_, u8>::during(WHILE), Instant::now());
        for asked in 0..KEPT + 50 {
            shared.cell(asked, now);
        }
        assert!(shared.kept.lock().unwrap().len() <= KEPT);
    }

    #[tokio::test]
    async fn an_error_is_not_kept() {
        let shared = Shared::during(WHILE);
        assert_eq!(shared.get(1, async { Err("no") }).await, Err("no"));
        assert_eq!(shared.get(1, async { Ok::<_, &str>(5) }).await, Ok(5));
        assert_eq!(shared.get(1, async { Err("no") }).await, Ok(5));
    }
}
