//! `expected-rules.csv`: which rule gives which value.

use circulation::{Case, Parameter};

use super::{network, table};

#[test]
fn every_row_of_expected_rules() {
    let policy = network().policy;
    let rows = table("expected-rules.csv");
    for row in &rows {
        let branch = row["branch"].parse().unwrap();
        let case = Case {
            checkout: branch,
            owner: branch,
            pickup: branch,
            category: Some(row["category"].parse().unwrap()),
            document: row["document"].parse().unwrap(),
        };
        let parameter: Parameter = row["parameter"].parse().unwrap();
        let resolved = policy.resolve_value(parameter, &case);
        let value = resolved
            .value
            .as_str()
            .map_or(resolved.value.to_string(), str::to_owned);
        assert_eq!(
            (value.as_str(), resolved.rule.as_str()),
            (&*row["value"], &*row["rule"]),
            "{row:?}"
        );
        assert_eq!(resolved.branch, branch);
    }
    assert_eq!(rows.len(), 480);
}
