//! So many bytes and no more, until somebody grants new ones: an element that never ends must not
//! fill the memory.

use std::io::{self, BufRead, Read};

pub(super) struct Budget<R> {
    source: R,
    granted: usize,
    left: usize,
    pub spent: bool,
}

impl<R> Budget<R> {
    pub(super) const fn new(source: R, granted: usize) -> Self {
        Self {
            source,
            granted,
            left: granted,
            spent: false,
        }
    }

    pub(super) const fn renew(&mut self) {
        self.left = self.granted;
    }
}

impl<R: BufRead> Read for Budget<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut ahead = self.fill_buf()?;
        let read = ahead.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Budget<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let ahead = self.source.fill_buf()?;
        if self.left == 0 && !ahead.is_empty() {
            self.spent = true;
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "a record without an end",
            ));
        }
        Ok(&ahead[..ahead.len().min(self.left)])
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.source.consume(amount);
    }
}
