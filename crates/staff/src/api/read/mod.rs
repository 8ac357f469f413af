//! What changes nothing, a file each.

pub(super) mod copies;
pub(super) mod event;
pub(super) mod history;
pub(super) mod item;
pub(super) mod lists;
pub(super) mod patron;
pub(super) mod queue;
pub(super) mod work_lists;
