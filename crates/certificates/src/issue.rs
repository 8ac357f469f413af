//! Making certificates and their keys.

use jiff::Timestamp;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, SerialNumber,
};
use secrecy::{SecretString, zeroize::Zeroize};

use crate::{NameError, describe, moment, names};

/// A certificate and its key, fresh.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The certificate.
    pub certificate_pem: String,
    /// Its key: PKCS#8, not encrypted, so for its owner's eyes alone. It is kept nowhere else.
    pub key_pem: SecretString,
    /// SHA-256 of the certificate as bytes (DER): what it is known by.
    pub fingerprint: [u8; 32],
    /// Its number, in hexadecimal.
    pub serial: String,
    /// Good from: a day before it was issued.
    pub not_before: Timestamp,
    /// Good until: as asked, but never longer than the authority itself.
    pub not_after: Timestamp,
}

/// Why a certificate could not be issued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// A name that no certificate can carry.
    #[error(transparent)]
    Name(#[from] NameError),
    /// No days, or more than a calendar has.
    #[error("a certificate cannot be good for {days} days: give 1 or more, such as 730")]
    Days {
        /// As given.
        days: u32,
    },
    /// The authority itself is no longer good.
    #[error(
        "the authority ended on {ended}: move ca.pem and ca.key away, so that a new one is made, \
         and issue all certificates anew"
    )]
    AuthorityEnded {
        /// When it ended.
        ended: Timestamp,
    },
    /// The library that signs refused, or there is no randomness.
    #[error("the certificate could not be signed: {why}")]
    Signing {
        /// What was said.
        why: String,
    },
}

impl From<rcgen::Error> for IssueError {
    fn from(error: rcgen::Error) -> Self {
        Self::Signing {
            why: error.to_string(),
        }
    }
}

/// What a certificate is for.
pub(crate) enum Purpose {
    Client,
    Server,
}

pub(crate) fn new_key() -> Result<KeyPair, IssueError> {
    Ok(KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?)
}

/// The certificate of an authority, signed by itself. Path length 0: it signs no other authority.
pub(crate) fn authority(
    name: &str,
    key: &KeyPair,
    now: Timestamp,
    days: u32,
) -> Result<Certificate, IssueError> {
    let mut params = params(name, now, days)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params.self_signed(key)?)
}

/// What a certificate of a client or server holds before anybody signs it.
pub(crate) fn leaf(
    name: &str,
    purpose: &Purpose,
    now: Timestamp,
    days: u32,
) -> Result<CertificateParams, IssueError> {
    let mut params = params(name, now, days)?;
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![match purpose {
        Purpose::Client => ExtendedKeyUsagePurpose::ClientAuth,
        Purpose::Server => ExtendedKeyUsagePurpose::ServerAuth,
    }];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

/// Makes a key and signs a certificate for it.
pub(crate) fn sign(
    params: &CertificateParams,
    issuer: &Issuer<'_, KeyPair>,
) -> Result<Issued, IssueError> {
    let mut key = new_key()?;
    let signed = params.signed_by(&key, issuer);
    let key_pem = SecretString::from(key.serialize_pem());
    key.zeroize();
    let certificate = signed?;
    // Read back rather than remembered: this is what others will see.
    let said = describe::describe_der(certificate.der()).map_err(|error| IssueError::Signing {
        why: error.to_string(),
    })?;
    Ok(Issued {
        certificate_pem: certificate.pem(),
        key_pem,
        fingerprint: said.fingerprint,
        serial: said.serial,
        not_before: said.not_before,
        not_after: said.not_after,
    })
}

fn params(name: &str, now: Timestamp, days: u32) -> Result<CertificateParams, IssueError> {
    let wrong_days = || IssueError::Days { days };
    if days == 0 {
        return Err(wrong_days());
    }
    let (from, until) = moment::period(now, days).ok_or_else(wrong_days)?;
    let mut params = CertificateParams::default();
    params.distinguished_name = names::distinguished(name)?;
    params.not_before = moment::to_signer(from).ok_or_else(wrong_days)?;
    params.not_after = moment::to_signer(until).ok_or_else(wrong_days)?;
    params.serial_number = Some(serial()?);
    Ok(params)
}

/// 126 random bits in 16 bytes: positive, and always as long (RFC 5280 §4.1.2.2 asks for at most
/// 20 bytes).
fn serial() -> Result<SerialNumber, IssueError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| IssueError::Signing {
        why: error.to_string(),
    })?;
    bytes[0] = bytes[0] & 0x3f | 0x40;
    Ok(SerialNumber::from_slice(&bytes))
}
