//! The folder of an authority: files that appear whole or not at all, and once.

use std::{
    fs::{self, DirBuilder, File, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use secrecy::SecretString;

use crate::AuthorityError;

/// The authority's certificate, for everybody.
const CERTIFICATE: &str = "ca.pem";
/// Its key, for its owner.
const KEY: &str = "ca.key";

/// Where an authority lies.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Opens the folder, or makes it for its owner alone. One that is there keeps its rights: it
    /// may be the operator's, and hold other things.
    pub(crate) fn open(path: &Path) -> Result<Self, AuthorityError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|error| AuthorityError::file(path, "made", &error))?;
        Ok(Self(path.to_owned()))
    }

    pub(crate) fn certificate(&self) -> PathBuf {
        self.0.join(CERTIFICATE)
    }

    pub(crate) fn key(&self) -> PathBuf {
        self.0.join(KEY)
    }

    /// The certificate's text, if it is there.
    pub(crate) fn read_certificate(&self) -> Result<Option<String>, AuthorityError> {
        read(&self.certificate())
    }

    /// The key's text, if it is there and nobody else may read it.
    pub(crate) fn read_key(&self) -> Result<Option<SecretString>, AuthorityError> {
        let path = self.key();
        let Some(text) = read(&path)?.map(SecretString::from) else {
            return Ok(None);
        };
        let metadata =
            fs::metadata(&path).map_err(|error| AuthorityError::file(&path, "read", &error))?;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(AuthorityError::Open { file: path });
        }
        Ok(Some(text))
    }

    /// Puts the certificate there, unless another start was first.
    pub(crate) fn offer_certificate(&self, text: &str) -> Result<(), AuthorityError> {
        self.offer(&self.certificate(), text, 0o644)
    }

    /// Puts the key there, unless another start was first.
    pub(crate) fn offer_key(&self, text: &str) -> Result<(), AuthorityError> {
        self.offer(&self.key(), text, 0o600)
    }

    fn offer(&self, path: &Path, text: &str, mode: u32) -> Result<(), AuthorityError> {
        match self.write(path, text, mode) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other.map_err(|error| AuthorityError::file(path, "written", &error)),
        }
    }

    fn write(&self, path: &Path, text: &str, mode: u32) -> io::Result<()> {
        // For its owner alone from the first byte on; then whole, on the disk, and only then there.
        let mut file = tempfile::Builder::new()
            .prefix(".new-")
            .permissions(Permissions::from_mode(0o600))
            .tempfile_in(&self.0)?;
        file.write_all(text.as_bytes())?;
        file.as_file()
            .set_permissions(Permissions::from_mode(mode))?;
        file.as_file().sync_all()?;
        file.persist_noclobber(path).map_err(|error| error.error)?;
        File::open(&self.0)?.sync_all()
    }
}

fn read(path: &Path) -> Result<Option<String>, AuthorityError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(AuthorityError::file(path, "read", &error)),
    }
}
