//! What a run found.

use std::time::Duration;

use circulation::{
    BranchCode, CategoryCode, Change, ChangeKind, DocumentCode, Figures, Judged, Laboratory,
    Language, LentLoan, Policy, PolicyFinding, Side, Trace,
};
use jiff::{Timestamp, Zoned};

use super::bench::LabAsk;
use crate::{Desk, DeskError};
use store::LabThings;

/// So many changes are kept to be looked at, the largest; all are counted.
pub(crate) const CASES: usize = 5_000;

/// What a draft would change, and for whom.
#[derive(Debug)]
pub struct LabReport {
    /// What was asked.
    pub ask: LabAsk,
    /// The policy in force that it was compared with.
    pub against: i32,
    /// The moment up to which everything was looked at.
    pub at: Zoned,
    /// From when on questions of the log were looked at.
    pub from: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// Gains and losses, counted.
    pub figures: Figures,
    /// The largest changes, the largest first.
    pub cases: Vec<LabCase>,
    /// What is strange in the draft by itself.
    pub findings: Vec<PolicyFinding>,
    pub(super) lab: Laboratory,
}

/// One change, and what it is about.
#[derive(Debug, Clone)]
pub struct LabCase {
    /// The change.
    pub change: Change,
    /// The reader, where that is known still.
    pub reader: Option<i64>,
    /// What it is about.
    pub subject: LabSubject,
}

/// What a change is about.
#[derive(Debug, Clone)]
pub enum LabSubject {
    /// An open loan.
    Loan {
        /// Its number.
        custody: i64,
        /// The loan.
        loan: LentLoan,
    },
    /// What a reader may borrow.
    Reader,
    /// A question of the log.
    Event {
        /// Its number.
        event: i64,
        /// When it was asked.
        at: Timestamp,
        /// What either policy says to it.
        judged: Box<(Judged, Judged)>,
    },
}

/// Which of the changes; nothing: all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabFilter {
    /// Better or worse for readers.
    pub side: Option<Side>,
    /// Of this kind.
    pub kind: Option<ChangeKind>,
    /// At this branch.
    pub branch: Option<BranchCode>,
    /// Of this category.
    pub category: Option<CategoryCode>,
    /// Of this document type.
    pub document: Option<DocumentCode>,
    /// By this rule or limit.
    pub rule: Option<String>,
}

impl LabFilter {
    fn takes(&self, change: &Change) -> bool {
        self.side.is_none_or(|side| side == change.side())
            && self.kind.is_none_or(|kind| kind == change.kind())
            && self.branch.is_none_or(|branch| branch == change.branch)
            && (self.category.is_none() || self.category == change.category)
            && (self.document.is_none() || self.document == change.document)
            && self
                .rule
                .as_deref()
                .is_none_or(|rule| change.rule().map(AsRef::as_ref) == Some(rule))
    }
}

impl Desk {
    /// Barcodes and titles of what cases are about, where they are about an item. One round trip.
    pub async fn lab_things<'a>(
        &self,
        cases: impl IntoIterator<Item = &'a LabCase>,
    ) -> Result<LabThings, DeskError> {
        let (mut loans, mut events) = (Vec::new(), Vec::new());
        for case in cases {
            match case.subject {
                LabSubject::Loan { custody, .. } => loans.push(custody),
                LabSubject::Event { event, .. } => events.push(event),
                LabSubject::Reader => {}
            }
        }
        let mut session = self.store.session().await?;
        Ok(session.lab_things(&loans, &events).await?)
    }
}

impl LabReport {
    /// The rules that were tried.
    pub fn tried(&self) -> &Policy {
        self.lab.after()
    }

    /// The rules that they were compared with.
    pub fn in_force(&self) -> &Policy {
        self.lab.before()
    }

    /// Whether more was counted than can be looked at one by one.
    pub fn is_cut(&self) -> bool {
        let all = self.figures.total.gains + self.figures.total.losses;
        all > self.cases.len() as u64
    }

    /// A page of the changes, each with its place; and how many there are of these.
    pub fn page(
        &self,
        filter: &LabFilter,
        skip: usize,
        most: usize,
    ) -> (usize, Vec<(usize, &LabCase)>) {
        let of_these = |(_, case): &(usize, &LabCase)| filter.takes(&case.change);
        let all = || self.cases.iter().enumerate().filter(of_these);
        (all().count(), all().skip(skip).take(most).collect())
    }

    /// The lines of either policy's trace, where the change has one.
    pub fn lines(&self, case: &LabCase, language: Language) -> (Vec<String>, Vec<String>) {
        let (before, after) = match &case.subject {
            LabSubject::Loan { loan, .. } => {
                let (before, after) = self.lab.given(loan);
                (before.trace, after.trace)
            }
            LabSubject::Event { judged, .. } => (judged.0.trace.clone(), judged.1.trace.clone()),
            LabSubject::Reader => Default::default(),
        };
        let lines = |trace: Trace, book| trace.lines(language, book);
        (
            lines(before, self.lab.book_before()),
            lines(after, self.lab.book_after()),
        )
    }
}
