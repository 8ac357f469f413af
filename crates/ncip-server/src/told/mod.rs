//! What is told of readers and copies, in the standard's words.

mod item;
mod user;

pub(crate) use item::{item, medium};
pub(crate) use user::{element, user};
