//! What the lint points at in the network's own rules.

use circulation::Severity;

use super::network;

#[test]
fn the_network_s_rules_have_no_errors() {
    let findings = network().findings();
    for finding in &findings {
        println!("{:?}: {finding}", finding.severity());
    }
    assert!(
        findings
            .iter()
            .all(|finding| finding.severity() != Severity::Error)
    );
}
