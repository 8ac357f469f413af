//! What a connection remembers, and what follows from it for the next message.
//!
//! Nothing here waits, reads or writes: a message goes in, the next step comes out.
//!
//! - **97** is answered by the last answer of this connection, never of another one; where there is
//!   none, or the last thing said was a 96, by a 96.
//! - **The same message with the same AY** as the one answered last is that message again: its
//!   answer was lost. It gets the same answer, byte for byte, and is not done twice. A 99 is not
//!   among them: it has no date, so that a terminal that never counts its AY would see for ever
//!   the first 98. Nor is what was answered by «unavailable» alone: that is asked anew.
//! - **An unknown code** is answered by a 96. The standard has nothing for it, silence leaves a
//!   terminal waiting, and hanging up would throw a kiosk out over one message of its maker's own.
//!   A terminal repeats three times and goes on; one that goes on repeating meets the limit that
//!   all 96 and 97 together have.
//! - **Before log-in** all but 93, 99 and 97 is refused by a legal answer without data, so that who
//!   installs a kiosk reads on its screen what is missing; a few times, then the connection ends.
//!   What does not even begin with a code is no terminal, and is hung up on.

use std::sync::Arc;

use bytes::Bytes;
use sip2::{Code, DecodeError, ErrorDetection, Message, frame::Framed, value::SupportedMessages};

use crate::{counts::Bad, ending::Ending, manners::Resend, profile::Profile, settings::Settings};

/// What to do with what was received.
#[derive(Debug)]
pub(crate) enum Step {
    /// Check a log-in.
    LogIn(Message),
    /// Say how the library is.
    Status(Message),
    /// Serve it for this terminal, or say that this is not served yet.
    Serve(Message, Arc<Profile>),
    /// Refuse it.
    Refuse(Message, Bad),
    /// Say the last answer once more, protected like this, since the same message came again.
    Repeat(ErrorDetection),
    /// Say the last answer once more, protected like this, since a 97 asked for it.
    Resend(ErrorDetection),
    /// Ask for the message again (96), protected like this.
    AskAgain(Bad, ErrorDetection),
    /// Hang up.
    End(Ending),
}

/// The state of one connection.
#[derive(Debug)]
pub(crate) struct Session {
    profile: Option<Arc<Profile>>,
    last: Option<Exchange>,
    /// The last thing said was a 96.
    asked_again: bool,
    /// What is being answered could not be decided.
    undecided: bool,
    /// 96 and 97 in a row; before log-in, refusals too, and nothing ends the row.
    repetitions: u32,
    wrong_logins: u32,
    most_repetitions: u32,
    most_wrong_logins: u32,
}

/// A message that was answered, and how.
#[derive(Debug)]
struct Exchange {
    /// A copy, so that the connection's buffer is free for the next message.
    request: Vec<u8>,
    answer: Message,
    protected: ErrorDetection,
    /// It was no answer but that there is none now: the same question may be asked anew.
    undecided: bool,
}

