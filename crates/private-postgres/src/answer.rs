//! Whether the server answers: the start of a session by hand, and its end at once.
//!
//! PostgreSQL documentation, "Frontend/Backend Protocol", Start-up and Message Formats: no client
//! library is needed for one message out and a few back.

use std::{
    io::{self, Read, Write},
    os::unix::net::UnixStream,
    path::Path,
    time::Duration,
};

use crate::{settings, socket};

const PROTOCOL_3_0: u32 = 3 << 16;
const PATIENCE: Duration = Duration::from_secs(1);
/// Far above any message of a session's start.
const LONGEST_MESSAGE: usize = 64 << 10;
const TERMINATE: [u8; 5] = [b'X', 0, 0, 0, 4];

/// Whether a client would get a session now.
pub(crate) fn answers(socket_folder: &Path) -> bool {
    UnixStream::connect(socket::file_in(socket_folder)).is_ok_and(|stream| {
        stream.set_read_timeout(Some(PATIENCE)).is_ok()
            && stream.set_write_timeout(Some(PATIENCE)).is_ok()
            && greet(stream).unwrap_or(false)
    })
}

fn greet(mut stream: impl Read + Write) -> io::Result<bool> {
    stream.write_all(&startup_message())?;
    loop {
        let (kind, body) = read_message(&mut stream)?;
        match kind {
            b'Z' => {
                // Already known to answer: a lost farewell changes nothing.
                drop(stream.write_all(&TERMINATE));
                return Ok(true);
            }
            // Class 57: starting, recovering or shutting down. Any other refusal (no session
            // left, say) comes from a server that is up.
            b'E' => return Ok(!sql_state(&body).is_some_and(|state| state.starts_with(b"57"))),
            _ => {}
        }
    }
}

fn startup_message() -> Vec<u8> {
    let user = settings::USER;
    let words = format!("user\0{user}\0database\0postgres\0application_name\0relire-keeper\0\0");
    let length = u32::try_from(words.len() + 8).unwrap_or(u32::MAX);
    let mut message = Vec::with_capacity(words.len() + 8);
    message.extend(length.to_be_bytes());
    message.extend(PROTOCOL_3_0.to_be_bytes());
    message.extend(words.as_bytes());
    message
}

fn read_message(stream: &mut impl Read) -> io::Result<(u8, Vec<u8>)> {
    let mut kind = [0; 1];
    let mut length = [0; 4];
    stream.read_exact(&mut kind)?;
    stream.read_exact(&mut length)?;
    // The length counts itself.
    let rest = usize::try_from(u32::from_be_bytes(length))
        .ok()
        .and_then(|length| length.checked_sub(length_of_length()))
        .filter(|rest| *rest <= LONGEST_MESSAGE)
        .ok_or(io::ErrorKind::InvalidData)?;
    let mut body = vec![0; rest];
    stream.read_exact(&mut body)?;
    Ok((u8::from_be_bytes(kind), body))
}

const fn length_of_length() -> usize {
    size_of::<u32>()
}

/// The field `C` of an ErrorResponse: fields are a letter and a text that ends with a zero.
fn sql_state(body: &[u8]) -> Option<&[u8]> {
    body.split(|byte| *byte == 0)
        .find_map(|field| field.strip_prefix(b"C"))
}

#[cfg(test)]
mod tests {
    use std::{io::Cursor, thread};

    use super::*;

    fn reply(kind: u8, body: &[u8]) -> Vec<u8> {
        let mut message = vec![kind];
        message.extend(u32::try_from(body.len() + 4).unwrap().to_be_bytes());
        message.extend(body);
        message
    }

    fn greeted(replies: &[u8]) -> io::Result<bool> {
        let (here, mut there) = UnixStream::pair().unwrap();
        there.write_all(replies).unwrap();
        let server = thread::spawn(move || {
            there.shutdown(std::net::Shutdown::Write).unwrap();
            io::copy(&mut there, &mut io::sink())
        });
        let answer = greet(here);
        drop(server.join());
        answer
    }

    #[test]
    fn a_session_is_an_answer() {
        let session = [
            reply(b'R', &[0; 4]),
            reply(b'S', b"a\0b\0"),
            reply(b'Z', b"I"),
        ]
        .concat();
        assert!(greeted(&session).unwrap());
    }

    #[test]
    fn starting_up_is_none_but_full_is_one() {
        let refusal = |state: &str| {
            reply(
                b'E',
                format!("SFATAL\0VFATAL\0C{state}\0Mwords\0\0").as_bytes(),
            )
        };
        assert!(!greeted(&refusal("57P03")).unwrap());
        assert!(greeted(&refusal("53300")).unwrap());
    }

    #[test]
    fn nonsense_and_silence_are_errors() {
        assert!(greeted(b"").is_err());
        assert!(greeted(b"R\0\0\0\x01").is_err());
        assert!(greeted(b"R\xff\xff\xff\xff").is_err());
        assert!(read_message(&mut Cursor::new(b"R\0\0\0\x08abc")).is_err());
    }

    #[test]
    fn no_socket_no_answer() {
        assert!(!answers(Path::new("/nonexistent")));
    }
}
