//! What a certificate says.

use std::fmt::Write as _;

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use sha2::{Digest, Sha256};
use x509_parser::{certificate::X509Certificate, extensions::GeneralName, parse_x509_certificate};

use crate::moment;

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// SHA-256 of the certificate as bytes (DER): what it is known by.
    pub fingerprint: [u8; 32],
    /// Whom it names, such as `CN=LENS-automates`.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Its number with that issuer, in hexadecimal.
    pub serial: String,
    /// Good from.
    pub not_before: Timestamp,
    /// Good until.
    pub not_after: Timestamp,
    /// DNS names and addresses (subject alternative names) that it is good for; other kinds are
    /// left out.
    pub names: Vec<String>,
}

/// A text that holds no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DescribeError {
    /// There is none.
    #[error("there is no certificate: it begins with -----BEGIN CERTIFICATE-----")]
    NoCertificate,
    /// There is one, but it cannot be read.
    #[error("the certificate cannot be read ({why}): make the file anew")]
    Damaged {
        /// What the reader stumbled over.
        why: String,
    },
}

/// Describes the first certificate of a PEM text.
///
/// # Errors
///
/// If there is none, or it is damaged.
pub fn describe(pem: &str) -> Result<Described, DescribeError> {
    match CertificateDer::pem_slice_iter(pem.as_bytes()).next() {
        Some(Ok(der)) => describe_der(&der),
        Some(Err(error)) => Err(DescribeError::Damaged {
            why: error.to_string(),
        }),
        None => Err(DescribeError::NoCertificate),
    }
}

pub(crate) fn describe_der(der: &[u8]) -> Result<Described, DescribeError> {
    let certificate = parse(der)?;
    let validity = certificate.validity();
    Ok(Described {
        fingerprint: fingerprint(der),
        subject: certificate.subject().to_string(),
        issuer: certificate.issuer().to_string(),
        serial: serial(certificate.raw_serial()),
        not_before: moment::from_reader(validity.not_before),
        not_after: moment::from_reader(validity.not_after),
        names: names(&certificate),
    })
}

pub(crate) fn parse(der: &[u8]) -> Result<X509Certificate<'_>, DescribeError> {
    match parse_x509_certificate(der) {
        Ok((_, certificate)) => Ok(certificate),
        Err(error) => Err(DescribeError::Damaged {
            why: error.to_string(),
        }),
    }
}

pub(crate) fn fingerprint(der: &[u8]) -> [u8; 32] {
    Sha256::digest(der).into()
}

/// In hexadecimal, without the zero byte that only keeps the number positive.
pub(crate) fn serial(bytes: &[u8]) -> String {
    let bytes = match bytes {
        [0, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else {
        return Vec::new();
    };
    let names = extension.value.general_names.iter();
    names
        .filter_map(|name| match name {
            GeneralName::DNSName(name) => Some((*name).to_owned()),
            GeneralName::IPAddress(bytes) => address(bytes),
            _ => None,
        })
        .collect()
}

fn address(bytes: &[u8]) -> Option<String> {
    let v4 = <[u8; 4]>::try_from(bytes).map(|bytes| std::net::Ipv4Addr::from(bytes).to_string());
    let v6 = <[u8; 16]>::try_from(bytes).map(|bytes| std::net::Ipv6Addr::from(bytes).to_string());
    v4.or(v6).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_written_as_others_write_them() {
        assert_eq!(serial(&[0x00, 0xf0, 0x01]), "f001");
        assert_eq!(serial(&[0x40, 0x00]), "4000");
        assert_eq!(serial(&[0x00]), "00");
    }

    #[test]
    fn what_is_no_certificate_says_so() {
        assert_eq!(describe(""), Err(DescribeError::NoCertificate));
        let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        assert_eq!(describe(key), Err(DescribeError::NoCertificate));
        let damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(matches!(
            describe(damaged),
            Err(DescribeError::Damaged { .. })
        ));
        let cut = "-----BEGIN CERTIFICATE-----\nAAAA\n";
        assert!(matches!(describe(cut), Err(DescribeError::Damaged { .. })));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            // The reading must come back; most of what it is given is no certificate.
            let _ = describe_der(&bytes);
        }
    }
}
