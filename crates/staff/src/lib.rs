//! The staff door: pages for librarians under `/staff`, and the same for programs under `/api/v1`.
//!
//! Pages are written by the server, in French with English beside, and work without script, by keyboard and barcode
//! scanner alone. They come with a session in a cookie; programs show a token. What either may do stands in the
//! member's rights, looked up anew with each question, and every look into a reader's file is noted.
//!
//! It is not where anything is decided: each question becomes one of the desk's, and a loan made here is the loan
//! that a kiosk makes, with the same reasons.
//!
//! ```no_run
//! # fn example(
//! #     desk: std::sync::Arc<desk::Desk>,
//! #     finder: desk::Finder,
//! #     machines: desk::MachineKinds,
//! # ) -> axum::Router {
//! use relire_staff::{Door, Settings, router};
//! // Whoever serves it puts an `Origin` into each request's extensions.
//! router(Door::new(desk, finder, machines, Settings::default()))
//! # }
//! ```
#![forbid(unsafe_code)]

mod access;
mod api;
mod calendar;
mod door;
mod figures;
mod headers;
mod machines;
mod moves;
mod origin;
mod pages;
mod rules;
mod staff;
mod tongue;

pub use door::{Door, Settings, router};
pub use origin::Origin;
