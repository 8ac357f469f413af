//! One connection: read, frame, answer, one write an answer.

mod deadline;
mod handle;
mod prompts;
#[cfg(test)]
mod tests;

use std::{io::ErrorKind, net::IpAddr, sync::Arc, time::Duration};

use bytes::BytesMut;
use desk::{DeskError, Terminals};
use sip2::{
    Charset, ErrorDetection, Message,
    frame::{Framed, Framer, Limits},
    messages::Response,
    value::SipDate,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    sync::watch,
    time::{Instant, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

use crate::{
    admission::NotAdmitted,
    counts::{self, Meters},
    ending::Ending,
    finish::finish,
    origin::Origin,
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

    /// The present moment, in seconds since 1970, for meters.
    fn second(&self) -> i64;

    /// The meters of answers.
    fn meters(&self) -> &Meters;

    /// The terminals, and word when they have changed.
    fn changes(&self) -> watch::Receiver<Arc<Terminals>>;

    /// How long the certificate of a connection still lasts, if it showed one.
    fn lasts(&self, origin: &Origin) -> Option<Duration>;

    /// Looks whether a connection still may be what it is, and under which profile.
    fn look(&self, origin: &Origin, profile: Option<&Profile>) -> Look;

    /// Whether terminals from this address log in by prompts.
    fn prompts(&self, address: IpAddr) -> bool;

    /// Checks a 93. `None`: refused.
    fn log_in(
        &self,
        origin: &Origin,
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

/// What a look at the present state of things found.
#[derive(Debug)]
pub(crate) enum Look {
    /// Nothing has changed for this connection.
    Same,
    /// Its terminal has other settings or rights now.
    Anew(Arc<Profile>),
    /// It may not stay.
    Gone(NotAdmitted),
}

/// Serves a connection to its end, and says why it ended.
pub(crate) async fn serve<S, O>(
    stream: S,
    operator: &O,
    settings: &Settings,
    origin: &Origin,
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
        origin,
        shutdown,
        changes: operator.changes(),
        stale: true,
        chosen: false,
        session: Session::new(settings),
        framer: Framer::new(Limits {
            max_message: settings.max_message,
        }),
        deadline: Deadline::new(Instant::now(), operator.lasts(origin)),
        buffer: BytesMut::with_capacity(2 * CHUNK),
        out: BytesMut::with_capacity(CHUNK),
    };
    let why = connection.run().await;
    let terminal = connection
        .session
        .profile()
        .map_or("-", |profile| profile.login());
    counts::closed(why);
    let peer = origin.address;
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
    origin: &'a Origin,
    shutdown: &'a CancellationToken,
    changes: watch::Receiver<Arc<Terminals>>,
    /// Something may have changed that was not acted on yet.
    stale: bool,
    /// The profile of the present message is chosen: it has begun.
    chosen: bool,
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
        if self.operator.prompts(self.origin.address)
            && let Err(why) = self.log_in_by_prompts().await
        {
            return why;
        }
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
            // From its first byte to its answer a message is under one profile.
            if !self.chosen && !self.buffer.is_empty() {
                self.look(true)?;
                self.chosen = true;
            }
            if let Some(framed) = self.framer.next(&mut self.buffer) {
                self.deadline.whole();
                self.chosen = false;
                return Ok(framed);
            }
            if self.buffer.is_empty() {
                self.chosen = false;
            }
            self.read().await?;
        }
    }

    /// Waits for more bytes. Who may not stay is not waited for, however long it has been silent.
    async fn read(&mut self) -> Result<(), Ending> {
        let profile = self.session.profile();
        let idle = profile.map(|profile| profile.manners.idle());
        let begun = !self.buffer.is_empty();
        let (until, late) = self.deadline.next(self.settings, idle, begun);
        self.buffer.reserve(CHUNK);
        let read = tokio::select! {
            biased;
            () = self.shutdown.cancelled() => return Err(Ending::Shutdown),
            changed = self.changes.changed() => {
                // Without a desk there is no door.
                changed.map_err(|_| Ending::Shutdown)?;
                self.stale = true;
                return self.look(!begun);
            }
            read = timeout_at(until, self.stream.read_buf(&mut self.buffer)) => read,
        };
        match read {
            Err(_) => Err(late),
            Ok(Ok(0)) => Err(Ending::HungUp),
            Ok(Ok(_)) => {
                self.deadline.heard();
                Ok(())
            }
            // A TLS peer that leaves without a word. Half a message of it is no message.
            Ok(Err(error)) if error.kind() == ErrorKind::UnexpectedEof => Err(Ending::HungUp),
            Ok(Err(_)) => Err(Ending::Broken),
        }
    }

    /// Looks whether this connection may stay, if something has changed; with `choose` it goes on under what now
    /// holds.
    fn look(&mut self, choose: bool) -> Result<(), Ending> {
        if self.deadline.is_over() {
            return Err(self.gone(NotAdmitted::CertificateExpired));
        }
        if !self.stale && !self.changes.has_changed().unwrap_or(true) {
            return Ok(());
        }
        self.changes.mark_unchanged();
        self.stale = false;
        let profile = self.session.profile().map(|profile| &**profile);
        match self.operator.look(self.origin, profile) {
            Look::Same => {}
            Look::Anew(profile) if choose => self.session.renewed(profile),
            Look::Anew(_) => self.stale = true,
            Look::Gone(why) => return Err(self.gone(why)),
        }
        Ok(())
    }

    fn gone(&self, why: NotAdmitted) -> Ending {
        let (peer, terminal) = (self.origin.address, self.terminal());
        tracing::warn!(%peer, terminal, why = why.word(), "may not stay: hung up");
        Ending::Revoked
    }

    /// For the log.
    fn terminal(&self) -> &str {
        self.session
            .profile()
            .map_or("-", |profile| profile.login())
    }

    fn encoded(&self, response: &Response) -> Message {
        let Some(profile) = self.session.profile() else {
            return response.to_message(Charset::default());
        };
        let mut message = response.to_message(profile.charset);
        finish(&mut message, &profile.manners);
        message
    }

    async fn send(&mut self, message: &Message, protected: ErrorDetection) -> Result<(), Ending> {
        let profile = self.session.profile();
        transcript::sent(profile.map(|profile| &**profile), message);
        let line_end = profile.map_or(self.settings.line_end, |profile| profile.line_end);
        self.out.clear();
        message.encode(&mut self.out, protected);
        line_end.put(&mut self.out);
        self.write().await
    }

    /// Writes what is in `out`.
    async fn write(&mut self) -> Result<(), Ending> {
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
