//! Whether an answer is the one that was expected.

use jiff::civil::DateTime;

use crate::{
    dialogue::{Answer, FieldRule, Id, Rule},
    line::{Bare, bare},
    pattern::{Found, fitting, matches, width},
    text::Text,
    values::Values,
};

/// How the question was protected, as far as its answer depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// AY with this digit, and AZ.
    Numbered(u8),
    Plain,
    /// The answer may be protected or not.
    Either,
}

/// What an answer is compared with.
pub(crate) struct Judge<'a> {
    pub(crate) values: &'a Values,
    pub(crate) now: DateTime,
    pub(crate) asked: Asked,
    /// The answer before.
    pub(crate) before: Option<&'a [u8]>,
}

/// The longest value of a field, in bytes.
const LONGEST_VALUE: usize = 255;

impl Judge<'_> {
    /// What the answer tells under names, or why it is another.
    pub(crate) fn judge(&self, expected: &Answer, line: &[u8]) -> Result<Found, String> {
        match expected {
            Answer::Same => match self.before {
                Some(before) if before == line => Ok(Found::new()),
                _ => Err("these are other bytes than those of the answer before".into()),
            },
            Answer::Repeated => {
                let told = bare(line);
                right_sum(&told)?;
                match self.before.map(bare) {
                    Some(before) if before.text == told.text => Ok(Found::new()),
                    _ => Err("this is not the answer before once more".into()),
                }
            }
            Answer::Nothing(_) => Err("no answer was expected".into()),
            Answer::End => Err("the end of the connection was expected".into()),
            Answer::Message { fixed, rules } => self.message(fixed, rules, line),
        }
    }

    fn message(&self, fixed: &Text, rules: &[Rule], line: &[u8]) -> Result<Found, String> {
        let told = bare(line);
        let pattern = fixed.filled(self.values, self.now);
        // A message of which only the code is expected may have any fixed part.
        let width = width(&pattern).unwrap_or_default();
        let front = told.text.get(..width);
        let Some(mut found) = front.and_then(|front| matches(&pattern, front)) else {
            let (at, length) = (fitting(&pattern, told.text), told.text.len());
            // Of another message nobody wonders how long it is.
            return Err(if at < 2 || length >= width {
                format!("it is another from character {} on", at + 1)
            } else {
                format!("it ends after {length} characters, inside its fixed part")
            });
        };
        self.protection(&told)?;
        let rest = told.text.get(width..).unwrap_or_default();
        let fields = fields(rest)?;
        for rule in rules {
            let more = self
                .rule(&rule.what, &fields, &found)
                .map_err(|why| format!("{why} (expected: {})", rule.source))?;
            found.extend(more);
        }
        Ok(found)
    }

    /// *3M SIP2 2.00, "Error Detection"*: the answer is protected as the question was, and has its
    /// digit. A 96 has none.
    fn protection(&self, told: &Bare<'_>) -> Result<(), String> {
        right_sum(told)?;
        if told.text == b"96" {
            return Ok(());
        }
        match (self.asked, told.digit) {
            (Asked::Either, _) => Ok(()),
            (Asked::Numbered(digit), Some(said)) if digit == said => Ok(()),
            (Asked::Numbered(digit), Some(said)) => {
                Err(format!("its AY is {said}, that of the question {digit}"))
            }
            (Asked::Numbered(_), None) => Err("it has no AY and AZ, the question had".into()),
            (Asked::Plain, None) if told.sum.is_none() => Ok(()),
            (Asked::Plain, _) => Err("it has AY or AZ, the question had none".into()),
        }
    }

    fn rule(&self, rule: &FieldRule, fields: &[Field<'_>], found: &Found) -> Result<Found, String> {
        let of = |id: Id| fields.iter().filter(move |field| field.id == id);
        // What this very answer has told counts in its later lines.
        let mut values = self.values.clone();
        for (name, value) in found {
            values.set(name, value);
        }
        let fits = |value: &[u8], text: &Text| matches(&text.filled(&values, self.now), value);
        match rule {
            FieldRule::Has(id, text) => {
                if of(*id).next().is_none() {
                    return Err(format!("{} is not there", shown(*id)));
                }
                of(*id)
                    .find_map(|field| fits(field.value, text))
                    .ok_or_else(|| format!("{} has another value", shown(*id)))
            }
            FieldRule::Lacks(id, text) => {
                let found = of(*id).any(|field| {
                    text.as_ref()
                        .is_none_or(|text| fits(field.value, text).is_some())
                });
                match found {
                    true => Err(format!("{} is there", shown(*id))),
                    false => Ok(Found::new()),
                }
            }
            FieldRule::Count(count, id) => match of(*id).count() {
                there if there == *count => Ok(Found::new()),
                there => Err(format!("{there} × {}", shown(*id))),
            },
            FieldRule::Order(ids) => {
                let mut last = 0;
                for id in ids {
                    let place = fields.iter().position(|field| field.id == *id);
                    match place {
                        None => return Err(format!("{} is not there", shown(*id))),
                        Some(place) if place < last => {
                            return Err(format!("{} comes too early", shown(*id)));
                        }
                        Some(place) => last = place,
                    }
                }
                Ok(Found::new())
            }
        }
    }
}

