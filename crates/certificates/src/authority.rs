//! The authority: made once, opened ever after.

use std::{
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use rcgen::{Issuer, KeyPair, PublicKeyData};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroize};

use crate::{
    Described, IssueError, Issued, PemFile, describe,
    folder::Folder,
    issue::{self, Purpose},
    moment, names,
};

/// How long an authority is good: ten years.
const DAYS: u32 = 3653;

/// A certificate authority in a folder.
///
/// One that is renewed has another key, and nothing that the old one signed is good with it.
#[derive(Debug)]
pub struct Authority {
    file: PathBuf,
    pem: String,
    described: Described,
    issuer: Issuer<'static, KeyPair>,
}

/// Why an authority could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// A file or the folder.
    #[error("{file} could not be {what}: {source}")]
    File {
        /// Which.
        file: PathBuf,
        /// What was tried.
        what: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The certificate lies there alone.
    #[error(
        "{certificate} is there, but its key is not: put {key} back from a copy; or move \
         {certificate} away, so that a new authority is made, and issue all certificates anew"
    )]
    KeyMissing {
        /// The certificate's file.
        certificate: PathBuf,
        /// Where the key should be.
        key: PathBuf,
    },
    /// Others may read the key.
    #[error("{file} can be read by others: chmod 600 it, and think about who may have read it")]
    Open {
        /// The key's file.
        file: PathBuf,
    },
    /// A file that holds something else.
    #[error("{file} does not hold what it should ({why}): put it back from a copy")]
    Damaged {
        /// Which.
        file: PathBuf,
        /// What was found.
        why: String,
    },
    /// Certificate and key of two authorities.
    #[error("{key} is not the key of {certificate}: put both back from the same copy")]
    Mismatch {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
    },
    /// A new one could not be made.
    #[error("a new authority could not be made: {0}")]
    Making(#[from] IssueError),
}

impl AuthorityError {
    pub(crate) fn file(file: &Path, what: &'static str, error: &io::Error) -> Self {
        Self::File {
            file: file.to_owned(),
            what,
            source: io::Error::new(error.kind(), error.to_string()),
        }
    }
}

impl Authority {
    /// Opens the authority of a folder; the first time, makes folder (0700), key (`ca.key`, 0600)
    /// and certificate (`ca.pem`), with this name and good for ten years. An authority that is
    /// there keeps its name.
    ///
    /// Several starts at once agree on one: each file appears whole, once, and whoever comes later
    /// takes the one that is there. The key comes first; where a start was cut short after it, the
    /// next one makes the certificate for that key.
    ///
    /// # Errors
    ///
    /// If files cannot be read or written, or do not belong together.
    pub fn open_or_create(
        folder: &Path,
        name: &str,
        now: Timestamp,
    ) -> Result<Self, AuthorityError> {
        let folder = Folder::open(folder)?;
        // Asked for first: who sees a certificate must see its key, which is older.
        let certificate = folder.read_certificate()?;
        let key = match folder.read_key()? {
            Some(key) => key,
            None if certificate.is_some() => {
                return Err(AuthorityError::KeyMissing {
                    certificate: folder.certificate(),
                    key: folder.key(),
                });
            }
            None => new_key(&folder)?,
        };
        let key = KeyPair::from_pem(key.expose_secret())
            .map_err(|error| damaged(&folder.key(), &error))?;
        let pem = match certificate {
            Some(pem) => pem,
            None => new_certificate(&folder, name, &key, now)?,
        };
        Self::of(&folder, pem, key)
    }

    /// Its certificate, for whoever shall trust what it signs.
    pub fn certificate_pem(&self) -> &str {
        &self.pem
    }

    /// The same, with the name of its file: what [`server_config`](crate::server_config) takes.
    pub fn root(&self) -> PemFile {
        PemFile::new(self.file.display().to_string(), self.pem.clone())
    }

    /// What its certificate says.
    pub fn described(&self) -> &Described {
        &self.described
    }

    /// Issues a certificate for a client: `name` is what the door will know it by.
    ///
    /// # Errors
    ///
    /// If the name cannot stand in a certificate, or the authority has ended.
    pub fn issue_client(
        &self,
        name: &str,
        now: Timestamp,
        days: u32,
    ) -> Result<Issued, IssueError> {
        self.issue(issue::leaf(name, &Purpose::Client, now, days)?, now)
    }

    /// Issues a certificate for a server, good for these DNS names and addresses.
    ///
    /// # Errors
    ///
    /// If there are none or one is neither, or the authority has ended.
    pub fn issue_server<S: AsRef<str>>(
        &self,
        names: &[S],
        now: Timestamp,
        days: u32,
    ) -> Result<Issued, IssueError> {
        let hosts = names::hosts(names)?;
        // Clients look at the alternative names alone; this one is for people, and may be cut.
        let first = names.first().map_or("", AsRef::as_ref);
        let name: String = first.chars().take(64).collect();
        let mut params = issue::leaf(&name, &Purpose::Server, now, days)?;
        params.subject_alt_names = hosts;
        self.issue(params, now)
    }

    fn issue(
        &self,
        mut params: rcgen::CertificateParams,
        now: Timestamp,
    ) -> Result<Issued, IssueError> {
        let ended = self.described.not_after;
        if now >= ended {
            return Err(IssueError::AuthorityEnded { ended });
        }
        if let Some(last) = moment::to_signer(ended) {
            params.not_after = params.not_after.min(last);
        }
        issue::sign(&params, &self.issuer)
    }

    fn of(folder: &Folder, pem: String, key: KeyPair) -> Result<Self, AuthorityError> {
        let file = folder.certificate();
        let der = CertificateDer::from_pem_slice(pem.as_bytes())
            .map_err(|error| damaged(&file, &error))?;
        let parsed = describe::parse(&der).map_err(|error| damaged(&file, &error))?;
        if !parsed.is_ca() {
            return Err(damaged(&file, &"this is no authority's certificate"));
        }
        if parsed.public_key().raw != key.subject_public_key_info() {
            return Err(AuthorityError::Mismatch {
                certificate: file,
                key: folder.key(),
            });
        }
        let described = describe::describe_der(&der).map_err(|error| damaged(&file, &error))?;
        let issuer = Issuer::from_ca_cert_der(&der, key).map_err(|error| damaged(&file, &error))?;
        Ok(Self {
            file,
            pem,
            described,
            issuer,
        })
    }
}

/// Makes a key, and gives the one that is then there.
fn new_key(folder: &Folder) -> Result<SecretString, AuthorityError> {
    let mut key = issue::new_key()?;
    let text = SecretString::from(key.serialize_pem());
    key.zeroize();
    folder.offer_key(text.expose_secret())?;
    folder.read_key()?.ok_or_else(|| gone(&folder.key()))
}

/// Makes a certificate for the key, and gives the one that is then there.
fn new_certificate(
    folder: &Folder,
    name: &str,
    key: &KeyPair,
    now: Timestamp,
) -> Result<String, AuthorityError> {
    let certificate = issue::authority(name, key, now, DAYS)?;
    folder.offer_certificate(&certificate.pem())?;
    folder
        .read_certificate()?
        .ok_or_else(|| gone(&folder.certificate()))
}

fn gone(file: &Path) -> AuthorityError {
    AuthorityError::file(file, "read", &io::ErrorKind::NotFound.into())
}

fn damaged(file: &Path, why: &dyn std::fmt::Display) -> AuthorityError {
    AuthorityError::Damaged {
        file: file.to_owned(),
        why: why.to_string(),
    }
}

#[cfg(test)]
mod tests;
