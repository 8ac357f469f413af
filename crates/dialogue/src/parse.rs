//! Reads a dialogue's file. `protocol-fixtures/sip2/README.md` has the grammar in words.

use std::collections::BTreeSet;

use crate::{
    dialogue::{Action, Answer, Dialogue, Expected, FieldRule, Send, Step, What},
    grammar::{expected, rule, send},
    text::Text,
};

/// What a file has wrong.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: {what}")]
pub struct ParseError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl Dialogue {
    /// Reads a file.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut dialogue = Self {
            title: String::new(),
            clause: None,
            field: None,
            choice: None,
            reason: String::new(),
            known: None,
            quirks: Vec::new(),
            needs: Vec::new(),
            steps: Vec::new(),
        };
        let lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.trim_end()))
            .filter(|(_, line)| !line.trim_start().starts_with('#'));
        let mut head: Option<Vec<(usize, String)>> = Some(Vec::new());
        for (number, line) in lines {
            let at = |what| ParseError { line: number, what };
            match &mut head {
                Some(entries) if line.is_empty() => {
                    dialogue.head(std::mem::take(entries))?;
                    head = None;
                }
                Some(entries) => match (line.strip_prefix(' '), entries.last_mut()) {
                    (Some(more), Some((_, entry))) => {
                        entry.push(' ');
                        entry.push_str(more.trim_start());
                    }
                    _ => entries.push((number, line.to_owned())),
                },
                None if line.is_empty() => {}
                None => dialogue.body(number, line).map_err(at)?,
            }
        }
        dialogue.check()?;
        Ok(dialogue)
    }

    fn head(&mut self, entries: Vec<(usize, String)>) -> Result<(), ParseError> {
        for (line, entry) in entries {
            let at = |what| ParseError { line, what };
            let (key, text) = entry
                .split_once(':')
                .ok_or_else(|| at(format!("{entry:?} has no colon")))?;
            let text = text.trim().to_owned();
            match key {
                "title" => self.title = text,
                "clause" => self.clause = Some(text),
                "field" => self.field = Some(text),
                "choice" => self.choice = Some(text),
                "reason" => self.reason = text,
                "known" => self.known = Some(text),
                "quirk" => {
                    let numbers = text.split([',', ' ']).filter(|number| !number.is_empty());
                    self.quirks = numbers
                        .map(str::parse)
                        .collect::<Result<_, _>>()
                        .map_err(|_| at(format!("{text:?} are no numbers")))?;
                }
                "needs" => self.needs = text.split_whitespace().map(str::to_owned).collect(),
                other => return Err(at(format!("{other:?} is no heading of a dialogue"))),
            }
        }
        Ok(())
    }

    fn body(&mut self, number: usize, line: &str) -> Result<(), String> {
        let mut push = |action| {
            self.steps.push(Step {
                line: number,
                action,
            });
        };
        if let Some(text) = line.strip_prefix("> ") {
            push(Action::Send(send(text)?));
        } else if let Some(text) = line.strip_prefix("< ") {
            push(Action::Expect(vec![expected(text)?]));
        } else if line == "connect" {
            push(Action::Connect);
        } else if line == "hang up" {
            push(Action::HangUp);
        } else if line == "log in" {
            push(Action::Send(send(
                "9300CN{login}|CO{password}|CP{branch}|",
            )?));
            push(Action::Expect(vec![expected("941")?]));
        } else {
            let Some(Step {
                action: Action::Expect(answers),
                ..
            }) = self.steps.last_mut()
            else {
                return Err(format!("{line:?} is no step, and no line of an answer"));
            };
            if let Some(text) = line.strip_prefix("or ") {
                answers.push(expected(text)?);
                return Ok(());
            }
            let (Some(text), Some(answer)) = (line.strip_prefix(' '), answers.last_mut()) else {
                return Err(format!("{line:?} is no step"));
            };
            let Answer::Message { rules, .. } = &mut answer.what else {
                return Err("only a message has fields".into());
            };
            rules.push(rule(text.trim_start())?);
        }
        Ok(())
    }

    /// What a whole dialogue has to have.
    fn check(&self) -> Result<(), ParseError> {
        let at = |line, what: String| Err(ParseError { line, what });
        if self.title.is_empty() || self.reason.is_empty() {
            return at(1, "a dialogue has a title and a reason".into());
        }
        if self.clause.is_none() && self.field.is_none() && self.choice.is_none() {
            return at(1, "a dialogue has a clause, a field or a choice".into());
        }
        if self.steps.is_empty() {
            return at(1, "a dialogue has steps, after an empty line".into());
        }
        let mut known: BTreeSet<&str> = self.needs.iter().map(String::as_str).collect();
        for step in &self.steps {
            let texts: Vec<&Text> = match &step.action {
                Action::Send(Send {
                    what: What::Bytes(text) | What::Message { text, .. },
                    ..
                }) => vec![text],
                Action::Expect(answers) => answers.iter().flat_map(Expected::texts).collect(),
                _ => Vec::new(),
            };
            for text in texts {
                let (needed, given) = text.names();
                if let Some(missing) = needed.iter().find(|name| !known.contains(*name)) {
                    let what = format!("{missing:?} is not among what it needs, nor found before");
                    return at(step.line, what);
                }
                known.extend(given);
            }
        }
        Ok(())
    }
}

impl Expected {
    fn texts(&self) -> Vec<&Text> {
        let Answer::Message { fixed, rules } = &self.what else {
            return Vec::new();
        };
        let of_rules = rules.iter().filter_map(|rule| match &rule.what {
            FieldRule::Has(_, text) | FieldRule::Lacks(_, Some(text)) => Some(text),
            _ => None,
        });
        std::iter::once(fixed).chain(of_rules).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "title: t\nclause: c\nreason: r\n  and more\nneeds: card item\nquirk: 4, 5\n\n";

    fn parsed(body: &str) -> Result<Dialogue, ParseError> {
        Dialogue::parse(&format!("{HEAD}{body}"))
    }

    #[test]
    fn a_head_and_its_steps() {
        let dialogue =
            parsed("# a remark\n> 17{now}AB{item}|\n< 18{any 24}\n  AB {item}\nor 96\nhang up\n")
                .unwrap();
        assert_eq!(dialogue.reason, "r and more");
        assert_eq!(dialogue.quirks, [4, 5]);
        assert_eq!(dialogue.needs, ["card", "item"]);
        assert_eq!(dialogue.codes(), ["17"]);
        let lines: Vec<_> = dialogue.steps.iter().map(|step| step.line).collect();
        assert_eq!(lines, [9, 10, 13]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (body, told) in [
            ("> 17AB{barcode}|", "line 8: \"barcode\""),
            ("> 17\n< 18*", "line 9: \"18*\": a fixed part"),
            ("> 17\n< 18\n  ab 5", "line 10:"),
            ("  AB 5", "line 8:"),
            ("< end\n  AB 5", "only a message"),
            ("wait", "line 8:"),
            ("", "has steps"),
        ] {
            let error = parsed(body).unwrap_err().to_string();
            assert!(error.contains(told), "{body}: {error}");
        }
        assert!(Dialogue::parse("title: t\nreason: r\n\n> 99").is_err());
        assert!(Dialogue::parse("titel: t\n\n").is_err());
    }
}
