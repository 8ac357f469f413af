//! A network folder, read whole and checked as a whole.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use circulation::{
    Branch, BranchCode, Calendar, Category, DocumentType, KnownCodes, Policy, PolicyFinding,
    Rulebook,
};

use crate::branches::{self, BranchRecord};
use crate::error::{NetworkError, Problem};
use crate::sizes::{self, BranchSize};
use crate::table::Problems;
use crate::{calendar, categories, documents, rules};

/// The files without which there is no network.
const NEEDED: [&str; 5] = [
    branches::FILE,
    calendar::FILE,
    categories::FILE,
    documents::FILE,
    rules::FILE,
];

/// A network, as its files describe it. Lists are in the order of the files.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// `branches.csv`.
    pub branches: Vec<BranchRecord>,
    /// `calendar.csv`.
    pub calendar: Calendar,
    /// `patron-categories.csv`.
    pub categories: Vec<Category>,
    /// `document-types.csv`.
    pub documents: Vec<DocumentType>,
    /// `rules.toml`.
    pub policy: Policy,
    /// `invented-sizes.csv`; empty where there is none.
    pub sizes: Vec<BranchSize>,
}

impl Network {
    /// Reads a network folder.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or when the files say something wrong: then everything that
    /// is wrong in any of them.
    pub fn read(dir: &Path) -> Result<Self, NetworkError> {
        let mut texts = BTreeMap::new();
        for name in NEEDED.into_iter().chain([sizes::FILE]) {
            let path = dir.join(name);
            match std::fs::read_to_string(&path) {
                Ok(text) => {
                    texts.insert(name, text);
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(source) => return Err(NetworkError::Unreadable { path, source }),
            }
        }
        Self::from_files(|name| texts.remove(name))
    }

    /// Reads a network from texts by file name, such as embedded ones.
    ///
    /// # Errors
    ///
    /// When a file is missing or the files say something wrong: then everything that is wrong.
    pub fn from_files(mut file: impl FnMut(&str) -> Option<String>) -> Result<Self, NetworkError> {
        let mut problems = Problems::default();
        let mut text = |name: &'static str, problems: &mut Problems| {
            let text = file(name);
            if text.is_none() && NEEDED.contains(&name) {
                let remedy = "put it into the network folder";
                problems.push(Problem::new(name, None, "the file is missing", remedy));
            }
            text.unwrap_or_default()
        };
        let mut given = |name, problems: &mut Problems| {
            Some(text(name, problems)).filter(|text| !text.is_empty())
        };

        let branches = given(branches::FILE, &mut problems)
            .map_or_else(Vec::new, |text| branches::read(&text, &mut problems));
        let (calendar, named) = given(calendar::FILE, &mut problems)
            .map_or_else(Default::default, |text| {
                calendar::read(&text, &mut problems)
            });
        let categories = given(categories::FILE, &mut problems)
            .map_or_else(Vec::new, |text| categories::read(&text, &mut problems));
        let documents = given(documents::FILE, &mut problems)
            .map_or_else(Vec::new, |text| documents::read(&text, &mut problems));
        let sizes = given(sizes::FILE, &mut problems)
            .map_or_else(Vec::new, |text| sizes::read(&text, &mut problems));

        // Where a list of codes could not be read whole, codes that it lacks prove nothing.
        let known = problems.0.is_empty().then(|| KnownCodes {
            branches: branches.iter().map(|branch| branch.code).collect(),
            categories: categories.iter().map(|category| category.code).collect(),
            documents: documents.iter().map(|document| document.code).collect(),
        });
        if let Some(known) = &known {
            let sized = sizes.iter().map(|(line, size)| (*line, size.code));
            unknown_branches(calendar::FILE, "branch", named, known, &mut problems);
            unknown_branches(sizes::FILE, "code", sized, known, &mut problems);
        }
        let policy = given(rules::FILE, &mut problems)
            .and_then(|text| rules::read(&text, known.as_ref(), &mut problems));

        match policy {
            Some(policy) if problems.0.is_empty() => Ok(Self {
                branches,
                calendar,
                categories,
                documents,
                policy,
                sizes: sizes.into_iter().map(|(_, size)| size).collect(),
            }),
            _ => Err(NetworkError::Problems(problems.0)),
        }
    }

    /// Everything that decisions are made under.
    #[must_use]
    pub fn rulebook(&self) -> Rulebook {
        let branches = self.branches.iter().map(|record| {
            let (code, name) = (record.code, record.name.clone());
            (code, Branch { code, name })
        });
        Rulebook {
            policies: vec![self.policy.clone()],
            calendar: self.calendar.clone(),
            branches: branches.collect(),
            categories: self
                .categories
                .iter()
                .map(|one| (one.code, one.clone()))
                .collect(),
            documents: self
                .documents
                .iter()
                .map(|one| (one.code, one.clone()))
                .collect(),
        }
    }

    /// What is strange in the rules though it can be used: warnings, then notes.
    #[must_use]
    pub fn findings(&self) -> Vec<PolicyFinding> {
        self.policy.check(&self.rulebook().known_codes())
    }
}

fn unknown_branches(
    file: &'static str,
    column: &str,
    named: impl IntoIterator<Item = (u64, BranchCode)>,
    known: &KnownCodes,
    problems: &mut Problems,
) {
    for (line, code) in named {
        if !known.branches.contains(&code) {
            let what = "no such branch";
            let remedy = "use a code of branches.csv, or add the branch there";
            problems.push(
                Problem::new(file, Some(line), what, remedy).in_column(column, code.as_str()),
            );
        }
    }
}
