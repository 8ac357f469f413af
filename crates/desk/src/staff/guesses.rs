//! Passwords that are guessed at.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// The first 65,536 buckets are of logins at addresses, the others of addresses. Two may share one: then they wait
/// together.
const OF_EACH: i32 = 65_536;

/// The buckets of who tries to come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Buckets {
    /// Of this login, from this address.
    pub(super) login: i32,
    /// Of this address.
    pub(super) address: i32,
}

impl Buckets {
    pub(super) fn of(login: &str, address: IpAddr) -> Self {
        // Whoever has one address of version 6 has the 2^64 beside it, too.
        let network = match address {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets()[..8].to_vec(),
        };
        Self {
            login: bucket(&[login.to_lowercase().as_bytes(), &network]),
            address: OF_EACH + bucket(&[&network]),
        }
    }

    pub(super) fn both(self) -> [i32; 2] {
        [self.login, self.address]
    }
}

fn bucket(parts: &[&[u8]]) -> i32 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    i32::from(u16::from_be_bytes([digest[0], digest[1]]))
}

/// How long to wait after so many wrong ones in a row: nothing for slips, then doubling up to an hour. All of a
/// library's desks may share one address, so that it is given more.
pub(super) fn wait(wrong: u32, slips: u32) -> SignedDuration {
    match wrong.checked_sub(slips) {
        None | Some(0) => SignedDuration::ZERO,
        Some(over) => SignedDuration::from_secs((15_i64 << over.min(8)).min(3_600)),
    }
}

/// Slips of one person before they wait.
pub(super) const OF_LOGIN: u32 = 5;
/// Slips from one address before it waits.
pub(super) const OF_ADDRESS: u32 = 50;

/// Until when nobody is looked at, if the last was wrong then.
pub(super) fn until(wrong: u32, slips: u32, last: Timestamp) -> Timestamp {
    last.saturating_add(wait(wrong, slips)).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_cost_nothing_and_guesses_ever_more() {
        let waits: Vec<_> = (0..=20)
            .map(|wrong| wait(wrong, OF_LOGIN).as_secs())
            .collect();
        assert_eq!(waits[..=5], [0; 6]);
        assert_eq!(waits[6..10], [30, 60, 120, 240]);
        assert!(waits.is_sorted());
        assert_eq!(waits[20], 3_600);
    }

    #[test]
    fn a_login_is_known_in_any_case_and_an_address_with_its_neighbours() {
        let at = |login, address: &str| Buckets::of(login, address.parse().unwrap());
        assert_eq!(at("Anne", "10.0.0.1"), at("anne", "10.0.0.1"));
        assert_eq!(at("anne", "2001:db8::1"), at("anne", "2001:db8::ffff:2"));
        assert_ne!(at("anne", "10.0.0.1"), at("anne", "10.0.0.2"));
        assert_eq!(
            at("anne", "10.0.0.1").address,
            at("paul", "10.0.0.1").address
        );
        for buckets in [at("anne", "10.0.0.1"), at("", "::")] {
            assert!((0..OF_EACH).contains(&buckets.login));
            assert!((OF_EACH..2 * OF_EACH).contains(&buckets.address));
        }
    }
}
