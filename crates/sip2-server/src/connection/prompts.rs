//! Log-in by prompts, as units do that were made for a terminal line: `login: `, `Password: `, then SIP2.
//!
//! Only addresses that a terminal with such a profile is known by are greeted. Whoever speaks SIP2 there at once,
//! as its first message must be a 93 or a 99, is served as usual: a greeting would be taken for an answer. So the
//! first prompt waits a moment.

use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use sip2::{Charset, Code, FieldId, Message};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::timeout,
};

use super::{Connection, Operator};
use crate::ending::Ending;

/// Whoever speaks SIP2 has said something by then; whoever waits for a prompt waits longer.
const POLITE: Duration = Duration::from_millis(500);
/// The longest login or password.
const LONGEST: usize = 256;

impl<S, O> Connection<'_, S, O>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
    O: Operator,
{
    /// Asks for login and password until they are right, or until it is clear that SIP2 is spoken.
    pub(super) async fn log_in_by_prompts(&mut self) -> Result<(), Ending> {
        if let Ok(read) = timeout(POLITE, self.read()).await {
            read?;
        }
        if may_be_sip2(&self.buffer) && self.speaks_sip2().await? {
            return Ok(());
        }
        loop {
            self.say(b"login: ").await?;
            let login = self.line().await?;
            if let Some(frame) = sip2_of(&login) {
                // It was only slow. What it said is read again as a message.
                self.put_back(&frame);
                return Ok(());
            }
            self.say(b"Password: ").await?;
            let password = self.line().await?;
            let mut asked = Message::builder(Code::LOGIN, Charset::Utf8);
            asked.fixed().extend_from_slice(b"00");
            for (id, value) in [(FieldId::CN, login), (FieldId::CO, password)] {
                asked.field_with(id, |bytes| bytes.extend_from_slice(&value));
            }
            let (ok, last_straw) = self.check_log_in(&asked.finish()).await;
            if ok {
                self.deadline.whole();
                return self.say(b"Login OK\r\n").await;
            }
            self.say(b"Login incorrect\r\n").await?;
            if last_straw {
                return Err(Ending::WrongLogIns);
            }
        }
    }

    /// Whether the first line is a message of SIP2. It stays in the buffer.
    async fn speaks_sip2(&mut self) -> Result<bool, Ending> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| is_end(*byte)) {
                let line = self.buffer.get(..end).unwrap_or_default();
                return Ok(sip2_of(line).is_some());
            }
            if self.buffer.len() > self.settings.max_message {
                return Err(Ending::NotSip2);
            }
            self.read().await?;
        }
    }

    /// The next line, without what a telnet client negotiates in between.
    async fn line(&mut self) -> Result<Bytes, Ending> {
        let mut line = BytesMut::new();
        loop {
            let ended = take(&mut self.buffer, &mut line);
            if line.len() > LONGEST {
                return Err(Ending::NotSip2);
            }
            if ended {
                return Ok(line.freeze());
            }
            self.read().await?;
        }
    }

    fn put_back(&mut self, frame: &[u8]) {
        let mut buffer = BytesMut::with_capacity(frame.len() + 1 + self.buffer.len());
        buffer.extend_from_slice(frame);
        buffer.extend_from_slice(b"\r");
        buffer.extend_from_slice(&self.buffer);
        self.buffer = buffer;
    }

    async fn say(&mut self, text: &[u8]) -> Result<(), Ending> {
        self.out.clear();
        self.out.extend_from_slice(text);
        self.write().await
    }
}

/// Whether these bytes may be the beginning of a first message.
fn may_be_sip2(bytes: &[u8]) -> bool {
    let blank = |byte: &u8| is_end(*byte) || matches!(byte, 0 | b' ');
    let mut bytes = bytes.iter().skip_while(|byte| blank(byte));
    bytes.next() == Some(&b'9') && matches!(bytes.next(), None | Some(b'3' | b'9'))
}

