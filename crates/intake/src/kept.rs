//! What a reader took from its source and may be asked for again: a record's own bytes.

use std::{
    io::{self, Read},
    sync::{Arc, Mutex, PoisonError},
};

/// Passes bytes through and keeps those that nobody fetched.
pub(crate) struct Kept<R> {
    source: R,
    bytes: Arc<Mutex<Since>>,
}

/// Bytes from an offset on.
#[derive(Default)]
struct Since {
    begin: u64,
    bytes: Vec<u8>,
}

/// The other end of a [`Kept`].
pub(crate) struct Fetch(Arc<Mutex<Since>>);

impl<R> Kept<R> {
    pub(crate) fn new(source: R) -> (Self, Fetch) {
        let bytes = Arc::default();
        let fetch = Fetch(Arc::clone(&bytes));
        (Self { source, bytes }, fetch)
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        let mut kept = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes
            .extend_from_slice(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

impl Fetch {
    /// These bytes of the source. What is before their end is forgotten.
    pub(crate) fn take(&self, offset: u64, length: usize) -> Vec<u8> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let from = usize::try_from(offset.saturating_sub(kept.begin)).unwrap_or(usize::MAX);
        let to = from.saturating_add(length).min(kept.bytes.len());
        let taken = kept.bytes.get(from..to).unwrap_or_default().to_vec();
        kept.bytes.drain(..to);
        kept.begin += to as u64;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_fetched_by_their_place_in_the_source() {
        let (mut kept, fetch) = Kept::new(&b"abcdefgh"[..]);
        io::copy(&mut kept, &mut io::sink()).unwrap();
        assert_eq!(fetch.take(1, 2), b"bc");
        assert_eq!(fetch.take(3, 1), b"d");
        assert_eq!(fetch.take(6, 9), b"gh");
    }
}
