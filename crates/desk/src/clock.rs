//! The one place that time comes from.

use std::sync::Arc;

use jiff::{Timestamp, Zoned, tz::TimeZone};

/// Tells the time, in the network's zone. The daemon makes it; tests and old data start it elsewhere.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    zone: TimeZone,
}

impl Clock {
    /// A clock that asks `now` and shows local time in `zone`.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static, zone: TimeZone) -> Self {
        Self {
            now: Arc::new(now),
            zone,
        }
    }

    /// The present moment, in the network's zone.
    pub fn now(&self) -> Zoned {
        (self.now)().to_zoned(self.zone.clone())
    }

    /// The network's zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clock")
            .field("zone", &self.zone)
            .finish_non_exhaustive()
    }
}
