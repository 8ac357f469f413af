//! A run: everything read in pieces, in one snapshot, and counted.

use std::{
    collections::HashMap,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use circulation::{
    Borrowing, Change, Judged, Laboratory, NotKept, OpenLoan, Policy, Refusal, Replayed, Tally,
    What, Whose,
};
use jiff::{SignedDuration, Timestamp, Zoned};
use store::{LabEvent, LabLoan, Snapshot};

use super::{
    bench::{Counter, LabAsk},
    report::{CASES, LabCase, LabReport, LabSubject},
};
use crate::{Desk, DeskError, request::local_day};

/// The longest that one statement of a run may take.
const STATEMENT: Duration = Duration::from_secs(20);
/// The longest that a run may take.
const LONGEST: Duration = Duration::from_secs(300);

pub(super) async fn run(
    desk: &Arc<Desk>,
    ask: &LabAsk,
    policy: Policy,
    at: &Zoned,
    counter: &Counter,
) -> Result<LabReport, DeskError> {
    let began = Instant::now();
    let mut snapshot = desk.store.snapshot(STATEMENT).await?;
    let book = desk.rulebook_at(snapshot.rulebook_version().await?).await?;
    let today = local_day(at);
    let before = book.policy_on(today).ok_or_else(|| {
        DeskError::Internal(format!(
            "no policy is in force on {today}: nothing to compare with"
        ))
    })?;
    let lab = Laboratory::new(&book, before, &policy, today)
        .map_err(|error| DeskError::Internal(error.to_string()))?;
    let from = at
        .timestamp()
        .saturating_sub(SignedDuration::from_hours(24 * i64::from(ask.days)))
        .unwrap_or(at.timestamp());
    let mut work = Work {
        lab,
        branch: ask.branch,
        tally: Tally::default(),
        cases: Vec::new(),
    };
    let in_time = || match began.elapsed() < LONGEST {
        true => Ok(()),
        false => Err(DeskError::Unavailable(
            "trying a draft took too long".into(),
        )),
    };
    let mut last = 0;
    while let Some((household, loans)) = snapshot.lab_loans(last, at.time_zone()).await? {
        in_time()?;
        last = household;
        work = work.on(move |work| work.loans(&loans)).await?;
        counter.loans.store(work.tally.loans, Ordering::Relaxed);
    }
    work = events(snapshot, work, from, at, &in_time, counter).await?;
    work.cut(CASES);
    Ok(LabReport {
        ask: ask.clone(),
        against: work.lab.before().version,
        at: at.clone(),
        from,
        took: began.elapsed(),
        figures: work.tally.figures(),
        cases: work.cases,
        findings: policy.check(&book.known_codes()),
        lab: work.lab,
    })
}

async fn events(
    mut snapshot: Snapshot,
    mut work: Work,
    from: Timestamp,
    at: &Zoned,
    in_time: &impl Fn() -> Result<(), DeskError>,
    counter: &Counter,
) -> Result<Work, DeskError> {
    let changed = Arc::new(snapshot.lab_changed_readers(from).await?);
    // What happens at this very moment is in it.
    let until = at
        .timestamp()
        .saturating_add(SignedDuration::from_micros(1));
    let until = until.unwrap_or(at.timestamp());
    let mut after = (from, 0);
    loop {
        in_time()?;
        let events = snapshot.lab_events(after, until, at.time_zone()).await?;
        let Some(last) = events.last() else {
            return Ok(work);
        };
        after = (last.at, last.id);
        let changed = changed.clone();
        work = work.on(move |work| work.events(events, &changed)).await?;
        counter.events.store(work.tally.events, Ordering::Relaxed);
    }
}

struct Work {
    lab: Laboratory,
    branch: Option<circulation::BranchCode>,
    tally: Tally,
    cases: Vec<LabCase>,
}

impl Work {
    /// Away from the threads that serve.
    async fn on(
        mut self,
        piece: impl FnOnce(&mut Self) + Send + 'static,
    ) -> Result<Self, DeskError> {
        tokio::task::spawn_blocking(move || {
            piece(&mut self);
            self
        })
        .await
        .map_err(|error| DeskError::Internal(format!("a draft was not tried to its end: {error}")))
    }

    fn loans(&mut self, loans: &[LabLoan]) {
        for one in loans {
            let (changes, not_kept) = self.lab.loan(&one.loan);
            self.tally.loans += 1;
            if let Some(why) = not_kept {
                self.tally.add_not_kept(why);
            }
            for change in changes {
                let subject = LabSubject::Loan {
                    custody: one.custody,
                    loan: one.loan,
                };
                self.add(change, Some(one.patron), subject);
            }
        }
        for household in loans.chunk_by(|one, other| one.household == other.household) {
            for own in household.chunk_by(|one, other| one.patron == other.patron) {
                self.tally.readers += 1;
                let Some(first) = own.first() else { continue };
                let borrowing = borrowing(first, household);
                for change in self.lab.reader(&borrowing) {
                    self.add(change, Some(first.patron), LabSubject::Reader);
                }
            }
        }
    }

    fn events(&mut self, events: Vec<LabEvent>, changed: &HashMap<i64, Timestamp>) {
        for event in events {
            self.tally.events += 1;
            let Some(mut facts) = event.facts else {
                self.tally.add_not_kept(NotKept::Body);
                continue;
            };
            let since = event.patron.and_then(|patron| changed.get(&patron));
            let same_file = since.is_none_or(|changed| *changed < event.at);
            facts.category = event.category_today.filter(|_| same_file);
            match self.lab.event(&facts) {
                Replayed::Same => {}
                Replayed::Not(why) => self.tally.add_not_kept(why),
                Replayed::Changed(change) => {
                    let Ok(Some(judged)) = self.lab.judged(&facts) else {
                        continue;
                    };
                    if facts.done && event.open && told_by_the_loan(&change, &judged) {
                        continue;
                    }
                    let subject = LabSubject::Event {
                        event: event.id,
                        at: event.at,
                        judged: Box::new(judged),
                    };
                    self.add(change, event.patron, subject);
                }
            }
        }
    }

    fn add(&mut self, change: Change, reader: Option<i64>, subject: LabSubject) {
        if self.branch.is_some_and(|branch| branch != change.branch) {
            return;
        }
        self.tally.add(&change, reader);
        self.cases.push(LabCase {
            change,
            reader,
            subject,
        });
        if self.cases.len() >= 2 * CASES {
            self.cut(CASES);
        }
    }

    /// Keeps the largest.
    fn cut(&mut self, most: usize) {
        self.cases.sort_by_key(|case| {
            let change = &case.change;
            let number = match &case.subject {
                LabSubject::Loan { custody, .. } => *custody,
                LabSubject::Event { event, .. } => *event,
                LabSubject::Reader => case.reader.unwrap_or_default(),
            };
            (std::cmp::Reverse(change.weight()), change.kind(), number)
        });
        self.cases.truncate(most);
    }
}

/// Whether the open loan says the same: its due date, or that it could not be made.
fn told_by_the_loan(change: &Change, judged: &(Judged, Judged)) -> bool {
    let by_rule = |judged: &Judged| {
        let first = judged.refusals.first();
        matches!(first, Some(Refusal::NotLoanable { .. }))
    };
    match change.what {
        What::AnswerDue { .. } => true,
        What::Answer { .. } => by_rule(&judged.0) || by_rule(&judged.1),
        _ => false,
    }
}

/// What a reader's limits look at.
fn borrowing(reader: &LabLoan, household: &[LabLoan]) -> Borrowing {
    let loans = household.iter().map(|one| OpenLoan {
        whose: match one.patron == reader.patron {
            true => Whose::Reader,
            false => Whose::Household,
        },
        checkout: one.loan.checkout,
        owner: one.loan.owner,
        category: one.loan.category,
        document: one.loan.document,
        new: one.loan.new,
        due: one.due,
    });
    Borrowing {
        category: reader.category,
        home: reader.home,
        loans: loans.collect(),
    }
}
