//! A CSV file as rows whose cells are asked for by name.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;
use std::str::FromStr;

use crate::error::Problem;

/// Everything that is wrong with the files read so far.
#[derive(Debug, Default)]
pub(crate) struct Problems(pub(crate) Vec<Problem>);

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }
}

/// One row, with the line that it begins on.
pub(crate) struct Row<'t> {
    pub(crate) line: u64,
    file: &'static str,
    columns: &'t HashMap<String, usize>,
    cells: csv::StringRecord,
}

/// Reads every row of a file with `read`, which reports what it cannot use and then gives `None`.
pub(crate) fn rows<T>(
    file: &'static str,
    text: &str,
    needed: &[&str],
    problems: &mut Problems,
    mut read: impl FnMut(&Row<'_>, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let Some(columns) = columns(file, &mut reader, needed, problems) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for record in reader.records() {
        match record {
            Ok(cells) => {
                let line = cells.position().map_or(0, csv::Position::line);
                all.extend(read(
                    &Row {
                        line,
                        file,
                        columns: &columns,
                        cells,
                    },
                    problems,
                ));
            }
            Err(error) => problems.push(broken_row(file, &error)),
        }
    }
    all
}

fn columns(
    file: &'static str,
    reader: &mut csv::Reader<&[u8]>,
    needed: &[&str],
    problems: &mut Problems,
) -> Option<HashMap<String, usize>> {
    let header = match reader.headers() {
        Ok(header) => header,
        Err(error) => {
            problems.push(broken_row(file, &error));
            return None;
        }
    };
    let columns: HashMap<_, _> = header
        .iter()
        .enumerate()
        .map(|(place, name)| (name.to_owned(), place))
        .collect();
    let mut complete = true;
    for name in needed.iter().filter(|name| !columns.contains_key(**name)) {
        complete = false;
        problems.push(Problem::new(
            file,
            None,
            format!("the column {name} is missing"),
            "add it to the first line; see README.md in the network folder",
        ));
    }
    complete.then_some(columns)
}

fn broken_row(file: &'static str, error: &csv::Error) -> Problem {
    let line = error.position().map(csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => Problem::new(
            file,
            line,
            format!("the row has {len} cells, the first line {expected_len}"),
            "put quotes around cells that hold a comma, and give every column a cell",
        ),
        _ => Problem::new(
            file,
            line,
            error.to_string(),
            "write the file anew as CSV in UTF-8",
        ),
    }
}

impl Row<'_> {
    /// The text of a cell, without spaces around it.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.columns
            .get(column)
            .and_then(|place| self.cells.get(*place))
            .unwrap_or("")
            .trim()
    }

    /// The text of a cell, exactly as it stands.
    pub(crate) fn raw(&self, column: &str) -> String {
        self.columns
            .get(column)
            .and_then(|place| self.cells.get(*place))
            .unwrap_or("")
            .to_owned()
    }

    /// The text of a cell that must not be empty.
    pub(crate) fn needed(&self, column: &str, problems: &mut Problems) -> Option<String> {
        let text = self.text(column);
        if text.is_empty() {
            problems.push(self.problem(column, "nothing is given", "fill the cell"));
            return None;
        }
        Some(text.to_owned())
    }

    /// A cell as a value of any type that can be read from text.
    pub(crate) fn parse<T>(&self, column: &str, remedy: &str, problems: &mut Problems) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.text(column)
            .parse()
            .map_err(|error: T::Err| problems.push(self.problem(column, error.to_string(), remedy)))
            .ok()
    }

    /// The same, where an empty cell means none. `None` outside is a problem.
    pub(crate) fn parse_or_none<T>(
        &self,
        column: &str,
        remedy: &str,
        problems: &mut Problems,
    ) -> Option<Option<T>>
    where
        T: FromStr,
        T::Err: Display,
    {
        if self.text(column).is_empty() {
            return Some(None);
        }
        self.parse(column, remedy, problems).map(Some)
    }

    /// A cell as one of a few words.
    pub(crate) fn word<T: Copy>(
        &self,
        column: &str,
        words: &[(&str, T)],
        problems: &mut Problems,
    ) -> Option<T> {
        let text = self.text(column);
        let found = words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| *value);
        if found.is_none() {
            let list: Vec<_> = words
                .iter()
                .map(|(word, _)| if word.is_empty() { "nothing" } else { *word })
                .collect();
            let remedy = format!("give one of: {}", list.join(", "));
            problems.push(self.problem(column, "not a word known here", remedy));
        }
        found
    }

    /// A problem with one cell of this row.
    pub(crate) fn problem(
        &self,
        column: &str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Problem {
        Problem::new(self.file, Some(self.line), what, remedy).in_column(column, self.text(column))
    }
}

/// Remembers on which line each key was first seen, and reports the second.
pub(crate) struct Unique<K>(HashMap<K, u64>);

impl<K: Eq + Hash> Unique<K> {
    pub(crate) fn new() -> Self {
        Self(HashMap::new())
    }

    pub(crate) fn see(&mut self, key: K, column: &str, row: &Row<'_>, problems: &mut Problems) {
        if let Some(first) = self.0.insert(key, row.line) {
            let what = format!("given on line {first} already");
            problems.push(row.problem(column, what, "give every row its own"));
        }
    }
}
