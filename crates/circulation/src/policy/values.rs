//! The kinds of value that parameters take.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `due_on_closed_day`: what happens to a due date on which the branch is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueOnClosedDay {
    /// It moves to the next day that the branch opens.
    NextOpen,
    /// It stays.
    Keep,
}

/// `renew_from`: the day that a renewal counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RenewFrom {
    /// The present due date.
    DueDate,
    /// The day of the renewal.
    Today,
}

/// `returns_to`: where a returned item goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnsTo {
    /// Home to its owner.
    Owner,
    /// It stays in any branch of its owner's float group, else goes home.
    FloatGroup,
    /// It stays where it was returned.
    Stay,
}

/// `loan_until`: a fixed day on which loans fall due; an empty text in a rule means none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct LoanUntil(pub Option<Date>);

impl Serialize for LoanUntil {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(day) => day.serialize(serializer),
            None => serializer.serialize_str(""),
        }
    }
}

impl<'de> Deserialize<'de> for LoanUntil {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        if text.is_empty() {
            return Ok(Self(None));
        }
        text.parse()
            .map(|day| Self(Some(day)))
            .map_err(D::Error::custom)
    }
}

/// `recall_days`: days after the due date on which each recall level is reached.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RecallDays(Arc<[u32]>);

impl RecallDays {
    /// The days of level 1, level 2 and so on.
    #[must_use]
    pub fn as_slice(&self) -> &[u32] {
        &self.0
    }
}

impl<const N: usize> From<[u32; N]> for RecallDays {
    fn from(days: [u32; N]) -> Self {
        Self(Arc::from(days))
    }
}

impl Serialize for RecallDays {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RecallDays {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<u32>::deserialize(deserializer).map(|days| Self(days.into()))
    }
}

/// The value of any parameter, as traces keep and print it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ParameterValue {
    /// Yes or no.
    Flag(bool),
    /// Days, times or cents.
    Number(u32),
    /// Days of several levels.
    Days(RecallDays),
    /// A fixed day.
    Day(Date),
    /// One of a few words.
    Word(Cow<'static, str>),
}

impl fmt::Display for ParameterValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => flag.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Word(word) if word.is_empty() => f.write_str("\"\""),
            Self::Word(word) => word.fmt(f),
            Self::Days(days) => {
                for (place, day) in days.as_slice().iter().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    write!(f, "{comma}{day}")?;
                }
                Ok(())
            }
        }
    }
}

impl From<bool> for ParameterValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u8> for ParameterValue {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl From<u16> for ParameterValue {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for ParameterValue {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

impl From<RecallDays> for ParameterValue {
    fn from(days: RecallDays) -> Self {
        Self::Days(days)
    }
}

impl From<LoanUntil> for ParameterValue {
    fn from(until: LoanUntil) -> Self {
        until.0.map_or(Self::Word(Cow::Borrowed("")), Self::Day)
    }
}

impl From<DueOnClosedDay> for ParameterValue {
    fn from(value: DueOnClosedDay) -> Self {
        Self::Word(Cow::Borrowed(match value {
            DueOnClosedDay::NextOpen => "next_open",
            DueOnClosedDay::Keep => "keep",
        }))
    }
}

impl From<RenewFrom> for ParameterValue {
    fn from(value: RenewFrom) -> Self {
        Self::Word(Cow::Borrowed(match value {
            RenewFrom::DueDate => "due_date",
            RenewFrom::Today => "today",
        }))
    }
}

impl From<ReturnsTo> for ParameterValue {
    fn from(value: ReturnsTo) -> Self {
        Self::Word(Cow::Borrowed(match value {
            ReturnsTo::Owner => "owner",
            ReturnsTo::FloatGroup => "float_group",
            ReturnsTo::Stay => "stay",
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn values_read_back_from_json() {
        let values = [
            (ParameterValue::from(true), "true"),
            (ParameterValue::from(28_u32), "28"),
            (ParameterValue::from(RecallDays::from([14, 28])), "[14,28]"),
            (
                ParameterValue::from(LoanUntil(Some(date(2026, 8, 31)))),
                "\"2026-08-31\"",
            ),
            (ParameterValue::from(LoanUntil(None)), "\"\""),
            (
                ParameterValue::from(ReturnsTo::FloatGroup),
                "\"float_group\"",
            ),
        ];
        for (value, json) in values {
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
            assert_eq!(serde_json::from_str::<ParameterValue>(json).unwrap(), value);
        }
    }

    #[test]
    fn words_are_the_same_in_traces_and_rules() {
        let same = |value: ParameterValue, json: String| {
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
        };
        for value in [DueOnClosedDay::NextOpen, DueOnClosedDay::Keep] {
            same(value.into(), serde_json::to_string(&value).unwrap());
        }
        for value in [RenewFrom::DueDate, RenewFrom::Today] {
            same(value.into(), serde_json::to_string(&value).unwrap());
        }
        for value in [ReturnsTo::Owner, ReturnsTo::FloatGroup, ReturnsTo::Stay] {
            same(value.into(), serde_json::to_string(&value).unwrap());
        }
    }

    #[test]
    fn an_empty_loan_until_means_none() {
        assert_eq!(
            serde_json::from_str::<LoanUntil>("\"\"").unwrap(),
            LoanUntil(None)
        );
        assert!(serde_json::from_str::<LoanUntil>("\"soon\"").is_err());
    }
}
