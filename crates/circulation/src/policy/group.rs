//! The thirty parameters, as people look for them.

use super::Parameter;

/// Parameters that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterGroup {
    /// What may be lent, and for how long.
    Loan,
    /// How often a loan goes on.
    Renewal,
    /// What comes of being late.
    Late,
    /// Holds.
    Hold,
    /// What is new.
    Novelty,
    /// What becomes of a returned item.
    Return,
}

impl ParameterGroup {
    /// All of them, the most looked for first.
    pub const ALL: [Self; 6] = [
        Self::Loan,
        Self::Renewal,
        Self::Late,
        Self::Hold,
        Self::Novelty,
        Self::Return,
    ];

    /// What belongs to it, the most looked for first.
    #[must_use]
    pub const fn parameters(self) -> &'static [Parameter] {
        use Parameter as P;
        match self {
            Self::Loan => &[
                P::Loanable,
                P::LoanDays,
                P::SelfCheck,
                P::DueOnClosedDay,
                P::LoanUntil,
            ],
            Self::Renewal => &[
                P::Renewals,
                P::RenewDays,
                P::RenewFrom,
                P::RenewWhenHeld,
                P::RenewOverdueMaxDays,
                P::AutoRenew,
            ],
            Self::Late => &[
                P::PredueNoticeDays,
                P::GraceDays,
                P::SuspensionDaysPerDayLate,
                P::SuspensionMaxDays,
                P::FineCentsPerDay,
                P::RecallDays,
                P::BorrowingBlockedFromRecall,
                P::TreasuryAfterDays,
            ],
            Self::Hold => &[
                P::Holdable,
                P::HoldOnShelf,
                P::HoldQueueMax,
                P::HoldShelfOpenDays,
                P::HoldExpiresDays,
            ],
            Self::Novelty => &[
                P::NoveltyDays,
                P::NoveltyLoanDays,
                P::NoveltyRenewals,
                P::NoveltyLeavesBranch,
            ],
            Self::Return => &[P::ReturnsTo, P::CheckedByStaff],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_parameter_belongs_to_one_group() {
        let grouped: Vec<_> = ParameterGroup::ALL
            .into_iter()
            .flat_map(|group| group.parameters().iter().copied())
            .collect();
        assert_eq!(grouped.len(), Parameter::ALL.len());
        let once: BTreeSet<_> = grouped.into_iter().collect();
        assert_eq!(once.len(), Parameter::ALL.len());
    }
}
