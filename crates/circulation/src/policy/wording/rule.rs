//! What a rule is for.

use super::super::Rule;
use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::language::Language;
use crate::rulebook::Rulebook;
use crate::words;

impl Rule {
    /// What it is for: "Partout, pour tous, tous documents", "DVD · Adulte · Lens".
    #[must_use]
    pub fn is_for(&self, language: Language, book: &Rulebook) -> String {
        names(self.branch, self.category, self.document, language, book)
    }
}

pub(super) fn names(
    branch: Option<BranchCode>,
    category: Option<CategoryCode>,
    document: Option<DocumentCode>,
    language: Language,
    book: &Rulebook,
) -> String {
    let parts: Vec<String> = [
        document.map(|code| label_of_document(code, book)),
        category.map(|code| label_of_category(code, book)),
        branch.map(|code| words::branch_name(code, book)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        return language
            .pick("Règle générale du réseau", "General rule of the network")
            .to_owned();
    }
    parts.join(" · ")
}

/// A document type's label up to its first bracket, or its code.
pub(super) fn label_of_document(code: DocumentCode, book: &Rulebook) -> String {
    match book.documents.get(&code) {
        Some(kind) => short(&kind.label).to_owned(),
        None => code.to_string(),
    }
}

/// A category's label up to its first bracket, or its code.
pub(super) fn label_of_category(code: CategoryCode, book: &Rulebook) -> String {
    match book.categories.get(&code) {
        Some(category) => short(&category.label).to_owned(),
        None => code.to_string(),
    }
}

fn short(label: &str) -> &str {
    match label.split_once(" (") {
        Some((short, _)) if !short.is_empty() => short,
        _ => label,
    }
}