/// The line, if it is a 93 with a login or a 99 with its status: no login reads like these.
fn sip2_of(line: &[u8]) -> Option<Bytes> {
    let start = line.iter().position(|byte| !matches!(byte, 0 | b' '))?;
    let frame = Bytes::copy_from_slice(line.get(start..)?);
    let message = Message::decode(frame.clone()).ok()?;
    let is = match message.code {
        Code::LOGIN => message.get(FieldId::CN).is_some(),
        Code::SC_STATUS => {
            message.fixed.len() >= 4 && message.fixed.iter().take(4).all(u8::is_ascii_digit)
        }
        _ => false,
    };
    is.then_some(frame)
}

fn is_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// Telnet's «interpret as command» (RFC 854).
const IAC: u8 = 255;

/// Moves bytes into the line, up to its end; `true` once it is there. Half a command waits for its other half.
fn take(buffer: &mut BytesMut, line: &mut BytesMut) -> bool {
    // The LF of the line before.
    while line.is_empty() && buffer.first() == Some(&b'\n') {
        buffer.advance(1);
    }
    loop {
        let Some(&byte) = buffer.first() else {
            return false;
        };
        if byte == IAC {
            let Some(length) = command(buffer) else {
                return false;
            };
            buffer.advance(length);
            continue;
        }
        buffer.advance(1);
        match byte {
            b'\r' | b'\n' => {
                // CR NUL is telnet's bare CR; the LF of a CR LF may still be on its way.
                if byte == b'\r' && matches!(buffer.first(), Some(b'\n' | 0)) {
                    buffer.advance(1);
                }
                return true;
            }
            0 => {}
            byte => line.extend_from_slice(&[byte]),
        }
    }
}

/// The length of the command that the buffer begins with; `None`: its end is not there yet.
fn command(buffer: &[u8]) -> Option<usize> {
    match buffer.get(1)? {
        // WILL, WON'T, DO, DON'T and the option.
        251..=254 => buffer.get(2).map(|_| 3),
        // A subnegotiation, to IAC SE.
        250 => {
            let end = buffer.windows(2).position(|pair| pair == [IAC, 240])?;
            Some(end + 2)
        }
        _ => Some(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_telnet_client() {
        let mut buffer = BytesMut::from(
            &b"\xff\xfd\x01\xff\xfb\x18lens\xff\xfa\x18\x00vt100\xff\xf0-1\r\n\npass\r\0x"[..],
        );
        let mut line = BytesMut::new();
        assert!(take(&mut buffer, &mut line));
        assert_eq!(line, "lens-1");
        let mut line = BytesMut::new();
        assert!(take(&mut buffer, &mut line));
        assert_eq!(line, "pass");
        let mut line = BytesMut::new();
        assert!(!take(&mut buffer, &mut line));
        assert_eq!(line, "x");
        buffer.extend_from_slice(b"\xff");
        assert!(!take(&mut buffer, &mut line), "half a command");
        buffer.extend_from_slice(b"\xfd\x03\n");
        assert!(take(&mut buffer, &mut line));
        assert_eq!(line, "x");
    }

    #[test]
    fn a_first_message_is_known_from_a_login() {
        for message in [
            &b"9900802.00"[..],
            b"9300CNkiosk|COsecret|",
            b" 9300CNkiosk|COx|AY1AZEEEE",
        ] {
            assert!(may_be_sip2(message), "{message:?}");
        }
        assert!(sip2_of(b"9900802.00").is_some() && sip2_of(b"9300CNkiosk|COx|").is_some());
        for login in [&b"93"[..], b"99", b"99-lens", b"930", b"lens-1", b""] {
            assert!(sip2_of(login).is_none(), "{login:?}");
        }
        assert!(!may_be_sip2(b"lens") && !may_be_sip2(b"94") && !may_be_sip2(b"\xff\xfd"));
    }
}
