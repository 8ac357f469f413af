//! The thirty parameters, in one table: name, type, meaning.
//!
//! The table makes the enum of names, the struct that a rule carries and the typed questions
//! that a [`Policy`] answers, so that none of the three can forget one.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::values::{DueOnClosedDay, LoanUntil, ParameterValue, RecallDays, RenewFrom, ReturnsTo};
use super::{Case, Policy, Resolved};

macro_rules! parameters {
    ($($(#[$doc:meta])+ $field:ident: $variant:ident = $type:ty,)+) => {
        /// The name of one thing that rules can set.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Parameter {
            $($(#[$doc])+ $variant,)+
        }

        impl Parameter {
            /// Every parameter, in the order of the table.
            pub const ALL: [Self; [$(stringify!($field)),+].len()] = [$(Self::$variant),+];

            /// Its name in the rules.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => stringify!($field),)+
                }
            }
        }

        /// What one rule sets; what it leaves out is up to the next rule.
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct Parameters {
            $($(#[$doc])+ pub $field: Option<$type>,)+
        }

        impl Parameters {
            /// The value of one parameter, if it is set.
            #[must_use]
            pub fn get(&self, parameter: Parameter) -> Option<ParameterValue> {
                match parameter {
                    $(Parameter::$variant => self.$field.clone().map(ParameterValue::from),)+
                }
            }

            /// Whether one parameter is set.
            #[must_use]
            pub const fn sets(&self, parameter: Parameter) -> bool {
                match parameter {
                    $(Parameter::$variant => self.$field.is_some(),)+
                }
            }

            pub(super) fn read<'de, A: MapAccess<'de>>(
                &mut self,
                parameter: Parameter,
                map: &mut A,
            ) -> Result<(), A::Error> {
                match parameter {
                    $(Parameter::$variant => self.$field = Some(map.next_value()?),)+
                }
                Ok(())
            }
        }

        impl Policy {
            $(
                $(#[$doc])+
                #[must_use]
                pub fn $field(&self, case: &Case) -> Resolved<$type> {
                    self.resolve(Parameter::$variant, case, |set| set.$field.clone())
                }
            )+
        }
    };
}

parameters! {
    /// Whether it may be lent at all.
    loanable: Loanable = bool,
    /// Whether it may be lent at a machine.
    self_check: SelfCheck = bool,
    /// Whether a person must look at it when it comes back.
    checked_by_staff: CheckedByStaff = bool,
    /// The length of a loan, in days.
    loan_days: LoanDays = u32,
    /// A fixed day on which loans fall due, instead of the length.
    loan_until: LoanUntil = LoanUntil,
    /// What happens to a due date on which the branch is closed.
    due_on_closed_day: DueOnClosedDay = DueOnClosedDay,
    /// How often a loan may be renewed.
    renewals: Renewals = u16,
    /// The length of a renewal, in days.
    renew_days: RenewDays = u32,
    /// The day that a renewal counts from.
    renew_from: RenewFrom = RenewFrom,
    /// Whether it may be renewed while somebody waits for it.
    renew_when_held: RenewWhenHeld = bool,
    /// How many days late a loan may be and still be renewed.
    renew_overdue_max_days: RenewOverdueMaxDays = u32,
    /// Whether loans are renewed without being asked.
    auto_renew: AutoRenew = bool,
    /// Days late that have no consequence.
    grace_days: GraceDays = u32,
    /// Days of suspension for each day late.
    suspension_days_per_day_late: SuspensionDaysPerDayLate = u32,
    /// The longest suspension, in days.
    suspension_max_days: SuspensionMaxDays = u32,
    /// The fine for each day late, in cents.
    fine_cents_per_day: FineCentsPerDay = u32,
    /// Days after the due date on which each recall level is reached.
    recall_days: RecallDays = RecallDays,
    /// How many days before the due date a reminder goes out.
    predue_notice_days: PredueNoticeDays = u32,
    /// Days after the due date from which the treasury work list has the loan.
    treasury_after_days: TreasuryAfterDays = u32,
    /// The recall level from which the reader may borrow no more; 0 means never.
    borrowing_blocked_from_recall: BorrowingBlockedFromRecall = u8,
    /// The longest loan of a new item, in days.
    novelty_loan_days: NoveltyLoanDays = u32,
    /// The most renewals of a loan made while new.
    novelty_renewals: NoveltyRenewals = u16,
    /// Whether it may be held.
    holdable: Holdable = bool,
    /// Whether it may be held while it stands on a shelf.
    hold_on_shelf: HoldOnShelf = bool,
    /// With this many holds waiting no further one is taken.
    hold_queue_max: HoldQueueMax = u32,
    /// Days after which a hold that was not served lapses.
    hold_expires_days: HoldExpiresDays = u32,
    /// How long an item is new, in days from its first day in service.
    novelty_days: NoveltyDays = u32,
    /// Whether a new item serves holds for pickup at other branches than its owner.
    novelty_leaves_branch: NoveltyLeavesBranch = bool,
    /// Where a returned item goes.
    returns_to: ReturnsTo = ReturnsTo,
    /// How many open days of the pickup branch an item waits on the hold shelf.
    hold_shelf_open_days: HoldShelfOpenDays = u32,
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Parameter {
    type Err = UnknownParameter;

    fn from_str(text: &str) -> Result<Self, UnknownParameter> {
        Self::ALL
            .into_iter()
            .find(|parameter| parameter.name() == text)
            .ok_or_else(|| UnknownParameter(text.to_owned()))
    }
}

/// A name that is not one of the thirty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a parameter of rules: check its spelling")]
pub struct UnknownParameter(pub String);

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Parameter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = Parameter;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a parameter")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Parameter, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Name)
    }
}

impl Serialize for Parameters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for parameter in Parameter::ALL {
            if let Some(value) = self.get(parameter) {
                map.serialize_entry(parameter.name(), &value)?;
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Parameters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Settings;
        impl<'de> Visitor<'de> for Settings {
            type Value = Parameters;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("parameters and their values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parameters, A::Error> {
                let mut set = Parameters::default();
                while let Some(parameter) = map.next_key::<Parameter>()? {
                    set.read(parameter, &mut map)?;
                }
                Ok(set)
            }
        }
        deserializer.deserialize_map(Settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::bare;

    #[test]
    fn there_are_thirty_and_each_is_known_by_its_name() {
        assert_eq!(Parameter::ALL.len(), 30);
        for (place, parameter) in Parameter::ALL.into_iter().enumerate() {
            assert_eq!(parameter as usize, place);
            assert_eq!(parameter.name().parse(), Ok(parameter));
        }
    }

    #[test]
    fn a_misspelt_parameter_is_an_error() {
        let error = serde_json::from_str::<Parameters>(r#"{"renewls": 2}"#).unwrap_err();
        assert!(error.to_string().contains("renewls"), "{error}");
        let rule = r#"{"id": "R1", "renewls": 2}"#;
        assert!(serde_json::from_str::<crate::Rule>(rule).is_err());
    }

    #[test]
    fn what_a_rule_sets_reads_back_as_written() {
        let root = &bare()["rule"][0];
        let rule: crate::Rule = serde_json::from_value(root.clone()).unwrap();
        assert!(
            Parameter::ALL
                .into_iter()
                .all(|parameter| rule.set.sets(parameter))
        );
        assert_eq!(&serde_json::to_value(&rule).unwrap(), root);
    }
}
