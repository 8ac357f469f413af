//! One connection of a terminal.

use std::{
    io::{self, BufRead, BufReader, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use anyhow::{Context, ensure};
use testkit::protected;

use crate::{life::Life, world::Terminal};

/// The one password of all terminals.
pub(crate) const PASSWORD: &str = "soak";
/// Longer than the daemon takes before it gives up a question.
const ANSWER: Duration = Duration::from_secs(30);

/// A connection that is logged in.
pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    /// The life of the daemon that it leads to.
    pub(crate) generation: u64,
}

impl Line {
    /// Connects and logs in. `Ok(None)`: the line broke, or the daemon could not ask its database.
    pub(crate) fn open(life: &Life, terminal: &Terminal) -> anyhow::Result<Option<Self>> {
        let (generation, address) = life.line()?;
        let log_in = || -> io::Result<(Self, String)> {
            let stream = TcpStream::connect(&address)?;
            stream.set_read_timeout(Some(ANSWER))?;
            stream.set_nodelay(true)?;
            let mut line = Self {
                stream: BufReader::new(stream),
                generation,
            };
            let message = format!("9300CN{}|CO{PASSWORD}|", terminal.login);
            line.send(protected(&message, 0).as_bytes())?;
            let answer = line.receive()?;
            Ok((line, answer))
        };
        let Ok((line, answer)) = log_in() else {
            life.look()?;
            return Ok(None);
        };
        let said = checked(&answer, 0)?;
        if said.starts_with("941") {
            return Ok(Some(line));
        }
        ensure!(said.starts_with("940"), "a log-in was answered {answer}");
        life.database()?;
        Ok(None)
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.get_mut().write_all(bytes)
    }

    /// The next answer, whole, without its end.
    pub(crate) fn receive(&mut self) -> io::Result<String> {
        let mut bytes = Vec::new();
        self.stream.read_until(b'\r', &mut bytes)?;
        if bytes.pop() != Some(b'\r') {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        String::from_utf8(bytes).map_err(io::Error::other)
    }

    /// Ends it, with whatever is on its way.
    pub(crate) fn cut(self) {
        // The other side may have been faster.
        let _ = self.stream.into_inner().shutdown(Shutdown::Both);
    }
}

/// The text of an answer, if its sequence number and its checksum are right.
pub(crate) fn checked(answer: &str, sequence: u8) -> anyhow::Result<&str> {
    let text = answer
        .rsplit_once("AY")
        .map(|(text, _)| text)
        .with_context(|| format!("no sequence number: {answer}"))?;
    ensure!(
        protected(text, sequence).trim_end() == answer,
        "a wrong sequence number or checksum: {answer}"
    );
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_sum_or_number_is_seen() {
        let answer = protected("941", 5);
        let answer = answer.trim_end();
        assert_eq!(checked(answer, 5).unwrap(), "941");
        assert!(checked(answer, 6).is_err());
        assert!(checked("941AY5AZ0000", 5).is_err());
        assert!(checked("941", 5).is_err());
    }
}
