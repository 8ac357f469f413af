//! Who and what there is before the day begins.

use crate::{Size, lot::Lot};

/// Where machines lend nothing (rule X-VILB): returns only.
pub(crate) const NO_SELF_CHECK: &str = "VILB";
/// The two poles that share their stock (rules X-LIGA and X-LIDE).
const FLOAT_TOGETHER: [&str; 2] = ["LIGA", "LIDE"];
/// Games that a household may have at once (limit L-JVI).
pub(crate) const MOST_GAMES: usize = 2;
/// In this many households there live two; in the others, one.
const HOUSEHOLDS_OF_TWO: usize = 40;

/// A terminal: its login says its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terminal {
    pub(crate) login: String,
    pub(crate) branch: usize,
}

/// A reader, an adult in good standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reader {
    pub(crate) card: String,
    pub(crate) branch: usize,
    pub(crate) household: usize,
    /// What was asked of this reader before the day began, in cents.
    pub(crate) owes: i64,
}

/// A title with its copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    /// Without blanks: it is compared as one word.
    pub(crate) name: String,
    /// A video game, of which a household may have two; else a book.
    pub(crate) game: bool,
    pub(crate) items: Vec<usize>,
}

/// A copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) barcode: String,
    pub(crate) title: usize,
    pub(crate) owner: usize,
}

/// Everything that stays as it is the whole day. Branches, terminals, readers, titles and items are numbers elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct World {
    pub(crate) branches: Vec<String>,
    pub(crate) terminals: Vec<Terminal>,
    pub(crate) readers: Vec<Reader>,
    pub(crate) titles: Vec<Title>,
    pub(crate) items: Vec<Item>,
}

impl World {
    /// The world of a seed.
    pub(crate) fn new(seed: u64, size: Size, branches: Vec<String>) -> Self {
        let mut lot = Lot::new(seed, "world");
        let terminals = (0..size.terminals).map(|number| Terminal {
            login: format!("soak-{number}"),
            // One each first, so that as many branches as can be have one.
            branch: if number < branches.len() {
                number
            } else {
                lot.below(branches.len())
            },
        });
        let terminals = terminals.collect();
        let mut readers = Vec::new();
        let mut household = 0;
        while readers.len() < size.readers {
            let members = if lot.percent(HOUSEHOLDS_OF_TWO) { 2 } else { 1 };
            for _ in 0..members {
                readers.push(Reader {
                    card: format!("26290{:08}", readers.len()),
                    branch: lot.below(branches.len()),
                    household,
                    owes: if lot.percent(30) {
                        100 + 50 * lot.below(40) as i64
                    } else {
                        0
                    },
                });
            }
            household += 1;
        }
        let (mut titles, mut items) = (Vec::new(), Vec::new());
        for number in 0..size.titles {
            let game = number % 12 == 11;
            let copies = if game { 3 } else { 1 + lot.below(3) };
            let own = items.len()..items.len() + copies;
            items.extend(own.clone().map(|item| Item {
                barcode: format!("36290{item:08}"),
                title: number,
                owner: lot.below(branches.len()),
            }));
            titles.push(Title {
                name: format!("Titre-{number}"),
                game,
                items: own.collect(),
            });
        }
        Self {
            branches,
            terminals,
            readers,
            titles,
            items,
        }
    }

    /// The branch at which a terminal stands.
    pub(crate) fn stands(&self, terminal: usize) -> usize {
        self.terminals[terminal].branch
    }

    /// The code of a branch.
    pub(crate) fn code(&self, branch: usize) -> &str {
        &self.branches[branch]
    }

    /// Whether an item of one branch stays on the shelf of the other.
    pub(crate) fn at_home(&self, item: usize, branch: usize) -> bool {
        let owner = self.items[item].owner;
        let floats = |branch: usize| FLOAT_TOGETHER.contains(&self.code(branch));
        owner == branch || floats(owner) && floats(branch)
    }

    /// Whether machines lend there.
    pub(crate) fn lends(&self, branch: usize) -> bool {
        self.code(branch) != NO_SELF_CHECK
    }

    /// Who lives with this reader, the reader included.
    pub(crate) fn household(&self, household: usize) -> impl Iterator<Item = usize> {
        let all = self.readers.iter().enumerate();
        all.filter(move |(_, reader)| reader.household == household)
            .map(|(number, _)| number)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn small() -> World {
        let size = Size {
            terminals: 12,
            readers: 60,
            titles: 72,
        };
        let branches = ["LENS", "VIMY", "LIGA", "LIDE", "VILB", "AVIO"];
        World::new(1, size, branches.map(str::to_owned).to_vec())
    }

    #[test]
    fn every_branch_has_a_terminal_and_games_have_three_copies() {
        let world = small();
        for branch in 0..6 {
            assert!((0..12).any(|terminal| world.stands(terminal) == branch));
        }
        let games = world.titles.iter().filter(|title| title.game);
        assert!(games.clone().all(|title| title.items.len() == 3));
        assert_eq!(games.count(), 6);
        assert_eq!(world, small());
    }
}
