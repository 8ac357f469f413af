//! CSV with named columns, in any order, with commas or semicolons.

use std::{
    borrow::Cow,
    io::{BufRead, Read},
};

use csv::ByteRecord;
use thiserror::Error;

use crate::text::decode;

/// A file that cannot be read on.
#[derive(Debug, Error)]
pub enum TableError {
    /// The system or the CSV itself.
    #[error("the file cannot be read: {0}")]
    Csv(#[from] csv::Error),
    /// The system.
    #[error("the file cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A column that every row needs.
    #[error(
        "the column {0} is missing: the first line must name the columns, with commas or semicolons between them"
    )]
    NoColumn(&'static str),
}

/// A row that is not taken, without a word of what stood in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Its line in the file; the first line names the columns.
    pub line: u64,
    /// The number that the source gave it, empty if none.
    pub number: String,
    /// The branch of the source, as far as it could be read.
    pub branch: String,
    /// The column at fault.
    pub field: &'static str,
    /// What is wrong with it.
    pub why: &'static str,
}

/// A heading longer than this is none.
const LONGEST_HEADING: u64 = 65_536;

pub(crate) struct Table<R> {
    reader: csv::Reader<R>,
    columns: Vec<Option<usize>>,
    record: ByteRecord,
    heading: u64,
}

impl<R: BufRead> Table<R> {
    /// Reads the heading. A column is then known by its place in `names`; the first `needed` of them must be there.
    pub(crate) fn open(
        mut source: R,
        names: &[&'static str],
        needed: usize,
    ) -> Result<Self, TableError> {
        let mut heading = Vec::new();
        (&mut source)
            .take(LONGEST_HEADING)
            .read_until(b'\n', &mut heading)?;
        let bytes = heading.len();
        let text = decode(&heading);
        let text = text.trim_start_matches('\u{feff}').trim_end();
        let delimiter = if text.matches(';').count() > text.matches(',').count() {
            ';'
        } else {
            ','
        };
        let found: Vec<String> = text
            .split(delimiter)
            .map(|name| name.trim().trim_matches('"').to_lowercase())
            .collect();
        let columns: Vec<Option<usize>> = names
            .iter()
            .map(|name| found.iter().position(|column| column == name))
            .collect();
        for (name, column) in names.iter().zip(&columns).take(needed) {
            if column.is_none() {
                return Err(TableError::NoColumn(name));
            }
        }
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(if delimiter == ';' { b';' } else { b',' })
            .from_reader(source);
        Ok(Self {
            reader,
            columns,
            record: ByteRecord::new(),
            heading: u64::try_from(bytes).unwrap_or_default(),
        })
    }

    /// The next row; `None`: the file is at its end.
    pub(crate) fn next_line(&mut self) -> Result<Option<Line<'_>>, TableError> {
        if !self.reader.read_byte_record(&mut self.record)? {
            return Ok(None);
        }
        let number = self.record.position().map_or(0, csv::Position::line) + 1;
        Ok(Some(Line {
            number,
            record: &self.record,
            columns: &self.columns,
        }))
    }

    /// How many bytes of the file are read.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.heading + self.reader.position().byte()
    }
}

pub(crate) struct Line<'a> {
    pub(crate) number: u64,
    record: &'a ByteRecord,
    columns: &'a [Option<usize>],
}

impl Line<'_> {
    /// A cell without blanks around it; empty where there is none.
    pub(crate) fn get(&self, column: usize) -> Cow<'_, str> {
        let cell = self
            .columns
            .get(column)
            .copied()
            .flatten()
            .and_then(|index| self.record.get(index))
            .unwrap_or_default();
        // A zero byte is nothing that a column of text can keep.
        match decode(cell.trim_ascii()) {
            Cow::Borrowed(text) if !text.contains('\0') => Cow::Borrowed(text),
            text => Cow::Owned(text.replace('\0', "")),
        }
    }
}
