//! The demonstration network in a database: seeded once, topped up at each start.

mod certify;
mod partners;
mod seed;
mod top_up;
mod unimarc;
mod wait;

pub(crate) use certify::certify;
pub(crate) use seed::seed;
pub(crate) use top_up::usable;
