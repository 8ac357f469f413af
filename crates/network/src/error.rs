//! What is wrong in a network folder, said so that a librarian can mend it.

use std::fmt;
use std::path::PathBuf;

use thiserror::Error;

/// A network folder that cannot be used.
#[derive(Debug, Error)]
pub enum NetworkError {
    /// A file is there but cannot be read.
    #[error("cannot read {}: {source}; check that it is a text file in UTF-8 and may be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// What the files say is wrong; everything that was found, never empty.
    #[error("{}", one_per_line(.0))]
    Problems(Vec<Problem>),
}

impl NetworkError {
    /// The problems in the files; empty if a file could not be read at all.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Unreadable { .. } => &[],
            Self::Problems(problems) => problems,
        }
    }
}

fn one_per_line(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// One thing that is wrong: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, by its name in the folder.
    pub file: &'static str,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column (or key) that it is about.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl Problem {
    pub(crate) fn new(
        file: &'static str,
        line: Option<u64>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        let (what, remedy) = (what.into(), remedy.into());
        Self {
            file,
            line,
            column: None,
            value: None,
            what,
            remedy,
        }
    }

    pub(crate) fn in_column(mut self, column: &str, value: &str) -> Self {
        self.column = Some(column.to_owned());
        self.value = Some(value.to_owned());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        if let Some(value) = &self.value {
            write!(f, ", value {value:?}")?;
        }
        write!(f, ": {}", self.what)?;
        if !self.remedy.is_empty() {
            write!(f, "; {}", self.remedy)?;
        }
        Ok(())
    }
}
