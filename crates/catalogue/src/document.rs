//! What is put into the index, and how far it has come.

use jiff::Timestamp;
use marc::Record;
use serde::{Deserialize, Serialize};

/// One bib, as it is to be found and served.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its number in this network.
    pub bib: i64,
    /// The record that is served: UNIMARC in Unicode, stripped of what is nobody's business.
    pub record: Record,
    /// The other source records of the same bib. Their titles, names and numbers find it too.
    pub others: Vec<Record>,
    /// Its copies. Their number is taken for how popular it is.
    pub copies: Vec<Copy>,
    /// When any of this last changed.
    pub changed: Timestamp,
}

/// What a copy is found by. Whether it is on the shelf is not here: that changes by the minute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    /// Code of the branch that holds it.
    pub branch: String,
    /// Document type of the network.
    pub document_type: Option<String>,
    /// Whom it is for, in the network's code: `a`, `j`.
    pub audience: Option<String>,
    /// Its barcode.
    pub barcode: Option<String>,
    /// On its spine.
    pub call_number: Option<String>,
}

/// How far the index has read the change feed. It is committed with the documents themselves, so
/// the two cannot part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedPosition {
    /// Which feed: another one after a database was restored. A mismatch means: index anew.
    pub identity: [u8; 16],
    /// Transaction of the last row read.
    pub xid: u64,
    /// Its place within the transaction.
    pub seq: i64,
}
