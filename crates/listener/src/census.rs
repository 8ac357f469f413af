//! Who is connected, and who may be.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use metrics::{Counter, Gauge};

use crate::{Limits, network::masked};

/// What one peer is for limits: an IPv4 address, or the /64 that an IPv6 host can choose its
/// address from.
pub fn neighbourhood(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        v4 @ IpAddr::V4(_) => v4,
        v6 @ IpAddr::V6(_) => masked(v6, 64),
    }
}

/// The connections of one door.
pub(crate) struct Census {
    door: &'static str,
    present: Mutex<Present>,
    open: Gauge,
    accepted: Counter,
    panicked: Counter,
}

#[derive(Default)]
struct Present {
    all: usize,
    by_peer: HashMap<IpAddr, usize>,
}

/// Why a connection is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It would be in plain text on an open network.
    Plain,
    /// The door has all the connections that it takes.
    Full,
    /// This peer has.
    PeerFull,
}

impl Refused {
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Plain => "plain_text_from_unnamed_network",
            Self::Full => "too_many_connections",
            Self::PeerFull => "too_many_connections_of_peer",
        }
    }
}

impl Census {
    pub(crate) fn new(door: &'static str) -> Arc<Self> {
        Arc::new(Self {
            door,
            present: Mutex::default(),
            open: metrics::gauge!("relire_listener_open", "door" => door),
            accepted: metrics::counter!("relire_listener_accepted_total", "door" => door),
            panicked: metrics::counter!("relire_listener_panics_total", "door" => door),
        })
    }

    /// A seat for a connection of this peer, if there is one.
    pub(crate) fn admit(self: &Arc<Self>, limits: &Limits, peer: IpAddr) -> Result<Seat, Refused> {
        if limits
            .plain
            .as_ref()
            .is_some_and(|plain| !plain.allows(peer))
        {
            return Err(self.refused(Refused::Plain));
        }
        let peer = neighbourhood(peer);
        let mut present = self.present();
        let of_peer = present.by_peer.get(&peer).copied().unwrap_or(0);
        if present.all >= limits.connections {
            return Err(self.refused(Refused::Full));
        }
        if of_peer >= limits.per_peer {
            return Err(self.refused(Refused::PeerFull));
        }
        present.all += 1;
        present.by_peer.insert(peer, of_peer + 1);
        drop(present);
        self.accepted.increment(1);
        self.open.increment(1);
        Ok(Seat {
            census: self.clone(),
            peer,
        })
    }

    fn refused(&self, why: Refused) -> Refused {
        metrics::counter!("relire_listener_refused_total", "door" => self.door, "reason" => why.reason()).increment(1);
        why
    }

    fn present(&self) -> MutexGuard<'_, Present> {
        // Nothing panics while it is held, and counting on is right if something did.
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among the connections; dropping it leaves the place to another one.
pub(crate) struct Seat {
    census: Arc<Census>,
    peer: IpAddr,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut present = self.census.present();
        present.all = present.all.saturating_sub(1);
        if let Some(of_peer) = present.by_peer.get_mut(&self.peer) {
            *of_peer -= 1;
            if *of_peer == 0 {
                present.by_peer.remove(&self.peer);
            }
        }
        drop(present);
        self.census.open.decrement(1);
        if std::thread::panicking() {
            self.census.panicked.increment(1);
            tracing::error!(
                door = self.census.door,
                "a connection ended in a panic; the others go on"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn limits() -> Limits {
        Limits {
            connections: 3,
            per_peer: 2,
            ..Limits::encrypted("test")
        }
    }

    #[test]
    fn a_peer_has_its_share_and_the_door_its_fill() {
        let (census, limits) = (Census::new("test"), limits());
        let first = census.admit(&limits, peer("10.0.0.1")).ok().unwrap();
        let _second = census.admit(&limits, peer("10.0.0.1")).ok().unwrap();
        assert_eq!(
            census.admit(&limits, peer("::ffff:10.0.0.1")).err(),
            Some(Refused::PeerFull)
        );
        let _third = census.admit(&limits, peer("10.0.0.2")).ok().unwrap();
        assert_eq!(
            census.admit(&limits, peer("10.0.0.3")).err(),
            Some(Refused::Full)
        );
        drop(first);
        assert!(census.admit(&limits, peer("10.0.0.1")).is_ok());
        assert_eq!(
            census.present().by_peer.len(),
            2,
            "who has left takes no room"
        );
    }

    #[test]
    fn one_host_is_one_peer_whatever_its_address() {
        let (census, limits) = (Census::new("test"), limits());
        let _a = census.admit(&limits, peer("2001:db8::1")).ok().unwrap();
        let _b = census.admit(&limits, peer("2001:db8::2")).ok().unwrap();
        assert_eq!(
            census.admit(&limits, peer("2001:db8::3")).err(),
            Some(Refused::PeerFull)
        );
        assert!(census.admit(&limits, peer("2001:db8:0:1::1")).is_ok());
    }

    #[test]
    fn plain_text_is_for_named_networks() {
        let census = Census::new("test");
        let limits = Limits::plain("test", vec!["10.0.0.0/8".parse().unwrap()]);
        assert!(census.admit(&limits, peer("127.0.0.1")).is_ok());
        assert!(census.admit(&limits, peer("10.9.9.9")).is_ok());
        assert_eq!(
            census.admit(&limits, peer("192.0.2.1")).err(),
            Some(Refused::Plain)
        );
    }
}
