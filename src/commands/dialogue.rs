//! `relire dialogue`: plays SIP2 dialogues against any server.

use std::{
    fs,
    net::{TcpStream, ToSocketAddrs},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use ::dialogue::{Dialogue, Outcome, Script, Values, play};
use anyhow::{Context, bail};
use jiff::tz::TimeZone;

use crate::{
    cli::{self, Common},
    clock::clock,
};

const HERE: &str = "127.0.0.1:6001";

/// A line for each dialogue; it fails if one of them does, or if none could be played.
#[expect(clippy::print_stdout, reason = "the lines are this command's output")]
pub(super) fn run(common: &Common, options: &cli::Dialogue) -> anyhow::Result<ExitCode> {
    let (host, paths) = host_and_paths(&options.what);
    let files = files(paths)?;
    if files.is_empty() {
        bail!(
            "no file that ends in .dialogue is there: {}",
            paths.join(" ")
        );
    }
    let clock = clock(common.clock, TimeZone::system());
    let mut script = Script {
        values: values(options)?,
        now: clock.now().datetime(),
        patience: Duration::from_secs(options.patience.max(1)),
    };
    let (mut passed, mut failed, mut left_out) = (0, 0, 0);
    for file in files {
        let dialogue = read(&file)?;
        script.now = clock.now().datetime();
        let outcome = play(&dialogue, &script, || dial(host, script.patience));
        match &outcome {
            Outcome::Passed => passed += 1,
            Outcome::Failed(_) => failed += 1,
            Outcome::LeftOut(_) => left_out += 1,
        }
        println!("{}: {}: {outcome}", file.display(), dialogue.title);
    }
    println!("{passed} passed, {failed} failed, {left_out} left out");
    Ok(if failed == 0 && passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn host_and_paths(what: &[String]) -> (&str, &[String]) {
    match what {
        [host, paths @ ..] if host.contains(':') && !Path::new(host).exists() => (host, paths),
        paths => (HERE, paths),
    }
}

fn dial(host: &str, patience: Duration) -> std::io::Result<TcpStream> {
    let address = host
        .to_socket_addrs()?
        .next()
        .ok_or_else(|| std::io::Error::other(format!("{host} has no address")))?;
    let stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(patience))?;
    Ok(stream)
}

/// All `.dialogue` files, those of folders with their subfolders, in the order of their names.
fn files(paths: &[String]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open: Vec<PathBuf> = paths.iter().rev().map(PathBuf::from).collect();
    while let Some(path) = open.pop() {
        if !path.is_dir() {
            files.push(path);
            continue;
        }
        let entries = fs::read_dir(&path).with_context(|| path.display().to_string())?;
        let mut inside: Vec<PathBuf> = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        inside.retain(|path| path.is_dir() || path.extension().is_some_and(|it| it == "dialogue"));
        inside.sort();
        open.extend(inside.into_iter().rev());
    }
    Ok(files)
}

fn read(file: &Path) -> anyhow::Result<Dialogue> {
    let named = || file.display().to_string();
    let text = fs::read_to_string(file).with_context(named)?;
    Dialogue::parse(&text).with_context(named)
}

fn values(options: &cli::Dialogue) -> anyhow::Result<Values> {
    let mut lines = Vec::new();
    if let Some(file) = &options.values_from {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let told = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
        lines.extend(text.lines().filter(told).map(str::to_owned));
    }
    lines.extend(options.values.iter().cloned());
    let mut values = Values::default();
    for line in lines {
        let Some((name, value)) = line.split_once('=') else {
            // Not the line itself: it may be a password.
            bail!("a value is given as NAME=VALUE, and one of them has no `=`");
        };
        values.set(name.trim(), value.trim());
    }
    Ok(values)
}
