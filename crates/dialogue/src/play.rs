//! Plays a dialogue, step by step.

use std::{collections::VecDeque, fmt, io, time::Duration};

use jiff::civil::DateTime;

use crate::{
    dialogue::{Action, Answer, Dialogue, Expected, Protection, Send, Step, What},
    judge::{Asked, Judge},
    line::{Heard, Line, Stream, protect},
    pattern::Found,
    shown::shown,
    values::Values,
};

/// What a dialogue is played with.
#[derive(Debug, Clone)]
pub struct Script {
    /// Card numbers, barcodes, passwords.
    pub values: Values,
    /// `{now}`: the library's local time when the dialogue begins. It stands still meanwhile.
    pub now: DateTime,
    /// How long an answer is waited for.
    pub patience: Duration,
}

/// What became of a dialogue.
#[derive(Debug)]
pub enum Outcome {
    /// Every answer was as expected.
    Passed,
    /// An answer was not.
    Failed(Failure),
    /// Not played: these values are missing.
    LeftOut(Vec<String>),
}

/// Where a dialogue and a server part. Secrets and names are left out.
#[derive(Debug)]
pub struct Failure {
    /// The line of the file.
    pub line: usize,
    /// What was sent last.
    pub sent: String,
    /// What had to come, as it is written.
    pub expected: String,
    /// What came.
    pub got: String,
    /// In what they differ.
    pub why: String,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => write!(f, "passed"),
            Self::Failed(failure) => write!(f, "failed: {failure}"),
            Self::LeftOut(names) => write!(f, "left out: no value for {}", names.join(", ")),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            sent,
            expected,
            got,
            why,
        } = self;
        write!(
            f,
            "line {line}: {why}\n  sent      {sent}\n  expected  {expected}\n  got       {got}"
        )
    }
}

/// Plays a dialogue. `dial` makes a connection; it is called at the beginning and for each further
/// one.
pub fn play<S: Stream>(
    dialogue: &Dialogue,
    script: &Script,
    dial: impl FnMut() -> io::Result<S>,
) -> Outcome {
    let missing: Vec<String> = dialogue
        .needs
        .iter()
        .filter(|name| script.values.get(name).is_none())
        .cloned()
        .collect();
    if !missing.is_empty() {
        return Outcome::LeftOut(missing);
    }
    let mut player = Player {
        dial,
        script,
        values: script.values.clone(),
        line: None,
        digit: 9,
        kept: Vec::new(),
        sent: Vec::new(),
        asked: VecDeque::new(),
        last_asked: Asked::Either,
        heard: None,
    };
    for step in &dialogue.steps {
        if let Err(failure) = player.step(step) {
            return Outcome::Failed(failure);
        }
    }
    match player.line {
        Some(line) if line.has_more() => {
            let last = dialogue.steps.last().map_or(0, |step| step.line);
            Outcome::Failed(Failure {
                line: last,
                sent: shown(&player.sent, &player.values),
                expected: "nothing more".into(),
                got: "another message".into(),
                why: "the server says more than it was asked".into(),
            })
        }
        _ => Outcome::Passed,
    }
}

struct Player<'a, S, D> {
    dial: D,
    script: &'a Script,
    /// Those of the script, and what the dialogue has found.
    values: Values,
    line: Option<Line<S>>,
    /// The last digit used.
    digit: u8,
    /// Bytes that go out with the next message.
    kept: Vec<u8>,
    /// What was sent last.
    sent: Vec<u8>,
    /// How the questions were protected that are not answered yet.
    asked: VecDeque<Asked>,
    last_asked: Asked,
    /// The answer before.
    heard: Option<Vec<u8>>,
}

