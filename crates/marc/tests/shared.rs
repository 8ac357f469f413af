//! Files that lie beside the repository, real ones and made-up damages: read where they are, never
//! copied. What is not there is told.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it cannot go on"
)]

#[path = "shared/broken.rs"]
mod broken;
#[path = "shared/crossed.rs"]
mod crossed;
#[path = "shared/files.rs"]
mod files;
#[path = "shared/real.rs"]
mod real;
