//! How a connection is secured, and whose certificate the peer showed.

use std::fmt::Write as _;

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, UnixTime};
use sha2::{Digest, Sha256};
use x509_parser::{parse_x509_certificate, time::ASN1Time};

use crate::failure::{Failure, Reason};

/// How a connection is secured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secured {
    /// Not at all: the peer is on this machine or in a network that the operator named.
    Plain,
    /// By TLS 1.2 or 1.3.
    Tls {
        /// What the peer showed, if anything: signed by a root of the settings, and good when the
        /// connection began.
        certificate: Option<ClientCertificate>,
    },
}

/// A client's certificate: signed by a root of the settings, and good when the connection began.
///
/// A resumed session has the certificate of its first handshake. That it is signed was found then;
/// that it is not over is looked at each time. **Whether it was revoked is the door's to ask**, by
/// the fingerprint, each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCertificate {
    /// SHA-256 of the certificate as bytes (DER): what it is known by.
    pub fingerprint: [u8; 32],
    /// Good from.
    pub not_before: Timestamp,
    /// Good until.
    pub not_after: Timestamp,
    /// Its number with its issuer, in hexadecimal.
    pub serial: String,
    /// Whom it names, such as `CN=LENS-automates`: for the log.
    pub subject: String,
}

impl ClientCertificate {
    /// The first certificate of a verified chain, if it is good now.
    pub(crate) fn good_at(
        chain: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<Option<Self>, Failure> {
        let Some(der) = chain.first() else {
            return Ok(None);
        };
        let (_, parsed) = parse_x509_certificate(der)
            .map_err(|error| Failure::new(Reason::Certificate, error.to_string()))?;
        let validity = parsed.validity();
        let certificate = Self {
            fingerprint: Sha256::digest(der).into(),
            not_before: timestamp(validity.not_before),
            not_after: timestamp(validity.not_after),
            serial: hexadecimal(parsed.raw_serial()),
            subject: parsed.subject().to_string(),
        };
        let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        if now > validity.not_after.timestamp() {
            let told = format!("it ended on {}", certificate.not_after);
            return Err(Failure::new(Reason::Expired, told));
        }
        if now < validity.not_before.timestamp() {
            let told = format!("it is good from {} only", certificate.not_before);
            return Err(Failure::new(Reason::NotYet, told));
        }
        Ok(Some(certificate))
    }
}

/// The standard's "never", the end of the year 9999, lies a few hours past our calendar.
fn timestamp(at: ASN1Time) -> Timestamp {
    let seconds = at.timestamp();
    Timestamp::from_second(seconds).unwrap_or(if seconds < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// Without the zero byte that only keeps the number positive.
fn hexadecimal(number: &[u8]) -> String {
    let bytes = match number {
        [0, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use certificates::{Authority, describe};
    use rustls::pki_types::pem::PemObject;

    use super::*;

    fn seconds(at: Timestamp) -> UnixTime {
        UnixTime::since_unix_epoch(Duration::from_secs(at.as_second().try_into().unwrap()))
    }

    #[test]
    fn it_says_what_the_authority_says() {
        let home = tempfile::tempdir().unwrap();
        let now = "2026-07-01T08:00:00Z".parse().unwrap();
        let authority = Authority::open_or_create(home.path(), "Réseau", now).unwrap();
        let issued = authority.issue_client("LENS-automates", now, 30).unwrap();
        let chain = [CertificateDer::from_pem_slice(issued.certificate_pem.as_bytes()).unwrap()];
        let good = ClientCertificate::good_at(&chain, seconds(now))
            .unwrap()
            .unwrap();
        let said = describe(&issued.certificate_pem).unwrap();
        assert_eq!(good.fingerprint, said.fingerprint);
        assert_eq!((good.serial, good.subject), (said.serial, said.subject));
        assert_eq!(
            (good.not_before, good.not_after),
            (said.not_before, said.not_after)
        );

        let second = jiff::SignedDuration::from_secs(1);
        for (at, wanted) in [
            (said.not_before, None),
            (said.not_after, None),
            (said.not_before - second, Some(Reason::NotYet)),
            (said.not_after + second, Some(Reason::Expired)),
        ] {
            let found = ClientCertificate::good_at(&chain, seconds(at));
            assert_eq!(found.err().map(|failure| failure.reason), wanted, "{at}");
        }
    }

    #[test]
    fn none_and_nonsense() {
        let now = seconds("2026-07-01T08:00:00Z".parse().unwrap());
        assert_eq!(ClientCertificate::good_at(&[], now).unwrap(), None);
        let nonsense = [CertificateDer::from(vec![0x30, 0x03, 1, 2, 3])];
        let failure = ClientCertificate::good_at(&nonsense, now).unwrap_err();
        assert_eq!(failure.reason, Reason::Certificate);
    }
}
