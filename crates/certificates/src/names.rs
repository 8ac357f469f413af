//! What may stand in a certificate as a name.

use rcgen::{DistinguishedName, DnType, SanType};
use rustls::pki_types::ServerName;

/// The longest common name (X.520, `ub-common-name`), in characters.
const LONGEST: usize = 64;

/// A name that no certificate can carry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Empty, or nothing but blanks.
    #[error("a certificate needs a name: give one")]
    Empty,
    /// Longer than the standard allows.
    #[error("{given:?} is longer than a certificate's name may be: {LONGEST} characters at most")]
    Long {
        /// The name as given.
        given: String,
    },
    /// With line ends or other characters that would not be seen in a list.
    #[error("{given:?} has a character that cannot be shown: use letters, digits and signs")]
    Control {
        /// The name as given.
        given: String,
    },
    /// Neither a DNS name nor an address.
    #[error("{given:?} is neither a DNS name nor an address: write sip2.example.org or 10.1.0.5")]
    Host {
        /// The name as given.
        given: String,
    },
    /// A server without names: no client could check whom it reached.
    #[error("a server's certificate needs the names or addresses that clients reach it by")]
    NoHost,
}

/// A subject or issuer: a common name and nothing else.
pub(crate) fn distinguished(name: &str) -> Result<DistinguishedName, NameError> {
    let given = || name.to_owned();
    if name.trim().is_empty() {
        return Err(NameError::Empty);
    }
    if name.chars().count() > LONGEST {
        return Err(NameError::Long { given: given() });
    }
    if name.chars().any(char::is_control) {
        return Err(NameError::Control { given: given() });
    }
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    Ok(distinguished)
}

/// The names that a server is reached by.
pub(crate) fn hosts<S: AsRef<str>>(names: &[S]) -> Result<Vec<SanType>, NameError> {
    if names.is_empty() {
        return Err(NameError::NoHost);
    }
    names.iter().map(|name| host(name.as_ref())).collect()
}

fn host(name: &str) -> Result<SanType, NameError> {
    let wrong = || NameError::Host {
        given: name.to_owned(),
    };
    match ServerName::try_from(name).map_err(|_| wrong())? {
        ServerName::IpAddress(address) => Ok(SanType::IpAddress(address.into())),
        ServerName::DnsName(dns) => dns
            .as_ref()
            .try_into()
            .map(SanType::DnsName)
            .map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_name() {
        assert!(distinguished("LENS-automates").is_ok());
        assert!(distinguished(&"é".repeat(64)).is_ok());
        assert_eq!(distinguished(" "), Err(NameError::Empty));
        assert!(matches!(
            distinguished(&"é".repeat(65)),
            Err(NameError::Long { .. })
        ));
        assert!(matches!(
            distinguished("a\nb"),
            Err(NameError::Control { .. })
        ));
    }

    #[test]
    fn hosts_are_names_and_addresses() {
        let hosts = hosts(&["sip2.example.org", "10.1.0.5", "fd00:27::5", "localhost"]).unwrap();
        assert!(matches!(&hosts[0], SanType::DnsName(name) if name.as_str() == "sip2.example.org"));
        assert!(matches!(&hosts[1], SanType::IpAddress(address) if address.is_ipv4()));
        assert!(matches!(&hosts[2], SanType::IpAddress(address) if address.is_ipv6()));
    }

    #[test]
    fn slips_are_named() {
        assert_eq!(hosts::<&str>(&[]), Err(NameError::NoHost));
        for given in [
            "",
            "médiathèque.example.org",
            "10.1.0.5/16",
            "a b",
            "x:6002",
        ] {
            let error = hosts(&["localhost", given]).unwrap_err();
            assert_eq!(
                error,
                NameError::Host {
                    given: given.into()
                }
            );
        }
    }
}
