//! The result sets of one association.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use catalogue::{BibSet, Sets as Named};

/// A set that was kept.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) bibs: Arc<BibSet>,
    /// Where it was sorted: all of it in that order. Else ascending by bib.
    pub(crate) order: Option<Arc<Vec<i64>>>,
    /// The database that its records are said to be from.
    pub(crate) database: String,
    used: u64,
}

impl Kept {
    pub(crate) fn new(bibs: BibSet, order: Option<Vec<i64>>, database: String) -> Self {
        Self {
            bibs: Arc::new(bibs),
            order: order.map(Arc::new),
            database,
            used: 0,
        }
    }

    /// A stretch of it: `offset` from 0.
    pub(crate) fn range(&self, offset: u64, count: usize) -> Vec<i64> {
        match &self.order {
            Some(order) => {
                let from = usize::try_from(offset)
                    .unwrap_or(usize::MAX)
                    .min(order.len());
                let rest = order.get(from..).unwrap_or_default();
                rest.iter().take(count).copied().collect()
            }
            None => self.bibs.range(offset, count),
        }
    }

    pub(crate) fn count(&self) -> u64 {
        match &self.order {
            Some(order) => order.len() as u64,
            None => self.bibs.len(),
        }
    }

    fn memory(&self) -> usize {
        self.bibs.memory() + self.order.as_ref().map_or(0, |order| order.len() * 8)
    }
}

/// Why there is no set of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// There never was.
    Never,
    /// It was dropped to make room.
    Dropped,
}

/// What sets may take.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    /// Sets of one association.
    pub(crate) most: usize,
    /// Bytes of one association.
    pub(crate) bytes: usize,
    /// Bytes of all associations together, beyond which each keeps the set that it uses and no other.
    pub(crate) shared: usize,
    /// Bytes that all take now.
    pub(crate) taken: Arc<AtomicUsize>,
}

/// Sets by name, within bounds: what was used longest ago makes room.
#[derive(Debug)]
pub(crate) struct Sets {
    kept: BTreeMap<String, Kept>,
    dropped: VecDeque<String>,
    turn: u64,
    bounds: Bounds,
}

impl Sets {
    pub(crate) fn new(bounds: Bounds) -> Self {
        Self {
            kept: BTreeMap::new(),
            dropped: VecDeque::new(),
            turn: 0,
            bounds,
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.kept.contains_key(name)
    }

    pub(crate) fn get(&mut self, name: &str) -> Result<Kept, Missing> {
        self.turn += 1;
        match self.kept.get_mut(name) {
            Some(kept) => {
                kept.used = self.turn;
                Ok(kept.clone())
            }
            None if self.dropped.iter().any(|gone| gone == name) => Err(Missing::Dropped),
            None => Err(Missing::Never),
        }
    }

    /// Keeps a set in the place of any other of its name.
    pub(crate) fn put(&mut self, name: &str, mut kept: Kept) {
        self.turn += 1;
        kept.used = self.turn;
        self.dropped.retain(|gone| gone != name);
        self.remove(name);
        self.bounds.taken.fetch_add(kept.memory(), Relaxed);
        self.kept.insert(name.to_owned(), kept);
        while self.kept.len() > 1 && self.is_too_much() {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.used);
            let Some(name) = oldest.map(|(name, _)| name.clone()) else {
                return;
            };
            self.remove(&name);
            // As many names as there may be sets: enough to tell a client that comes back.
            if self.dropped.len() >= self.bounds.most {
                self.dropped.pop_front();
            }
            self.dropped.push_back(name);
        }
    }

    fn is_too_much(&self) -> bool {
        self.kept.len() > self.bounds.most
            || self.kept.values().map(Kept::memory).sum::<usize>() > self.bounds.bytes
            || self.bounds.taken.load(Relaxed) > self.bounds.shared
    }

    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let removed = self.kept.remove(name);
        if let Some(kept) = &removed {
            self.bounds.taken.fetch_sub(kept.memory(), Relaxed);
        }
        removed.is_some()
    }

    pub(crate) fn clear(&mut self) {
        let memory = self.kept.values().map(Kept::memory).sum();
        self.bounds.taken.fetch_sub(memory, Relaxed);
        self.kept.clear();
        self.dropped.clear();
    }

    /// The sets that a question names, for the index.
    pub(crate) fn named<'a>(
        &mut self,
        names: impl Iterator<Item = &'a str>,
    ) -> Result<Named, (String, Missing)> {
        let mut named = Named::new();
        for name in names {
            let kept = self
                .get(name)
                .map_err(|missing| (name.to_owned(), missing))?;
            named.insert(name.to_owned(), (*kept.bibs).clone());
        }
        Ok(named)
    }
}

impl Drop for Sets {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(bibs: std::ops::Range<i64>) -> Kept {
        Kept::new(bibs.collect(), None, "Default".into())
    }

    fn bounds(most: usize, bytes: usize) -> Bounds {
        Bounds {
            most,
            bytes,
            shared: usize::MAX,
            taken: Arc::default(),
        }
    }

    #[test]
    fn the_one_used_longest_ago_makes_room_and_is_told_apart_from_one_that_never_was() {
        let mut sets = Sets::new(bounds(3, 1 << 20));
        for name in ["a", "b", "c"] {
            sets.put(name, kept(0..5));
        }
        assert!(sets.get("a").is_ok());
        sets.put("d", kept(0..5));
        assert_eq!(sets.get("b").unwrap_err(), Missing::Dropped);
        assert_eq!(sets.get("x").unwrap_err(), Missing::Never);
        assert!(sets.get("a").is_ok() && sets.get("c").is_ok());
        sets.put("b", kept(0..5));
        assert!(sets.get("b").is_ok());
    }

    #[test]
    fn what_all_take_together_is_bounded() {
        let mut sets = Sets::new(bounds(100, 40_000));
        for name in 0..50 {
            sets.put(&name.to_string(), kept(0..10_000));
        }
        assert!(sets.kept.len() < 50 && sets.get("49").is_ok());
    }

    #[test]
    fn where_all_take_much_each_keeps_one() {
        let shared = Bounds {
            shared: 60_000,
            ..bounds(100, 1 << 20)
        };
        let mut all: Vec<_> = (0..4).map(|_| Sets::new(shared.clone())).collect();
        for sets in &mut all {
            for name in 0..5 {
                sets.put(&name.to_string(), kept(0..70_000));
            }
        }
        assert!(all.last().unwrap().kept.len() == 1 && all.last_mut().unwrap().get("4").is_ok());
        drop(all);
        assert_eq!(shared.taken.load(Relaxed), 0);
    }

    #[test]
    fn a_sorted_set_keeps_its_order() {
        let set: BibSet = [1, 2, 3].into_iter().collect();
        let sorted = Kept::new(set, Some(vec![3, 1, 2]), "Default".into());
        assert_eq!((sorted.range(1, 5), sorted.count()), (vec![1, 2], 3));
        assert_eq!(sorted.range(9, 5), [0i64; 0]);
    }
}
