//! What the clock brings, done while the daemon serves.

use std::{sync::Arc, time::Duration};

use desk::Desk;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// Days matter here, not minutes: after midnight the desk's lists are right well before it opens.
const TURN: Duration = Duration::from_secs(60);

/// Turns until the token is cancelled. Of several daemons on one network, one does each turn.
pub(crate) async fn run(desk: Arc<Desk>, shutdown: CancellationToken) {
    let mut ticks = interval(TURN);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        while !shutdown.is_cancelled() {
            match desk.turn(&desk.now()).await {
                Ok(Some(turn)) => {
                    if turn.lapsed + turn.not_collected > 0 {
                        let (lapsed, not_collected) = (turn.lapsed, turn.not_collected);
                        tracing::info!(lapsed, not_collected, "holds have ended");
                    }
                    if !turn.more {
                        break;
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    tracing::warn!(%error, "what the clock brings has to wait");
                    break;
                }
            }
        }
    }
}
