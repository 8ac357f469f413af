//! One message to the library and its answer, whatever the line does to them.
//!
//! *3M SIP2 2.00, "Error Detection"* and *"Retries"*: a message that gets no answer in time, or a 96,
//! is sent again as it was; an answer that arrives damaged is asked for by a 97.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use bytes::BytesMut;
use sip2::frame::{Framed, Framer, Limits, Terminator};
use sip2::messages::{Login, LoginResponse, RequestAcsResend};
use sip2::{Charset, Code, ErrorDetection, Message};

use super::{ClientError, Settings, Trouble};

/// A patron's list of some thousand loans fits.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// What came of one try.
enum Heard {
    Answer(Message),
    Trouble(Trouble),
}

/// The line to a library: one connection at a time, made anew when it breaks.
pub(super) struct Line {
    settings: Settings,
    connection: Option<Connection>,
    /// The digit of the next message.
    sequence: u8,
    /// What to say first on a new connection, once it was accepted.
    login: Option<Login>,
}

impl Line {
    pub(super) fn open(settings: Settings) -> Result<Self, ClientError> {
        let connection = Some(Connection::open(&settings)?);
        Ok(Line {
            settings,
            connection,
            sequence: 0,
            login: None,
        })
    }

    pub(super) fn charset(&self) -> Charset {
        self.settings.charset
    }

    /// From now on, waits and tries as the library wants it.
    pub(super) fn pace(&mut self, timeout: Option<Duration>, retries: Option<u32>) {
        self.settings.timeout = timeout.unwrap_or(self.settings.timeout);
        self.settings.retries = retries.unwrap_or(self.settings.retries);
    }

    /// Logs in, and remembers how for later connections.
    pub(super) fn log_in(&mut self, login: Login) -> Result<LoginResponse, ClientError> {
        let answer = self.ask(&login.to_message(self.charset()))?;
        let answer = accepted(&login, &answer, self.charset())?;
        self.login = Some(login);
        Ok(answer)
    }

    /// Sends a message and returns its answer.
    pub(super) fn ask(&mut self, request: &Message) -> Result<Message, ClientError> {
        let digit = self.next_digit();
        let whole = on_the_wire(request, ErrorDetection::Sequence(digit));
        self.exchange(request.code, &whole, digit, true)
    }

    fn next_digit(&mut self) -> u8 {
        let digit = self.sequence;
        self.sequence = (digit + 1) % 10;
        digit
    }

    /// Repeats `whole`, bytes unchanged, until there is an answer or the tries are used up.
    fn exchange(
        &mut self,
        code: Code,
        whole: &[u8],
        digit: u8,
        reconnects: bool,
    ) -> Result<Message, ClientError> {
        let again = on_the_wire(
            &RequestAcsResend::default().to_message(self.charset()),
            ErrorDetection::Checksum,
        );
        let mut next = whole;
        let mut last = Trouble::Lost;
        let tries = self.settings.retries.saturating_add(1);
        for _ in 0..tries {
            if self.connection.is_none() && reconnects {
                self.reconnect()?;
            }
            let Some(connection) = &mut self.connection else {
                break;
            };
            match connection.say(next, digit, self.settings.timeout) {
                Heard::Answer(answer) => return Ok(answer),
                Heard::Trouble(trouble) => last = trouble,
            }
            next = match last {
                Trouble::Damaged => &again,
                Trouble::Silence | Trouble::AskedAgain | Trouble::Lost => whole,
            };
            if last == Trouble::Lost {
                self.connection = None;
            }
        }
        // Whatever still comes on this connection answers nothing that will be asked.
        self.connection = None;
        Err(ClientError::NoAnswer {
            address: self.settings.address.clone(),
            request: code,
            tries,
            last,
        })
    }

    /// Connects again and logs in as before.
    fn reconnect(&mut self) -> Result<(), ClientError> {
        self.connection = Some(Connection::open(&self.settings)?);
        if let Some(login) = self.login.clone() {
            let message = login.to_message(self.charset());
            let digit = self.next_digit();
            let whole = on_the_wire(&message, ErrorDetection::Sequence(digit));
            let answer = self.exchange(message.code, &whole, digit, false)?;
            accepted(&login, &answer, self.charset())?;
        }
        Ok(())
    }
}

