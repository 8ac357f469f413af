//! The only SQL of Relire: what the network knows, kept in Postgres.
//!
//! A [`Store`] hands out [`Session`]s, one connection each. A command of the circulation core takes two round
//! trips on it: one statement reads every fact of the decision in one snapshot, one statement writes every
//! effect, whole or not at all. Between the two, `circulation` decides; nothing here does.
//!
//! It is not an abstraction over databases and has no mock: what it promises (one place an item, limits under
//! bursts, an answer only after a durable commit) is Postgres's own work, and `docs/core.md` says which
//! constraint or guard keeps which promise.
//!
//! ```no_run
//! # async fn example() -> Result<(), relire_store::StoreError> {
//! use relire_store::{PoolSize, Store};
//! let store = Store::connect("postgres:///relire?host=/run/relire", &PoolSize::default()).await?;
//! store.migrate().await?;
//! let (rulebook, version) = store.rulebook().await?;
//! println!("{} branches under rulebook {version}", rulebook.branches.len());
//! # Ok(()) }
//! ```
#![forbid(unsafe_code)]

mod access;
mod audit;
mod block;
mod branch;
mod calendar;
mod calendar_moves;
mod catalogue;
mod certificate;
mod checkin;
mod checkout;
mod contact;
mod copies;
mod doubt;
mod error;
mod event;
mod facts;
mod feed;
mod figures;
mod guess;
mod harvest;
mod history;
mod hold;
mod import;
mod imported_calendar;
mod imported_loan;
mod imported_patron;
mod inventory;
mod item;
mod jobs;
mod laboratory;
mod late_loan;
mod ledger;
mod lists;
mod log;
mod merge;
mod money;
mod moved;
mod news;
mod offline;
mod partner;
mod patron;
mod people;
mod pin;
mod policy;
mod policy_draft;
mod pool;
mod profile;
mod reader;
mod record_doubt;
mod renew;
mod request;
mod rulebook;
mod seen;
mod session;
mod showcase;
mod shuttle;
mod staff;
mod staff_file;
mod staff_guess;
mod state;
mod stock;
mod terminal;
mod title;
mod together;
mod undo;
mod union;

pub use access::{Audited, Digest, NewStaffSession, NewStaffToken, StaffSession, StaffToken};
pub use audit::{AuditAsk, AuditLine};
pub use branch::BranchFile;
pub use calendar::{CalendarChange, ClosureLine};
pub use calendar_moves::{Movable, MovableAsk, MovedBy, MovedDay};
pub use catalogue::{BibRow, CopyRow, Holding, RecordRow, Whereabouts};
pub use certificate::{Certificate, Fingerprint, NewCertificate};
pub use checkin::{CheckinEffect, Goes, QueuedCheckin, SuspensionRow};
pub use checkout::CheckoutEffect;
pub use contact::ContactChange;
pub use copies::{CopiesBy, CopiesRead, CopyRead};
pub use doubt::{Doubted, NewDoubt, PatronDoubt, PersonRow};
pub use error::StoreError;
pub use event::{Event, Refused};
pub use facts::{Facts, FactsAsk, ItemAsk, ItemFacts, ItemRow, PatronRow, Returning};
pub use feed::{Changes, FeedPosition, Lag};
pub use figures::{Activity, HoldsAt, LateCase, MovedTimes, RefusedTimes};
pub use harvest::{HarvestAsk, HarvestTime, HarvestedBib};
pub use history::{QueueRow, Stay, StayPlace};
pub use hold::{HoldChange, HoldEnd, HoldLine, HoldPatron, HoldState, NewHold, Stamp, Written};
pub use import::{Change, NetworkImport};
pub use imported_loan::{LoanFate, LoanImport, LoanStaging, StagedLoan};
pub use imported_patron::{
    KnownPatron, PatronColumns, SourceAnswer, SourceAsk, SourceChange, SourceGuarantor,
    SourcePatron,
};
pub use inventory::{Inventory, NotSeen, NotSeenAfter, ScanFacts, ScannedItem, ScannedPlace};
pub use jobs::Overdue;
pub use laboratory::{LabEvent, LabLoan, LabThings, Snapshot};
pub use late_loan::{LateAsk, LateAt, LateLoan, LateReader};
pub use ledger::{LedgerKind, LedgerLine};
pub use lists::{SetAside, ShelfAfter, WaitsFor, Wanted, WantedRead};
pub use log::{LogAfter, LogAsk, LogLine, LogRead};
pub use merge::{Called, MoveError, Moved, NotMoved};
pub use money::{FeeKind, FeeLine, Payment, Settled, Settlement};
pub use moved::MoveLine;
pub use news::TerminalNews;
pub use offline::{Exception, NewException};
pub use partner::{NewTemporary, PartnerRequestRow, Temporary};
pub use patron::{LoanLine, PatronFile};
pub use people::{NewPatron, PatronImport};
pub use policy::{PolicyVersion, PublishError};
pub use policy_draft::{NewPolicyDraft, PolicyDraftLine};
pub use pool::{DAEMON_ROLE, PoolSize, Store, create_database};
pub use profile::{Profile, Register};
pub use reader::{
    BlockLine, CardLine, CardState, Dossier, DoubtedPair, FoundReader, NewReader, PageEnd,
    ReaderData, ReaderLine, ReadersMerged, Remaining, Sought, SuspensionLine,
};
pub use record_doubt::{RecordDoubt, SettledDoubt, UnionLine};
pub use renew::RenewEffect;
pub use request::{Keep, Remembered};
pub use seen::{Seen, TerminalSeen};
pub use session::{Locks, Session};
pub use showcase::ShelfBook;
pub use shuttle::{Between, Sent, TravelAfter, Travelling, UnderWay};
pub use staff::{NewStaff, StaffUser};
pub use staff_file::{Role, StaffFile, TokenLine};
pub use state::OldCard;
pub use stock::{NewBib, NewItem, NewSourceRecord, Signed, StockImport};
pub use terminal::{BinRule, Fate, NewTerminal, Terminal, TerminalSettings};
pub use title::{Copy, Queue, Queued, Title, TitleBy};
pub use undo::LastMove;
pub use union::{
    BranchNames, CopyWrite, DoubtKind, DoubtWrite, FoundCopy, ImportBusy, Importer, KnownCopy,
    KnownRecord, Member, PlanLine, PlannedMove, Proposed, RecordWrite, Served,
};
