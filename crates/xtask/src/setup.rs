//! What a fresh machine lacks, found and installed. Each part says what it installs and is silent
//! where nothing is missing.

mod apt;
mod browser;
mod catalogues;
mod fuzzer;
mod postgres;
mod python;
mod toolchain;

use anyhow::Result;

pub(crate) use browser::axe;
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
    /// Programs of others that ask catalogues.
    CatalogueClients,
    /// A browser, and what drives it.
    Browser,
    /// npm.
    Npm,
    /// The catalogue server that ours is measured beside.
    Zebra,
    /// What libFuzzer is built with.
    Fuzzer,
}

/// Sees to it that these are there. All that is missing is installed in one go, or named in one line
/// for somebody with more rights.
pub(crate) fn packages(parts: &[Part]) -> Result<()> {
    let mut needs = Vec::new();
    for part in parts {
        match part {
            Part::Postgres => needs.extend(postgres::missing()?),
            Part::Python => needs.extend(python::missing()),
            Part::CatalogueClients => needs.extend(catalogues::missing_clients()),
            Part::Browser => needs.extend(browser::missing()),
            Part::Npm => needs.extend(browser::missing_npm()),
            Part::Zebra => needs.extend(catalogues::missing_zebra()),
            Part::Fuzzer => needs.extend(fuzzer::missing()),
        }
    }
    apt::install(&needs)
}