fn accepted(
    login: &Login,
    answer: &Message,
    charset: Charset,
) -> Result<LoginResponse, ClientError> {
    let answer = LoginResponse::from_message(answer, charset)?;
    if !answer.ok {
        return Err(ClientError::LoginRefused {
            login: login.user.clone(),
        });
    }
    Ok(answer)
}

fn on_the_wire(message: &Message, error_detection: ErrorDetection) -> BytesMut {
    let mut bytes = BytesMut::new();
    message.encode(&mut bytes, error_detection);
    Terminator::Cr.put(&mut bytes);
    bytes
}

/// One TCP connection.
struct Connection {
    stream: TcpStream,
    framer: Framer,
    buffer: BytesMut,
}

impl Connection {
    fn open(settings: &Settings) -> Result<Self, ClientError> {
        let unreachable = |source| ClientError::Unreachable {
            address: settings.address.clone(),
            source,
        };
        let mut last = ErrorKind::AddrNotAvailable.into();
        for address in settings.address.to_socket_addrs().map_err(unreachable)? {
            match TcpStream::connect_timeout(&address, settings.timeout) {
                Ok(stream) => {
                    stream.set_nodelay(true).map_err(unreachable)?;
                    stream
                        .set_write_timeout(Some(settings.timeout))
                        .map_err(unreachable)?;
                    return Ok(Connection {
                        stream,
                        framer: Framer::new(Limits {
                            max_message: LONGEST_ANSWER,
                        }),
                        buffer: BytesMut::new(),
                    });
                }
                Err(error) => last = error,
            }
        }
        Err(unreachable(last))
    }

    /// Sends bytes and waits for the answer that carries `digit`, or none at all.
    fn say(&mut self, bytes: &[u8], digit: u8, timeout: Duration) -> Heard {
        if self.stream.write_all(bytes).is_err() {
            return Heard::Trouble(Trouble::Lost);
        }
        let deadline = Instant::now() + timeout;
        loop {
            while let Some(framed) = self.framer.next(&mut self.buffer) {
                match judge(framed, digit) {
                    Some(heard) => return heard,
                    None => continue,
                }
            }
            if let Err(trouble) = self.read_on(deadline) {
                return Heard::Trouble(trouble);
            }
        }
    }

    fn read_on(&mut self, deadline: Instant) -> Result<(), Trouble> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Trouble::Silence);
        }
        self.stream
            .set_read_timeout(Some(left))
            .map_err(|_| Trouble::Lost)?;
        let mut chunk = [0; 4096];
        match self.stream.read(&mut chunk) {
            Ok(0) => Err(Trouble::Lost),
            Ok(length) => {
                self.buffer
                    .extend_from_slice(chunk.get(..length).unwrap_or_default());
                Ok(())
            }
            Err(error) => match error.kind() {
                ErrorKind::Interrupted => Ok(()),
                ErrorKind::WouldBlock | ErrorKind::TimedOut => Err(Trouble::Silence),
                _ => Err(Trouble::Lost),
            },
        }
    }
}

/// What a frame means to somebody who waits for `digit`; `None` for an answer that comes too late:
/// the one to a message that was sent twice because nobody seemed to hear it.
fn judge(framed: Framed, digit: u8) -> Option<Heard> {
    let Framed::Message(frame) = framed else {
        return Some(Heard::Trouble(Trouble::Damaged));
    };
    let Ok(message) = Message::decode(frame) else {
        return Some(Heard::Trouble(Trouble::Damaged));
    };
    if message.code == Code::REQUEST_SC_RESEND {
        return Some(Heard::Trouble(Trouble::AskedAgain));
    }
    match message.error_detection {
        ErrorDetection::Sequence(other) if other != digit => None,
        _ => Some(Heard::Answer(message)),
    }
}
