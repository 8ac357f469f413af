//! What changes something, a file each.

pub(super) mod condition;
pub(super) mod hold;
pub(super) mod hold_change;
pub(super) mod loan;
pub(super) mod money;
pub(super) mod renewal;
pub(super) mod returned;
pub(super) mod undo;
