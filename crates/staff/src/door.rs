//! The door: what is served where.

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
};
use desk::{Desk, Finder, MachineKinds};
use listener::Network;

use crate::{access, api, figures, headers, pages};

/// Bytes of a form or of a program's question.
const BODY: usize = 64 << 10;

/// From whom in plain text.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Networks beside loopback from which plain text is taken: the operator says that they are safe.
    pub plain_from: Vec<Network>,
}

/// What every question needs.
#[derive(Debug)]
pub struct Door {
    pub(crate) desk: Arc<Desk>,
    pub(crate) finder: Finder,
    pub(crate) machines: MachineKinds,
    pub(crate) settings: Settings,
    pub(crate) buckets: api::Buckets,
    pub(crate) counts: figures::Counts,
}

impl Door {
    /// The door before this desk, with this catalogue and what the doors of machines say of settings.
    pub fn new(
        desk: Arc<Desk>,
        finder: Finder,
        machines: MachineKinds,
        settings: Settings,
    ) -> Self {
        Self {
            desk,
            finder,
            machines,
            settings,
            buckets: api::Buckets::default(),
            counts: figures::Counts::default(),
        }
    }
}

/// `/staff` and `/api`. Without an [`Origin`](crate::Origin) in a request's extensions nothing is answered.
pub fn router(door: Door) -> Router {
    let door = Arc::new(door);
    pages::routes()
        .merge(api::routes(&door))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn_with_state(door.clone(), access::guard))
        .layer(from_fn(headers::add))
        .with_state(door)
}
