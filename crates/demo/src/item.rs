//! A copy with a barcode.

use circulation::{Audience, BranchCode, Condition, DocumentCode};
use jiff::civil::Date;

/// A copy of a work. Its key is barcode *and* owner: some old barcodes are borne twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Fourteen digits, or seven on copies that still bear their old label.
    pub barcode: String,
    /// The branch that it belongs to.
    pub branch: BranchCode,
    /// The work: a position in [`Demo::works`](crate::Demo::works).
    pub work: usize,
    /// The document type.
    pub document: DocumentCode,
    /// Whom it is meant for.
    pub audience: Audience,
    /// What stands on the spine.
    pub call_number: String,
    /// Its state.
    pub condition: Condition,
    /// Its first day in service.
    pub in_service: Date,
    /// How many parts it has.
    pub parts: u8,
    /// A remark for staff, in French; often empty.
    pub note: String,
}

impl Item {
    /// Whether it is a book or a BD.
    #[must_use]
    pub fn is_book(&self) -> bool {
        matches!(self.document.as_str(), "LIV" | "BD")
    }
}
