//! Rules as programs read and write them: the shape of `rules.toml`, as JSON.

use std::collections::BTreeMap;

use circulation::{
    BranchPeriod, FloatGroup, Language, Limit, Parameter, PolicyDocument, Role, Rule,
};
use desk::Desk;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::refusal::Told;

/// The network’s rules, as `rules.toml` has them, without a number and a day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    /// ISO 4217 code of the currency that cents are counted in.
    #[schema(example = "EUR")]
    currency: String,
    /// Whose branch a rule’s `branch` means, for each parameter: `checkout`, `owner` or `pickup`.
    #[schema(value_type = Object)]
    roles: BTreeMap<Role, Vec<Parameter>>,
    /// The rules: `id`, what each is for (`branch`, `category`, `document`; any if left out), and the parameters that it
    /// sets.
    #[schema(value_type = Vec<Object>)]
    rule: Vec<Rule>,
    /// The limits: `id`, `of`, `where`, what each is for, and `max_loans`, `max_holds` or both.
    #[schema(value_type = Vec<Object>, required = false)]
    #[serde(default)]
    limit: Vec<Limit>,
    /// Branches that share their stock: `name`, `branches`.
    #[schema(value_type = Vec<Object>, required = false)]
    #[serde(default)]
    float_group: Vec<FloatGroup>,
    /// Times in which a branch is moving: `branch`, `from`, `to`, `pickup`, `due`.
    #[schema(value_type = Vec<Object>, required = false)]
    #[serde(default)]
    branch_period: Vec<BranchPeriod>,
}

impl From<PolicyDocument> for Rules {
    fn from(document: PolicyDocument) -> Self {
        Self {
            currency: document.currency,
            roles: document.roles,
            rule: document.rules,
            limit: document.limits,
            float_group: document.float_groups,
            branch_period: document.branch_periods,
        }
    }
}

impl Rules {
    /// As a draft has them: number and day are given by its publication.
    pub(super) fn document(self) -> PolicyDocument {
        PolicyDocument {
            version: 0,
            effective_from: Date::constant(2000, 1, 1),
            currency: self.currency,
            roles: self.roles,
            rules: self.rule,
            limits: self.limit,
            float_groups: self.float_group,
            branch_periods: self.branch_period,
        }
    }
}

/// Something found in rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Finding {
    /// `error`: they cannot be used; `warning`: probably not what was meant; `note`: worth knowing.
    #[schema(example = "warning")]
    severity: &'static str,
    /// The rule or limit that it is about, by its id, where it is about one.
    about: Option<String>,
    /// What is the matter, and what to do.
    text: Told,
}

/// Findings, said in both languages.
pub(super) fn findings(
    desk: &Desk,
    document: &PolicyDocument,
    found: &[circulation::PolicyFinding],
) -> Vec<Finding> {
    let book = desk.rulebook();
    let said = |finding: &circulation::PolicyFinding| Finding {
        severity: match finding.severity() {
            circulation::Severity::Error => "error",
            circulation::Severity::Warning => "warning",
            circulation::Severity::Note => "note",
        },
        about: finding.about().map(str::to_owned),
        text: Told {
            fr: finding.sentence(Language::French, document, &book),
            en: finding.sentence(Language::English, document, &book),
        },
    };
    found.iter().map(said).collect()
}

/// Changes, said in both languages.
pub(super) fn changes(desk: &Desk, changed: &[circulation::PolicyChange]) -> Vec<Told> {
    let book = desk.rulebook();
    let said = |change: &circulation::PolicyChange| Told {
        fr: change.sentence(Language::French, &book),
        en: change.sentence(Language::English, &book),
    };
    changed.iter().map(said).collect()
}
