//! A clause, by the nature of what it asks in.

use query::{AccessPoint, Clause, Nature, Relation};

use super::{Plan, Planner};
use crate::QuestionError;

/// What any standard number may be.
const STANDARD_NUMBERS: &[AccessPoint] = &[
    AccessPoint::Isbn,
    AccessPoint::Issn,
    AccessPoint::Ean,
    AccessPoint::PublisherNumber,
];

impl<'a> Planner<'a> {
    pub(super) fn clause(&self, clause: &Clause) -> Result<Plan<'a>, QuestionError> {
        if clause.relation == Relation::NotEqual {
            let equal = clause.clone().relation(Relation::Equal);
            return Ok(self.clause(&equal)?.complement());
        }
        if clause.access == AccessPoint::StandardNumber {
            let kinds = STANDARD_NUMBERS.iter().map(|access| {
                let clause = Clause {
                    access: *access,
                    ..clause.clone()
                };
                self.clause(&clause)
            });
            return Ok(Plan::any_of(kinds.collect::<Result<Vec<_>, _>>()?));
        }
        match clause.access.nature() {
            Nature::Words => self.text(clause),
            Nature::Exact | Nature::Identifier => self.code(clause),
            Nature::Number => self.number(clause),
            Nature::Date => self.date(clause),
        }
    }
}
