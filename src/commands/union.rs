//! `relire union …`: what is one document and what is not, decided by a person. `relire export union`: what was joined.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    sync::Arc,
};

use ::union::Why;
use anyhow::{Context, bail};
use desk::{Desk, Librarian};
use store::{Moved, RecordDoubt};

use super::{network_clock, quiet};
use crate::cli::{Common, Union};

/// Lines of an export that are read at once.
const LINES: i64 = 10_000;

pub(super) async fn run(common: &Common, what: Union) -> anyhow::Result<()> {
    let database = quiet(common).await?;
    let clock = network_clock(common, &database).await?;
    let desk = Desk::open(database.store.clone(), clock).await?;
    let by = Librarian {
        name: "relire union",
        staff_id: None,
    };
    let now = desk.now();
    match what {
        Union::Doubts { limit, english } => doubts(&desk, limit, english).await?,
        Union::Merge { from, into } => {
            let moved = desk.merge_bibs(from, into, by, &now).await??;
            eprintln!("bib {from} is now part of bib {into}: {}", said(&moved));
            eprintln!("`relire union undo {}` takes it back", moved.id);
        }
        Union::Split {
            branch,
            control_number,
        } => {
            let code = branch.parse()?;
            let moved = desk
                .split_record(code, &control_number, by, &now)
                .await?
                .with_context(|| format!("record {control_number} of {branch}"))?;
            let (left, new) = (moved.from_bib, moved.to_bib);
            eprintln!(
                "the record left bib {left} and is bib {new}: {}",
                said(&moved)
            );
            eprintln!("`relire union undo {}` takes it back", moved.id);
        }
        Union::Undo { number } => {
            let moved = desk.take_back_move(number, by, &now).await??;
            eprintln!("number {number} is taken back: {}", said(&moved));
        }
        Union::KeepApart { number } => {
            if !desk.keep_apart(number, by, &now).await? {
                bail!("number {number} is no open doubt: `relire union doubts` has the numbers");
            }
            eprintln!("the two of number {number} stay apart, and are not proposed again");
        }
    }
    Ok(())
}

fn said(moved: &Moved) -> String {
    let (sources, items, holds) = (moved.sources, moved.items, moved.holds);
    let mut said = format!("{sources} records, {items} copies and {holds} holds went over");
    match moved.closed {
        0 => {}
        1 => said.push_str("; one reader's second hold is concerned"),
        readers => said.push_str(&format!("; {readers} readers' second holds are concerned")),
    }
    said
}

#[expect(clippy::print_stdout, reason = "the list is this command's output")]
async fn doubts(desk: &Arc<Desk>, limit: i64, english: bool) -> anyhow::Result<()> {
    let (doubts, all) = desk.record_doubts(limit).await?;
    for doubt in &doubts {
        println!("{}", line(doubt, english));
    }
    eprintln!("{} of {all} doubts", doubts.len());
    Ok(())
}

fn line(doubt: &RecordDoubt, english: bool) -> String {
    let why: Vec<Why> = serde_json::from_value(doubt.why.clone()).unwrap_or_default();
    let why: Vec<&str> = why
        .iter()
        .map(|why| if english { why.english() } else { why.french() })
        .collect();
    let (branch, control_number) = &doubt.record;
    let (bib, title) = &doubt.bib;
    let other = match &doubt.other {
        Some((other, title)) => format!("  {other} {title}"),
        None => String::new(),
    };
    format!(
        "{:>6}  {:>4}  {bib} {title}  {other}  ({branch} {control_number}: {})",
        doubt.number,
        doubt.score,
        why.join(", ")
    )
}

/// What was joined with what: source, control number and bib, tab-separated, sorted.
pub(super) async fn export(common: &Common, file: &Path) -> anyhow::Result<()> {
    let database = quiet(common).await?;
    let named = || format!("{}", file.display());
    let mut out = BufWriter::new(File::create(file).with_context(named)?);
    writeln!(out, "source\tcontrol_number\tbib")?;
    let (mut source, mut control_number, mut written) = (String::new(), String::new(), 0_u64);
    loop {
        let lines = database
            .store
            .union_lines((&source, &control_number), LINES)
            .await?;
        let Some(last) = lines.last() else { break };
        (source, control_number) = (last.source.clone(), last.control_number.clone());
        for line in lines {
            // A separator within a number would be another column.
            let number = line.control_number.replace(['\t', '\n', '\r'], " ");
            writeln!(out, "{}\t{number}\t{}", line.source, line.bib)?;
            written += 1;
        }
    }
    out.flush().with_context(named)?;
    eprintln!("{written} records are in {}", file.display());
    Ok(())
}
