//! What associations cost that nobody uses.

use std::{collections::HashMap, fs, sync::Arc};

use anyhow::{Context, ensure};
use tokio::task::JoinSet;

use super::{
    load::{Client, Door},
    question::Kind,
    terms::Terms,
};

const AT_ONCE: usize = 50;

/// MB before, and with so many that have asked once, keep their set, and are silent.
pub(crate) async fn idle(
    process: u32,
    door: Door,
    terms: &Arc<Terms>,
    associations: usize,
) -> anyhow::Result<[f64; 2]> {
    let open = listener::raise_open_files();
    ensure!(
        open > associations as u64 + 256,
        "this process may open {open} files: too few for {associations} associations"
    );
    // What the questions themselves bring into memory, of the files of the index above all, is no association's.
    let mut first = Client::open(door).await?;
    for number in 0..associations {
        first.answer(&Kind::Title.question(terms, number)).await?;
    }
    let before = proportional(process)?;
    let mut held = Vec::with_capacity(associations);
    while held.len() < associations {
        let mut set = JoinSet::new();
        for number in held.len()..associations.min(held.len() + AT_ONCE) {
            let question = Kind::Title.question(terms, number);
            set.spawn(async move {
                let mut client = Client::open(door).await?;
                client.answer(&question).await?;
                anyhow::Ok(client)
            });
        }
        while let Some(opened) = set.join_next().await {
            held.push(opened??);
        }
    }
    let with = proportional(process)?;
    drop((held, first));
    Ok([before, with])
}

/// Resident memory of a process and all under it, in MB; what several share counts once.
fn proportional(root: u32) -> anyhow::Result<f64> {
    let mut parents = HashMap::new();
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(process) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        // One that has ended meanwhile has no file.
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        // The name of the program may have blanks and brackets in it.
        let parent = stat
            .rsplit_once(')')
            .and_then(|(_, rest)| rest.split_whitespace().nth(1));
        if let Some(parent) = parent.and_then(|parent| parent.parse::<u32>().ok()) {
            parents.insert(process, parent);
        }
    }
    let mut total = 0;
    for process in parents.keys() {
        let mut above = *process;
        while above != root && above > 1 {
            above = parents.get(&above).copied().unwrap_or_default();
        }
        if above == root {
            total += kilobytes(*process)?;
        }
    }
    Ok(total as f64 / 1024.0)
}

fn kilobytes(process: u32) -> anyhow::Result<u64> {
    let Ok(rollup) = fs::read_to_string(format!("/proc/{process}/smaps_rollup")) else {
        return Ok(0);
    };
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let figure = line.and_then(|line| line.split_whitespace().next());
    Ok(figure.context("the system does not say Pss")?.parse()?)
}
