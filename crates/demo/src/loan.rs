//! Loans in progress, to be replayed through the real checkout in the order of the list.

use std::fmt;

use circulation::{BranchCode, Rulebook};
use jiff::civil::Date;

use crate::item::Item;
use crate::lending::{Desk, When};
use crate::library::LIBRARIES;
use crate::patron::Patron;

/// A loan that was made some time ago and is still open.
#[derive(Clone, PartialEq, Eq)]
pub struct PastLoan {
    /// The borrower's card, given by the same branch; never a number that is borne twice.
    pub card: String,
    /// The copy, owned by the same branch; never a barcode that is borne twice.
    pub barcode: String,
    /// Where it was lent. Replay it as a staff desk's: some kinds are not lent at machines.
    pub branch: BranchCode,
    /// When. Of loans on the same day the order does not matter.
    pub lent_on: Date,
}

/// Says what a log may say: who has what is nobody's business.
impl fmt::Debug for PastLoan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PastLoan")
            .field("branch", &self.branch)
            .field("lent_on", &self.lent_on)
            .finish_non_exhaustive()
    }
}

/// How late some loans are today, in days, from and to: 25, of which 8 over 14 days and 3 over 30.
/// Recalls go out after 14, 28 and 42 days, so each level is met.
const LATE: [(u16, u16); 25] = [
    (43, 52),
    (36, 44),
    (31, 38),
    (22, 30),
    (22, 30),
    (18, 25),
    (15, 20),
    (15, 20),
    (8, 14),
    (8, 14),
    (8, 14),
    (8, 14),
    (5, 9),
    (5, 9),
    (5, 9),
    (5, 9),
    (3, 7),
    (3, 7),
    (3, 7),
    (3, 7),
    (1, 4),
    (1, 4),
    (1, 4),
    (1, 4),
    (1, 4),
];

/// Loans that show a rule: a reader's category, the document, the branch.
const SHOWN: [(&str, &str, &str); 16] = [
    ("CLA", "MAL", "LENS"),
    ("COL", "MAL", "AVEZ"),
    ("PEB", "EXP", "LENS"),
    ("MUS", "PAR", "BULM"),
    ("MUS", "PAR", "BULM"),
    ("MUS", "INS", "BULM"),
    ("ADU", "ART", "SALL"),
    ("ADU", "JVI", "LENS"),
    ("ADO", "JVI", "LENS"),
    ("ADU", "LIS", "LIGA"),
    ("ADU", "JSO", "HARN"),
    ("ENF", "JSO", "MERI"),
    ("CLA", "LIV", "LENS"),
    ("POR", "GCA", "SALL"),
    ("TMP", "DVD", "LENS"),
    ("PRO", "LIV", "HARN"),
];

/// Loans altogether.
const WANTED: usize = 160;

/// Loans as the rules allow them. Fewer, if the rules were not yet in force some weeks before
/// `today`: nothing is lent without a policy.
pub(crate) fn loans(
    today: Date,
    book: &Rulebook,
    patrons: &[Patron],
    borrowers: &[usize],
    items: &[Item],
) -> Vec<PastLoan> {
    let mut desk = Desk::new(today, book, patrons, items);
    let of = |fits: &dyn Fn(&Patron) -> bool| -> Vec<usize> {
        let fits = |place: &usize| patrons.get(*place).is_some_and(fits);
        borrowers.iter().copied().filter(fits).collect()
    };
    // Late ones first: whoever is late may be blocked later, and the other loans must see that.
    for band in LATE {
        let fresh: Vec<usize> = borrowers
            .iter()
            .copied()
            .filter(|place| !desk.has_loan(*place))
            .collect();
        desk.lend_to_one_of(&fresh, None, When::Late(band));
    }
    for (category, document, branch) in SHOWN {
        let readers = of(&|one| one.category.as_str() == category && one.branch.as_str() == branch);
        desk.lend_to_one_of(&readers, Some(document), When::InTime);
    }
    for library in &LIBRARIES {
        let readers = of(&|one| one.branch.as_str() == library.code);
        desk.lend_to_one_of(&readers, None, When::InTime);
    }
    while desk.count() < WANTED && desk.lend_to_one_of(borrowers, None, When::InTime) {}
    desk.list()
}
