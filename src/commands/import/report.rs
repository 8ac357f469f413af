//! What an import says: how far it is, what came of each source, and a file of the lines that were not taken. None of
//! it holds a name, a card or a barcode; the file is read by lines and the source's own numbers.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::Context;

use crate::cli::PeopleFile;

/// A line of progress now and then, so that a log of it stays short.
const EVERY: Duration = Duration::from_secs(5);

/// Rate and time left, on standard error.
pub(super) struct Progress {
    what: &'static str,
    began: Instant,
    said: Instant,
    whole: u64,
}

impl Progress {
    pub(super) fn of(what: &'static str, whole: u64) -> Self {
        let now = Instant::now();
        Self {
            what,
            began: now,
            said: now,
            whole,
        }
    }

    /// `done` of the whole is done.
    pub(super) fn at(&mut self, done: u64) {
        if self.said.elapsed() < EVERY {
            return;
        }
        self.said = Instant::now();
        let passed = self.began.elapsed().as_secs_f64();
        // Shown to people: a rounded figure is all that is wanted.
        #[expect(clippy::cast_precision_loss, reason = "a rate in a line for people")]
        let (done_so_far, whole) = (done.max(1) as f64, self.whole.max(1) as f64);
        let left = (whole - done_so_far).max(0.0) * passed / done_so_far;
        eprintln!(
            "{:<10} {:>3.0} %   {:.0}/s   {:.0} s left",
            self.what,
            100.0 * done_so_far / whole,
            done_so_far / passed,
            left
        );
    }

    pub(super) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }
}

/// The file of lines that were not taken.
pub(super) struct Report {
    path: PathBuf,
    file: BufWriter<File>,
    lines: u64,
}

impl Report {
    /// Made before anything else happens: a report that cannot be written is known at once.
    pub(super) fn create(options: &PeopleFile) -> anyhow::Result<Self> {
        let name = options
            .file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let path = options
            .report
            .clone()
            .unwrap_or_else(|| PathBuf::from(format!("{name}.report.tsv")));
        let file = File::create(&path).with_context(|| {
            format!("the report {}: name another with --report", path.display())
        })?;
        let mut file = BufWriter::new(file);
        writeln!(file, "line\tbranch\tnumber\tfield\twhat")?;
        Ok(Self {
            path,
            file,
            lines: 0,
        })
    }

    pub(super) fn line(
        &mut self,
        line: u64,
        branch: &str,
        number: &str,
        field: &str,
        what: &str,
    ) -> anyhow::Result<()> {
        // A number with a line break in it would be two lines.
        let number = number.replace(['\t', '\n', '\r'], " ");
        writeln!(self.file, "{line}\t{branch}\t{number}\t{field}\t{what}")?;
        self.lines += 1;
        Ok(())
    }

    pub(super) fn close(mut self) -> anyhow::Result<()> {
        self.file
            .flush()
            .with_context(|| format!("the report {}", self.path.display()))?;
        eprintln!("{} lines in {}", self.lines, self.path.display());
        Ok(())
    }
}

/// How many lines of each source came to what.
#[derive(Default)]
pub(super) struct Tally(BTreeMap<String, BTreeMap<&'static str, i64>>);

impl Tally {
    pub(super) fn count(&mut self, branch: &str, what: &'static str, lines: i64) {
        let branch = if branch.is_empty() { "?" } else { branch };
        *self
            .0
            .entry(branch.to_owned())
            .or_default()
            .entry(what)
            .or_default() += lines;
    }

    /// A line a source and one of all together; only columns in which something stands.
    pub(super) fn print(&self, columns: &[&'static str]) {
        let mut all: BTreeMap<&str, i64> = BTreeMap::new();
        for counts in self.0.values() {
            for (what, lines) in counts {
                *all.entry(what).or_default() += lines;
            }
        }
        let columns: Vec<&str> = columns
            .iter()
            .copied()
            .filter(|column| all.contains_key(column))
            .collect();
        let row = |name: &str, cell: &dyn Fn(&str) -> String| {
            let cells: Vec<String> = columns
                .iter()
                .map(|column| format!("{:>1$}", cell(column), column.len().max(9)))
                .collect();
            eprintln!("{name:<8} {}", cells.join("  "));
        };
        row("branch", &|column| column.to_owned());
        for (branch, counts) in &self.0 {
            row(branch, &|column| {
                counts.get(column).copied().unwrap_or(0).to_string()
            });
        }
        row("all", &|column| {
            all.get(column).copied().unwrap_or(0).to_string()
        });
    }
}

/// The file to read, and how long it is.
pub(super) fn open(path: &Path) -> anyhow::Result<(std::io::BufReader<File>, u64)> {
    let file = File::open(path).with_context(|| format!("the file {}", path.display()))?;
    let length = file.metadata().map_or(0, |data| data.len());
    Ok((std::io::BufReader::with_capacity(1 << 20, file), length))
}
