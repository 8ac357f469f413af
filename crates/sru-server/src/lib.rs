//! The doors of SRU and OAI-PMH: other catalogues and union portals search the network's over HTTP, and copy it.
//!
//! A [`router`] for `/sru`: explain, searchRetrieve and scan of SRU 1.1, 1.2 and 2.0, by GET, POST and SOAP; and for `/oai`:
//! OAI-PMH 2.0 with deleted records, sets and tokens that outlive the daemon. What a request
//! is, and how its answer is written, is `sru`'s; what a question means is `questions`'; who finds is `desk`. Here is what
//! lies between.
//!
//! What it promises:
//! - explain says what is really served: it is made of the table that questions go by;
//! - what cannot be served is refused by the diagnostic that SRU has for it; a record that cannot be had is a diagnostic in
//!   its place;
//! - holdings are where the copies are at that moment, and name no reader;
//! - a person who opens `/sru` in a browser gets a page.
//!
//! It is **not** a listener, and holds no SQL and no index. Terms that people look for are in no log but at `debug`.
//!
//! ```no_run
//! # fn example(finder: desk::Finder) -> axum::Router {
//! relire_sru_server::router(finder, relire_sru_server::Settings::default())
//! # }
//! ```
#![forbid(unsafe_code)]

mod counts;
mod describe;
mod door;
mod facets;
mod holdings;
mod oai;
mod order;
mod page;
mod refused;
mod render;
mod scan;
mod search;
mod settings;

pub use door::router;
pub use settings::Settings;
