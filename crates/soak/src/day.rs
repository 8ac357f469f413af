//! The day, part by part.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use jiff::{SignedDuration, civil::DateTime, tz::TimeZone};
use testkit::MortalCluster;

use crate::{
    Options, Summary, accidents::Accidents, check, crowd, fixture, library::Library, life::Life,
    plan::Planner, seat::Floor, told::Told, world::World,
};

/// Some Wednesday on which the network's rules are in force.
const MORNING: DateTime = DateTime::constant(2026, 6, 10, 8, 0, 0, 0);
/// From the beginning of one part of the day to the next: longer than a part takes, and than any rule looks back.
const PART: SignedDuration = SignedDuration::from_mins(20);
/// Parts in a day of twelve hours; then comes another day.
const PARTS_A_DAY: usize = 36;
/// Before loans fall due.
const MOST_DAYS: usize = 6;

/// Plays a day. Progress is told line by line; an error tells what did not hold, the last words on it, and the seed.
///
/// # Errors
/// Whatever did not hold; or what could not be started, such as a missing daemon (`RELIRE_BIN` names it).
pub fn run(options: &Options, tell: &mut dyn FnMut(&str)) -> anyhow::Result<Summary> {
    ensure!(
        options.size.terminals > 1 && options.size.readers > 1 && options.size.titles > 24,
        "too small a world"
    );
    let folder = tempfile::Builder::new().prefix("relire-soak-").tempdir()?;
    let played = prepare_and_play(options, folder.path(), tell);
    if played.is_err() {
        let kept = folder.keep();
        return played.with_context(|| {
            format!(
                "seed {}: it did not hold; the daemon's log is in {}",
                options.seed,
                kept.join("daemon.log").display()
            )
        });
    }
    played
}

fn prepare_and_play(
    options: &Options,
    folder: &std::path::Path,
    tell: &mut dyn FnMut(&str),
) -> anyhow::Result<Summary> {
    let began = Instant::now();
    let network = fixture::files()?;
    let branches = network
        .branches
        .iter()
        .map(|branch| branch.code.to_string());
    let world = Arc::new(World::new(options.seed, options.size, branches.collect()));
    let cluster = MortalCluster::start()?;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(fixture::fill(&cluster, &network, &world))
        .context("preparing the day")?;
    tell(&format!(
        "seed {}: {} branches, {} terminals, {} readers, {} titles, {} items; prepared in {:.1} s",
        options.seed,
        world.branches.len(),
        world.terminals.len(),
        world.readers.len(),
        world.titles.len(),
        world.items.len(),
        began.elapsed().as_secs_f64()
    ));
    let url = cluster.url(fixture::DATABASE);
    let life = Life::new(cluster, url, folder.to_owned());
    thread::scope(|scope| {
        scope.spawn(|| life.mend());
        let played = play(options, &world, &life, tell);
        life.end();
        played
    })
}

fn play(
    options: &Options,
    world: &Arc<World>,
    life: &Life,
    tell: &mut dyn FnMut(&str),
) -> anyhow::Result<Summary> {
    let mut planner = Planner::new(options.seed, world.clone(), options.offline);
    let told = Mutex::new(Told::new(Library::new(world.clone())));
    let floor = Floor::new(world, life, &told, options.impatient);
    let mut summary = Summary {
        seed: options.seed,
        terminals: world.terminals.len(),
        ..Summary::default()
    };
    let began = Instant::now();
    for (number, share) in Accidents::new(options)
        .enumerate()
        .take(PARTS_A_DAY * MOST_DAYS)
    {
        if options.time.is_some_and(|time| began.elapsed() >= time) {
            break;
        }
        let begins = beginning(number);
        if number > 0 {
            floor.told().library.go_on();
        }
        let moves = planner.part(begins, share.steps, &share.accidents);
        life.start(begins.to_zoned(TimeZone::get("Europe/Paris")?)?.timestamp())?;
        crowd::play(&floor, &moves).context("while it went on")?;
        floor.settle_accidents()?;
        // Stopped by an operator, or without a word while nobody asks.
        life.stop(number % 2 == 0)?;
        let mut told = floor.told();
        if number == 0 {
            check::can_fail(world, life, &mut told)?;
        }
        let lines = check::compare(world, life, &mut told)
            .with_context(|| format!("after part {} of the day", number + 1))?;
        summary.checks.0 += 1;
        summary.checks.1 += lines;
        let stages = moves.iter().flat_map(|planned| &planned.stages);
        summary.steps += stages.map(|stage| stage.steps().len()).sum::<usize>();
        drop(told);
        sum_up(&mut summary, &floor, began.elapsed());
        tell(&progress(&summary, begins));
    }
    Ok(summary)
}

/// When a part of the day begins.
fn beginning(number: usize) -> DateTime {
    let (day, part) = (number / PARTS_A_DAY, number % PARTS_A_DAY);
    let days = SignedDuration::from_hours(24 * i64::try_from(day).unwrap_or_default());
    let later = days + PART * i32::try_from(part).unwrap_or_default();
    MORNING.saturating_add(later)
}

fn sum_up(summary: &mut Summary, floor: &Floor<'_>, took: Duration) {
    let tolls = floor.life.tolls();
    let told = floor.told();
    let counts = &told.counts;
    *summary = Summary {
        messages: counts.messages,
        effects: told.library.effects(),
        refused: counts.refused,
        contests: counts.contests,
        daemon_kills: tolls.daemon,
        database_kills: tolls.database_killed,
        database_stops: tolls.database_immediate,
        retries: counts.retries,
        cut_inside: counts.cut_inside,
        cut_after: counts.cut_after,
        twice: counts.twice,
        away: counts.away,
        found_done: counts.found_done,
        offline: (counts.late, counts.late_again),
        longest_recovery: tolls.longest,
        start: tolls.starting / tolls.starts.max(1),
        took,
        ..std::mem::take(summary)
    };
}

fn progress(summary: &Summary, begins: DateTime) -> String {
    format!(
        "{} {}: {} steps, {} messages, {} retries; killed: daemon {}, database {}; longest recovery {:.2} s; {:.0} s",
        begins.date(),
        begins.time().strftime("%H:%M"),
        summary.steps,
        summary.messages,
        summary.retries,
        summary.daemon_kills,
        summary.database_kills + summary.database_stops,
        summary.longest_recovery.as_secs_f64(),
        summary.took.as_secs_f64()
    )
}
