//! The order that answers are wanted in.

/// The order of hits. Where it leaves two equal, the lower bib comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The likeliest first.
    #[default]
    Relevance,
    /// By the number of the bib: cheap, and the same tomorrow.
    Number,
    /// By these, the first being the most important.
    Keys(Vec<SortKey>),
}

/// One key of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// By what.
    pub by: SortBy,
    /// From the end to the beginning. Where missing values go is said apart.
    pub descending: bool,
    /// Whether records without a value come first; else last.
    pub missing_first: bool,
}

impl SortKey {
    /// Ascending, missing last.
    pub const fn by(by: SortBy) -> Self {
        Self {
            by,
            descending: false,
            missing_first: false,
        }
    }

    /// The same, descending.
    #[must_use]
    pub const fn descending(mut self) -> Self {
        self.descending = true;
        self
    }
}

/// What can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// Title without its article, accents last, numbers by size.
    Title,
    /// Name of the main author.
    Author,
    /// Year of publication.
    Year,
    /// When the record last changed.
    Changed,
    /// Number of the bib.
    Bib,
    /// How many copies there are.
    Copies,
}
