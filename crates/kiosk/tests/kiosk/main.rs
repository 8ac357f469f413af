//! The client and its face against a small library of our own.

// Marked as tests, so that the unwraps of helpers count as those of a test.
#[cfg(test)]
mod client;
#[cfg(test)]
mod face;
#[cfg(test)]
mod library;
