//! Where a question comes from.

use std::net::IpAddr;

use listener::{Network, may_serve_plain};

/// Where a question comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The address behind it.
    pub address: IpAddr,
    /// Over TLS.
    pub encrypted: bool,
}

impl Origin {
    /// Whether readers may be spoken of: over TLS, on this machine, or where the operator vouches for the network.
    pub(crate) fn is_safe(self, plain_from: &[Network]) -> bool {
        self.encrypted || may_serve_plain(self.address, plain_from)
    }
}
