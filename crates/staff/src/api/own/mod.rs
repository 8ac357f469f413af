//! Who asks, and the tokens that they give to programs.

pub(super) mod me;
pub(super) mod tokens;