impl Session {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            profile: None,
            last: None,
            asked_again: false,
            undecided: false,
            repetitions: 0,
            wrong_logins: 0,
            most_repetitions: settings.repetitions,
            most_wrong_logins: settings.wrong_logins,
        }
    }

    /// The terminal, once it has logged in.
    pub(crate) fn profile(&self) -> Option<&Arc<Profile>> {
        self.profile.as_ref()
    }

    /// The same terminal under other settings.
    pub(crate) fn renewed(&mut self, profile: Arc<Profile>) {
        self.profile = Some(profile);
    }

    /// What follows from a frame.
    pub(crate) fn receive(&mut self, framed: Framed) -> Step {
        self.undecided = false;
        let frame = match framed {
            Framed::Message(frame) => frame,
            Framed::TooLong => return self.not_understood(Bad::TooLong),
        };
        let message = match Message::decode(frame.clone()) {
            Ok(message) => message,
            Err(DecodeError::Checksum { .. }) => return self.not_understood(Bad::Checksum),
            Err(DecodeError::Trailer) => return self.not_understood(Bad::Trailer),
            // A framer leaves no line break inside a frame.
            Err(DecodeError::NoCode | DecodeError::LineBreak) => {
                return self.not_understood(Bad::NoCode);
            }
        };
        if message.code == Code::REQUEST_ACS_RESEND {
            return self.say_again(message.error_detection);
        }
        if let Some(protected) = self.same_request(&frame, &message) {
            self.repetitions = 0;
            self.asked_again = false;
            return Step::Repeat(protected);
        }
        if !SupportedMessages::ORDER.contains(&message.code) {
            return self.ask_again(Bad::UnknownCode, unnumbered(message.error_detection));
        }
        let code = message.code;
        if code == Code::LOGIN {
            return Step::LogIn(message);
        }
        let Some(profile) = self.profile.clone() else {
            if code == Code::SC_STATUS {
                return Step::Status(message);
            }
            return self
                .repetition()
                .map_or(Step::Refuse(message, Bad::BeforeLogIn), Step::End);
        };
        self.repetitions = 0;
        if code == Code::SC_STATUS {
            Step::Status(message)
        } else if profile.may(code) {
            Step::Serve(message, profile)
        } else {
            Step::Refuse(message, Bad::NotAllowed)
        }
    }

    /// A log-in was checked. A wrong one ends the rights of an earlier one. `true`: this was one
    /// too many, hang up once it is answered.
    pub(crate) fn logged_in(&mut self, profile: Option<Arc<Profile>>) -> bool {
        self.wrong_logins = if profile.is_some() {
            0
        } else {
            self.wrong_logins + 1
        };
        self.profile = profile;
        self.wrong_logins >= self.most_wrong_logins
    }

    /// A log-in could not be checked: nobody's fault, but nobody is logged in.
    pub(crate) fn log_in_failed(&mut self) {
        self.profile = None;
        self.undecided = true;
    }

    /// The message cannot be decided now. What says so is not its answer: the same message again is looked at again.
    pub(crate) fn undecided(&mut self) {
        self.undecided = true;
    }

    /// A message was answered.
    pub(crate) fn answered(&mut self, request: &Bytes, answer: Message, protected: ErrorDetection) {
        // The old request's memory serves the new one.
        let mut kept = self
            .last
            .take()
            .map(|last| last.request)
            .unwrap_or_default();
        kept.clear();
        kept.extend_from_slice(request);
        self.last = Some(Exchange {
            request: kept,
            answer,
            protected,
            undecided: self.undecided,
        });
        self.asked_again = false;
    }

    /// The last answer.
    pub(crate) fn last_answer(&self) -> Option<&Message> {
        self.last.as_ref().map(|last| &last.answer)
    }

    /// How the answer was protected, if this is the request that was answered last.
    fn same_request(&self, frame: &Bytes, message: &Message) -> Option<ErrorDetection> {
        let numbered = matches!(message.error_detection, ErrorDetection::Sequence(_));
        let last = self
            .last
            .as_ref()
            .filter(|last| numbered && !last.undecided && last.request == *frame)?;
        (message.code != Code::SC_STATUS).then_some(last.protected)
    }

    fn say_again(&mut self, asked: ErrorDetection) -> Step {
        match &self.last {
            Some(last) if !self.asked_again => {
                // Without its number, as the standard has it; with a checksum if either side uses
                // them. Some units want the copy of what they missed.
                let exact = |profile: &Arc<Profile>| profile.manners.resend == Resend::Exact;
                let exact = self.profile.as_ref().is_some_and(exact);
                let off = asked == ErrorDetection::Off && last.protected == ErrorDetection::Off;
                let protected = if exact {
                    last.protected
                } else if off {
                    ErrorDetection::Off
                } else {
                    ErrorDetection::Checksum
                };
                self.repetition().map_or(Step::Resend(protected), Step::End)
            }
            _ => self.ask_again(Bad::NothingToRepeat, unnumbered(asked)),
        }
    }

    fn not_understood(&mut self, why: Bad) -> Step {
        if self.profile.is_none() && matches!(why, Bad::NoCode | Bad::TooLong) {
            return Step::End(Ending::NotSip2);
        }
        self.ask_again(why, ErrorDetection::Checksum)
    }

    fn ask_again(&mut self, why: Bad, protected: ErrorDetection) -> Step {
        self.asked_again = true;
        self.repetition()
            .map_or(Step::AskAgain(why, protected), Step::End)
    }

    /// Counts one; says so when it is one too many.
    fn repetition(&mut self) -> Option<Ending> {
        self.repetitions += 1;
        (self.repetitions > self.most_repetitions).then_some(Ending::Repetitions)
    }
}

/// 96 and a repeated answer carry no AY.
fn unnumbered(asked: ErrorDetection) -> ErrorDetection {
    match asked {
        ErrorDetection::Off => ErrorDetection::Off,
        ErrorDetection::Checksum | ErrorDetection::Sequence(_) => ErrorDetection::Checksum,
    }
}

#[cfg(test)]
mod tests;
