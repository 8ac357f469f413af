use super::*;
use crate::world::tests::small;

const LENS: usize = 0;
const VIMY: usize = 1;
const LIGA: usize = 2;
const VILB: usize = 4;

struct Table {
    library: Library,
    world: Arc<World>,
}

impl Table {
    fn new() -> Self {
        let world = Arc::new(small());
        Self {
            library: Library::new(world.clone()),
            world,
        }
    }

    /// The terminals of the small world's first six branches are its first six.
    fn at(&mut self, branch: usize, ask: Ask) -> Expected {
        assert_eq!(self.world.stands(branch), branch);
        self.library.play(branch, &ask)
    }

    /// A book of this branch.
    fn book_of(&self, branch: usize) -> usize {
        let items = self.world.items.iter();
        let mut books =
            items.map(|item| item.owner == branch && !self.world.titles[item.title].game);
        books.position(|found| found).unwrap()
    }

    fn effects(&self, kind: &str) -> u64 {
        self.library.effects().get(kind).copied().unwrap_or(0)
    }
}

#[test]
fn a_hold_travels_is_collected_and_undone() {
    let mut table = Table::new();
    let item = table.book_of(LENS);
    let title = table.world.items[item].title;
    assert_eq!(
        table.at(LENS, Ask::Lend { reader: 0, item }),
        Expected::Lent
    );
    assert_eq!(
        table.at(VIMY, Ask::Lend { reader: 1, item }),
        Expected::Refused
    );
    let place = |reader| Ask::Place {
        reader,
        title,
        pickup: VIMY,
    };
    assert_eq!(table.at(VIMY, place(1)), Expected::Waits { before: 0 });
    assert_eq!(table.at(VIMY, place(1)), Expected::Refused);
    assert_eq!(table.at(VIMY, place(0)), Expected::Refused);
    assert_eq!(table.at(VIMY, place(2)), Expected::Waits { before: 1 });
    assert_eq!(
        table.at(LENS, Ask::Renew { reader: 0, item }),
        Expected::Refused
    );
    let sent = Goes::TravelsFor {
        to: VIMY,
        reader: 1,
    };
    for _ in 0..2 {
        let back = table.at(LENS, Ask::TakeBack { item });
        assert_eq!(back, Expected::Back(sent));
    }
    assert_eq!(table.effects("checkin"), 1, "seen twice, moved once");
    assert_eq!(
        table.at(VIMY, Ask::TakeBack { item }),
        Expected::Back(Goes::SetAside { reader: 1 })
    );
    let queue = table.library.queue_lines();
    assert_eq!(queue.len(), 2);
    assert!(queue[0].ends_with("VIMY hold_shelf"), "{queue:?}");
    assert!(queue[1].ends_with("VIMY waiting"), "{queue:?}");
    assert_eq!(
        table.at(VIMY, Ask::Lend { reader: 2, item }),
        Expected::Refused
    );
    let lend = Ask::Lend { reader: 1, item };
    assert_eq!(table.at(VIMY, lend), Expected::Lent);
    assert_eq!(table.at(LENS, Ask::UndoLoan { item }), Expected::Refused);
    assert_eq!(table.at(VIMY, Ask::UndoLoan { item }), Expected::Undone);
    assert_eq!(table.library.queue_lines(), queue, "it waits again");
    assert_eq!(table.at(VIMY, lend), Expected::Lent);
    assert_eq!(
        table.at(LENS, Ask::TakeBack { item }),
        Expected::Back(Goes::TravelsFor {
            to: VIMY,
            reader: 2
        })
    );
    let undo = Ask::UndoReturn { reader: 1, item };
    assert_eq!(table.at(LENS, undo), Expected::Undone);
    assert_eq!(table.at(LENS, undo), Expected::Refused);
    let back = table.library.queue_lines();
    assert_eq!(back.len(), 1);
    assert!(back[0].ends_with("VIMY waiting"), "{back:?}");
}

#[test]
fn two_poles_share_their_stock_and_one_branch_lends_at_no_machine() {
    let mut table = Table::new();
    let item = table.book_of(LIGA);
    assert_eq!(
        table.at(VILB, Ask::Lend { reader: 0, item }),
        Expected::Refused
    );
    assert_eq!(
        table.at(LIGA + 1, Ask::TakeBack { item }),
        Expected::Back(Goes::Stays)
    );
    assert_eq!(
        table.at(LENS, Ask::TakeBack { item }),
        Expected::Back(Goes::Travels { to: LIGA })
    );
    assert_eq!(
        table.at(LENS, Ask::Lend { reader: 0, item }),
        Expected::Refused,
        "on its way"
    );
}

#[test]
fn a_household_has_two_games() {
    let mut table = Table::new();
    let games: Vec<usize> = table
        .world
        .titles
        .iter()
        .filter(|title| title.game)
        .map(|title| title.items[0])
        .collect();
    for (number, item) in games.iter().take(3).enumerate() {
        let lent = table.at(
            LENS,
            Ask::Lend {
                reader: 0,
                item: *item,
            },
        );
        assert_eq!(lent == Expected::Lent, number < 2);
    }
    let renewal = Ask::Renew {
        reader: 0,
        item: games[0],
    };
    assert_eq!(table.at(LENS, renewal), Expected::Refused, "rule R-JVI");
}

#[test]
fn never_more_than_is_owed() {
    let mut table = Table::new();
    let reader = table
        .library
        .owed
        .iter()
        .position(|owed| *owed > 0)
        .unwrap();
    let cents = table.library.owed[reader];
    let pay = |cents| Ask::Pay {
        reader,
        cents,
        number: 1,
    };
    assert_eq!(table.at(LENS, pay(cents + 1)), Expected::Refused);
    assert_eq!(table.at(LENS, pay(cents - 1)), Expected::Paid);
    assert_eq!(table.library.owed[reader], 1);
}

#[test]
fn what_was_done_without_a_line_is_taken_over_unless_the_item_was_seen_since() {
    let mut table = Table::new();
    let item = table.book_of(LENS);
    assert_eq!(
        table.at(LENS, Ask::Lend { reader: 0, item }),
        Expected::Lent
    );
    table.library.go_on();
    // Somebody else's loan of before ends first.
    let late = Ask::LateLend { reader: 1, item };
    assert_eq!(table.at(VIMY, late), Expected::Lent);
    assert_eq!(table.library.loan(item).map(|loan| loan.reader), Some(1));
    assert_eq!(
        (table.effects("checkin"), table.effects("checkout")),
        (1, 2)
    );
    // A return of the same spell comes after it.
    assert_eq!(
        table.at(VIMY, Ask::LateTakeBack { item }),
        Expected::Back(Goes::Travels { to: LENS })
    );
    // Lent in this part of the day: what is older comes too late.
    table.at(LENS, Ask::TakeBack { item });
    assert_eq!(
        table.at(LENS, Ask::Lend { reader: 2, item }),
        Expected::Lent
    );
    let before = table.library.place_lines();
    assert_eq!(table.at(VIMY, late), Expected::Refused);
    assert_eq!(
        table.at(VIMY, Ask::LateTakeBack { item }),
        Expected::Refused
    );
    assert_eq!(table.library.place_lines(), before);
    // Against a rule, and done all the same.
    let other = table.book_of(VIMY);
    table.library.go_on();
    assert_eq!(
        table.at(
            VILB,
            Ask::LateLend {
                reader: 3,
                item: other
            }
        ),
        Expected::Lent
    );
    let unknown = Ask::LateUnknown {
        reader: 3,
        lend: true,
    };
    assert_eq!(table.at(VILB, unknown), Expected::Refused);
}
