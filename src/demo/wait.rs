//! Queues in progress: readers of the demonstration who wait for what others have.

use std::sync::Arc;

use anyhow::Context;
use demo::Demo;
use desk::{Actor, Clock, Desk, HeldThing, HoldAsk, HoldWish, Visit};
use store::Store;

/// Every so many loans one is waited for by somebody else.
const EVERY: usize = 6;

/// Places holds through the desk, now. Where the rules say no (the reader is suspended, the title is not lent to
/// children), nobody waits.
pub(super) async fn wait(owner: &Store, clock: &Clock, demo: &Demo) -> anyhow::Result<()> {
    let desk = Desk::open(owner.clone(), clock.clone()).await?;
    let login = demo
        .terminals
        .first()
        .map(|terminal| terminal.login.as_str())
        .unwrap_or_default();
    let kiosk = owner
        .session()
        .await?
        .terminal(login)
        .await?
        .context("the demonstration has no kiosk")?;
    let readers = demo.loans.iter().step_by(EVERY);
    let wanted = demo.loans.iter().skip(EVERY / 2).step_by(EVERY);
    for (reader, wanted) in readers.zip(wanted) {
        desk.hold(HoldAsk {
            request: None,
            actor: Actor::kiosk(&kiosk),
            wish: HoldWish::Place,
            card: reader.card.clone(),
            pin: None,
            visit: Arc::new(Visit::new()),
            what: HeldThing::TitleOf(wanted.barcode.clone()),
            pickup: Some(reader.branch),
            needed_until: None,
            at: clock.now(),
            key: None,
            dry: false,
        })
        .await?;
    }
    Ok(())
}
