//! `relire policy …`: rules, checked and published.

use std::{path::Path, process::ExitCode};

use anyhow::Context;
use circulation::{Policy, PolicyDocument, Severity};

use super::{network_clock, quiet};
use crate::cli::{self, Common};

pub(super) async fn run(common: &Common, what: cli::Policy) -> anyhow::Result<ExitCode> {
    let (cli::Policy::Check { file } | cli::Policy::Publish { file, .. }) = &what;
    let policy = read(file)?;
    let database = quiet(common).await?;
    let (book, _) = database.store.rulebook().await?;
    let findings = policy.check(&book.known_codes());
    for finding in &findings {
        let severity = match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        eprintln!("{severity}: {finding}");
    }
    if findings.iter().any(|finding| finding.severity() == Severity::Error) {
        eprintln!("{}: these rules cannot be used", file.display());
        return Ok(ExitCode::FAILURE);
    }
    match what {
        cli::Policy::Check { .. } => eprintln!("{}: sound, {} remarks", file.display(), findings.len()),
        cli::Policy::Publish { author, .. } => {
            let at = network_clock(common, &database).await?.now().timestamp();
            let published = database.owner.publish_policy(&policy, &author, at).await?;
            let (version, from) = (policy.version, policy.effective_from);
            if published {
                eprintln!("policy version {version} is published: in force from {from}; running daemons see it at once");
            } else {
                eprintln!("policy version {version} was published before, with these very rules");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> anyhow::Result<Policy> {
    let text = std::fs::read_to_string(file).with_context(|| format!("the rules file {}", file.display()))?;
    let document: PolicyDocument =
        toml::from_str(&text).with_context(|| format!("the rules file {}", file.display()))?;
    Policy::new(document).with_context(|| format!("the rules file {}", file.display()))
}
