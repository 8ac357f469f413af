//! What became of the records: counts a source, and a line in the report for everything odd.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use anyhow::Context;
use intake::{Done, Remark};

use super::SourceFile;

/// Counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Records that came in.
    pub(super) read: u64,
    /// New source records.
    pub(super) created: u64,
    /// Of these, with a bib of their own.
    pub(super) bibs: u64,
    /// Of these, in a bib that was there.
    pub(super) joined: u64,
    /// Pairs of bibs that a record showed to be one.
    pub(super) same: u64,
    /// Known records, other than before.
    pub(super) updated: u64,
    /// Known records, as before.
    pub(super) unchanged: u64,
    /// Records that did not come in.
    pub(super) rejected: u64,
    /// New copies.
    pub(super) new_copies: u64,
    /// Copies that are other than before.
    pub(super) changed_copies: u64,
    /// Copies that go with another record than before.
    pub(super) moved_copies: u64,
    /// Copies that did not come in.
    pub(super) rejected_copies: u64,
    /// Copies that were there before and are not in the file.
    pub(super) gone_copies: u64,
    /// New lines of the work list.
    pub(super) doubts: u64,
}

impl Tally {
    fn lines(&self) -> String {
        format!(
            "{} read, {} created ({} new bibs, {} joined), {} updated, {} unchanged, {} rejected\n  \
             copies: {} new, {} changed, {} moved, {} rejected, {} gone from the source\n  \
             doubts: {} new on the work list, {} of them shown to be one",
            self.read,
            self.created,
            self.bibs,
            self.joined,
            self.updated,
            self.unchanged,
            self.rejected,
            self.new_copies,
            self.changed_copies,
            self.moved_copies,
            self.rejected_copies,
            self.gone_copies,
            self.doubts,
            self.same,
        )
    }

    fn add(&mut self, other: Self) {
        for (one, other) in [
            (&mut self.read, other.read),
            (&mut self.created, other.created),
            (&mut self.bibs, other.bibs),
            (&mut self.joined, other.joined),
            (&mut self.same, other.same),
            (&mut self.updated, other.updated),
            (&mut self.unchanged, other.unchanged),
            (&mut self.rejected, other.rejected),
            (&mut self.new_copies, other.new_copies),
            (&mut self.changed_copies, other.changed_copies),
            (&mut self.moved_copies, other.moved_copies),
            (&mut self.rejected_copies, other.rejected_copies),
            (&mut self.gone_copies, other.gone_copies),
            (&mut self.doubts, other.doubts),
        ] {
            *one += other;
        }
    }
}

/// The report file, and the sums.
pub(super) struct Report {
    file: Option<BufWriter<File>>,
    json: bool,
    files: usize,
    total: Tally,
    kinds: BTreeMap<(&'static str, Done), u64>,
}

impl Report {
    pub(super) fn create(path: Option<&Path>) -> anyhow::Result<Self> {
        let create =
            |path: &Path| File::create(path).with_context(|| format!("writing {}", path.display()));
        let json = path
            .and_then(Path::extension)
            .is_some_and(|extension| extension == "jsonl" || extension == "json");
        let mut file = path.map(create).transpose()?.map(BufWriter::new);
        if let Some(file) = file.as_mut().filter(|_| !json) {
            writeln!(
                file,
                "file\tbranch\trecord\toffset\tcontrol_number\tkind\tdone\twhat"
            )?;
        }
        Ok(Self {
            file,
            json,
            files: 0,
            total: Tally::default(),
            kinds: BTreeMap::new(),
        })
    }

    pub(super) const fn total(&self) -> &Tally {
        &self.total
    }

    pub(super) fn remarks(
        &mut self,
        source: &SourceFile,
        remarks: &[Remark],
    ) -> anyhow::Result<()> {
        for remark in remarks {
            *self.kinds.entry((remark.kind, remark.done)).or_default() += 1;
            let Some(file) = &mut self.file else { continue };
            let name = source
                .path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy();
            if self.json {
                let mut line = serde_json::to_value(remark)?;
                line["file"] = name.into();
                line["branch"] = source.branch.to_string().into();
                writeln!(file, "{line}")?;
            } else {
                let offset = remark.offset.map(|offset| offset.to_string());
                let fields = [
                    name.into_owned(),
                    source.branch.to_string(),
                    remark.record.to_string(),
                    offset.unwrap_or_default(),
                    remark.control_number.clone().unwrap_or_default(),
                    remark.kind.to_owned(),
                    remark.done.to_string(),
                    remark.what.clone(),
                ];
                let fields = fields.map(|field| field.replace(char::is_control, " "));
                writeln!(file, "{}", fields.join("\t"))?;
            }
        }
        Ok(())
    }

    /// A file is through.
    pub(super) fn file(&mut self, source: &SourceFile, tally: Tally) {
        eprintln!("{}: {}", source.branch, tally.lines());
        self.files += 1;
        self.total.add(tally);
    }

    /// The sums, and what kinds of things were odd.
    pub(super) fn finish(&mut self) -> anyhow::Result<()> {
        if self.files > 1 {
            eprintln!("all {} files: {}", self.files, self.total.lines());
        }
        for ((kind, done), count) in &self.kinds {
            eprintln!("{count:>8}  {kind} ({done})");
        }
        if self.total.rejected + self.total.rejected_copies > 0 {
            eprintln!(
                "{} records and {} copies did not come in: the report (--report FILE) names each",
                self.total.rejected, self.total.rejected_copies
            );
        }
        if let Some(file) = &mut self.file {
            file.flush().context("writing the report")?;
        }
        Ok(())
    }
}
