//! `relire import …`: files in, a report out.

use std::{path::Path, process::ExitCode};

use anyhow::Context;
use network::Network;

use super::{network_clock, policy::is_warning, quiet};
use crate::cli::{Common, Import};

mod doubts;
mod loans;
mod patrons;
mod report;

pub(super) async fn run(common: &Common, what: Import) -> anyhow::Result<ExitCode> {
    match what {
        Import::Catalogue(what) => return super::catalogue::import(common, &what).await,
        Import::Network { folder, dry_run } => network(common, &folder, dry_run).await?,
        Import::Patrons(file) => patrons::run(common, &file).await?,
        Import::Loans(file) => loans::run(common, &file).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn network(common: &Common, folder: &Path, dry_run: bool) -> anyhow::Result<()> {
    // The files are read and judged before anything is opened.
    let network = Network::read(folder)
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
    if report.calendars_kept > 0 {
        eprintln!(
            "                {} branches keep theirs: people have changed it",
            report.calendars_kept
        );
    }
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
    Ok(())
}
