//! Why a connection did not come as far as the door.

use std::io;

use rustls::{CertificateError, Error};

/// The reasons that are counted: few and fixed, for each is a time series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A proxy without a PROXY header, or with one that makes no sense.
    ProxyHeader,
    /// Not done in time: a peer that says nothing, or a door that is overrun.
    TimedOut,
    /// The peer left.
    HungUp,
    /// The peer speaks something else: plain text, most often.
    NotTls,
    /// No version, cipher or signature in common.
    NothingInCommon,
    /// The peer's certificate is signed by nobody whom we trust.
    UnknownAuthority,
    /// The peer's certificate is over.
    Expired,
    /// The peer's certificate is not good yet.
    NotYet,
    /// The peer's certificate is wrong in another way: no client's, say.
    Certificate,
    /// The peer said no: most often it does not trust our certificate.
    RefusedByPeer,
    /// Anything else.
    Protocol,
}

impl Reason {
    /// The label of the metric.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::ProxyHeader => "proxy_header",
            Self::TimedOut => "timed_out",
            Self::HungUp => "hung_up",
            Self::NotTls => "not_tls",
            Self::NothingInCommon => "nothing_in_common",
            Self::UnknownAuthority => "certificate_of_unknown_authority",
            Self::Expired => "certificate_expired",
            Self::NotYet => "certificate_not_yet_valid",
            Self::Certificate => "certificate_unusable",
            Self::RefusedByPeer => "refused_by_peer",
            Self::Protocol => "protocol",
        }
    }
}

/// A reason, and what was said of it.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) reason: Reason,
    pub(crate) detail: String,
}

impl Failure {
    pub(crate) fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self {
            reason,
            detail: detail.into(),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let tls = error.get_ref().and_then(|inner| inner.downcast_ref());
        let reason = tls.map_or_else(|| of_line(error.kind()), of_tls);
        Self::new(reason, error.to_string())
    }
}

fn of_line(kind: io::ErrorKind) -> Reason {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    match kind {
        BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof => Reason::HungUp,
        io::ErrorKind::TimedOut => Reason::TimedOut,
        _ => Reason::Protocol,
    }
}

fn of_tls(error: &Error) -> Reason {
    match error {
        Error::InvalidMessage(_) => Reason::NotTls,
        Error::PeerIncompatible(_) => Reason::NothingInCommon,
        Error::AlertReceived(_) => Reason::RefusedByPeer,
        Error::InvalidCertificate(why) => match why {
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                Reason::UnknownAuthority
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Reason::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Reason::NotYet
            }
            _ => Reason::Certificate,
        },
        _ => Reason::Protocol,
    }
}
