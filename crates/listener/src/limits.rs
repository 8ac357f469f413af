//! How much a door takes, from whom, and in what clothes.

use std::{net::IpAddr, time::Duration};

use crate::{Network, Tls, may_serve_plain};

/// How much a door takes, from whom, and in what clothes.
///
/// There is no bound on connections of one peer as such: a town hall's gateway may bring five
/// thousand terminals from one address, and they are all welcome. What a hostile peer can have
/// plenty of is connections that say nothing of themselves; those are bounded, in all and of one
/// peer, until the door calls [`Standing::recognised`](crate::Standing::recognised).
#[derive(Debug, Clone)]
pub struct Limits {
    /// The door's name: the label of its metrics, such as `sip2`.
    pub door: &'static str,
    /// Plain text for some, or TLS for everybody.
    pub access: Access,
    /// Proxies that say for whom they connect (PROXY protocol v2). From them the header is
    /// required, from all others it is never read.
    pub proxy_from: Vec<Network>,
    /// Connections in all.
    pub connections: usize,
    /// Connections in all that were not recognised yet.
    pub nameless: usize,
    /// Connections of one peer (of one /64 in IPv6) that were not recognised yet. Loopback is
    /// bounded by [`nameless`](Self::nameless) alone: a tunnel on this machine stands for many.
    pub nameless_of_one_peer: usize,
    /// How long a connection may take to say where it comes from and to agree on TLS.
    pub handshake: Duration,
    /// How long connections may go on with what they are answering once the door closes.
    pub drain: Duration,
    /// When a silent peer is first asked by TCP whether it is still there.
    pub keepalive_idle: Duration,
    /// How often it is asked after that.
    pub keepalive_interval: Duration,
}

/// In what clothes a door is served. Patron data is never on an open port without encryption: a
/// door that has some is one of the first two.
#[derive(Debug, Clone)]
pub enum Access {
    /// Plain text, for loopback and for these networks, which the operator vouches for.
    Plain {
        /// Beside loopback.
        networks: Vec<Network>,
    },
    /// TLS, for everybody.
    Tls(Tls),
    /// Plain text, for everybody: for a door behind which there is nothing of any reader, as the
    /// catalogue's.
    Open,
}

impl Limits {
    /// A door in plain text, for loopback and these networks.
    pub fn plain(door: &'static str, networks: Vec<Network>) -> Self {
        Self::new(door, Access::Plain { networks })
    }

    /// A door that speaks TLS, for everybody.
    pub fn encrypted(door: &'static str, tls: Tls) -> Self {
        Self::new(door, Access::Tls(tls))
    }

    /// A door in plain text for everybody: nothing of any reader is behind it.
    pub fn open(door: &'static str) -> Self {
        Self::new(door, Access::Open)
    }

    fn new(door: &'static str, access: Access) -> Self {
        Self {
            door,
            access,
            proxy_from: Vec::new(),
            connections: 16_384,
            nameless: 4096,
            nameless_of_one_peer: 512,
            handshake: Duration::from_secs(10),
            drain: Duration::from_secs(10),
            keepalive_idle: Duration::from_secs(120),
            keepalive_interval: Duration::from_secs(10),
        }
    }

    /// The same with at most so many connections, such as
    /// [`connections_within`](crate::connections_within) leaves. Where that is little, three
    /// quarters of it are kept for those who are recognised.
    #[must_use]
    pub fn within(mut self, connections: usize) -> Self {
        self.connections = self.connections.min(connections);
        self.nameless = self.nameless.min((self.connections / 4).max(1));
        self
    }

    /// Whether this peer may come in without another word in these clothes.
    pub(crate) fn allows(&self, peer: IpAddr) -> bool {
        match &self.access {
            Access::Plain { networks } => may_serve_plain(peer, networks),
            Access::Tls(_) | Access::Open => true,
        }
    }

    /// Whether this address speaks for others.
    pub(crate) fn is_proxy(&self, address: IpAddr) -> bool {
        let mut proxies = self.proxy_from.iter();
        proxies.any(|network| network.contains(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_little_most_is_for_those_we_know() {
        let limits = Limits::plain("test", Vec::new());
        let few = limits.clone().within(768);
        assert_eq!((few.connections, few.nameless), (768, 192));
        let plenty = limits.clone().within(100_000);
        assert_eq!((plenty.connections, plenty.nameless), (16_384, 4096));
        assert_eq!(limits.within(0).nameless, 1);
    }
}
