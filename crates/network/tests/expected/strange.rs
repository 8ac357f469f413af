//! What the lint points at in the network's own rules.

use circulation::Severity;

use super::network;

#[test]
fn the_two_poles_hide_the_rule_of_e_readers_and_nothing_else_is_amiss() {
    let findings = network().findings();
    let of = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity() == severity)
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Severity::Error), [""; 0]);
    let hides = |exception| {
        format!(
            "returns_to: {exception} (float_group) hides R-LIS (owner), because branch comes first \
             when both name equally many things; if that is not meant, add a rule that names both"
        )
    };
    assert_eq!(of(Severity::Warning), [hides("X-LIGA"), hides("X-LIDE")]);
    let repeats = "novelty_leaves_branch = false of R-JSO changes nothing: without it the value is \
                   the same";
    assert!(of(Severity::Note).iter().any(|note| note == repeats));
}
