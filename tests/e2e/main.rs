//! Everything that needs a real Postgres or the real daemon: one binary, a module a door.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where it stopped"
)]

mod api;
mod calendar;
mod catalogue;
mod daemon;
#[path = "../../crates/sru/tests/wire/element.rs"]
mod element;
mod laboratory;
mod lists;
mod model;
mod ncip;
mod ncip_rules;
mod partners;
mod people;
mod races;
mod readers;
mod rules;
mod secrets;
mod sip2;
mod soak;
mod staff;
mod staff_pages;
mod weather;
