//! A desk that lends by the rules, one copy after another, at random but the same each time.

use std::collections::BTreeMap;

use circulation::{
    BranchCode, CheckoutPlan, CheckoutRequest, DocumentCode, Door, OpenLoan, Overrides, Place,
    ReaderFacts, Rulebook, Whose, decide_checkout,
};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::facts::{item_facts, reader_facts};
use crate::item::Item;
use crate::loan::PastLoan;
use crate::patron::Patron;
use crate::random::Random;
use crate::stock::is_old_label;

/// No branch lends more than one copy in this many, so that its shelves stay full.
const ONE_IN: usize = 10;

/// No loan is longer than this, in days, closed days included.
const LONGEST_LOAN: u32 = 130;

/// How many readers are asked, one after the other, before giving up.
const TRIES: u32 = 400;

/// Whether a loan is late today.
#[derive(Clone, Copy)]
pub(crate) enum When {
    InTime,
    /// From so many to so many days.
    Late((u16, u16)),
}

struct Made {
    patron: usize,
    item: usize,
    lent_on: Date,
    open: OpenLoan,
}

/// Lends one copy after another, and knows what is still there.
pub(crate) struct Desk<'a> {
    today: Date,
    book: &'a Rulebook,
    patrons: &'a [Patron],
    items: &'a [Item],
    random: Random,
    /// Copies that may be lent and are not, by branch and document.
    shelves: BTreeMap<BranchCode, BTreeMap<DocumentCode, Vec<usize>>>,
    /// How many more loans each branch makes.
    left: BTreeMap<BranchCode, usize>,
    made: Vec<Made>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(
        today: Date,
        book: &'a Rulebook,
        patrons: &'a [Patron],
        items: &'a [Item],
    ) -> Self {
        let mut shelves = BTreeMap::<_, BTreeMap<_, Vec<usize>>>::new();
        let mut stock = BTreeMap::<BranchCode, usize>::new();
        for (place, item) in items.iter().enumerate() {
            *stock.entry(item.branch).or_default() += 1;
            if item.condition.may_be_lent() && !is_old_label(&item.barcode) {
                let branch = shelves.entry(item.branch).or_default();
                branch.entry(item.document).or_default().push(place);
            }
        }
        let left = stock
            .into_iter()
            .map(|(branch, count)| (branch, count / ONE_IN))
            .collect();
        let random = Random::new(0x10A2);
        Self {
            today,
            book,
            patrons,
            items,
            random,
            shelves,
            left,
            made: Vec::new(),
        }
    }

    /// How many loans there are by now.
    pub(crate) fn count(&self) -> usize {
        self.made.len()
    }

    /// Whether this reader, by position, has a loan by now.
    pub(crate) fn has_loan(&self, patron: usize) -> bool {
        self.made.iter().any(|made| made.patron == patron)
    }

    /// Asks readers at random until one gets a loan; false if nobody does.
    pub(crate) fn lend_to_one_of(
        &mut self,
        readers: &[usize],
        document: Option<&str>,
        when: When,
    ) -> bool {
        (0..TRIES).any(|_| {
            let patron = self.random.pick(readers).copied();
            patron.is_some_and(|patron| self.lend(patron, document, when))
        })
    }

    /// Lends something of the reader's own branch; false if what chance chose does not fit.
    fn lend(&mut self, patron: usize, document: Option<&str>, when: When) -> bool {
        let Some(reader) = self.patrons.get(patron) else {
            return false;
        };
        if self.left.get(&reader.branch).is_none_or(|left| *left == 0) {
            return false;
        }
        let Some(place) = self.choose(reader, document) else {
            return false;
        };
        let Some(item) = self.items.get(place) else {
            return false;
        };
        let Some((lent_on, plan)) = self.day(reader, patron, item, when) else {
            return false;
        };
        self.take(place, item);
        let open = OpenLoan {
            whose: Whose::Reader,
            checkout: reader.branch,
            owner: item.branch,
            category: reader.category,
            document: item.document,
            new: plan.new,
            due: plan.due,
        };
        self.made.push(Made {
            patron,
            item: place,
            lent_on,
            open,
        });
        true
    }

    /// A copy at the reader's branch that is not the last of its kind there.
    fn choose(&mut self, reader: &Patron, document: Option<&str>) -> Option<usize> {
        let shelves = self.shelves.get(&reader.branch)?;
        let kinds = shelves.iter().filter(|(kind, copies)| {
            document.is_none_or(|only| kind.as_str() == only) && copies.len() > 1
        });
        let copies: Vec<usize> = kinds
            .flat_map(|(_, copies)| copies.iter().copied())
            .collect();
        self.random.pick(&copies).copied()
    }

    fn take(&mut self, place: usize, item: &Item) {
        let shelf = self.shelves.get_mut(&item.branch);
        if let Some(copies) = shelf.and_then(|shelf| shelf.get_mut(&item.document)) {
            copies.retain(|other| *other != place);
        }
        if let Some(left) = self.left.get_mut(&item.branch) {
            *left -= 1;
        }
    }

    /// A day on which the rules make the loan, and make it as late today as is wanted.
    fn day(
        &mut self,
        reader: &Patron,
        patron: usize,
        item: &Item,
        when: When,
    ) -> Option<(Date, CheckoutPlan)> {
        let (first, last) = match when {
            When::InTime => (1, self.random.between(1, 40)),
            When::Late((from, to)) => (u32::from(from) + 7, u32::from(to) + LONGEST_LOAN),
        };
        let facts = reader_facts(reader, self.loans_seen_by(reader, patron));
        (first..=last).rev().find_map(|ago| {
            let on = self.today.saturating_sub(i64::from(ago).days());
            let plan = self.decide(reader, &facts, item, on)?;
            let late = plan.due.until(self.today).map_or(0, |span| span.get_days());
            let fits = match when {
                When::InTime => late <= 0,
                When::Late((from, to)) => (i32::from(from)..=i32::from(to)).contains(&late),
            };
            fits.then_some((on, plan))
        })
    }

    /// The loans made so far that the reader's own limits, or the household's, count.
    fn loans_seen_by(&self, reader: &Patron, patron: usize) -> Vec<OpenLoan> {
        let seen = self.made.iter().filter_map(|made| {
            let whose = if made.patron == patron {
                Whose::Reader
            } else {
                let other = self.patrons.get(made.patron)?;
                reader
                    .household
                    .filter(|house| other.household == Some(*house))?;
                Whose::Household
            };
            Some(OpenLoan {
                whose,
                ..made.open.clone()
            })
        });
        seen.collect()
    }

    /// What the rules say to this loan on that day, if the branch is open then.
    fn decide(
        &self,
        reader: &Patron,
        facts: &ReaderFacts,
        item: &Item,
        on: Date,
    ) -> Option<CheckoutPlan> {
        let policy = self.book.policy_on(on)?;
        if on <= item.in_service || !self.book.calendar.is_open(reader.branch, on, policy) {
            return None;
        }
        let place = Place::Shelf {
            branch: item.branch,
        };
        let ask = CheckoutRequest {
            desired_due: None,
            on,
            branch: reader.branch,
            door: Door::Desk,
            overrides: Overrides::none(),
        };
        decide_checkout(self.book, &ask, facts, &item_facts(item, place))
            .outcome
            .ok()
    }

    pub(crate) fn list(self) -> Vec<PastLoan> {
        let mut made = self.made;
        made.sort_by_key(|made| (made.lent_on, made.item));
        let loan = |made: Made| {
            let patron = self.patrons.get(made.patron)?;
            let item = self.items.get(made.item)?;
            Some(PastLoan {
                card: patron.card.clone(),
                barcode: item.barcode.clone(),
                branch: made.open.checkout,
                lent_on: made.lent_on,
            })
        };
        made.into_iter().filter_map(loan).collect()
    }
}
