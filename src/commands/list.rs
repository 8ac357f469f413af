//! `relire list …`: a branch's lists, for people's scripts and spreadsheets.

use anyhow::bail;
use circulation::{BranchCode, Language};
use desk::Desk;
use serde::Serialize;

use super::{network_clock, quiet};
use crate::cli::{Common, List};

#[expect(clippy::print_stdout, reason = "the list is this command's output")]
pub(super) async fn run(common: &Common, what: List, branch: &str) -> anyhow::Result<()> {
    let database = quiet(common).await?;
    let clock = network_clock(common, &database).await?;
    let desk = Desk::open(database.store.clone(), clock).await?;
    let branch: BranchCode = branch.parse()?;
    let lines = match what {
        List::Pull => json(&desk.pull_list(branch, &desk.now()).await?)?,
        List::Shuttle => json(&desk.shuttle(branch).await?)?,
        List::Shelf => json(&desk.hold_shelf(branch).await?)?,
        List::Offline => json(&desk.offline_exceptions(branch, Language::French).await?)?,
    };
    for line in lines {
        println!("{line}");
    }
    Ok(())
}

/// Takes an entry off the list of what machines did off-line.
pub(super) async fn settle(common: &Common, number: i64) -> anyhow::Result<()> {
    let database = quiet(common).await?;
    let clock = network_clock(common, &database).await?;
    let desk = Desk::open(database.store.clone(), clock).await?;
    if !desk
        .settle_offline_exception(number, None, &desk.now())
        .await?
    {
        bail!(
            "number {number} is not on the list: `relire list offline --branch …` has the numbers"
        );
    }
    eprintln!("number {number} is off the list");
    Ok(())
}

/// One object a line.
fn json<T: Serialize>(list: &[T]) -> anyhow::Result<Vec<String>> {
    let lines = list.iter().map(serde_json::to_string);
    Ok(lines.collect::<Result<_, _>>()?)
}
