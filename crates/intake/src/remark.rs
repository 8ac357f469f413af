//! What was wrong with a record, and what was done about it.

use std::fmt;

use serde::Serialize;

/// One thing about one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The record's place in the file, from 1.
    pub record: u64,
    /// Offset of its first byte in the file; in XML it is not known.
    pub offset: Option<u64>,
    /// 001, as far as it can be made out.
    pub control_number: Option<String>,
    /// What kind of thing, in a word or two: what a summary counts.
    pub kind: &'static str,
    /// What was wrong.
    pub what: String,
    /// What was done.
    pub done: Done,
}

/// What became of what was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// Read all the same.
    Repaired,
    /// Read as it is; somebody may want to look.
    Noted,
    /// The record came in, this copy did not.
    CopyRejected,
    /// The record did not come in.
    Rejected,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Repaired => "repaired",
            Self::Noted => "noted",
            Self::CopyRejected => "copy rejected",
            Self::Rejected => "record rejected",
        })
    }
}
