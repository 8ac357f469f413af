//! Everything that decisions are made under, in one immutable value.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::policy::{KnownCodes, Policy};

/// The network's rules, calendar and vocabulary. Build it once, share it, replace it whole.
#[derive(Debug, Clone, Default)]
pub struct Rulebook {
    /// Every known version of the policy, in any order.
    pub policies: Vec<Policy>,
    /// When branches are open.
    pub calendar: Calendar,
    /// The branches, by code.
    pub branches: BTreeMap<BranchCode, Branch>,
    /// The patron categories, by code.
    pub categories: BTreeMap<CategoryCode, Category>,
    /// The document types, by code.
    pub documents: BTreeMap<DocumentCode, DocumentType>,
}

impl Rulebook {
    /// The policy in force on a day: the latest `effective_from` that is not after it, and of
    /// two that begin on the same day the higher version. `None` before the first policy.
    #[must_use]
    pub fn policy_on(&self, day: Date) -> Option<&Policy> {
        self.policies
            .iter()
            .filter(|policy| policy.effective_from <= day)
            .max_by_key(|policy| (policy.effective_from, policy.version))
    }

    /// The codes that rules may name.
    #[must_use]
    pub fn known_codes(&self) -> KnownCodes {
        KnownCodes {
            branches: self.branches.keys().copied().collect(),
            categories: self.categories.keys().copied().collect(),
            documents: self.documents.keys().copied().collect(),
        }
    }
}

/// A branch, as far as decisions and their texts need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// Its stable code.
    pub code: BranchCode,
    /// Its name for people.
    pub name: String,
}

/// A patron category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its stable code.
    pub code: CategoryCode,
    /// Its name for people.
    pub label: String,
    /// Who holds such a card.
    pub kind: CategoryKind,
    /// The youngest age, in whole years, at which the card is given.
    pub min_age: Option<u8>,
    /// The oldest age, in whole years, at which the card is given.
    pub max_age: Option<u8>,
    /// How many months a card of this category is valid.
    pub card_months: u16,
    /// Whether somebody must answer for the holder.
    pub guarantor: GuarantorNeed,
    /// The only audience whose documents the holder may borrow, if limited.
    pub audience_limit: Option<Audience>,
    /// Where this category comes from, for those who maintain the list.
    pub origin: String,
}

/// Who holds a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CategoryKind {
    /// One person.
    Person,
    /// A class, a nursery, a home.
    Group,
    /// Another library.
    Institution,
}

/// Whether a category needs somebody who answers for the holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuarantorNeed {
    /// Nobody.
    No,
    /// Always a guardian.
    Yes,
    /// A guardian, while the holder is under eighteen. An unknown birth date is not taken for
    /// a minor's: adults with an incomplete record would be turned away.
    IfMinor,
    /// A person responsible for the group is named.
    Contact,
}

/// Whom a document is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Children and young people (*jeunesse*).
    Youth,
    /// Adults.
    Adult,
    /// The record does not say.
    Unknown,
}

/// A document type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentType {
    /// Its stable code.
    pub code: DocumentCode,
    /// Its name for people.
    pub label: String,
    /// SIP2 field CK (media type), three digits.
    pub sip2_media_type: String,
    /// UNIMARC record label, position 6: type of record.
    pub unimarc_ldr06: char,
    /// UNIMARC record label, position 7: bibliographic level.
    pub unimarc_ldr07: char,
    /// Recommandation 995 $r: document and carrier.
    pub unimarc_995r: String,
    /// Candidate for the ISO 28560 media format element.
    pub onix_product_form: String,
    /// How many parts to expect (RFID set information).
    pub usual_parts: u8,
    /// What a new item of this type is taken for, before any rule is asked.
    pub loanable_by_default: bool,
    /// A remark for those who maintain the list.
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::bare;
    use jiff::civil::date;

    fn version(version: i32, from: &str) -> Policy {
        let mut document = bare();
        document["version"] = version.into();
        document["effective_from"] = from.into();
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn the_latest_policy_that_has_begun_is_in_force() {
        let book = Rulebook {
            policies: vec![
                version(3, "2026-06-01"),
                version(1, "2026-01-01"),
                version(2, "2026-03-01"),
                version(4, "2026-03-01"),
            ],
            ..Rulebook::default()
        };
        let on = |day| book.policy_on(day).map(|policy| policy.version);
        assert_eq!(on(date(2025, 12, 31)), None);
        assert_eq!(on(date(2026, 1, 1)), Some(1));
        assert_eq!(on(date(2026, 3, 1)), Some(4));
        assert_eq!(on(date(2026, 5, 31)), Some(4));
        assert_eq!(on(Date::MAX), Some(3));
    }
}
