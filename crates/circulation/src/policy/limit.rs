//! Limits: not chosen like rules, all that apply must hold.

use serde::{Deserialize, Serialize};

use super::RuleId;
use crate::codes::{BranchCode, CategoryCode, DocumentCode};

/// How much of something a reader or household may have at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Its name in traces and texts.
    pub id: RuleId,
    /// Whose loans or holds are counted.
    pub of: Whom,
    /// Over which branches they are counted.
    #[serde(rename = "where")]
    pub over: Over,
    /// Applies to readers of these categories only; all if empty. It then counts every loan,
    /// whatever the category it was made under.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryCode>,
    /// Applies to these document types, and counts only them; all if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DocumentCode>,
    /// Applies at this branch only, in the role that `where` gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<BranchCode>,
    /// `true`: applies to, and counts, what was lent while new, and holds that only new items
    /// could serve; `false`: the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub novelty: Option<bool>,
    /// The most loans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_loans: Option<u32>,
    /// The most holds (waiting, captured and ready together). With `where = "owner"` it says
    /// nothing: a hold is not yet for one owner's item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_holds: Option<u32>,
}

/// Whose loans or holds a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// The reader's own.
    Patron,
    /// Everyone's of the household together.
    Household,
}

impl Whom {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Patron, Self::Household];
}

/// Over which branches a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// All together.
    Network,
    /// Those lent at the branch of this loan, or to be collected at the pickup branch of this hold.
    Checkout,
    /// Those owned by the owner of this item.
    Owner,
}

impl Over {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Network, Self::Checkout, Self::Owner];
}

impl Limit {
    /// Whether it may count for such a reader, document and branch: the branch in the role that `where` gives.
    #[must_use]
    pub fn concerns(
        &self,
        branch: BranchCode,
        category: CategoryCode,
        document: DocumentCode,
    ) -> bool {
        (self.categories.is_empty() || self.categories.contains(&category))
            && (self.documents.is_empty() || self.documents.contains(&document))
            && self.branch.is_none_or(|named| named == branch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{branch, category, document};
    use serde_json::json;

    #[test]
    fn a_limit_concerns_what_it_names_or_everything() {
        let limit = |more: serde_json::Value| -> Limit {
            let mut made =
                json!({ "id": "L", "of": "patron", "where": "checkout", "max_loans": 1 });
            made.as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            serde_json::from_value(made).unwrap()
        };
        let concerns =
            |more| limit(more).concerns(branch("LENS"), category("ADU"), document("DVD"));
        assert!(concerns(json!({})));
        assert!(concerns(
            json!({ "branch": "LENS", "categories": ["ADU", "ENF"], "documents": ["DVD"] })
        ));
        assert!(!concerns(json!({ "branch": "VIMY" })));
        assert!(!concerns(json!({ "categories": ["ENF"] })));
        assert!(!concerns(json!({ "documents": ["LIV"] })));
    }
}
