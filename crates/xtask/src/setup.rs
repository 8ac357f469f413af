//! What a fresh machine lacks, found and installed. Each part says what it installs and is silent
//! where nothing is missing.

mod apt;
mod fuzzer;
mod postgres;
mod python;
mod toolchain;

pub(crate) use fuzzer::cargo_fuzz;
pub(crate) use postgres::postgres;
pub(crate) use python::python;
pub(crate) use toolchain::format_and_lint;
