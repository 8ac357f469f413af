//! Rules in the words of those who work with them, without a name of a parameter or code among them.

mod change;
mod finding;
mod limit;
mod parameter;
mod rule;

pub use parameter::Kind;
