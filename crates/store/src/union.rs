//! The union of catalogues as an import writes it: a batch in one transaction, with few statements.

mod copies;
mod importer;
mod partition;
mod rows;
mod second_look;
mod source;

pub use copies::{CopyWrite, KnownCopy};
pub use importer::{ImportBusy, Importer};
pub use partition::FoundCopy;
pub use rows::{DoubtKind, DoubtWrite, KnownRecord, Member, Proposed, RecordWrite, Served};
pub use second_look::{PlanLine, PlannedMove};
pub use source::BranchNames;
