//! The parts that messages are made of, each once, as the 2.02 schema has them.

mod account;
pub(crate) mod codec;
mod ids;
mod item;
#[cfg(test)]
pub(crate) mod sample;
mod user;
mod value;

pub use account::*;
pub use ids::*;
pub use item::*;
pub use user::*;
pub use value::Value;
