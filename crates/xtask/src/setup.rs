//! What a fresh machine lacks, found and installed. Each part says what it installs and is silent
//! where nothing is missing.

mod apt;
mod fuzzer;
mod postgres;
mod python;
mod toolchain;

use anyhow::Result;

pub(crate) use fuzzer::cargo_fuzz;
pub(crate) use python::python;
pub(crate) use toolchain::format_and_lint;

/// What comes from the system's packages.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    /// PostgreSQL's server programs.
    Postgres,
    /// A Python that makes environments.
    Python,
    /// What libFuzzer is built with.
    Fuzzer,
}

/// Sees to it that these are there. All that is missing is installed in one go, or named in one line
/// for somebody with more rights.
pub(crate) fn packages(parts: &[Part]) -> Result<()> {
    let mut needs = Vec::new();
    for part in parts {
        needs.extend(match part {
            Part::Postgres => postgres::missing()?,
            Part::Python => python::missing(),
            Part::Fuzzer => fuzzer::missing(),
        });
    }
    apt::install(&needs)
}
