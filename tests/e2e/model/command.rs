//! What can be asked of the small network, and sequences of it.

pub(super) const BRANCHES: [&str; 3] = ["LENS", "VIMY", "GREN"];
pub(super) const READERS: usize = 6;
pub(super) const TITLES: usize = 4;
pub(super) const ITEMS: usize = 2 * TITLES;
/// The household of each reader.
pub(super) const HOUSEHOLDS: [usize; READERS] = [0, 0, 1, 1, 2, 3];
/// Who answers for whom, and may collect for them.
pub(super) const GUARANTORS: [Option<usize>; READERS] = [None, Some(0), None, Some(2), None, None];
pub(super) const TITLE_OF: [usize; ITEMS] = [0, 0, 1, 1, 2, 2, 3, 3];
/// The branch of each item.
pub(super) const OWNERS: [usize; ITEMS] = [0, 1, 1, 2, 2, 0, 0, 0];

/// Readers, items, titles and branches are numbers; `at` is a branch and its one kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Checkout {
        reader: usize,
        item: usize,
        at: usize,
    },
    Return {
        item: usize,
        at: usize,
    },
    Renew {
        reader: usize,
        item: usize,
    },
    Place {
        reader: usize,
        title: usize,
        pickup: usize,
    },
    Cancel {
        reader: usize,
        title: usize,
    },
    Move {
        reader: usize,
        title: usize,
        pickup: usize,
    },
    /// For so many days, or not any more.
    Pause {
        reader: usize,
        title: usize,
        days: Option<i32>,
    },
    UndoLoan {
        item: usize,
        at: usize,
    },
    UndoReturn {
        item: usize,
        at: usize,
    },
    Turn,
    Days(i32),
}

/// Numbers that look drawn by lot, and are the same for the same seed (splitmix64).
pub(super) struct Lot(u64);

impl Lot {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed % most as u64) as usize
    }
}

/// A sequence. Half of the commands stay with the item, reader and branch of the one before, so that something comes of
/// renewing and collecting, and most undoing is of what was moved last.
pub(super) fn sequence(lot: &mut Lot, length: usize) -> Vec<Command> {
    let (mut reader, mut item, mut at) = (0, 0, 0);
    let mut moved = (0, 0);
    (0..length)
        .map(|_| {
            if lot.below(2) == 0 {
                reader = lot.below(READERS);
            }
            if lot.below(2) == 0 {
                item = lot.below(ITEMS);
            }
            if lot.below(2) == 0 {
                at = lot.below(BRANCHES.len());
            }
            let title = TITLE_OF[item];
            let pickup = at;
            let (item_moved, moved_at) = [moved, moved, moved, (item, at)][lot.below(4)];
            let command = match lot.below(100) {
                0..24 => Command::Checkout { reader, item, at },
                24..46 => Command::Return { item, at },
                46..52 => Command::Renew { reader, item },
                52..70 => Command::Place {
                    reader,
                    title,
                    pickup,
                },
                70..74 => Command::Cancel { reader, title },
                74..78 => Command::Move {
                    reader,
                    title,
                    pickup,
                },
                78..81 => Command::Pause {
                    reader,
                    title,
                    days: [Some(2), Some(5), None][lot.below(3)],
                },
                81..86 => Command::UndoLoan {
                    item: item_moved,
                    at: moved_at,
                },
                86..91 => Command::UndoReturn {
                    item: item_moved,
                    at: moved_at,
                },
                91..95 => Command::Turn,
                _ => Command::Days([1, 1, 2, 3, 7][lot.below(5)]),
            };
            if let Command::Checkout { item, at, .. } | Command::Return { item, at } = command {
                moved = (item, at);
            }
            command
        })
        .collect()
}
