//! `relire patrons …`: readers who may be one person.

use anyhow::bail;

use super::{network_clock, quiet};
use crate::cli::{Common, Patrons};

#[expect(clippy::print_stdout, reason = "the list is this command's output")]
pub(super) async fn run(common: &Common, what: Patrons) -> anyhow::Result<()> {
    let database = quiet(common).await?;
    match what {
        Patrons::Doubts { branch } => {
            let branch = branch.map(|branch| branch.parse()).transpose()?;
            for doubt in database.store.open_doubts(branch).await? {
                println!("{}", serde_json::to_string(&doubt)?);
            }
        }
        Patrons::Different { number } => {
            let clock = network_clock(common, &database).await?;
            let at = clock.now().timestamp();
            if !database.store.settle_doubt(number, None, at).await? {
                bail!(
                    "number {number} is not on the list: `relire patrons doubts` has the numbers"
                );
            }
            eprintln!("number {number} is off the list");
        }
    }
    Ok(())
}
