//! Examples byte by byte, then what holds for every message.

mod examples;
mod properties;
mod tolerance;
