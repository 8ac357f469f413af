//! What of a draft a member of staff may change.

use circulation::{BranchCode, PolicyDocument, Rule};

use crate::{Action, Member};

/// What a member of staff may change in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everything: they change the rules of the network.
    Network,
    /// Rules that name this branch.
    Branch(BranchCode),
}

impl Scope {
    pub(super) fn of(member: &Member) -> Self {
        match member.may_everywhere(Action::Policy) {
            true => Self::Network,
            false => Self::Branch(member.branch()),
        }
    }

    /// Whether all that is other in a document lies within it.
    pub(super) fn allows(self, before: &PolicyDocument, after: &PolicyDocument) -> bool {
        let Self::Branch(branch) = self else {
            return true;
        };
        // Compared without the branch's own rules, in their order: ids may be given twice in a draft, so that nothing
        // can be told by them.
        others(before, branch).eq(others(after, branch))
            && before.currency == after.currency
            && before.roles == after.roles
            && before.limits == after.limits
            && before.float_groups == after.float_groups
            && before.branch_periods == after.branch_periods
    }
}

fn others(document: &PolicyDocument, branch: BranchCode) -> impl Iterator<Item = &Rule> {
    let other = move |rule: &&Rule| rule.branch != Some(branch);
    document.rules.iter().filter(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn document(change: impl FnOnce(&mut Value)) -> PolicyDocument {
        let mut document = json!({
            "version": 1, "effective_from": "2026-01-01", "currency": "EUR", "roles": {},
            "rule": [
                { "id": "R0", "loan_days": 28 },
                { "id": "X", "branch": "LENS", "loan_days": 14 },
                { "id": "Y", "branch": "VIMY", "loan_days": 14 },
            ],
            "limit": [{ "id": "L", "of": "patron", "where": "checkout", "branch": "LENS", "max_loans": 3 }],
        });
        change(&mut document);
        serde_json::from_value(document).unwrap()
    }

    fn at_lens(change: impl FnOnce(&mut Value)) -> bool {
        let (before, after) = (document(|_| {}), document(change));
        assert!(Scope::Network.allows(&before, &after));
        Scope::Branch("LENS".parse().unwrap()).allows(&before, &after)
    }

    #[test]
    fn a_branch_changes_rules_that_name_it() {
        assert!(at_lens(|_| {}));
        assert!(at_lens(|d| d["rule"][1]["loan_days"] = json!(21)));
        assert!(at_lens(|d| {
            d["rule"].as_array_mut().unwrap().remove(1);
        }));
        assert!(at_lens(|d| d["rule"].as_array_mut().unwrap().insert(
            0,
            json!({ "id": "Z", "branch": "LENS", "document": "DVD", "renewals": 0 })
        )));
    }

    #[test]
    fn and_nothing_else() {
        assert!(!at_lens(|d| d["rule"][0]["loan_days"] = json!(21)));
        assert!(!at_lens(|d| d["rule"][2]["loan_days"] = json!(21)));
        // A rule is neither taken from another branch nor given to one.
        assert!(!at_lens(|d| d["rule"][2]["branch"] = json!("LENS")));
        assert!(!at_lens(|d| d["rule"][1]["branch"] = json!("VIMY")));
        assert!(!at_lens(|d| d["rule"][1]["branch"] = json!("*")));
        // A second rule of the same id is another rule.
        assert!(!at_lens(|d| d["rule"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "id": "R0", "loan_days": 28 }))));
        assert!(!at_lens(|d| d["limit"][0]["max_loans"] = json!(30)));
        assert!(!at_lens(|d| d["roles"] = json!({ "owner": ["loan_days"] })));
        assert!(!at_lens(
            |d| d["float_group"] = json!([{ "name": "G", "branches": ["LENS"] }])
        ));
        assert!(!at_lens(
            |d| d["branch_period"] =
                json!([{ "branch": "LENS", "from": "2026-03-01", "to": "2026-03-02" }])
        ));
        assert!(!at_lens(|d| d["currency"] = json!("CHF")));
    }
}
