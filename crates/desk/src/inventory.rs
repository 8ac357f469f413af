//! Stocktaking with a scanner. Nothing changes its state by being scanned or missed: that is declared
//! ([`Desk::declare`]), or taken back ([`Desk::checkin`]).

use std::sync::Arc;

use circulation::{BranchCode, Condition};
use jiff::{Zoned, civil::Date};
use serde::Serialize;
use store::{Inventory, NotSeen, NotSeenAfter, ScanFacts, ScannedItem, ScannedPlace};

use crate::{
    Desk, DeskError, Listed,
    listed::page,
    request::{local_day, scanned},
};

/// A range of a shelf: call numbers in the order of their bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfRange {
    first: String,
    last: String,
}

impl ShelfRange {
    /// From one call number to another, and what begins like that; `None`: it would end before it begins.
    ///
    /// ```
    /// use relire_desk::ShelfRange;
    /// assert!(ShelfRange::new("R ABE", "R M").is_some());
    /// assert!(ShelfRange::new("R M", "R ABE").is_none());
    /// ```
    pub fn new(first: &str, last: &str) -> Option<Self> {
        (first <= last).then(|| Self {
            first: first.to_owned(),
            last: last.to_owned(),
        })
    }
}

/// What a scan says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScanAnswer {
    /// The item's number and title; none: the barcode leads to none.
    pub item: Option<(i64, String)>,
    /// Where it should stand; empty if nothing is known.
    pub call_number: String,
    /// What is to be said of it.
    pub finding: Finding,
}

/// What is to be said of a scanned item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// It stands where it should.
    Expected,
    /// It belongs to this branch's shelves, and not within the range that is looked at.
    OtherShelf,
    /// It should stand on another branch's shelf.
    Elsewhere {
        /// Whose.
        branch: BranchCode,
    },
    /// It is on loan, as far as the system knows: it came back past the desk.
    OnLoan {
        /// When it is due.
        due: Date,
    },
    /// It is on its way, as far as the system knows: it was not scanned when it came, or never left.
    Travelling {
        /// Where it left.
        from: BranchCode,
        /// Where it is to go.
        to: BranchCode,
    },
    /// It should stand on a hold shelf.
    HoldShelf {
        /// Whose.
        branch: BranchCode,
    },
    /// It stands here, and is said to be lost, missing, claimed to be back, not yet in stock: somebody has to declare it
    /// good.
    NotInOrder {
        /// What it is said to be.
        condition: Condition,
    },
    /// It was withdrawn.
    Withdrawn,
    /// Several branches have an item with this number, and none of them is this one.
    Ambiguous {
        /// Those that have.
        branches: Vec<BranchCode>,
    },
    /// No item has this number.
    Unknown,
}

impl Finding {
    /// As it is kept.
    const fn name(&self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::OtherShelf => "other_shelf",
            Self::Elsewhere { .. } => "elsewhere",
            Self::OnLoan { .. } => "on_loan",
            Self::Travelling { .. } => "travelling",
            Self::HoldShelf { .. } => "hold_shelf",
            Self::NotInOrder { .. } => "not_in_order",
            Self::Withdrawn => "withdrawn",
            Self::Ambiguous { .. } => "ambiguous",
            Self::Unknown => "unknown",
        }
    }

    /// Where it is comes first: what is on loan and said to be lost is on loan.
    fn of(facts: &ScanFacts) -> Self {
        let item = match &facts.item {
            Ok(item) => item,
            Err(issuers) if issuers.is_empty() => return Self::Unknown,
            Err(issuers) => {
                return Self::Ambiguous {
                    branches: issuers.clone(),
                };
            }
        };
        match item.place {
            None => Self::Withdrawn,
            Some(ScannedPlace::Loan(due)) => Self::OnLoan { due },
            Some(ScannedPlace::Transit(from, to)) => Self::Travelling { from, to },
            Some(ScannedPlace::HoldShelf(branch)) => Self::HoldShelf { branch },
            Some(ScannedPlace::Shelf(branch)) if branch != facts.branch => {
                Self::Elsewhere { branch }
            }
            Some(ScannedPlace::Shelf(_)) => Self::on_our_shelf(item),
        }
    }

    fn on_our_shelf(item: &ScannedItem) -> Self {
        match item.condition {
            Condition::Good | Condition::Damaged | Condition::OnSiteOnly if item.in_range => {
                Self::Expected
            }
            Condition::Good | Condition::Damaged | Condition::OnSiteOnly => Self::OtherShelf,
            condition => Self::NotInOrder { condition },
        }
    }
}

