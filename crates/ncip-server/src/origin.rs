//! Where a question comes from.

use std::net::IpAddr;

use desk::Fingerprint;
use listener::{Network, may_serve_plain};

/// Where a question comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The address behind it.
    pub address: IpAddr,
    /// Over TLS.
    pub encrypted: bool,
    /// The client certificate that was shown and is of an authority that is trusted.
    pub certificate: Option<Fingerprint>,
}

impl Origin {
    /// In plain text.
    pub fn plain(address: IpAddr) -> Self {
        Self {
            address,
            encrypted: false,
            certificate: None,
        }
    }

    /// Whether readers may be spoken of: over TLS, on this machine, or where the operator vouches for the network.
    pub(crate) fn is_safe(&self, plain_from: &[Network]) -> bool {
        self.encrypted || may_serve_plain(self.address, plain_from)
    }
}
