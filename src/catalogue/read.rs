//! The thread that reads files, makes text of them and signs what they say.

use std::{
    fs::File,
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use anyhow::Context;
use intake::{Copy, Deliveries, Delivery, Houses, Remark};
use tokio::sync::mpsc;
use union::{Heading, Signature};

use super::SourceFile;

/// Records of a batch: one transaction.
const BATCH: usize = 1_000;
/// Batches that are ready while one is being written.
const AHEAD: usize = 2;

/// A record, with all that is asked of it later.
pub(super) struct Signed {
    pub(super) number: u64,
    pub(super) offset: Option<u64>,
    pub(super) control_number: String,
    pub(super) format: String,
    pub(super) body: Vec<u8>,
    pub(super) digest: [u8; 32],
    pub(super) signature: Signature,
    pub(super) keys: Vec<i64>,
    pub(super) quality: i16,
    pub(super) heading: Heading,
    pub(super) copies: Vec<Copy>,
    pub(super) remarks: Vec<Remark>,
}

/// What is written at once. The last one of a file may be empty.
#[derive(Default)]
pub(super) struct Chunk {
    pub(super) records: Vec<Signed>,
    pub(super) lost: Vec<Remark>,
    /// The file ends here.
    pub(super) end: bool,
    /// And why, if it was not its end.
    pub(super) broken: Option<String>,
}

/// The files as they are read.
pub(super) struct Reading {
    pub(super) chunks: mpsc::Receiver<Chunk>,
    pub(super) total: u64,
    done: Arc<AtomicU64>,
}

impl Reading {
    /// Bytes that were read.
    pub(super) fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }
}

/// Opens all files, so that one that is not there is known before anything is written, and reads them in a thread.
pub(super) fn start(files: &[SourceFile], houses: &Houses) -> anyhow::Result<Reading> {
    let (sender, chunks) = mpsc::channel(AHEAD);
    let done = Arc::new(AtomicU64::new(0));
    let mut total = 0;
    let mut sources = Vec::new();
    for file in files {
        let open =
            File::open(&file.path).with_context(|| format!("opening {}", file.path.display()))?;
        total += open.metadata().map_or(0, |metadata| metadata.len());
        let source = Counted {
            source: open,
            done: Arc::clone(&done),
        };
        sources.push((file.clone(), source));
    }
    let houses = houses.clone();
    // It ends when the files do, or when nobody takes what it reads any more.
    thread::Builder::new()
        .name("reading".to_owned())
        .spawn(move || {
            for (file, source) in sources {
                let read = Deliveries::new(source, file.profile, houses.clone(), file.branch);
                if send(read, &sender).is_none() {
                    return;
                }
            }
        })
        .context("starting a thread")?;
    Ok(Reading {
        chunks,
        total,
        done,
    })
}

/// `None`: nobody listens.
fn send<R: Read>(
    deliveries: io::Result<Deliveries<R>>,
    sender: &mpsc::Sender<Chunk>,
) -> Option<()> {
    let mut chunk = Chunk::default();
    match deliveries {
        Err(error) => chunk.broken = Some(error.to_string()),
        Ok(deliveries) => {
            for delivery in deliveries {
                match delivery {
                    Delivery::Record(record) => chunk.records.push(signed(*record)),
                    Delivery::Lost(remark) => chunk.lost.push(remark),
                    Delivery::Broken(why) => chunk.broken = Some(why),
                }
                if chunk.records.len() + chunk.lost.len() >= BATCH {
                    sender.blocking_send(std::mem::take(&mut chunk)).ok()?;
                }
            }
        }
    }
    chunk.end = true;
    sender.blocking_send(chunk).ok()
}

fn signed(delivered: intake::Delivered) -> Signed {
    let record = &delivered.record;
    let signature = Signature::of(record, None);
    Signed {
        keys: signature.keys().into_iter().map(|key| key.0).collect(),
        signature,
        quality: union::quality(record),
        heading: heading(record),
        number: delivered.number,
        offset: delivered.offset,
        control_number: delivered.control_number,
        format: delivered.format,
        body: delivered.body,
        digest: delivered.digest,
        copies: delivered.copies,
        remarks: delivered.remarks,
    }
}

/// The heading as Postgres and a receipt can hold it.
pub(super) fn heading(record: &marc::Record) -> Heading {
    let heading = union::heading(record);
    let plain = |text: String| text.replace(char::is_control, "");
    Heading {
        title: plain(heading.title),
        author: plain(heading.author),
    }
}

/// Counts what is read.
struct Counted {
    source: File,
    done: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
