//! `relire policy …`: rules, checked and published.

use std::process::ExitCode;

use anyhow::Context;
use circulation::{PolicyFinding, Severity};
use network::read_policy;

use super::{network_clock, quiet};
use crate::cli::{self, Common};

pub(super) async fn run(common: &Common, what: cli::Policy) -> anyhow::Result<ExitCode> {
    let (cli::Policy::Check { file } | cli::Policy::Publish { file, .. }) = &what;
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("the rules file {}", file.display()))?;
    let database = quiet(common).await?;
    let (book, _) = database.store.rulebook().await?;
    let known = book.known_codes();
    let policy = match read_policy(&text, &known) {
        Ok(policy) => policy,
        Err(error) => {
            eprintln!("{error}");
            eprintln!("{}: these rules cannot be used", file.display());
            return Ok(ExitCode::FAILURE);
        }
    };
    let findings = policy.check(&known);
    for finding in &findings {
        eprintln!(
            "{}: {finding}",
            if is_warning(finding) {
                "warning"
            } else {
                "note"
            }
        );
    }
    match what {
        cli::Policy::Check { .. } => {
            eprintln!("{}: sound, {} remarks", file.display(), findings.len());
        }
        cli::Policy::Publish { author, .. } => {
            let at = network_clock(common, &database).await?.now().timestamp();
            let published = database.owner.publish_policy(&policy, &author, at).await?;
            let (version, from) = (policy.version, policy.effective_from);
            if published {
                eprintln!(
                    "policy version {version} is published: in force from {from}; running daemons see it at once"
                );
            } else {
                eprintln!("policy version {version} was published before, with these very rules");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Worth a look by whoever did not ask for a check; the rest is for those who write rules.
pub(super) fn is_warning(finding: &PolicyFinding) -> bool {
    finding.severity() != Severity::Note
}
