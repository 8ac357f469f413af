//! `relire import catalogue`, `relire source …`: arguments in, files in order, lines out.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use circulation::BranchCode;
use intake::{House, Houses, Profile};
use store::Store;

use super::{network_clock, quiet};
use crate::{
    catalogue::{Import, SourceFile},
    cli::{Catalogue, Common, Source},
};

/// Standard output takes results, as every command's.
macro_rules! say {
    ($($what:tt)*) => { writeln!(std::io::stdout(), $($what)*)? };
}

pub(super) async fn import(common: &Common, what: &Catalogue) -> anyhow::Result<ExitCode> {
    let found = files(what)?;
    let given = what.profile.as_deref().map(profile).transpose()?;
    let database = quiet(common).await?;
    let store = &database.owner;
    let (rulebook, _) = store.rulebook().await?;
    let profiles = store.sources().await?;
    let mut files = Vec::new();
    for (branch, path) in found {
        if !rulebook.branches.contains_key(&branch) {
            bail!(
                "{branch} is no branch of this network (`relire import network` brings them in): {}",
                path.display()
            );
        }
        let own = profiles.iter().find(|(known, _)| *known == branch);
        let own = own.map(|(_, json)| serde_json::from_value(json.clone()));
        let own = own.transpose().with_context(|| {
            format!("the profile of {branch}: see `relire source show {branch}`")
        })?;
        files.push(SourceFile {
            branch,
            path,
            profile: given.clone().or(own).unwrap_or_default(),
        });
    }
    let clock = network_clock(common, &database).await?;
    let import = Import {
        files,
        houses: houses(store).await?,
        documents: rulebook.documents.keys().copied().collect(),
        now: clock.now(),
        merge: !what.no_merge,
        dry: what.dry_run,
        report: what.report.clone(),
    };
    import.run(store).await
}

pub(super) async fn source(common: &Common, what: Source) -> anyhow::Result<()> {
    let database = quiet(common).await?;
    let store = &database.owner;
    match what {
        Source::List => {
            for (branch, profile) in store.sources().await? {
                say!("{branch}\t{profile}");
            }
        }
        Source::Show { code } => {
            let branch = known(store, &code).await?;
            let own = store.sources().await?;
            let own = own.into_iter().find(|(known, _)| *known == branch);
            let profile: Profile = match own {
                Some((_, json)) => serde_json::from_value(json)
                    .with_context(|| format!("the profile of {branch}: set it anew"))?,
                None => Profile::default(),
            };
            say!("{}", serde_json::to_string_pretty(&profile)?);
        }
        Source::Set { code, file } => {
            let branch = known(store, &code).await?;
            let profile = serde_json::to_value(profile(&file)?)?;
            store.set_source(branch, &profile).await?;
            eprintln!("files of {branch} are read by this profile from the next import on");
        }
    }
    Ok(())
}

async fn known(store: &Store, code: &str) -> anyhow::Result<BranchCode> {
    let branch: BranchCode = code
        .parse()
        .with_context(|| format!("the branch {code:?}"))?;
    if !store
        .branch_names()
        .await?
        .iter()
        .any(|known| known.code == branch)
    {
        bail!("{branch} is no branch of this network");
    }
    Ok(branch)
}

async fn houses(store: &Store) -> anyhow::Result<Houses> {
    let houses = store.branch_names().await?.into_iter().map(|branch| House {
        code: branch.code,
        name: branch.name,
        commune: branch.commune,
    });
    Ok(Houses::new(houses.collect()))
}

fn profile(file: &Path) -> anyhow::Result<Profile> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("the profile {}", file.display()))
}

/// Each branch's file, by the branches' order.
fn files(what: &Catalogue) -> anyhow::Result<Vec<(BranchCode, PathBuf)>> {
    let path = &what.what;
    let read = || format!("reading {}", path.display());
    if !fs::metadata(path).with_context(read)?.is_dir() {
        let branch = match &what.branch {
            Some(code) => code
                .parse()
                .with_context(|| format!("the branch {code:?}"))?,
            None => by_name(path)?,
        };
        return Ok(vec![(branch, path.clone())]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).with_context(read)? {
        let file = entry.with_context(read)?.path();
        let extension = file.extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some("mrc" | "xml" | "iso")) {
            files.push((by_name(&file)?, file));
        }
    }
    if let Some(code) = &what.branch {
        files.retain(|(branch, _)| branch.as_str() == code);
    }
    files.sort();
    if files.is_empty() {
        bail!("no file such as LENS.mrc in {}", path.display());
    }
    Ok(files)
}

fn by_name(file: &Path) -> anyhow::Result<BranchCode> {
    let stem = file.file_stem().and_then(|stem| stem.to_str());
    stem.and_then(|stem| stem.parse().ok()).with_context(|| {
        format!(
            "{} is not called by its branch: say --branch CODE",
            file.display()
        )
    })
}
