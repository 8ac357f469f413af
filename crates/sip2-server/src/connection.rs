//! One connection: read, frame, answer, one write an answer.

mod deadline;
#[cfg(test)]
mod tests;

use std::{net::IpAddr, sync::Arc};

use bytes::{Bytes, BytesMut};
use desk::DeskError;
use sip2::{
    ErrorDetection, Message,
    frame::{Framed, Framer, Limits},
    messages::{LoginResponse, RequestScResend, Response},
    value::SipDate,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::{Instant, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

use crate::{
    counts::{self, Bad, Meters},
    ending::Ending,
    profile::{self, Profile},
    screen::Screen,
    session::{Session, Step},
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
                Ok(Err(_)) => return Err(Ending::Broken),
            }
        }
    }

    async fn handle(&mut self, framed: Framed) -> Result<(), Ending> {
        let begun = Instant::now();
        let frame = match &framed {
            Framed::Message(frame) => frame.clone(),
            Framed::TooLong => Bytes::new(),
        };
        let step = self.session.receive(framed);
        let profile = self.session.profile().cloned();
        let (asked, response) = match step {
            Step::End(why) => {
                transcript::not_understood(profile.as_deref(), &frame);
                return Err(why);
            }
            Step::AskAgain(why, protected) => {
                transcript::not_understood(profile.as_deref(), &frame);
                self.tell(why);
                let again = Response::from(RequestScResend::default());
                return self.send(&self.encoded(&again), protected).await;
            }
            Step::Repeat(protected) => {
                transcript::not_understood(profile.as_deref(), &frame);
                let numbered = matches!(protected, ErrorDetection::Sequence(_));
                counts::repeated(if numbered { "sequence" } else { "request" });
                let Some(answer) = self.session.last_answer().cloned() else {
                    return Ok(());
                };
                return self.send(&answer, protected).await;
            }
            Step::LogIn(asked) => {
                transcript::received(None, &asked);
                return self.log_in(frame, asked, begun).await;
            }
            Step::Status(asked) => {
                transcript::received(profile.as_deref(), &asked);
                let response = self.operator.status(profile.as_deref(), &asked).await;
                (asked, response)
            }
            Step::Refuse(mut asked, why) => {
                transcript::received(profile.as_deref(), &asked);
                self.tell(why);
                let screen = match &profile {
                    Some(profile) => {
                        profile.at_home(&mut asked);
                        Screen::NotAllowed
                    }
                    None => Screen::LogInFirst,
                };
                let response = self.refusal(profile.as_deref(), &asked, screen);
                (asked, response)
            }
            Step::Serve(mut asked, profile) => {
                transcript::received(Some(&profile), &asked);
                profile.at_home(&mut asked);
                let response = self.work(&profile, &asked).await?;
                (asked, response)
            }
        };
        self.answer(&frame, &asked, &response, begun).await
    }

    /// The desk's answer, or a legal one that says that there is none.
    async fn work(&self, profile: &Profile, asked: &Message) -> Result<Response, Ending> {
        let terminal = profile.login();
        let why = match timeout(self.settings.answer, self.operator.answer(profile, asked)).await {
            Ok(Ok(response)) => return Ok(response),
            Ok(Err(DeskError::OutcomeUnknown(why))) => {
                tracing::error!(terminal, code = %asked.code, why, "outcome unknown: hung up without an answer");
                return Err(Ending::OutcomeUnknown);
            }
            Err(_) if profile::changes_something(asked.code) => {
                tracing::error!(terminal, code = %asked.code, "no answer in time: hung up without one");
                return Err(Ending::NoAnswer);
            }
            Err(_) => {
                tracing::warn!(terminal, code = %asked.code, "no answer in time: said that the system is unavailable");
                Bad::Unavailable
            }
            Ok(Err(error @ DeskError::Unavailable(_))) => {
                tracing::warn!(terminal, code = %asked.code, %error, "said that the system is unavailable");
                Bad::Unavailable
            }
            Ok(Err(error)) => {
                tracing::error!(terminal, code = %asked.code, %error, "said that the system is unavailable");
                Bad::Internal
            }
        };
        counts::bad(why);
        Ok(self.refusal(Some(profile), asked, Screen::Unavailable))
    }

    async fn log_in(&mut self, frame: Bytes, asked: Message, begun: Instant) -> Result<(), Ending> {
        let named = self.session.profile().is_some();
        let mut last_straw = false;
        let checked = timeout(
            self.settings.answer,
            self.operator.log_in(self.peer, &asked),
        )
        .await;
        let late = || Err(DeskError::Unavailable("no answer in time".into()));
        let ok = match checked.unwrap_or_else(|_| late()) {
            Ok(profile) => {
                let ok = profile.is_some();
                counts::login(if ok { "in" } else { "refused" });
                last_straw = self.session.logged_in(profile);
                ok
            }
            Err(error) => {
                counts::login("trouble");
                tracing::warn!(peer = %self.peer, %error, "a log-in could not be checked");
                self.session.log_in_failed();
                false
            }
        };
        if named && !ok {
            self.deadline.nameless();
        }
        let response = LoginResponse {
            ok,
            ..Default::default()
        }
        .into();
        self.answer(&frame, &asked, &response, begun).await?;
        if last_straw {
            Err(Ending::WrongLogIns)
        } else {
            Ok(())
        }
    }

    /// A legal no.
    fn refusal(&self, profile: Option<&Profile>, asked: &Message, screen: Screen<'_>) -> Response {
        let charset = profile.map(|profile| profile.charset).unwrap_or_default();
        let language = profile.map(Profile::language).unwrap_or_default();
        Response::refusal(
            asked,
            charset,
            Some(self.operator.now()),
            &screen.text(language),
        )
    }

    /// Sends an answer and keeps it, in case it has to be said again.
    async fn answer(
        &mut self,
        frame: &Bytes,
        asked: &Message,
        response: &Response,
        begun: Instant,
    ) -> Result<(), Ending> {
        let message = self.encoded(response);
        let sent = self.send(&message, asked.error_detection).await;
        self.session.answered(frame, message, asked.error_detection);
        self.operator.meters().answered(asked.code, begun.elapsed());
        sent
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

    /// Counts and logs what could not be served as it came.
    fn tell(&self, why: Bad) {
        counts::bad(why);
        let terminal = self
            .session
            .profile()
            .map_or("-", |profile| profile.login());
        tracing::info!(peer = %self.peer, terminal, why = why.word(), "not served as it came");
    }
}
