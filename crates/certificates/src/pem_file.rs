//! A PEM text and the name that people know it by.

use std::{fmt, fs, path::Path};

use secrecy::{ExposeSecret, SecretString};

use crate::ConfigError;

/// A PEM text with the name of its file, so that an error can say which one is meant.
///
/// It may hold a key: it is wiped when dropped, and never printed.
#[derive(Clone)]
pub struct PemFile {
    name: String,
    text: SecretString,
}

impl PemFile {
    /// A text that is at hand; the name is for errors.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: SecretString::from(text.into()),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is no text: DER, say.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| ConfigError::Unreadable {
            file: name.clone(),
            why: error.to_string(),
        })?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(_) => Err(ConfigError::NotPem {
                file: name,
                wanted: "certificate or key",
            }),
        }
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.text.expose_secret().as_bytes()
    }
}

impl fmt::Debug for PemFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PemFile").field(&self.name).finish()
    }
}
