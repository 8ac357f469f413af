//! `invented-sizes.csv`: an invented load for each branch, for demonstrations and benchmarks.
//! A real network's folder has no such file.

use circulation::BranchCode;

use crate::table::{Problems, Unique, rows};

pub(crate) const FILE: &str = "invented-sizes.csv";

/// An invented size. Never to be shown as a branch's real figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchSize {
    /// The branch.
    pub code: BranchCode,
    /// Its size, roughly.
    pub size: Size,
    /// How many items it owns.
    pub documents: u32,
    /// How many patrons come there.
    pub active_patrons: u32,
    /// How many loans it makes in a year.
    pub loans_per_year: u32,
    /// How many self-check machines it has.
    pub self_checks: u16,
}

/// A size, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Size {
    /// L.
    Large,
    /// M.
    Medium,
    /// S.
    Small,
}

const COLUMNS: [&str; 6] = [
    "code",
    "size",
    "documents",
    "active_patrons",
    "loans_per_year",
    "self_checks",
];

const SIZES: [(&str, Size); 3] = [("L", Size::Large), ("M", Size::Medium), ("S", Size::Small)];

/// Each size with the line that it stands on.
pub(crate) fn read(text: &str, problems: &mut Problems) -> Vec<(u64, BranchSize)> {
    let mut codes = Unique::new();
    rows(FILE, text, &COLUMNS, problems, |row, problems| {
        let code = row.parse("code", "write it as LENS", problems);
        let size = row.word("size", &SIZES, problems);
        let number = "give a whole number";
        let documents = row.parse("documents", number, problems);
        let active_patrons = row.parse("active_patrons", number, problems);
        let loans_per_year = row.parse("loans_per_year", number, problems);
        let self_checks = row.parse("self_checks", number, problems);
        let code = code?;
        codes.see(code, "code", row, problems);
        let size = BranchSize {
            code,
            size: size?,
            documents: documents?,
            active_patrons: active_patrons?,
            loans_per_year: loans_per_year?,
            self_checks: self_checks?,
        };
        Some((row.line, size))
    })
}
