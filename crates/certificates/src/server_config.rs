//! The TLS settings of a door.

use std::sync::Arc;

use jiff::Timestamp;
use rustls::{
    RootCertStore, ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{Error as PemError, PemObject},
    },
    server::{NoServerSessionStorage, WebPkiClientVerifier},
    version::{TLS12, TLS13},
};

use crate::{Described, PemFile, describe};

/// Why a door cannot be opened with these files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// Which.
        file: String,
        /// What the system said.
        why: String,
    },
    /// No PEM, or not what is wanted.
    #[error(
        "{file} holds no {wanted} in PEM (-----BEGIN …): if it is DER, turn it into PEM with \
         openssl, and check that the right file is named"
    )]
    NotPem {
        /// Which.
        file: String,
        /// What should be in it.
        wanted: &'static str,
    },
    /// PEM, but damaged.
    #[error("{file} is damaged ({why}): put it back from a copy, or make it anew")]
    Damaged {
        /// Which.
        file: String,
        /// What was found.
        why: String,
    },
    /// A key with a pass phrase: nobody is there to type it when a daemon starts.
    #[error(
        "{file} is encrypted: take the pass phrase off (openssl pkey -in {file} -out …), and keep \
         the file to its owner (chmod 600)"
    )]
    EncryptedKey {
        /// Which.
        file: String,
    },
    /// A key of a kind that is not served.
    #[error(
        "{file} holds a key that cannot be used ({why}): take ECDSA P-256, or RSA of 2048 bits"
    )]
    UnusableKey {
        /// Which.
        file: String,
        /// What was said.
        why: String,
    },
    /// The two files do not belong together.
    #[error(
        "{key} is not the key of the first certificate in {chain}: name the two files that were \
         made together; the server's own certificate stands first"
    )]
    Mismatch {
        /// The file of the certificate.
        chain: String,
        /// The file of the key.
        key: String,
    },
    /// Over.
    #[error("the certificate {subject} in {file} ended on {ended}: renew it")]
    Expired {
        /// Which file.
        file: String,
        /// Whose certificate.
        subject: String,
        /// When it ended.
        ended: Timestamp,
    },
    /// Not good yet.
    #[error("the certificate {subject} in {file} is good from {begins} only: check the clock")]
    NotYet {
        /// Which file.
        file: String,
        /// Whose certificate.
        subject: String,
        /// When it begins.
        begins: Timestamp,
    },
    /// A certificate that clients' certificates cannot be checked against.
    #[error("{file} holds a certificate that cannot be an authority for clients: {why}")]
    Root {
        /// Which.
        file: String,
        /// What was said.
        why: String,
    },
    /// The TLS library refused, for a reason that no file shows.
    #[error("TLS cannot be set up: {why}")]
    Other {
        /// What was said.
        why: String,
    },
}

/// The settings of a TLS door: TLS 1.2 and 1.3, this certificate (with what stands between it and
/// its root behind it) and key; clients may show a certificate, and one that they show must be
/// signed by one of `client_roots`. Without roots none is asked for.
///
/// **Sessions are resumed by ticket**: what is needed lies, encrypted, with the client. So an idle
/// terminal costs no memory for it, a flood of strangers can push nobody's session out, and a
/// ticket is good for twelve hours at most and never with another configuration: a root that was
/// taken out is out at once. One ticket a handshake, for a terminal has one connection.
///
/// A client's certificate is **not** checked again when its session is resumed: that falls to
/// whoever accepts connections.
///
/// # Errors
///
/// With the file, what is wrong with it, and what to do.
pub fn server_config(
    chain: &PemFile,
    key: &PemFile,
    client_roots: &[PemFile],
    now: Timestamp,
) -> Result<ServerConfig, ConfigError> {
    let provider = Arc::new(ring::default_provider());
    let certificates = certificates(chain)?;
    for certificate in &certificates {
        in_date(chain, &described(chain, certificate)?, now)?;
    }
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(other)?;
    let builder = if client_roots.is_empty() {
        builder.with_no_client_auth()
    } else {
        let roots = Arc::new(roots(client_roots)?);
        let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider.clone())
            .allow_unauthenticated()
            .build()
            .map_err(|error| ConfigError::Other {
                why: error.to_string(),
            })?;
        builder.with_client_cert_verifier(verifier)
    };
    let private = private_key(key, &provider)?;
    let mut config = builder
        .with_single_cert(certificates, private)
        .map_err(|error| pair(chain, key, error))?;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.ticketer = ring::Ticketer::new().map_err(other)?;
    config.send_tls13_tickets = 1;
    Ok(config)
}

