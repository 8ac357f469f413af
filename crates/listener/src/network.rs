//! Networks by address and prefix, as an operator writes them.

use std::{fmt, net::IpAddr, str::FromStr};

/// A network, such as `10.1.0.0/16` or `fd00:27::/32`; an address alone is the network of that one.
///
/// ```
/// use relire_listener::Network;
/// let branches: Network = "10.1.0.0/16".parse()?;
/// assert!(branches.contains("10.1.27.3".parse().unwrap()));
/// assert!(!branches.contains("10.2.0.1".parse().unwrap()));
/// # Ok::<(), relire_listener::NetworkError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

/// A text that is no network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkError {
    /// Not of the form at all.
    Form {
        /// The text as given.
        given: String,
    },
    /// An address inside a network instead of the network's own: one of the two numbers is wrong.
    Inside {
        /// The text as given.
        given: String,
        /// The network that this address is in.
        network: Network,
    },
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form { given } => {
                write!(
                    f,
                    "{given:?} is not a network: write 10.1.0.0/16, fd00:27::/32 or one address"
                )
            }
            Self::Inside { given, network } => {
                write!(
                    f,
                    "{given:?} is an address inside a network: write {network}, or another prefix"
                )
            }
        }
    }
}

impl std::error::Error for NetworkError {}

impl Network {
    /// Whether the address is in it. An IPv4 address that came in IPv6 clothes (`::ffff:10.1.2.3`)
    /// is an IPv4 address.
    pub fn contains(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.address.is_ipv4() && masked(address, self.prefix) == self.address
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let given = || text.to_owned();
        let form = || NetworkError::Form { given: given() };
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| form())?;
        let widest = width(address);
        let prefix = match prefix {
            Some(prefix) => prefix
                .parse()
                .ok()
                .filter(|prefix| *prefix <= widest)
                .ok_or_else(form)?,
            None => widest,
        };
        let network = Self {
            address: masked(address, prefix),
            prefix,
        };
        if network.address != address {
            return Err(NetworkError::Inside {
                given: given(),
                network,
            });
        }
        Ok(network)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

/// Whether a peer may be served in plain text: it is this machine, or in a network that the
/// operator named.
pub fn may_serve_plain(peer: IpAddr, networks: &[Network]) -> bool {
    peer.to_canonical().is_loopback() || networks.iter().any(|network| network.contains(peer))
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The address with all bits behind the prefix off.
pub(crate) fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX
                .checked_shl(32 - u32::from(prefix.min(32)))
                .unwrap_or(0);
            IpAddr::V4((v4.to_bits() & mask).into())
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX
                .checked_shl(128 - u32::from(prefix.min(128)))
                .unwrap_or(0);
            IpAddr::V6((v6.to_bits() & mask).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        text.parse().unwrap()
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn both_families_by_prefix() {
        for (text, inside, outside) in [
            ("10.1.0.0/16", "10.1.255.255", "10.2.0.0"),
            ("192.168.7.4/30", "192.168.7.7", "192.168.7.8"),
            ("10.1.2.3", "10.1.2.3", "10.1.2.2"),
            ("fd00:27::/32", "fd00:27:ffff::1", "fd00:28::"),
            ("2001:db8::1", "2001:db8::1", "2001:db8::2"),
        ] {
            assert!(network(text).contains(address(inside)), "{text} {inside}");
            assert!(
                !network(text).contains(address(outside)),
                "{text} {outside}"
            );
        }
        assert!(network("0.0.0.0/0").contains(address("8.8.8.8")));
        assert!(
            !network("0.0.0.0/0").contains(address("::1")),
            "the other family"
        );
        assert!(network("::/0").contains(address("2001:db8::")));
    }

    #[test]
    fn a_network_reads_back_as_written() {
        for text in ["10.1.0.0/16", "10.1.2.3/32", "fd00:27::/32", "0.0.0.0/0"] {
            assert_eq!(network(text).to_string(), text);
        }
        assert_eq!(network("10.1.2.3").to_string(), "10.1.2.3/32");
    }

    #[test]
    fn slips_are_named() {
        for text in [
            "",
            "10.1",
            "10.1.0.0/33",
            "10.1.0.0/",
            "10.1.0.0/-1",
            "fd00::/129",
            "lens",
        ] {
            let error = text.parse::<Network>().unwrap_err();
            assert_eq!(error, NetworkError::Form { given: text.into() });
        }
        let error = "10.1.2.3/16".parse::<Network>().unwrap_err().to_string();
        assert!(error.contains("write 10.1.0.0/16"), "{error}");
    }

    #[test]
    fn plain_text_stays_at_home() {
        let networks = [network("10.1.0.0/16")];
        for peer in [
            "127.0.0.1",
            "127.8.8.8",
            "::1",
            "::ffff:127.0.0.1",
            "10.1.2.3",
            "::ffff:10.1.2.3",
        ] {
            assert!(may_serve_plain(address(peer), &networks), "{peer}");
        }
        for peer in [
            "10.2.0.1",
            "192.168.0.1",
            "::",
            "0.0.0.0",
            "2001:db8::1",
            "::ffff:8.8.8.8",
        ] {
            assert!(!may_serve_plain(address(peer), &networks), "{peer}");
        }
    }
}
