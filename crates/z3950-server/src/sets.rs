//! The result sets of one association.

use std::{collections::BTreeMap, sync::Arc};

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

/// Sets by name, within bounds: what was used longest ago makes room.
#[derive(Debug, Default)]
pub(crate) struct Sets {
    kept: BTreeMap<String, Kept>,
    dropped: std::collections::VecDeque<String>,
    turn: u64,
}

impl Sets {
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
    pub(crate) fn put(&mut self, name: &str, mut kept: Kept, most: usize, bytes: usize) {
        self.turn += 1;
        kept.used = self.turn;
        self.dropped.retain(|gone| gone != name);
        self.kept.insert(name.to_owned(), kept);
        while self.kept.len() > 1
            && (self.kept.len() > most
                || self.kept.values().map(Kept::memory).sum::<usize>() > bytes)
        {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.used);
            let Some(name) = oldest.map(|(name, _)| name.clone()) else {
                return;
            };
            self.kept.remove(&name);
            // As many names as there may be sets: enough to tell a client that comes back.
            if self.dropped.len() >= most {
                self.dropped.pop_front();
            }
            self.dropped.push_back(name);
        }
    }

    pub(crate) fn remove(&mut self, name: &str) -> bool {
        self.kept.remove(name).is_some()
    }

    pub(crate) fn clear(&mut self) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(bibs: std::ops::Range<i64>) -> Kept {
        Kept::new(bibs.collect(), None, "Default".into())
    }

    #[test]
    fn the_one_used_longest_ago_makes_room_and_is_told_apart_from_one_that_never_was() {
        let mut sets = Sets::default();
        for name in ["a", "b", "c"] {
            sets.put(name, kept(0..5), 3, 1 << 20);
        }
        assert!(sets.get("a").is_ok());
        sets.put("d", kept(0..5), 3, 1 << 20);
        assert_eq!(sets.get("b").unwrap_err(), Missing::Dropped);
        assert_eq!(sets.get("x").unwrap_err(), Missing::Never);
        assert!(sets.get("a").is_ok() && sets.get("c").is_ok());
        sets.put("b", kept(0..5), 4, 1 << 20);
        assert!(sets.get("b").is_ok());
    }

    #[test]
    fn what_all_take_together_is_bounded() {
        let mut sets = Sets::default();
        for name in 0..50 {
            sets.put(&name.to_string(), kept(0..10_000), 100, 40_000);
        }
        assert!(sets.kept.len() < 50 && sets.get("49").is_ok());
    }

    #[test]
    fn a_sorted_set_keeps_its_order() {
        let set: BibSet = [1, 2, 3].into_iter().collect();
        let sorted = Kept::new(set, Some(vec![3, 1, 2]), "Default".into());
        assert_eq!((sorted.range(1, 5), sorted.count()), (vec![1, 2], 3));
        assert_eq!(sorted.range(9, 5), [0i64; 0]);
    }
}
