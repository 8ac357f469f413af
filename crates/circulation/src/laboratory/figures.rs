//! Changes, counted.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;

use serde::Serialize;

use super::change::{Change, Kind, Side};
use super::judge::NotKept;
use crate::codes::{BranchCode, CategoryCode, DocumentCode};

/// How many changes, and how many readers they are about. A reader who gains here and loses there is among both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Changes for the better.
    pub gains: u64,
    /// Changes for the worse.
    pub losses: u64,
    /// Readers with at least one change for the better, each once.
    pub gaining: u64,
    /// Readers with at least one for the worse, each once.
    pub losing: u64,
}

/// Why so many could not be replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NotReplayed {
    /// What was not kept.
    pub why: NotKept,
    /// How often.
    pub times: u64,
}

/// What two policies make of what was looked at. Each of the tables adds up to `total` in changes; not in readers, since one
/// may stand in several lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Open loans that were looked at.
    pub loans: u64,
    /// Readers with open loans.
    pub readers: u64,
    /// Questions of the log that were looked at.
    pub events: u64,
    /// All changes.
    pub total: Moved,
    /// Readers who gain here and lose there.
    pub both: u64,
    /// Changes that are about nobody any more: the log forgot the reader.
    pub nobodys: u64,
    /// By kind.
    pub by_kind: BTreeMap<Kind, Moved>,
    /// By branch.
    pub by_branch: BTreeMap<BranchCode, Moved>,
    /// By the reader's category; none: not known any more.
    pub by_category: BTreeMap<Option<CategoryCode>, Moved>,
    /// By document type; none: a limit of all of them.
    pub by_document: BTreeMap<Option<DocumentCode>, Moved>,
    /// By the rule or limit that they come from; empty: none has a name.
    pub by_rule: BTreeMap<String, Moved>,
    /// What could not be replayed, the most frequent first.
    pub not_replayed: Vec<NotReplayed>,
}

/// A count under way.
#[derive(Debug, Default)]
pub struct Tally {
    /// Open loans that were looked at.
    pub loans: u64,
    /// Readers with open loans.
    pub readers: u64,
    /// Questions of the log that were looked at.
    pub events: u64,
    nobodys: u64,
    total: Line,
    by_kind: BTreeMap<Kind, Line>,
    by_branch: BTreeMap<BranchCode, Line>,
    by_category: BTreeMap<Option<CategoryCode>, Line>,
    by_document: BTreeMap<Option<DocumentCode>, Line>,
    by_rule: BTreeMap<String, Line>,
    not_replayed: BTreeMap<NotKept, u64>,
}

#[derive(Debug, Default)]
struct Line {
    gains: u64,
    losses: u64,
    gaining: HashSet<i64>,
    losing: HashSet<i64>,
}

impl Line {
    fn add(&mut self, side: Side, reader: Option<i64>) {
        let (count, readers) = match side {
            Side::Gain => (&mut self.gains, &mut self.gaining),
            Side::Loss => (&mut self.losses, &mut self.losing),
        };
        *count += 1;
        readers.extend(reader);
    }

    fn moved(&self) -> Moved {
        Moved {
            gains: self.gains,
            losses: self.losses,
            gaining: self.gaining.len() as u64,
            losing: self.losing.len() as u64,
        }
    }
}

impl Tally {
    /// Counts a change, of this reader if it is anybody's still.
    pub fn add(&mut self, change: &Change, reader: Option<i64>) {
        let side = change.side();
        let rule = change.rule().map(ToString::to_string).unwrap_or_default();
        self.total.add(side, reader);
        line(&mut self.by_kind, change.kind()).add(side, reader);
        line(&mut self.by_branch, change.branch).add(side, reader);
        line(&mut self.by_category, change.category).add(side, reader);
        line(&mut self.by_document, change.document).add(side, reader);
        line(&mut self.by_rule, rule).add(side, reader);
        self.nobodys += u64::from(reader.is_none());
    }

    /// Counts what could not be replayed.
    pub fn add_not_kept(&mut self, why: NotKept) {
        *self.not_replayed.entry(why).or_default() += 1;
    }

    /// The count so far.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let mut not_replayed: Vec<_> = self
            .not_replayed
            .iter()
            .map(|(why, times)| NotReplayed {
                why: *why,
                times: *times,
            })
            .collect();
        not_replayed.sort_by_key(|line| std::cmp::Reverse(line.times));
        let total = &self.total;
        Figures {
            loans: self.loans,
            readers: self.readers,
            events: self.events,
            both: total.gaining.intersection(&total.losing).count() as u64,
            total: total.moved(),
            nobodys: self.nobodys,
            by_kind: moved(&self.by_kind),
            by_branch: moved(&self.by_branch),
            by_category: moved(&self.by_category),
            by_document: moved(&self.by_document),
            by_rule: moved(&self.by_rule),
            not_replayed,
        }
    }
}

fn line<K: Ord>(lines: &mut BTreeMap<K, Line>, key: K) -> &mut Line {
    lines.entry(key).or_default()
}

fn moved<K: Ord + Clone + Hash>(lines: &BTreeMap<K, Line>) -> BTreeMap<K, Moved> {
    lines
        .iter()
        .map(|(key, line)| (key.clone(), line.moved()))
        .collect()
}
