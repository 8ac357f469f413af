//! How large a draft may be, and what its numbers and names may look like, sound or not.

use circulation::{Parameter, ParameterValue, PolicyDocument};
use jiff::civil::Date;

/// The longest name of a draft, rule, limit or group, in characters.
pub(super) const NAME: usize = 80;
const ID: usize = 40;
const RULES: usize = 400;
const LIMITS: usize = 200;
const GROUPS: usize = 60;
const PERIODS: usize = 200;
const CODES: usize = 200;
const LEVELS: usize = 9;
/// A hundred years in days; also more than any fine in cents and any number of documents.
const MOST: u32 = 36_500;
const FIRST: Date = Date::constant(1900, 1, 1);
/// The last day that rules may name.
pub(super) const LAST: Date = Date::constant(2999, 12, 31);

/// A name that people read: something, in one line, not longer than it should be.
pub(super) fn name_fits(name: &str, most: usize) -> bool {
    !name.is_empty()
        && name.trim() == name
        && name.chars().count() <= most
        && !name.chars().any(char::is_control)
}

/// The field of a document that a draft cannot have, if any: `rule`, `limit`, …
pub(super) fn misfit(document: &PolicyDocument) -> Option<&'static str> {
    let day_fits = |day: Date| (FIRST..=LAST).contains(&day);
    let value_fits = |value: ParameterValue| match value {
        ParameterValue::Number(number) => number <= MOST,
        ParameterValue::Days(days) => {
            let days = days.as_slice();
            days.len() <= LEVELS && days.iter().all(|day| *day <= MOST)
        }
        ParameterValue::Day(day) => day_fits(day),
        ParameterValue::Flag(_) | ParameterValue::Word(_) => true,
    };
    let rules = document.rules.len() <= RULES
        && document.rules.iter().all(|rule| {
            name_fits(rule.id.as_str(), ID)
                && Parameter::ALL
                    .into_iter()
                    .filter_map(|parameter| rule.set.get(parameter))
                    .all(value_fits)
        });
    let limits = document.limits.len() <= LIMITS
        && document.limits.iter().all(|limit| {
            name_fits(limit.id.as_str(), ID)
                && limit.categories.len() <= CODES
                && limit.documents.len() <= CODES
                && limit.max_loans.is_none_or(|most| most <= MOST)
                && limit.max_holds.is_none_or(|most| most <= MOST)
        });
    let groups = document.float_groups.len() <= GROUPS
        && document
            .float_groups
            .iter()
            .all(|group| name_fits(&group.name, NAME) && group.branches.len() <= CODES);
    let periods = document.branch_periods.len() <= PERIODS
        && document
            .branch_periods
            .iter()
            .all(|period| day_fits(period.from) && day_fits(period.to));
    let roles = document.roles.values().map(Vec::len).sum::<usize>() <= 2 * Parameter::ALL.len();
    let currency = document.currency.len() == 3
        && document
            .currency
            .bytes()
            .all(|byte| byte.is_ascii_uppercase());
    [
        ("rule", rules),
        ("limit", limits),
        ("float_group", groups),
        ("branch_period", periods),
        ("roles", roles),
        ("currency", currency),
    ]
    .into_iter()
    .find_map(|(field, fits)| (!fits).then_some(field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn found(change: impl FnOnce(&mut Value)) -> Option<&'static str> {
        let mut document = json!({
            "version": 1, "effective_from": "2026-01-01", "currency": "EUR", "roles": {},
            "rule": [{ "id": "R0", "loan_days": 28, "recall_days": [7, 14] }],
            "limit": [{ "id": "L", "of": "patron", "where": "network", "max_loans": 3 }],
        });
        change(&mut document);
        misfit(&serde_json::from_value(document).unwrap())
    }

    #[test]
    fn what_people_write_fits() {
        assert_eq!(found(|_| {}), None);
        assert_eq!(found(|d| d["rule"] = json!([])), None);
    }

    #[test]
    fn what_nobody_means_does_not() {
        assert_eq!(found(|d| d["rule"][0]["id"] = json!("")), Some("rule"));
        assert_eq!(
            found(|d| d["rule"][0]["id"] = json!("R\u{0}")),
            Some("rule")
        );
        assert_eq!(
            found(|d| d["rule"][0]["loan_days"] = json!(4_000_000)),
            Some("rule")
        );
        let levels: Vec<u32> = (1..=10).collect();
        assert_eq!(
            found(|d| d["rule"][0]["recall_days"] = json!(levels)),
            Some("rule")
        );
        assert_eq!(
            found(|d| d["rule"][0]["loan_until"] = json!("9999-12-31")),
            Some("rule")
        );
        assert_eq!(
            found(|d| d["limit"][0]["max_loans"] = json!(u32::MAX)),
            Some("limit")
        );
        assert_eq!(found(|d| d["currency"] = json!("euros")), Some("currency"));
        let rules: Vec<_> = (0..401).map(|n| json!({ "id": format!("R{n}") })).collect();
        assert_eq!(found(|d| d["rule"] = json!(rules)), Some("rule"));
    }
}
