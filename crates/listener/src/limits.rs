//! How much a door takes, and from whom.

use std::{net::IpAddr, time::Duration};

use crate::{Network, may_serve_plain};

/// How much a door takes, and from whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The door's name: the label of its metrics, such as `sip2`.
    pub door: &'static str,
    /// Who may come in plain text; `None` where what is served is encrypted, so that anyone may.
    pub plain: Option<PlainPolicy>,
    /// Connections in all.
    pub connections: usize,
    /// Connections of one peer (of one /64 in IPv6). A branch behind one address may have many
    /// terminals.
    pub per_peer: usize,
    /// How long connections may go on with what they are answering once the door closes.
    pub drain: Duration,
    /// When a silent peer is first asked by TCP whether it is still there.
    pub keepalive_idle: Duration,
    /// How often it is asked after that.
    pub keepalive_interval: Duration,
}

impl Limits {
    /// A door in plain text, for loopback and these networks.
    pub fn plain(door: &'static str, networks: Vec<Network>) -> Self {
        Self {
            plain: Some(PlainPolicy { networks }),
            ..Self::encrypted(door)
        }
    }

    /// A door that encrypts, for anyone.
    pub fn encrypted(door: &'static str) -> Self {
        Self {
            door,
            plain: None,
            connections: 1024,
            per_peer: 64,
            drain: Duration::from_secs(10),
            keepalive_idle: Duration::from_secs(120),
            keepalive_interval: Duration::from_secs(10),
        }
    }
}

/// Who may be served in plain text: loopback always, and the networks that an operator vouches for.
///
/// Patron data is never on an open port without encryption.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlainPolicy {
    /// Beside loopback.
    pub networks: Vec<Network>,
}

impl PlainPolicy {
    /// Whether this peer may be served in plain text.
    pub fn allows(&self, peer: IpAddr) -> bool {
        may_serve_plain(peer, &self.networks)
    }
}