fn shown(id: Id) -> String {
    String::from_utf8_lossy(&id).into_owned()
}

fn right_sum(told: &Bare<'_>) -> Result<(), String> {
    match &told.sum {
        Some(sum) if sum.said != sum.right => Err(format!(
            "its checksum is {}, that of its bytes {}",
            sum.said, sum.right
        )),
        _ => Ok(()),
    }
}

struct Field<'a> {
    id: Id,
    value: &'a [u8],
}

/// *3M SIP2 2.00, "Message Format"*: two characters, the value, a bar; no value beyond 255.
fn fields(rest: &[u8]) -> Result<Vec<Field<'_>>, String> {
    let Some(rest) = rest.strip_suffix(b"|") else {
        return match rest {
            [] => Ok(Vec::new()),
            _ => Err("its last field does not end with a bar".into()),
        };
    };
    rest.split(|byte| *byte == b'|')
        .map(|field| match field {
            [one, two, value @ ..] if value.len() <= LONGEST_VALUE => Ok(Field {
                id: [*one, *two],
                value,
            }),
            [one, two, value @ ..] => Err(format!(
                "{} has {} bytes, {LONGEST_VALUE} are the most",
                shown([*one, *two]),
                value.len()
            )),
            _ => Err("a field without an id".into()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;
    use crate::{dialogue::Action, dialogue::Dialogue, line::protect};

    fn judged(expected: &str, line: &str) -> Result<Found, String> {
        judged_as(expected, line.as_bytes(), Asked::Either)
    }

    fn judged_as(expected: &str, line: &[u8], asked: Asked) -> Result<Found, String> {
        let file = format!("title: t\nclause: c\nreason: r\nneeds: item\n\n> 17\n{expected}\n");
        let dialogue = Dialogue::parse(&file).unwrap();
        let Some(Action::Expect(answers)) = dialogue.steps.last().map(|step| &step.action) else {
            panic!("no answer in {file}");
        };
        let mut values = Values::default();
        values.set("item", "3620");
        let judge = Judge {
            values: &values,
            now: civil::date(2026, 11, 22).at(15, 30, 12, 0),
            asked,
            before: Some(b"941AY5AZFDF8"),
        };
        judge.judge(&answers[0].what, line)
    }

    const LINE: &str = "1803020120261122    153050AB3620|AJLe Horla|CK001|AQVIMY|AU1|AU2|";

    #[test]
    fn fields_are_there_or_not() {
        let good = "< 18##[01]#[01]#{date}\n  AB {item}\n  AJ ?*\n  no AF\n  no CK 00[02-9]\n  2 AU\n  order AB AJ AQ\n  AQ {home:*}\n  no AP {home}";
        let found = judged(good, LINE).unwrap();
        assert_eq!(found, [("home".to_owned(), "VIMY".to_owned())]);
        for (rule, told) in [
            ("  AF *", "AF is not there"),
            ("  AJ Autre", "another value"),
            ("  no AJ", "AJ is there"),
            ("  no AJ Le*", "AJ is there"),
            ("  1 AU", "2 × AU"),
            ("  order AJ AB", "AB comes too early"),
            ("  order AB AF", "AF is not there"),
        ] {
            let error = judged(&format!("< 18{{any 24}}\n{rule}"), LINE).unwrap_err();
            assert!(error.contains(told), "{rule}: {error}");
        }
    }

    #[test]
    fn the_fixed_part_and_the_form() {
        let error = judged("< 1804{any 22}", LINE).unwrap_err();
        assert!(error.contains("character 4"), "{error}");
        assert!(
            judged("< 18{any 24}", "1803")
                .unwrap_err()
                .contains("ends after 4")
        );
        assert!(judged("< 94#", "941AB3").unwrap_err().contains("bar"));
        let long = format!("941AB{}|", "9".repeat(256));
        assert!(judged("< 94#", &long).unwrap_err().contains("256"));
    }

    #[test]
    fn an_answer_is_protected_as_its_question() {
        let numbered = |line: &[u8]| judged_as("< 94#", line, Asked::Numbered(5));
        assert!(numbered(b"941AY5AZFDF8").is_ok());
        assert!(numbered(b"941AY5AZFDF7").unwrap_err().contains("checksum"));
        assert!(numbered(&protect(b"941", Some(4), false)).is_err());
        assert!(numbered(b"941").is_err());
        assert!(judged_as("< 96", b"96AZFEF6", Asked::Numbered(5)).is_ok());
        assert!(judged_as("< 94#", b"941", Asked::Plain).is_ok());
        assert!(judged_as("< 94#", b"941AY5AZFDF8", Asked::Plain).is_err());
    }

    #[test]
    fn the_same_bytes_or_the_same_answer() {
        assert!(judged("< same", "941AY5AZFDF8").is_ok());
        assert!(judged("< same", "941").is_err());
        assert!(judged("< repeated", "941").is_ok());
        assert!(judged("< repeated", "940").is_err());
    }
}
