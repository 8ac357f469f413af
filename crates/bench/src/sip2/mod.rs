//! Loans and returns: what the database can do at best, and what of it arrives at a kiosk.

pub(crate) mod codec;
pub(crate) mod daemon;
pub(crate) mod database;
pub(crate) mod load;
mod pgbench;

use anyhow::Context;

/// Every terminal has readers and items of its own: what is measured is the path, not a quarrel over rows.
pub(crate) const TERMINALS: usize = 64;
pub(crate) const READERS_A_TERMINAL: usize = 2;
/// How many loans a statement carries where several go together.
const GROUP: usize = 8;
pub(crate) const ITEMS_A_TERMINAL: usize = 40;

pub(crate) async fn run(seconds: u64) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("relire-bench-").tempdir()?;
    database::reachable(folder.path())?;
    let server = database::Server::start(folder.path()).await?;

    say(&format!(
        "\npgbench, {seconds} s a line, durable (fsync on), {} cores: loan + return pairs a second",
        cores()
    ));
    say("loans under way                1        8       16       64");
    let shape = pgbench::rates(&server, pgbench::Script::Shape, seconds).await?;
    say(&format!("the design's simple shape {}", row(&shape)));
    let own = pgbench::rates(&server, pgbench::Script::Own(1), seconds).await?;
    say(&format!("our statements, one each  {}", row(&own)));
    let grouped = pgbench::rates(&server, pgbench::Script::Own(GROUP), seconds).await?;
    say(&format!("our statements, {GROUP} in each{}", row(&grouped)));
    let best = |rates: &[f64]| rates.iter().copied().fold(0.0, f64::max);
    let (best_shape, best_own, best_grouped) = (best(&shape), best(&own), best(&grouped));

    let (median, lone) = pgbench::lone_commit(&server, seconds).await?;
    say(&format!(
        "one durable commit with nothing beside it: median {median:.2} ms, 99th percentile {lone:.2} ms"
    ));

    say("\nthe daemon over SIP2, with checksums: pairs a second, latency of one message in ms");
    say(
        "terminals   PIN     pairs/s   of one each   of 8 in each   of shape    p50     p99     max   p99 of a return (of a lone commit's)   load generator's share",
    );
    let daemon = daemon::Daemon::start(&server).context("the daemon")?;
    for pin in [false, true] {
        for terminals in [1, 16, 64] {
            let seen = load::run(&daemon, terminals, pin, seconds).await?;
            say(&format!(
                "{terminals:>9}   {:<4} {:>10.0}   {:>11.2}   {:>12.2}   {:>8.2} {:>6.2} {:>7.2} {:>7.1}   {:>15.2} ({:.1})   {:>21.0} %",
                if pin { "yes" } else { "no" },
                seen.pairs,
                seen.pairs / best_own,
                seen.pairs / best_grouped,
                seen.pairs / best_shape,
                seen.p50,
                seen.p99,
                seen.max,
                seen.return_p99,
                seen.return_p99 / lone,
                seen.generator * 100.0,
            ));
        }
    }
    drop(daemon);
    Ok(())
}

pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn row(rates: &[f64]) -> String {
    rates.iter().map(|rate| format!("{rate:>9.0}")).collect()
}

#[expect(clippy::print_stdout, reason = "the figures are this program's output")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}
