//! What is done with a message: the session says which step follows, the operator does the work.

use bytes::Bytes;
use desk::DeskError;
use sip2::{
    Code, Message,
    frame::Framed,
    messages::{LoginResponse, RequestScResend, Response},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::{Instant, timeout},
};

use super::{Connection, Operator};
use crate::{
    counts::{self, Bad},
    ending::Ending,
    profile::{self, Profile},
    screen::Screen,
    session::Step,
    transcript,
};

impl<S, O> Connection<'_, S, O>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
    O: Operator,
{
    pub(super) async fn handle(&mut self, framed: Framed) -> Result<(), Ending> {
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
                let again = self.encoded(&RequestScResend::default().into());
                let sent = self.send(&again, protected).await;
                if why == Bad::NothingToRepeat {
                    self.note_97(begun);
                }
                return sent;
            }
            Step::Repeat(protected) => {
                transcript::not_understood(profile.as_deref(), &frame);
                let Some(answer) = self.session.last_answer().cloned() else {
                    return Ok(());
                };
                let sent = self.send(&answer, protected).await;
                counts::repeated("sequence");
                return sent;
            }
            Step::Resend(protected) => {
                transcript::not_understood(profile.as_deref(), &frame);
                let Some(answer) = self.session.last_answer().cloned() else {
                    return Ok(());
                };
                let sent = self.send(&answer, protected).await;
                counts::repeated("request");
                self.note_97(begun);
                return sent;
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
    async fn work(&mut self, profile: &Profile, asked: &Message) -> Result<Response, Ending> {
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
        self.session.undecided();
        Ok(self.refusal(Some(profile), asked, Screen::Unavailable))
    }

    async fn log_in(&mut self, frame: Bytes, asked: Message, begun: Instant) -> Result<(), Ending> {
        let (ok, last_straw) = self.check_log_in(&asked).await;
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

    /// Whether a log-in is right, and if not, whether it was one too many.
    pub(super) async fn check_log_in(&mut self, asked: &Message) -> (bool, bool) {
        let named = self.session.profile().is_some();
        let mut last_straw = false;
        let checked = timeout(
            self.settings.answer,
            self.operator.log_in(self.origin, asked),
        )
        .await;
        let late = || Err(DeskError::Unavailable("no answer in time".into()));
        let ok = match checked.unwrap_or_else(|_| late()) {
            Ok(profile) => {
                let ok = profile.is_some();
                counts::login(if ok { "in" } else { "refused" });
                if ok {
                    (self.origin.recognised)();
                }
                last_straw = self.session.logged_in(profile);
                ok
            }
            Err(error) => {
                counts::login("trouble");
                tracing::warn!(peer = %self.origin.address, %error, "a log-in could not be checked");
                self.session.log_in_failed();
                false
            }
        };
        if named && !ok {
            self.deadline.nameless();
        }
        // What has changed while it was checked is looked at before the next message.
        self.stale = true;
        (ok, last_straw)
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
        if let Some(profile) = self.session.profile() {
            let kept = &profile.kept;
            kept.meters.answered(asked.code, begun.elapsed());
            kept.meters.seen(self.operator.second());
            kept.presence.heard(asked.code.number());
        }
        sent
    }

    fn note_97(&self, begun: Instant) {
        let meters = self.operator.meters();
        meters.answered(Code::REQUEST_ACS_RESEND, begun.elapsed());
        if let Some(profile) = self.session.profile() {
            profile.kept.meters.trouble("resend");
            profile.kept.presence.trouble();
        }
    }

    /// Counts and logs what could not be served as it came.
    fn tell(&self, why: Bad) {
        counts::bad(why);
        if let Some(profile) = self.session.profile() {
            let kept = &profile.kept;
            if why == Bad::Checksum {
                kept.meters.trouble("checksum");
            }
            if why.is_asked_again() {
                kept.meters.trouble("asked_again");
                kept.presence.trouble();
            }
        }
        let (peer, terminal) = (self.origin.address, self.terminal());
        tracing::info!(%peer, terminal, why = why.word(), "not served as it came");
    }
}
