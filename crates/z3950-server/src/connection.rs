//! One connection: read, frame, answer, in the order of the requests.

use std::time::Duration;

use bytes::BytesMut;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::{Instant, timeout},
};
use tokio_util::sync::CancellationToken;
use z3950::{
    Pdu,
    frame::{Progress, Scanner},
};

use crate::{
    counts,
    op::{Reply, close},
    session::Session,
    settings::Settings,
};

/// Read at once; most requests are a tenth of it.
const CHUNK: usize = 2048;
/// How long a request may be on its way once it has begun.
const REQUEST: Duration = Duration::from_secs(30);

/// Why an association ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// By a Close, or because the peer hung up between two requests.
    Closed,
    /// What came cannot be read.
    Unreadable,
    /// Nothing came for too long, or half a request and then nothing.
    Silent,
    /// The peer does not read its answers, or is gone.
    Broken,
    /// The daemon stops.
    Shutdown,
}

impl Ending {
    const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Unreadable => "unreadable",
            Self::Silent => "silent",
            Self::Broken => "broken",
            Self::Shutdown => "shutdown",
        }
    }
}

pub(crate) async fn run<S>(
    mut stream: S,
    mut session: Session,
    settings: &Settings,
    shutdown: CancellationToken,
) -> Ending
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let ending = associate(&mut stream, &mut session, settings, &shutdown).await;
    counts::ended(ending.name());
    let last = match ending {
        Ending::Silent => Some((
            close::reason::LACK_OF_ACTIVITY,
            "nothing was heard for too long",
        )),
        Ending::Shutdown => Some((
            close::reason::SHUTDOWN,
            "the server stops: connect again soon",
        )),
        Ending::Closed | Ending::Unreadable | Ending::Broken => None,
    };
    if let Some((reason, why)) = last {
        let pdu = Pdu::Close(close::pdu(reason, Some(why)));
        write(&mut stream, &pdu, settings.write).await;
    }
    // The peer may be gone already; there is nothing to be told then.
    let _ = timeout(settings.write, stream.shutdown()).await;
    ending
}

async fn associate<S>(
    stream: &mut S,
    session: &mut Session,
    settings: &Settings,
    shutdown: &CancellationToken,
) -> Ending
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut buffer = BytesMut::new();
    let mut scanner = Scanner::new(settings.limits);
    loop {
        let length = match scanner.advance(&buffer) {
            Ok(Progress::Whole(length)) => length,
            Ok(Progress::Need(_)) => {
                let patience = match buffer.is_empty() {
                    true => settings.idle,
                    false => REQUEST,
                };
                match read(stream, &mut buffer, patience, shutdown).await {
                    Ok(()) => continue,
                    Err(ending) => return ending,
                }
            }
            Err(error) => return unreadable(stream, settings, &error).await,
        };
        let bytes = buffer.split_to(length).freeze();
        if buffer.is_empty() {
            // Nothing is held for an association that waits.
            buffer = BytesMut::new();
        }
        let pdu = match Pdu::decode(&bytes, settings.limits) {
            Ok(pdu) => pdu,
            Err(error) => return unreadable(stream, settings, &error).await,
        };
        let began = Instant::now();
        let (reply, told) = session.answer(pdu).await;
        counts::answered(told, began.elapsed());
        match reply {
            Reply::Silence => {}
            Reply::Answer(pdu) => {
                if !write(stream, &pdu, settings.write).await {
                    return Ending::Broken;
                }
            }
            Reply::Last(pdu) => {
                let sent = write(stream, &pdu, settings.write).await;
                return match (sent, told.service) {
                    (false, _) => Ending::Broken,
                    (true, "unreadable") => Ending::Unreadable,
                    (true, _) => Ending::Closed,
                };
            }
        }
    }
}

/// The stream has no known boundary behind this: the association ends, and says why.
async fn unreadable<S>(stream: &mut S, settings: &Settings, error: &z3950::error::Error) -> Ending
where
    S: AsyncWrite + Unpin,
{
    tracing::info!(%error, "a Z39.50 request cannot be read: the association is closed");
    let (reply, told) = close::protocol_error(&error.to_string());
    counts::answered(told, Duration::ZERO);
    if let Reply::Last(pdu) = reply {
        write(stream, &pdu, settings.write).await;
    }
    Ending::Unreadable
}

async fn read<S>(
    stream: &mut S,
    buffer: &mut BytesMut,
    patience: Duration,
    shutdown: &CancellationToken,
) -> Result<(), Ending>
where
    S: AsyncRead + Unpin,
{
    let read = async {
        buffer.reserve(CHUNK);
        stream.read_buf(buffer).await
    };
    match shutdown.run_until_cancelled(timeout(patience, read)).await {
        None => Err(Ending::Shutdown),
        Some(Err(_)) => Err(Ending::Silent),
        Some(Ok(Ok(0))) if buffer.is_empty() => Err(Ending::Closed),
        Some(Ok(Ok(0))) => Err(Ending::Unreadable),
        Some(Ok(Ok(_))) => Ok(()),
        Some(Ok(Err(_))) => Err(Ending::Broken),
    }
}

/// Whether the peer took it all in time.
async fn write<S: AsyncWrite + Unpin>(stream: &mut S, pdu: &Pdu, patience: Duration) -> bool {
    let bytes = pdu.encode();
    let written = async {
        stream.write_all(&bytes).await?;
        stream.flush().await
    };
    matches!(timeout(patience, written).await, Ok(Ok(())))
}