impl<S: Stream, D: FnMut() -> io::Result<S>> Player<'_, S, D> {
    fn step(&mut self, step: &Step) -> Result<(), Failure> {
        match &step.action {
            Action::Connect => self.connect().map_err(|why| self.failure(step, why)),
            Action::HangUp => {
                self.hang_up();
                Ok(())
            }
            Action::Send(send) => self.send(send).map_err(|why| self.failure(step, why)),
            Action::Expect(answers) => self.expect(step, answers),
        }
    }

    fn connect(&mut self) -> Result<(), String> {
        self.hang_up();
        let stream = (self.dial)().map_err(|error| format!("no connection: {error}"))?;
        self.line = Some(Line::new(stream));
        Ok(())
    }

    fn hang_up(&mut self) {
        self.line = None;
        self.asked.clear();
        self.kept.clear();
    }

    fn send(&mut self, send: &Send) -> Result<(), String> {
        if self.line.is_none() {
            self.connect()?;
        }
        let line = self.line.as_ref();
        if self.asked.is_empty() && line.is_some_and(Line::has_more) {
            return Err("the server says more than it was asked".into());
        }
        let bytes = self.bytes(&send.what);
        self.sent.clone_from(&bytes);
        self.kept.extend(bytes);
        if !send.glued {
            let all = std::mem::take(&mut self.kept);
            if let Some(line) = &mut self.line {
                line.say(&all, send.bytewise);
            }
        }
        Ok(())
    }

    fn bytes(&mut self, what: &What) -> Vec<u8> {
        let (text, protection, lower, end) = match what {
            What::Again => {
                self.asked.push_back(self.last_asked);
                return self.sent.clone();
            }
            What::Bytes(text) => {
                self.last_asked = Asked::Either;
                return text.bytes(&self.values, self.script.now);
            }
            What::Message {
                text,
                protection,
                lower,
                end,
            } => (text, protection, lower, end),
        };
        let message = text.bytes(&self.values, self.script.now);
        let (asked, mut bytes) = match protection {
            Protection::Plain => (Asked::Plain, message),
            Protection::Sum => (Asked::Either, protect(&message, None, false)),
            Protection::Digit(digit) => {
                self.digit = *digit;
                (
                    Asked::Numbered(*digit),
                    protect(&message, Some(*digit), false),
                )
            }
            Protection::Next | Protection::Wrong => {
                self.digit = (self.digit + 1) % 10;
                let wrong = *protection == Protection::Wrong;
                let asked = if wrong {
                    Asked::Either
                } else {
                    Asked::Numbered(self.digit)
                };
                (asked, protect(&message, Some(self.digit), wrong))
            }
        };
        if let (true, Some((_, sum))) = (*lower, bytes.split_last_chunk_mut::<4>()) {
            sum.make_ascii_lowercase();
        }
        bytes.extend_from_slice(end);
        self.asked.push_back(asked);
        self.last_asked = asked;
        bytes
    }

    fn expect(&mut self, step: &Step, answers: &[Expected]) -> Result<(), Failure> {
        let silence = answers.iter().find_map(|answer| match answer.what {
            Answer::Nothing(time) => Some(time),
            _ => None,
        });
        let patience = silence.unwrap_or(self.script.patience);
        let heard = match &mut self.line {
            Some(line) => line.hear(patience),
            None => Heard::End,
        };
        match heard {
            Heard::Line(bytes) => {
                let asked = self.asked.pop_front().unwrap_or(Asked::Either);
                match self.judge(answers, &bytes, asked) {
                    Ok(found) => {
                        for (name, value) in found {
                            self.values.set(&name, &value);
                        }
                        self.heard = Some(bytes);
                        Ok(())
                    }
                    Err(why) => Err(Failure {
                        got: shown(&bytes, &self.values),
                        ..self.unmet(step, answers, &why)
                    }),
                }
            }
            Heard::Silence(0) if silence.is_some() => Ok(()),
            Heard::Silence(0) => Err(self.unmet(step, answers, "no answer")),
            Heard::Silence(count) => {
                let why = format!("{count} bytes without a CR");
                Err(self.unmet(step, answers, &why))
            }
            Heard::End => {
                self.hang_up();
                let expected = answers
                    .iter()
                    .any(|answer| matches!(answer.what, Answer::End));
                match expected {
                    true => Ok(()),
                    false => Err(self.unmet(step, answers, "the connection has ended")),
                }
            }
        }
    }

    /// What the first answer that fits has told; else why the first of them does not.
    fn judge(&self, answers: &[Expected], bytes: &[u8], asked: Asked) -> Result<Found, String> {
        let judge = Judge {
            values: &self.values,
            now: self.script.now,
            asked,
            before: self.heard.as_deref(),
        };
        let judged: Vec<_> = answers
            .iter()
            .map(|answer| judge.judge(&answer.what, bytes))
            .collect();
        let of_code =
            |answer: &Expected| answer.source.get(..2).map(str::as_bytes) == bytes.get(..2);
        // Of several the one with the code that came says best what is wrong.
        let telling = answers.iter().position(of_code).unwrap_or(0);
        match judged.iter().position(Result::is_ok).or(Some(telling)) {
            Some(at) => judged.into_iter().nth(at).unwrap_or(Ok(Found::new())),
            None => Ok(Found::new()),
        }
    }

    fn unmet(&self, step: &Step, answers: &[Expected], why: &str) -> Failure {
        let expected: Vec<_> = answers
            .iter()
            .map(|answer| answer.source.as_str())
            .collect();
        Failure {
            expected: expected.join(" or "),
            got: "nothing".into(),
            ..self.failure(step, why.to_owned())
        }
    }

    fn failure(&self, step: &Step, why: String) -> Failure {
        Failure {
            line: step.line,
            sent: shown(&self.sent, &self.values),
            expected: String::new(),
            got: String::new(),
            why,
        }
    }
}
