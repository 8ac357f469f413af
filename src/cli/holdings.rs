//! What brings catalogues, readers and loans in, what joins and parts them, and what finds them again.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Branches' catalogues with their copies, joined where records are one document.
    Catalogue(Catalogue),
    /// Branches, calendar, categories, document types and rules from a folder of the network's files.
    Network {
        /// The folder with branches.csv, calendar.csv, patron-categories.csv, document-types.csv, rules.toml.
        folder: PathBuf,
        /// Read and check, change nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Readers of the branches' former systems, from a CSV file; docs/import-people.md says which columns.
    Patrons(PeopleFile),
    /// Loans of the branches' former systems, open and over, from a CSV file: after catalogue and patrons.
    Loans(PeopleFile),
}

#[derive(Debug, Args)]
pub(crate) struct PeopleFile {
    /// The file: CSV with named columns.
    pub(crate) file: PathBuf,
    /// Read, check and compare, change nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Where the list of rejected lines goes; without this, to NAME.report.tsv in the current folder.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

/// Readers.
#[derive(Debug, Subcommand)]
pub(crate) enum Patrons {
    /// Print pairs of readers who may be one person, as JSON, the likeliest first: a list for staff.
    Doubts {
        /// Only pairs with a reader of this branch.
        #[arg(long)]
        branch: Option<String>,
    },
    /// Take a pair off that list: they are two persons. It is never proposed again.
    Different {
        /// The number that `relire patrons doubts` gives it.
        number: i64,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Union {
    /// Print what may be one document, the likeliest first.
    Doubts {
        /// How many.
        #[arg(long, default_value_t = 50)]
        limit: i64,
        /// The reasons in English instead of French.
        #[arg(long)]
        english: bool,
    },
    /// Join a bib to another: its records, copies and holds go over.
    Merge {
        /// The bib that ends.
        from: i64,
        /// The bib that stays.
        into: i64,
    },
    /// Take a record, and the copies that came with it, off its bib.
    Split {
        /// The branch that delivered it.
        branch: String,
        /// Its control number there.
        control_number: String,
    },
    /// Take a merge or a split back.
    Undo {
        /// Its number, as the command that did it said.
        number: i64,
    },
    /// Settle a doubt: the two stay apart, and are not proposed again.
    KeepApart {
        /// Its number, as `doubts` prints it.
        number: i64,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// What was joined with what: source, control number and bib, tab-separated.
    Union {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Words, as in the box of a portal; or conditions: `title:dune AND author:herbert NOT branch:LENS`.
    #[arg(required = true)]
    pub(crate) query: Vec<String>,
    /// How many documents are shown.
    #[arg(long, default_value_t = 10)]
    pub(crate) limit: usize,
    /// How many are passed over before.
    #[arg(long, default_value_t = 0)]
    pub(crate) offset: usize,
    /// In which order.
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    pub(crate) sort: Order,
    /// Only what is on the shelves of this branch now.
    #[arg(long, value_name = "BRANCH")]
    pub(crate) at: Option<String>,
    /// One JSON object: the count, and the documents.
    #[arg(long)]
    pub(crate) json: bool,
    /// In English instead of French.
    #[arg(long)]
    pub(crate) english: bool,
}

/// The order of documents that were found.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum Order {
    /// The likeliest first.
    Relevance,
    /// By title, without its article.
    Title,
    /// By the main author.
    Author,
    /// The newest first.
    Year,
}

/// What a catalogue is imported from, and how.
#[derive(Debug, Args)]
pub(crate) struct Catalogue {
    /// A branch's file (ISO 2709 or MARCXML), or a folder of CODE.mrc or CODE.xml, a file a branch.
    pub(crate) what: PathBuf,
    /// The branch whose file it is; without it, the file's name says.
    #[arg(long, value_name = "CODE")]
    pub(crate) branch: Option<String>,
    /// Give every new record a bib of its own.
    #[arg(long)]
    pub(crate) no_merge: bool,
    /// Read, judge and place, and leave nothing of it.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write a line for everything that was odd: tab-separated, or JSON lines if the name ends with .jsonl.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Read by this profile (JSON) instead of the source's own, this time.
    #[arg(long, value_name = "FILE")]
    pub(crate) profile: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Source {
    /// Print all sources that have a profile of their own, a line each.
    List,
    /// Print how a branch's files are read, as JSON: what `set` reads.
    Show {
        /// The branch.
        code: String,
    },
    /// Read a branch's files by this profile from now on.
    Set {
        /// The branch.
        code: String,
        /// JSON, such as `{"charset": "latin1", "items": {"tag": "952"}}`; what is left out is as usual.
        file: PathBuf,
    },
}
