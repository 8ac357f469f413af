//! `relire import …`: files in, a report out.

use std::process::ExitCode;

use anyhow::Context;
use network::Network;

use super::{network_clock, policy::is_warning, quiet};
use crate::cli::{Common, Import};

pub(super) async fn run(common: &Common, what: Import) -> anyhow::Result<ExitCode> {
    let (folder, dry_run) = match what {
        Import::Catalogue(what) => return super::catalogue::import(common, &what).await,
        Import::Network { folder, dry_run } => (folder, dry_run),
    };
    // The files are read and judged before anything is opened.
    let network = Network::read(&folder)
        .with_context(|| format!("the network folder {}", folder.display()))?;
    let database = quiet(common).await?;
    let clock = network_clock(common, &database).await?;
    let report = database
        .owner
        .import_network(&network, "import", clock.now().timestamp(), dry_run)
        .await?;
    for (what, change) in [
        ("branches", report.branches),
        ("categories", report.categories),
        ("document types", report.documents),
    ] {
        eprintln!(
            "{what:<15} {:>4} read, {} new, {} changed",
            change.read, change.created, change.updated
        );
    }
    eprintln!(
        "calendar        {}",
        if report.calendar_changed {
            "replaced"
        } else {
            "as before"
        }
    );
    let version = network.policy.version;
    if report.policy_published {
        eprintln!(
            "policy          version {version} in force from {}",
            network.policy.effective_from
        );
    } else {
        eprintln!("policy          version {version} as before");
    }
    for finding in network
        .findings()
        .iter()
        .filter(|finding| is_warning(finding))
    {
        eprintln!("warning: {finding}");
    }
    if dry_run {
        eprintln!("dry run: nothing was written");
    }
    Ok(ExitCode::SUCCESS)
}