/// Why an inventory takes no scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoScan {
    /// There is no inventory of this number.
    #[error("there is no such inventory")]
    NoInventory,
    /// It is closed.
    #[error("this inventory is closed")]
    Closed,
    /// Nothing was scanned.
    #[error("the barcode is empty")]
    Empty,
}

/// How many inventories a list has at most.
const INVENTORIES: i64 = 50;

impl Desk {
    /// Begins an inventory of a branch's shelves, all of them or a range; returns its number. One round trip.
    pub async fn begin_inventory(
        self: &Arc<Self>,
        staff: i64,
        branch: BranchCode,
        range: Option<&ShelfRange>,
        at: &Zoned,
    ) -> Result<i64, DeskError> {
        let range = range.map(|range| (range.first.as_str(), range.last.as_str()));
        let mut session = self.store.session().await?;
        Ok(session
            .begin_inventory(branch, range, staff, at.timestamp())
            .await?)
    }

    /// A branch's inventories, the open ones first, then the last; at most 50. One round trip.
    pub async fn inventories(
        self: &Arc<Self>,
        branch: BranchCode,
    ) -> Result<Vec<Inventory>, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.inventories(Some(branch), None, INVENTORIES).await?)
    }

    /// An inventory, by its number. One round trip.
    pub async fn inventory(self: &Arc<Self>, id: i64) -> Result<Option<Inventory>, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.inventories(None, Some(id), 1).await?.pop())
    }

    /// Takes a scan down and says what is to be said of it. The same barcode once more counts once, and what is found last
    /// stands. Two round trips.
    pub async fn scan(
        self: &Arc<Self>,
        inventory: i64,
        barcode: &str,
        at: &Zoned,
    ) -> Result<Result<ScanAnswer, NoScan>, DeskError> {
        let barcode = scanned(barcode);
        if barcode.is_empty() {
            return Ok(Err(NoScan::Empty));
        }
        let mut session = self.store.session().await?;
        let facts = match session.scan_facts(inventory, barcode).await? {
            None => return Ok(Err(NoScan::NoInventory)),
            Some(facts) if facts.closed => return Ok(Err(NoScan::Closed)),
            Some(facts) => facts,
        };
        let finding = Finding::of(&facts);
        let item = facts.item.ok();
        let id = item.as_ref().map(|item| item.id);
        let written = session
            .write_scan(inventory, barcode, id, finding.name(), at.timestamp())
            .await?;
        if !written {
            return Ok(Err(NoScan::Closed));
        }
        Ok(Ok(ScanAnswer {
            call_number: item
                .as_ref()
                .map_or_else(String::new, |item| item.call_number.clone()),
            item: item.map(|item| (item.id, item.title)),
            finding,
        }))
    }

    /// Closes an inventory: it takes no more scans. `false`: it was closed before, or there is none. One round trip.
    pub async fn close_inventory(self: &Arc<Self>, id: i64, at: &Zoned) -> Result<bool, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.close_inventory(id, at.timestamp()).await?)
    }

    /// A page of what should stand on the shelves that an inventory looks at and was not scanned, in the order of the
    /// shelf; 1 to 50 lines. Copies of the branch, and of those that share its stock today; lost, missing and other ones
    /// that are not expected on a shelf are not among them, nor what was lent or taken back since the inventory began.
    ///
    /// It is told as of this moment, also of one that is closed. Two round trips; empty where there is no such inventory.
    pub async fn not_seen(
        self: &Arc<Self>,
        inventory: i64,
        after: Option<&NotSeenAfter>,
        most: u32,
        at: &Zoned,
    ) -> Result<Listed<NotSeen, NotSeenAfter>, DeskError> {
        let (most, read) = page(most);
        let mut session = self.store.session().await?;
        let Some(of) = session.inventories(None, Some(inventory), 1).await?.pop() else {
            return Ok(Listed::cut(Vec::new(), most, after_of));
        };
        let book = self.rulebook();
        let mut owners = vec![of.branch];
        if let Some(policy) = book.policy_on(local_day(at)) {
            let shared = |other: &BranchCode| {
                *other != of.branch && policy.float_together(of.branch, *other)
            };
            owners.extend(book.branches.keys().copied().filter(shared));
        }
        let lines = session.not_seen(inventory, &owners, after, read).await?;
        Ok(Listed::cut(lines, most, after_of))
    }
}

fn after_of(line: &NotSeen) -> NotSeenAfter {
    NotSeenAfter {
        call_number: line.call_number.clone(),
        item: line.item,
    }
}
