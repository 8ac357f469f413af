//! Every staff page and every read of the API, for so many users at once, beside the aim: half of all answers in under
//! 100 ms, and 99 of a hundred in under 300 ms.

mod places;
mod town;
mod user;

use std::{path::PathBuf, sync::Arc, time::Duration};

use clap::Args;

use self::{
    places::{Numbers, PLACES, SCANS},
    town::Town,
    user::{Seen, User},
};
use crate::sip2::{cores, say};

/// Milliseconds, at the median and at the 99th percentile.
const AIM: [f64; 2] = [100.0, 300.0];

#[derive(Args)]
pub(crate) struct Options {
    /// A generated corpus; without it one is made by the generator in `../shared`.
    #[arg(long, env = "RELIRE_CORPUS")]
    corpus: Option<PathBuf>,
    /// For each place.
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// So many ask at once, each again as soon as it was answered.
    #[arg(long, default_value_t = 20)]
    users: usize,
    /// Only places with this in their address.
    #[arg(long)]
    only: Option<String>,
}

pub(crate) async fn run(options: Options) -> anyhow::Result<()> {
    let corpus = options.corpus.clone();
    let town = tokio::task::spawn_blocking(move || Town::prepare(corpus.as_deref())).await??;
    let numbers = Arc::new(Numbers::draw(&town)?);
    let served = town.serve()?;
    let counted = town.column(
        "SELECT format('%s items, %s bibs, %s readers, %s open loans, %s events', (SELECT count(*) FROM item), \
         (SELECT count(*) FROM bib), (SELECT count(*) FROM patron), \
         (SELECT count(*) FROM custody WHERE kind = 'loan' AND until IS NULL), (SELECT count(*) FROM event))",
    )?;
    let mut users = Vec::new();
    for _ in 0..options.users {
        users.push(User::sign_in(served.http).await?);
    }
    say(&format!(
        "{}; {} users at once, each asking again as soon as it is answered (the API's at most 45 times a second); {} s a \
         place; {} cores for the daemon, its database and the users",
        counted.join(""),
        options.users,
        options.seconds,
        cores()
    ));
    say(
        "place                                              a second    p50 ms    p99 ms    max ms   kB",
    );
    let wanted = |template: &str| {
        let only = options.only.as_deref();
        only.is_none_or(|only| template.contains(only))
    };
    let time = Duration::from_secs_f64(options.seconds);
    let mut slow = Vec::new();
    let mut worst = [0.0_f64; 2];
    let scans = SCANS.iter().map(|place| (place, true));
    for (place, scanned) in PLACES.iter().map(|place| (place, false)).chain(scans) {
        if !wanted(place.template) {
            continue;
        }
        let seen;
        (users, seen) = user::together(users, place, scanned, &numbers, time).await?;
        let [p50, p99, max] = seen.at([0.5, 0.99, 1.0]);
        let name = match scanned {
            true => format!("/staff/scan {}", place.template),
            false => place.template.to_owned(),
        };
        let late = p50 > AIM[0] || p99 > AIM[1];
        say(&format!(
            "{name:<50} {:>8.0}  {p50:>8.1}  {p99:>8.1}  {max:>8.1} {:>4.0}{}",
            seen.rate(),
            seen.kilobytes(),
            if late { "   over" } else { "" }
        ));
        worst = [worst[0].max(p50), worst[1].max(p99)];
        if late {
            slow.push(name);
        }
        wrong(&seen);
    }
    say(&format!(
        "the slowest: {:.1} ms at the median (aim {}), {:.1} ms at the 99th percentile (aim {}); over: {}",
        worst[0],
        AIM[0],
        worst[1],
        AIM[1],
        if slow.is_empty() {
            "none".to_owned()
        } else {
            slow.join(", ")
        }
    ));
    Ok(())
}

fn wrong(seen: &Seen) {
    if let Some(example) = &seen.example {
        say(&format!("  WRONG: {} answers, as {example}", seen.wrong));
    }
}