/// All certificates of a file, at least one.
fn certificates(file: &PemFile) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    let all: Vec<_> = CertificateDer::pem_slice_iter(file.bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| damaged(file, &error))?;
    if all.is_empty() {
        return Err(ConfigError::NotPem {
            file: file.name().to_owned(),
            wanted: "certificate",
        });
    }
    Ok(all)
}

fn described(file: &PemFile, der: &[u8]) -> Result<Described, ConfigError> {
    describe::describe_der(der).map_err(|error| damaged(file, &error))
}

fn in_date(file: &PemFile, said: &Described, now: Timestamp) -> Result<(), ConfigError> {
    let (file, subject) = (file.name().to_owned(), said.subject.clone());
    if now > said.not_after {
        let ended = said.not_after;
        return Err(ConfigError::Expired {
            file,
            subject,
            ended,
        });
    }
    if now < said.not_before {
        let begins = said.not_before;
        return Err(ConfigError::NotYet {
            file,
            subject,
            begins,
        });
    }
    Ok(())
}

/// A key that the provider can sign with.
fn private_key(
    file: &PemFile,
    provider: &CryptoProvider,
) -> Result<PrivateKeyDer<'static>, ConfigError> {
    const ENCRYPTED: [&[u8]; 2] = [b"-----BEGIN ENCRYPTED ", b"Proc-Type: 4,ENCRYPTED"];
    let holds = |mark: &[u8]| file.bytes().windows(mark.len()).any(|part| part == mark);
    if ENCRYPTED.into_iter().any(holds) {
        return Err(ConfigError::EncryptedKey {
            file: file.name().to_owned(),
        });
    }
    let key = PrivateKeyDer::from_pem_slice(file.bytes()).map_err(|error| match error {
        PemError::NoItemsFound => ConfigError::NotPem {
            file: file.name().to_owned(),
            wanted: "private key",
        },
        error => damaged(file, &error),
    })?;
    match provider.key_provider.load_private_key(key.clone_key()) {
        Ok(_) => Ok(key),
        Err(error) => Err(ConfigError::UnusableKey {
            file: file.name().to_owned(),
            why: error.to_string(),
        }),
    }
}

fn roots(files: &[PemFile]) -> Result<RootCertStore, ConfigError> {
    let mut roots = RootCertStore::empty();
    for file in files {
        for certificate in certificates(file)? {
            roots.add(certificate).map_err(|error| ConfigError::Root {
                file: file.name().to_owned(),
                why: error.to_string(),
            })?;
        }
    }
    Ok(roots)
}

/// The key alone was good: what is left is that the two do not belong together.
fn pair(chain: &PemFile, key: &PemFile, error: rustls::Error) -> ConfigError {
    match error {
        rustls::Error::InconsistentKeys(_) => ConfigError::Mismatch {
            chain: chain.name().to_owned(),
            key: key.name().to_owned(),
        },
        rustls::Error::InvalidCertificate(why) => damaged(chain, &format!("{why:?}")),
        error => other(error),
    }
}

fn damaged(file: &PemFile, why: &dyn std::fmt::Display) -> ConfigError {
    ConfigError::Damaged {
        file: file.name().to_owned(),
        why: why.to_string(),
    }
}

fn other(error: rustls::Error) -> ConfigError {
    ConfigError::Other {
        why: error.to_string(),
    }
}

#[cfg(test)]
mod tests;
