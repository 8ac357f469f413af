//! When branches open: closures announced and taken back, weekly hours, and what they move.

mod announce;
mod fits;
mod moves;
mod preview;
mod week;

pub use announce::{Announced, ClosureAsk, ClosureEnded};
pub use fits::{CalendarRefused, is_public_holiday};
pub use preview::{CalendarPreview, MovedDays};
pub(crate) use preview::{Previews, previews};
pub use week::WeekAsk;
