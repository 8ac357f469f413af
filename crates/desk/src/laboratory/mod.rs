//! Other loan rules, tried on what is open and on what was asked lately, before anybody is under them.

mod bench;
mod report;
mod run;

pub(crate) use bench::Bench;
pub use bench::{LabAsk, LabProgress, LabState};
pub use report::{LabCase, LabFilter, LabReport, LabSubject};
