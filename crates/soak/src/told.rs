//! What was sent and what was answered: the model that hears of it, the last words on everything, and the counts.

use std::collections::{BTreeMap, VecDeque};

use crate::{
    ask::{Ask, Expected},
    library::Library,
    words::Said,
    world::World,
};

/// So many messages are remembered, to be told where something went wrong.
const REMEMBERED: usize = 200_000;
/// So many are told.
const TOLD: usize = 40;

/// A message and what came back.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) step: usize,
    pub(crate) terminal: usize,
    pub(crate) ask: Ask,
    pub(crate) sent: String,
    pub(crate) got: String,
}

/// A line of the log that an answer named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) event: u64,
    pub(crate) kind: &'static str,
    pub(crate) barcode: String,
}

/// How much of everything there was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) messages: u64,
    pub(crate) retries: u64,
    pub(crate) cut_inside: u64,
    pub(crate) cut_after: u64,
    pub(crate) twice: u64,
    /// Answers that said that the database was away.
    pub(crate) away: u64,
    /// Refused at the second asking, and a look showed that the first had done it.
    pub(crate) found_done: u64,
    pub(crate) refused: u64,
    pub(crate) contests: u64,
    pub(crate) late: u64,
    pub(crate) late_again: u64,
}

/// Everything that is known from outside.
pub(crate) struct Told {
    pub(crate) library: Library,
    pub(crate) counts: Counts,
    /// The due date that was told last of each item.
    pub(crate) due: BTreeMap<usize, String>,
    pub(crate) named: Vec<Named>,
    history: VecDeque<Record>,
}

impl Told {
    pub(crate) fn new(library: Library) -> Self {
        Self {
            library,
            counts: Counts::default(),
            due: BTreeMap::new(),
            named: Vec::new(),
            history: VecDeque::new(),
        }
    }

    pub(crate) fn remember(&mut self, record: Record) {
        if self.history.len() >= REMEMBERED {
            self.history.pop_front();
        }
        self.history.push_back(record);
    }

    /// An answer that fits: what it names is kept, to be found in the database later.
    pub(crate) fn keep(&mut self, world: &World, ask: &Ask, expected: Expected, said: &Said) {
        self.counts.late += u64::from(ask.is_late());
        if expected == Expected::Refused {
            self.counts.refused += 1;
            return;
        }
        if !said.ok {
            // Found done by a look: what the refusal names is itself.
            return;
        }
        let kind = match ask {
            Ask::Lend { .. } | Ask::LateLend { .. } => "checkout",
            Ask::Renew { .. } => "renew",
            Ask::UndoReturn { .. } => "undo_checkin",
            _ => return,
        };
        let Some(item) = ask.item() else {
            return;
        };
        if let Some(due) = &said.due {
            self.due.insert(item, due.clone());
        }
        if let Some(event) = said.event {
            self.named.push(Named {
                event,
                kind,
                barcode: world.items[item].barcode.clone(),
            });
        }
    }

    /// The last words on an item, its title, or a reader.
    pub(crate) fn last_words(&self, world: &World, about: &About) -> String {
        let related = |record: &&Record| {
            let title = record
                .ask
                .item()
                .map(|item| world.items[item].title)
                .or(record.ask.title());
            title.is_some_and(|title| about.titles.contains(&title))
                || record
                    .ask
                    .reader()
                    .is_some_and(|reader| about.readers.contains(&reader))
        };
        let lines = self.history.iter().rev().filter(related).take(TOLD);
        let mut lines: Vec<String> = lines
            .map(|record| {
                format!(
                    "  step {:>6}, terminal {:>2}  {}\n                        → {}",
                    record.step, record.terminal, record.sent, record.got
                )
            })
            .collect();
        lines.reverse();
        lines.join("\n")
    }
}

/// What something is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct About {
    titles: Vec<usize>,
    readers: Vec<usize>,
}

impl About {
    /// The title and the reader of a question.
    pub(crate) fn ask(world: &World, ask: &Ask) -> Self {
        let item = ask.item().map(|item| world.items[item].title);
        Self {
            titles: item.or(ask.title()).into_iter().collect(),
            readers: ask.reader().into_iter().collect(),
        }
    }

    /// Whatever is named in these lines, by barcode, title or card.
    pub(crate) fn lines(world: &World, lines: &[String]) -> Self {
        let named = |word: &str| {
            lines
                .iter()
                .any(|line| line.split(' ').any(|part| part == word))
        };
        let items = world.items.iter().filter(|item| named(&item.barcode));
        let titles = world.titles.iter().enumerate();
        let titles = titles.filter(|(_, title)| named(&title.name));
        let readers = world.readers.iter().enumerate();
        Self {
            titles: items
                .map(|item| item.title)
                .chain(titles.map(|(title, _)| title))
                .collect(),
            readers: readers
                .filter(|(_, reader)| named(&reader.card))
                .map(|(reader, _)| reader)
                .collect(),
        }
    }
}
