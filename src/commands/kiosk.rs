//! `relire kiosk`: a self-check in this terminal.

use std::io::{stdin, stdout};

use circulation::Language;
use desk::Desk;
use tokio::runtime::Runtime;

use super::{network_clock, quiet, why};
use crate::cli::{Common, Kiosk};

pub(super) fn run(common: &Common, options: &Kiosk, runtime: &Runtime) -> anyhow::Result<()> {
    let language = if options.english {
        Language::English
    } else {
        Language::French
    };
    let mut face =
        kiosk::Options::new(&options.host, &options.login, &options.password).at_this_terminal();
    face.card.clone_from(&options.card);
    face.pin = options.pin.as_deref().map(Into::into);
    face.language = if options.english {
        kiosk::Language::English
    } else {
        kiosk::Language::French
    };
    let explain = |event| {
        // Where the database is not at hand, the kiosk names the command that explains.
        runtime
            .block_on(explained(common, event, language))
            .ok()
            .flatten()
    };
    kiosk::run(face, stdin().lock(), stdout().lock(), explain)?;
    Ok(())
}

async fn explained(
    common: &Common,
    event: i64,
    language: Language,
) -> anyhow::Result<Option<Vec<String>>> {
    let database = quiet(common).await?;
    let clock = network_clock(common, &database).await?;
    let zone = clock.zone().clone();
    let desk = Desk::open(database.store.clone(), clock).await?;
    let why = desk.why(event, language).await?;
    Ok(why.map(|why| why::lines(&why, language, &zone)))
}
