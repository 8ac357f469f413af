//! Where a connection comes from, and what it showed.

use std::{fmt, net::IpAddr, sync::Arc};

use desk::Fingerprint;
use jiff::Timestamp;

/// Where a connection comes from, as the listener knows it.
#[derive(Clone)]
pub struct Origin {
    /// The peer's address; behind a proxy that is trusted, the address behind it.
    pub address: IpAddr,
    /// Whether the line is encrypted.
    pub encrypted: bool,
    /// The SHA-256 of the client certificate that was shown and checked, in DER.
    pub certificate: Option<Fingerprint>,
    /// Until when that certificate is good, by the desk's clock: that may have been started elsewhere than at the
    /// machine's own time, which certificates go by.
    pub certificate_expires: Option<Timestamp>,
    /// Called each time that a terminal has logged in: a listener may then stop to count the connection among
    /// those of nobody.
    pub recognised: Arc<dyn Fn() + Send + Sync>,
}

impl Origin {
    /// Plain text from this address.
    pub fn plain(address: IpAddr) -> Self {
        Self {
            address,
            encrypted: false,
            certificate: None,
            certificate_expires: None,
            recognised: Arc::new(|| {}),
        }
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin")
            .field("address", &self.address)
            .field("encrypted", &self.encrypted)
            .field("certificate", &self.certificate.is_some())
            .field("certificate_expires", &self.certificate_expires)
            .finish_non_exhaustive()
    }
}
