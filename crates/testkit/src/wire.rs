//! A kiosk that knows SIP2 by heart: texts in, texts out, with sequence numbers and checksums. It shares no
//! code with the wire crate, so that the two cannot be wrong together.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context, ensure};

/// One connection.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    sequence: u8,
}

impl Wire {
    /// Connects; an answer that takes longer than half a minute is an error.
    pub fn connect(address: &str) -> anyhow::Result<Self> {
        let stream =
            TcpStream::connect(address).with_context(|| format!("connecting to {address}"))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            sequence: 0,
        })
    }

    /// Connects and logs in.
    pub fn log_in(address: &str, login: &str, password: &str) -> anyhow::Result<Self> {
        let mut wire = Self::connect(address)?;
        let answer = wire.ask(&format!("9300CN{login}|CO{password}|CPTEST|"))?;
        ensure!(
            answer.starts_with("941"),
            "the terminal {login} was not let in: {answer}"
        );
        Ok(wire)
    }

    /// Sends a message with the next sequence number and its checksum; the answer without them, both checked.
    pub fn ask(&mut self, message: &str) -> anyhow::Result<String> {
        let sequence = self.sequence;
        self.sequence = (sequence + 1) % 10;
        self.send(protected(message, sequence).as_bytes())?;
        let answer = self.receive()?;
        let (text, sum) = answer
            .rsplit_once("AZ")
            .with_context(|| format!("no checksum: {answer}"))?;
        ensure!(
            format!("{:04X}", checksum(&format!("{text}AZ"))) == sum,
            "a wrong checksum: {answer}"
        );
        let text = text.strip_suffix(&format!("AY{sequence}"));
        Ok(text
            .with_context(|| format!("another sequence number than {sequence}: {answer}"))?
            .to_owned())
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        Ok(self.stream.write_all(bytes)?)
    }

    /// Reads one line, as it is, without its end.
    pub fn receive(&mut self) -> anyhow::Result<String> {
        let mut line = Vec::new();
        let mut byte = [0];
        loop {
            ensure!(
                self.stream.read(&mut byte)? == 1,
                "the door closed the connection"
            );
            match byte[0] {
                b'\r' => return Ok(String::from_utf8(line)?),
                b'\n' if line.is_empty() => {}
                other => line.push(other),
            }
        }
    }

    /// Whether the door hangs up without another word.
    pub fn is_closed(&mut self) -> bool {
        !matches!(self.stream.read(&mut [0]), Ok(1))
    }
}

/// A message with sequence number, checksum and end.
pub fn protected(message: &str, sequence: u8) -> String {
    let text = format!("{message}AY{sequence}AZ");
    format!("{text}{:04X}\r", checksum(&text))
}

fn checksum(text: &str) -> u16 {
    text.bytes()
        .fold(0_u16, |sum, byte| sum.wrapping_add(byte.into()))
        .wrapping_neg()
}

/// The first field with this id, where a message has one: its fields begin after `fixed` characters.
pub fn field<'a>(answer: &'a str, fixed: usize, id: &str) -> Option<&'a str> {
    answer
        .get(fixed..)?
        .split('|')
        .find_map(|field| field.strip_prefix(id))
}
