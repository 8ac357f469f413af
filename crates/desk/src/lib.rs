//! The use cases of a library network: what happens at a desk, whoever stands before it.
//!
//! Every door (kiosk, partner system, staff page, portal) calls the same method here, so that a loan is the
//! same loan under the same rules with the same explanation. A method loads facts, lets `circulation` decide,
//! writes the effects and answers; it holds no rule and no SQL of its own.
//!
//! It is not a protocol: nothing here knows how a question was spelled on the wire.
//!
//! What every command promises:
//! - the answer comes after a durable commit, and a command runs to its end even if its caller goes away;
//! - a refusal is a value that names its rule and carries its trace, never an error;
//! - a question that comes again after a lost answer gets the answer of the first time;
//! - where it cannot be known whether something happened, [`DeskError::OutcomeUnknown`] says so: a door then
//!   closes the connection and never answers with a refusal.
//!
//! ```no_run
//! # async fn example(desk: std::sync::Arc<relire_desk::Desk>, terminal: relire_desk::Terminal) {
//! use relire_desk::{Actor, CheckoutAsk};
//! let ask = CheckoutAsk {
//!     actor: Actor::kiosk(&terminal),
//!     card: "2620000000017".into(),
//!     barcode: "3620000000019".into(),
//!     at: desk.now(),
//!     ..CheckoutAsk::default_for(&terminal)
//! };
//! match desk.checkout(ask).await {
//!     Ok(answer) => match answer.outcome {
//!         Ok(lent) => println!("due {}", lent.due),
//!         Err(refused) => println!("{}", desk.tell(refused.headline(), answer.language)),
//!     },
//!     Err(trouble) => println!("{trouble}"),
//! }
//! # }
//! ```
#![forbid(unsafe_code)]

mod actor;
mod answer;
mod attempt;
mod branches;
mod calendar;
mod checkin;
mod checkout;
mod clock;
mod contact;
mod copies;
mod error;
mod figures;
mod finder;
mod history;
mod hold;
mod hold_shelf;
mod inventory;
mod item;
mod jobs;
mod laboratory;
mod listed;
mod log;
mod machine;
mod machines;
mod money;
mod offline;
mod once;
mod overdue;
mod partner;
mod password;
mod patron;
mod pin;
mod presence;
mod pull;
mod reader;
mod refuse;
mod renew;
mod renew_all;
mod request;
mod rulebook;
mod rules;
mod shared;
mod shuttle;
mod sign_in;
mod staff;
mod state;
mod terminal_state;
mod terminals;
mod together;
mod turns;
mod undo;
mod union;
mod why;

pub use self::union::{Librarian, doubt_reasons};
pub use actor::{Actor, NotAllowed, Who};
pub use answer::{Answer, ItemShown};
pub use branches::{BranchAsk, BranchRefused};
pub use calendar::{
    Announced, CalendarPreview, CalendarRefused, ClosureAsk, ClosureEnded, MovedDays, WeekAsk,
    is_public_holiday,
};
pub use checkin::{CheckinAsk, Returned};
pub use checkout::{CheckoutAsk, Lent};
pub use clock::Clock;
pub use contact::ContactAsk;
pub use copies::{Copies, CopiesAsk, CopyView};
pub use error::DeskError;
pub use figures::Period;
pub use finder::{
    AtBranch, Availability, BibCopies, Finder, FinderError, Found, FoundBib, Harvested, Page,
    PageAsk, Progress, ScanAsk, SearchAsk, Served,
};
pub use history::{QueueLine, QueueTurn, TitleQueue};
pub use hold::{HeldThing, HoldAsk, HoldDone, HoldWish, Pause};
pub use hold_shelf::ShelfAsk;
pub use inventory::{Finding, NoScan, ScanAnswer, ShelfRange};
pub use item::ItemView;
pub use jobs::Turn;
pub use laboratory::{LabAsk, LabCase, LabFilter, LabProgress, LabReport, LabState, LabSubject};
pub use listed::Listed;
pub use machine::CardReport;
pub use machines::{Machine, MachineAsk, MachineKind, MachineKinds, MachineRefused};
pub use money::{ChargeAsk, Charged, Paid, PayAsk};
pub use offline::{Note, Offline, OfflineException, Reported};
pub use once::{Claim, Keyed, Known};
pub use overdue::{OverdueAfter, OverdueAsk, OverdueLine};
pub use partner::{
    AcceptAsk, Accepted, Brought, PartnerRequest, RequestKind, RequestState, RequestView,
};
pub use password::{hash_brought_pins, hash_password, hash_passwords};
pub use patron::{PatronAsk, PatronView};
pub use pin::{Pin, PinCheck, Visit};
pub use presence::{Presence, Printer};
pub use pull::{PullAfter, ToPull};
pub use reader::{
    BlockAsk, CardAsk, ChangeAsk, CloseAsk, Enrolled, FindAsk, FoundPatrons, Household,
    HouseholdMove, LiftAsk, MergeAsk, MergedReaders, NoCursor, PatronCursor, PatronLine,
    RegisterAsk, Whose,
};
pub use renew::RenewAsk;
pub use renew_all::Renewed;
pub use request::RequestKey;
pub use rulebook::Desk;
pub use rules::{DraftRefused, PolicyCheck, PolicyDraft, PolicyPublished, PublishAsk};
pub use shared::Shared;
pub use shuttle::TravelAsk;
pub use sign_in::SignIn;
pub use staff::{
    Action, Member, MissingRight, NewToken, SESSION_HOURS, Secret, StaffChange, StaffRefused,
    StaffSignIn, TokenMade,
};
pub use state::DeclareAsk;
pub use store::{
    Activity, AuditAsk, AuditLine, Between, BinRule, BlockLine, BranchFile, CardLine, CardState,
    Certificate, ClosureLine, Dossier, DoubtedPair, Event, Fate, FeeKind, FeeLine, Fingerprint,
    HarvestAsk, HarvestTime, HoldLine, HoldPatron, HoldState, Holding, HoldsAt, Inventory,
    LabThings, LateAt, LateLoan, LateReader, LedgerKind, LedgerLine, LoanLine, LogAfter, LogAsk,
    LogLine, MoveLine, Moved, MovedTimes, NotMoved, NotSeen, NotSeenAfter, OldCard,
    PolicyDraftLine, PolicyVersion, Profile, ReaderData, RecordDoubt, RefusedTimes, Register, Role,
    Sent, SetAside, Settled, ShelfAfter, StaffFile, Stay, StayPlace, SuspensionLine, Terminal,
    TerminalSeen, TerminalSettings, TokenLine, TravelAfter, Travelling, UnderWay, Whereabouts,
};
pub use terminal_state::TerminalState;
pub use terminals::{Registered, Terminals, laid_over};
pub use undo::{Undo, UndoAsk};
pub use why::Why;
