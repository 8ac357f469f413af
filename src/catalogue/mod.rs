//! Importing catalogues: a thread reads and signs, Postgres writes batch by batch.
//!
//! What is decided hangs on the records and their order alone: an import that was killed and is started again ends with
//! the same documents as one that was not.

mod batch;
mod copies;
mod placing;
mod progress;
mod read;
mod second_look;
mod tally;

use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context;
use circulation::{BranchCode, DocumentCode};
use intake::{Done, Houses, Profile, Remark};
use jiff::Zoned;
use store::{Importer, Store};

use self::{
    progress::Progress,
    read::{Chunk, Reading},
    second_look::Looked,
    tally::{Report, Tally},
};

/// A branch's file.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    pub(crate) branch: BranchCode,
    pub(crate) path: PathBuf,
    pub(crate) profile: Profile,
}

/// What is imported, and how.
pub(crate) struct Import {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) houses: Houses,
    pub(crate) documents: BTreeSet<DocumentCode>,
    pub(crate) now: Zoned,
    pub(crate) merge: bool,
    pub(crate) dry: bool,
    pub(crate) report: Option<PathBuf>,
}

/// What is remembered of a file while it is read.
struct Run<'a> {
    import: &'a Import,
    branch: BranchCode,
    /// Copies that were there, and the source record that each came with first.
    copies: HashMap<(String, BranchCode), i64>,
    tally: Tally,
}

/// How an import ended.
#[derive(PartialEq, Eq)]
enum End {
    Done,
    Stopped,
}

/// After so many batches the planner is told how much there is; a first import begins with nothing.
const LOOK_AROUND: [usize; 4] = [2, 10, 40, 120];

impl Import {
    pub(crate) async fn run(&self, store: &Store) -> anyhow::Result<ExitCode> {
        let mut importer = store.importer(self.dry).await??;
        let mut report = Report::create(self.report.as_deref())?;
        let reading = read::start(&self.files, &self.houses)?;
        let end = self.each(&mut importer, reading, &mut report).await?;
        if end == End::Done && self.merge {
            let looked = second_look::second_look(&mut importer, self.now.timestamp()).await?;
            if looked != Looked::default() {
                let Looked { joined, moved } = looked;
                eprintln!("second look: {joined} documents joined, {moved} records placed anew");
            }
        }
        importer.close().await?;
        report.finish()?;
        if self.dry {
            eprintln!("dry run: nothing was written");
        }
        if end == End::Stopped {
            eprintln!("stopped after a whole batch: start it again, and it goes on from there");
            return Ok(ExitCode::from(130));
        }
        Ok(if report.total().read == 0 {
            eprintln!("nothing in it that could be read");
            ExitCode::from(2)
        } else {
            ExitCode::SUCCESS
        })
    }

    async fn each(
        &self,
        importer: &mut Importer,
        mut reading: Reading,
        report: &mut Report,
    ) -> anyhow::Result<End> {
        let interrupt = tokio::signal::ctrl_c();
        tokio::pin!(interrupt);
        let mut progress = Progress::new(reading.total);
        let mut batches = 0;
        for file in &self.files {
            let mut run = Run {
                import: self,
                branch: file.branch,
                copies: HashMap::new(),
                tally: Tally::default(),
            };
            loop {
                let chunk = tokio::select! {
                    biased;
                    _ = &mut interrupt => {
                        report.file(file, run.tally);
                        return Ok(End::Stopped);
                    }
                    chunk = reading.chunks.recv() => chunk.context("the reading thread ended early")?,
                };
                let Chunk {
                    records,
                    lost,
                    end,
                    broken,
                } = chunk;
                run.tally.rejected += lost.len() as u64;
                report.remarks(file, &lost)?;
                let remarks = run
                    .batch(importer, records)
                    .await
                    .with_context(|| format!("importing {}", file.path.display()))?;
                report.remarks(file, &remarks)?;
                batches += 1;
                if LOOK_AROUND.contains(&batches) {
                    importer.look_around().await?;
                }
                progress.show(report.total().read + run.tally.read, reading.done());
                if let Some(why) = &broken {
                    let remark = whole_file("the file breaks off", why.clone(), Done::Rejected);
                    eprintln!("{}: cannot be read any further: {why}", file.path.display());
                    report.remarks(file, &[remark])?;
                }
                if end {
                    if broken.is_none() {
                        let gone = run.gone(importer).await?;
                        report.remarks(file, &gone)?;
                    }
                    break;
                }
            }
            progress.clear();
            report.file(file, run.tally);
        }
        Ok(End::Done)
    }
}

/// A remark about no record of a file.
fn whole_file(kind: &'static str, what: String, done: Done) -> Remark {
    Remark {
        record: 0,
        offset: None,
        control_number: None,
        kind,
        what,
        done,
    }
}
