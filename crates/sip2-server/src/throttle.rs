//! Wrong log-ins slow down the address that they come from, and nobody else.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Addresses that are remembered. Who comes on top of them pushes out the longest quiet one.
const REMEMBERED: usize = 4096;
/// An address that was quiet for so long begins anew.
const FORGOTTEN: Duration = Duration::from_secs(15 * 60);
/// The first wrong log-in costs so much, each further one twice the last.
const FIRST: Duration = Duration::from_millis(250);
/// A terminal must have its answer before it gives up waiting.
const LONGEST: Duration = Duration::from_secs(8);

/// Remembers who logged in wrongly. An address is a neighbourhood as `listener` has it.
#[derive(Default)]
pub(crate) struct Throttle(Mutex<HashMap<IpAddr, Strikes>>);

struct Strikes {
    times: u32,
    last: Instant,
    /// From then on the next attempt of this address is looked at.
    next: Instant,
}

impl Strikes {
    fn delay(&self) -> Duration {
        FIRST
            .saturating_mul(1 << self.times.saturating_sub(1).min(16))
            .min(LONGEST)
    }
}

impl Throttle {
    /// How long an attempt must wait before it is looked at. Attempts of one address at the same
    /// time wait one behind the other.
    pub(crate) fn wait(&self, peer: IpAddr, now: Instant) -> Duration {
        let peer = listener::neighbourhood(peer);
        let mut all = self.all();
        let Some(strikes) = all.get_mut(&peer) else {
            return Duration::ZERO;
        };
        if now.duration_since(strikes.last) >= FORGOTTEN {
            all.remove(&peer);
            return Duration::ZERO;
        }
        let turn = strikes.next.max(now);
        strikes.next = turn + strikes.delay();
        turn.duration_since(now).min(LONGEST)
    }

    /// An attempt was wrong.
    pub(crate) fn wrong(&self, peer: IpAddr, now: Instant) {
        let peer = listener::neighbourhood(peer);
        let mut all = self.all();
        if !all.contains_key(&peer) && all.len() >= REMEMBERED {
            all.retain(|_, strikes| now.duration_since(strikes.last) < FORGOTTEN);
        }
        if !all.contains_key(&peer) && all.len() >= REMEMBERED {
            let quietest = all
                .iter()
                .min_by_key(|(_, strikes)| strikes.last)
                .map(|(peer, _)| *peer);
            quietest.and_then(|peer| all.remove(&peer));
        }
        let strikes = all.entry(peer).or_insert(Strikes {
            times: 0,
            last: now,
            next: now,
        });
        strikes.times += 1;
        strikes.last = now;
        strikes.next = strikes.next.max(now + strikes.delay());
    }

    /// An attempt was right.
    pub(crate) fn right(&self, peer: IpAddr) {
        self.all().remove(&listener::neighbourhood(peer));
    }

    fn all(&self) -> MutexGuard<'_, HashMap<IpAddr, Strikes>> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    #[test]
    fn each_wrong_one_costs_more_and_only_its_own_address() {
        let (throttle, mut now) = (Throttle::default(), Instant::now());
        assert_eq!(throttle.wait(peer(1), now), Duration::ZERO);
        let mut waits = Vec::new();
        for _ in 0..7 {
            throttle.wrong(peer(1), now);
            let wait = throttle.wait(peer(1), now);
            now += wait;
            waits.push(wait.as_millis());
        }
        assert_eq!(waits, [250, 500, 1000, 2000, 4000, 8000, 8000]);
        assert_eq!(throttle.wait(peer(2), now), Duration::ZERO);
    }

    #[test]
    fn attempts_at_once_wait_in_line() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        throttle.wrong(peer(1), now);
        let waits = [(); 3].map(|()| throttle.wait(peer(1), now).as_millis());
        assert_eq!(waits, [250, 500, 750]);
    }

    #[test]
    fn a_right_one_or_time_forgives() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        throttle.wrong(peer(1), now);
        throttle.right(peer(1));
        assert_eq!(throttle.wait(peer(1), now), Duration::ZERO);

        for _ in 0..5 {
            throttle.wrong(peer(2), now);
        }
        let later = now + FORGOTTEN;
        assert_eq!(throttle.wait(peer(2), later), Duration::ZERO);
        throttle.wrong(peer(2), later);
        assert_eq!(throttle.wait(peer(2), later), FIRST);
    }

    #[test]
    fn memory_is_bounded() {
        let (throttle, start) = (Throttle::default(), Instant::now());
        for number in 0..REMEMBERED as u32 + 10 {
            let now = start + Duration::from_millis(u64::from(number));
            throttle.wrong(IpAddr::from(number.to_be_bytes()), now);
        }
        assert_eq!(throttle.all().len(), REMEMBERED);
        assert!(
            !throttle.all().contains_key(&IpAddr::from([0, 0, 0, 0])),
            "the longest quiet one went"
        );
    }
}
