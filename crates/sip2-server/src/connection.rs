//! One connection: read, frame, answer, one write an answer.

mod deadline;
mod handle;
#[cfg(test)]
mod tests;

use std::{io::ErrorKind, net::IpAddr, sync::Arc};

use bytes::BytesMut;
use desk::DeskError;
use sip2::{
    ErrorDetection, Message,
    frame::{Framed, Framer, Limits},
    messages::Response,
    value::SipDate,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::{Instant, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

use crate::{
    counts::{self, Meters},
    ending::Ending,
    profile::Profile,
    session::Session,
    settings::Settings,
    transcript,
};
use deadline::Deadline;

/// Read at once; most messages are a tenth of it.
const CHUNK: usize = 2048;

/// Who does the work behind a connection: the door, or a test.
pub(crate) trait Operator: Sync {
    /// The present moment, for answers.
    fn now(&self) -> SipDate;

    /// The meters of answers.
    fn meters(&self) -> &Meters;

    /// Checks a 93. `None`: refused.
    fn log_in(
        &self,
        peer: IpAddr,
        login: &Message,
    ) -> impl Future<Output = Result<Option<Arc<Profile>>, DeskError>> + Send;

    /// Makes a 98; without a profile one that says nothing.
    fn status(
        &self,
        profile: Option<&Profile>,
        asked: &Message,
    ) -> impl Future<Output = Response> + Send;

    /// Makes any other answer; the message has an AO.
    fn answer(
        &self,
        profile: &Profile,
        asked: &Message,
    ) -> impl Future<Output = Result<Response, DeskError>> + Send;
}

/// Serves a connection to its end, and says why it ended.
pub(crate) async fn serve<S, O>(
    stream: S,
    operator: &O,
    settings: &Settings,
    peer: IpAddr,
    shutdown: &CancellationToken,
) -> Ending
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
    O: Operator,
{
    let mut connection = Connection {
        stream,
        operator,
        settings,
        peer,
        shutdown,
        session: Session::new(settings),
        framer: Framer::new(Limits {
            max_message: settings.max_message,
        }),
        deadline: Deadline::new(Instant::now()),
        buffer: BytesMut::with_capacity(2 * CHUNK),
        out: BytesMut::with_capacity(CHUNK),
    };
    let why = connection.run().await;
    let terminal = connection
        .session
        .profile()
        .map_or("-", |profile| profile.login());
    counts::closed(why);
    if why.is_usual() {
        tracing::debug!(%peer, terminal, why = why.word(), "connection ended");
    } else {
        tracing::info!(%peer, terminal, why = why.word(), "connection ended");
    }
    // Whatever was written is on its way; a peer that is gone needs no farewell.
    let _ = timeout(settings.write, connection.stream.shutdown()).await;
    why
}

struct Connection<'a, S, O> {
    stream: S,
    operator: &'a O,
    settings: &'a Settings,
    peer: IpAddr,
    shutdown: &'a CancellationToken,
    session: Session,
    framer: Framer,
    deadline: Deadline,
    /// What was read and not yet cut into messages.
    buffer: BytesMut,
    /// The answer that is being written.
    out: BytesMut,
}

impl<S, O> Connection<'_, S, O>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
    O: Operator,
{
    async fn run(&mut self) -> Ending {
        loop {
            let framed = match self.next().await {
                Ok(framed) => framed,
                Err(why) => return why,
            };
            if let Err(why) = self.handle(framed).await {
                return why;
            }
        }
    }

    /// The next message, of those that came together or from the line.
    async fn next(&mut self) -> Result<Framed, Ending> {
        loop {
            // What was begun is ended; what was only sent is for the next daemon.
            if self.shutdown.is_cancelled() {
                return Err(Ending::Shutdown);
            }
            if let Some(framed) = self.framer.next(&mut self.buffer) {
                self.deadline.whole();
                return Ok(framed);
            }
            let named = self.session.profile().is_some();
            let (until, late) = self
                .deadline
                .next(self.settings, named, !self.buffer.is_empty());
            self.buffer.reserve(CHUNK);
            let read = tokio::select! {
                biased;
                () = self.shutdown.cancelled() => return Err(Ending::Shutdown),
                read = timeout_at(until, self.stream.read_buf(&mut self.buffer)) => read,
            };
            match read {
                Err(_) => return Err(late),
                Ok(Ok(0)) => return Err(Ending::HungUp),
                Ok(Ok(_)) => self.deadline.heard(),
                // A TLS peer that leaves without a word. Half a message of it is no message.
                Ok(Err(error)) if error.kind() == ErrorKind::UnexpectedEof => {
                    return Err(Ending::HungUp);
                }
                Ok(Err(_)) => return Err(Ending::Broken),
            }
        }
    }

    fn encoded(&self, response: &Response) -> Message {
        let profile = self.session.profile();
        response.to_message(profile.map(|profile| profile.charset).unwrap_or_default())
    }

    async fn send(&mut self, message: &Message, protected: ErrorDetection) -> Result<(), Ending> {
        let profile = self.session.profile();
        transcript::sent(profile.map(|profile| &**profile), message);
        let line_end = profile.map_or(self.settings.line_end, |profile| profile.line_end);
        self.out.clear();
        message.encode(&mut self.out, protected);
        line_end.put(&mut self.out);
        let write = async {
            self.stream.write_all(&self.out).await?;
            self.stream.flush().await
        };
        match timeout(self.settings.write, write).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Ending::Broken),
            Err(_) => Err(Ending::Unread),
        }
    }
}
