//! Dialogues with a server of a few lines: what is passed, what is not, and how that is told.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it cannot go on"
)]

use std::{
    io::{self, ErrorKind, Read, Write},
    time::Duration,
};

use relire_dialogue::{Dialogue, Outcome, Script, Stream, Values, play};

/// A server that answers each line by a line, or hangs up.
struct Server {
    answer: fn(&str) -> Option<String>,
    heard: Vec<u8>,
    to_say: Vec<u8>,
    ended: bool,
}

impl Read for Server {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match (self.to_say.is_empty(), self.ended) {
            (true, true) => Ok(0),
            (true, false) => Err(ErrorKind::WouldBlock.into()),
            // A byte at a time: an answer comes in pieces, too.
            (false, _) => {
                buffer[0] = self.to_say.remove(0);
                Ok(1)
            }
        }
    }
}

impl Write for Server {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.heard.extend(bytes);
        while let Some(end) = self.heard.iter().position(|byte| *byte == b'\r') {
            let line: Vec<u8> = self.heard.drain(..=end).collect();
            let line = String::from_utf8(line).unwrap();
            match (self.answer)(line.trim_end()) {
                Some(answer) => self.to_say.extend(answer.bytes()),
                None => self.ended = true,
            }
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Stream for Server {
    fn wait_at_most(&mut self, _: Duration) -> io::Result<()> {
        Ok(())
    }
}

fn played(steps: &str, answer: fn(&str) -> Option<String>) -> Outcome {
    let text =
        format!("title: t\nclause: c\nreason: r\nneeds: login password branch pin\n\n{steps}\n");
    let mut script = Script {
        values: Values::default(),
        now: jiff::civil::date(2026, 11, 22).at(15, 30, 12, 0),
        patience: Duration::from_secs(1),
    };
    for (name, value) in [
        ("login", "kiosk"),
        ("password", "sesame"),
        ("branch", "LENS"),
        ("pin", "135790"),
    ] {
        script.values.set(name, value);
    }
    play(&Dialogue::parse(&text).unwrap(), &script, || {
        Ok(Server {
            answer,
            heard: Vec::new(),
            to_say: Vec::new(),
            ended: false,
        })
    })
}

fn passed(steps: &str, answer: fn(&str) -> Option<String>) {
    let outcome = played(steps, answer);
    assert!(matches!(outcome, Outcome::Passed), "{steps}: {outcome}");
}

fn failed(steps: &str, answer: fn(&str) -> Option<String>, why: &str) -> String {
    let outcome = played(steps, answer);
    let Outcome::Failed(failure) = &outcome else {
        panic!("{steps}: {outcome}");
    };
    let told = failure.to_string();
    assert!(told.contains(why), "{why:?} is not in {told}");
    told
}

fn echo(line: &str) -> Option<String> {
    Some(format!("{line}\r\n"))
}

#[test]
fn numbers_go_on_and_again_is_the_same() {
    passed("> plain 99A\n< 99A\n> plain 99B\n< 99B", echo);
    passed(
        "> AY9 99AA1|\n< 99\n  AA 1\n> 99AA2|\n< 99\n> again\n< same",
        echo,
    );
    passed("> 99AA1|\n< 99\n> again\n< repeated", echo);
    failed("> 99AA1|\n< 99\n> 99AA1|\n< same", echo, "other bytes");
    failed(
        "> plain 99\n< 99\n> plain 98\n< repeated",
        echo,
        "not the answer before",
    );
}

#[test]
fn glued_and_byte_by_byte() {
    passed("> glued 99AA1|\n> 99AA2|\n< 99\n  AA 1\n< 99\n  AA 2", echo);
    passed("> bytewise crlf 99AA1|\n< 99\n  AA 1", echo);
    passed("> bytes 99\\r98\\r\n< 99\n< 98", echo);
}

#[test]
fn what_one_answer_tells_is_known_later() {
    passed(
        "> 99AAx7|\n< 99\n  AA {kept:*}\n> 99AA{kept}|\n< 99\n  AA x7",
        echo,
    );
}

#[test]
fn silence_and_the_end() {
    let silent = |_: &str| Some(String::new());
    passed("> bytes \\r\n< nothing", silent);
    passed("> plain 99\n< 98\nor nothing", silent);
    failed("> plain 99\n< 98", silent, "no answer");
    failed("> plain 99\n< nothing", echo, "no answer was expected");
    let gone = |_: &str| None;
    passed("> plain 99\n< 96\nor end", gone);
    passed("> plain 99\n< end\n> plain 99\n< end", gone);
    failed("> plain 99\n< 98", gone, "the connection has ended");
    failed(
        "> plain 99\n< end",
        echo,
        "end of the connection was expected",
    );
    failed(
        "> plain 99\n< 99",
        |_| Some("99".into()),
        "2 bytes without a CR",
    );
}

#[test]
fn an_answer_too_many() {
    let twice = |line: &str| Some(format!("{line}\r{line}\r"));
    let steps = "> plain 99\n< 99\n> plain 97\n< 97";
    failed(steps, twice, "other");
    let glued = |_: &str| Some("99\r98\r".to_owned());
    failed(
        "> glued plain 99\n> plain 97\n< 99\n< 99",
        glued,
        "character 2",
    );
}

#[test]
fn a_failure_says_where_and_keeps_secrets() {
    let refuse = |_: &str| Some("940\r".to_owned());
    let told = failed(
        "log in",
        refuse,
        "line 6: it is another from character 3 on",
    );
    assert!(
        told.contains("9300CNkiosk|CO***|") && !told.contains("sesame"),
        "{told}"
    );
    let told = failed("> plain 63AD{pin}9\n< 64", echo, "another from character 2");
    assert!(!told.contains("135790"), "{told}");
}

#[test]
fn what_is_missing_is_named() {
    let text = "title: t\nclause: c\nreason: r\nneeds: card item\n\n> 99AA{card}|\n";
    let script = Script {
        values: Values::default(),
        now: jiff::civil::date(2026, 11, 22).at(15, 30, 12, 0),
        patience: Duration::from_secs(1),
    };
    let nowhere = || -> io::Result<Server> { panic!("nothing is played") };
    let outcome = play(&Dialogue::parse(text).unwrap(), &script, nowhere);
    assert_eq!(outcome.to_string(), "left out: no value for card, item");
}
