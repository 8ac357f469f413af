//! Who is connected, and who may be.

use std::{
    collections::HashMap,
    fmt,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
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
    nameless: Gauge,
    accepted: Counter,
    panicked: Counter,
}

#[derive(Default)]
struct Present {
    all: usize,
    nameless: usize,
    /// The nameless ones whose address is known.
    nameless_by_peer: HashMap<IpAddr, usize>,
}

/// Why a connection is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It would be in plain text on an open network.
    Plain,
    /// The door has all the connections that it takes.
    Full,
    /// It has all the nameless ones.
    Nameless,
    /// This peer has.
    NamelessOfPeer,
}

impl Refused {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain_text_from_unnamed_network",
            Self::Full => "too_many_connections",
            Self::Nameless => "too_many_nameless_connections",
            Self::NamelessOfPeer => "too_many_nameless_connections_of_peer",
        }
    }
}

impl Census {
    pub(crate) fn new(door: &'static str) -> Arc<Self> {
        Arc::new(Self {
            door,
            present: Mutex::default(),
            open: metrics::gauge!("relire_listener_open", "door" => door),
            nameless: metrics::gauge!("relire_listener_nameless", "door" => door),
            accepted: metrics::counter!("relire_listener_accepted_total", "door" => door),
            panicked: metrics::counter!("relire_listener_panics_total", "door" => door),
        })
    }

    /// A seat for a connection, if there is one. `None`: a proxy will say whose it is, and until
    /// then it counts among the nameless without being anybody's.
    pub(crate) fn admit(
        self: &Arc<Self>,
        limits: &Limits,
        peer: Option<IpAddr>,
    ) -> Result<Seat, Refused> {
        let refused = |why| Err(self.refused(why));
        let mut present = self.present();
        if present.all >= limits.connections {
            return refused(Refused::Full);
        }
        if present.nameless >= limits.nameless {
            return refused(Refused::Nameless);
        }
        present.all += 1;
        present.nameless += 1;
        drop(present);
        self.open.increment(1);
        self.nameless.increment(1);
        let seat = Seat(Arc::new(Place {
            census: self.clone(),
            peer: OnceLock::new(),
            nameless: AtomicBool::new(true),
        }));
        // What is refused here leaves its seat by being dropped.
        if let Some(peer) = peer {
            seat.belongs_to(limits, peer)?;
        }
        Ok(seat)
    }

    fn refused(&self, why: Refused) -> Refused {
        metrics::counter!("relire_listener_refused_total", "door" => self.door, "reason" => why.word()).increment(1);
        why
    }

    fn present(&self) -> MutexGuard<'_, Present> {
        // Nothing panics while it is held, and counting on is right if something did.
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among the connections; dropping it leaves the place to another one.
pub(crate) struct Seat(Arc<Place>);

struct Place {
    census: Arc<Census>,
    /// The neighbourhood that it counts for.
    peer: OnceLock<IpAddr>,
    nameless: AtomicBool,
}

impl Seat {
    /// Says whose it is, and asks whether this peer may have it. Once.
    pub(crate) fn belongs_to(&self, limits: &Limits, peer: IpAddr) -> Result<(), Refused> {
        let census = &self.0.census;
        if !limits.allows(peer) {
            return Err(census.refused(Refused::Plain));
        }
        let bounded = !peer.to_canonical().is_loopback();
        let peer = neighbourhood(peer);
        let mut present = census.present();
        let of_peer = present.nameless_by_peer.get(&peer).copied().unwrap_or(0);
        if bounded && of_peer >= limits.nameless_of_one_peer {
            return Err(census.refused(Refused::NamelessOfPeer));
        }
        if self.0.peer.set(peer).is_ok() {
            present.nameless_by_peer.insert(peer, of_peer + 1);
        }
        drop(present);
        census.accepted.increment(1);
        Ok(())
    }

    pub(crate) fn standing(&self) -> Standing {
        Standing(self.0.clone())
    }
}

impl Place {
    /// It counts no more among the nameless; a second time changes nothing.
    fn named(&self) {
        if !self.nameless.swap(false, Ordering::Relaxed) {
            return;
        }
        let mut present = self.census.present();
        present.nameless = present.nameless.saturating_sub(1);
        if let Some(peer) = self.peer.get()
            && let Some(of_peer) = present.nameless_by_peer.get_mut(peer)
        {
            *of_peer -= 1;
            if *of_peer == 0 {
                present.nameless_by_peer.remove(peer);
            }
        }
        drop(present);
        self.census.nameless.decrement(1);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.named();
        let census = &self.0.census;
        let mut present = census.present();
        present.all = present.all.saturating_sub(1);
        drop(present);
        census.open.decrement(1);
        if std::thread::panicking() {
            census.panicked.increment(1);
            tracing::error!(
                door = census.door,
                "a connection ended in a panic; the others go on"
            );
        }
    }
}

/// How a connection stands with its door: nameless until the door has recognised who it is (a
/// terminal that logged in, say). The nameless are bounded in number, the others only in all:
/// [`Limits`].
#[derive(Clone)]
pub struct Standing(Arc<Place>);

impl Standing {
    /// The door knows the peer now. A second time changes nothing; there is no way back, for who
    /// was known once has cost what it took to be known.
    pub fn recognised(&self) {
        self.0.named();
    }
}

impl fmt::Debug for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nameless = self.0.nameless.load(Ordering::Relaxed);
        f.write_str(if nameless {
            "Standing(nameless)"
        } else {
            "Standing(recognised)"
        })
    }
}

#[cfg(test)]
mod tests;
