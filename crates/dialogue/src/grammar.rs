//! The lines of a dialogue: what is sent, what has to come, and what of its fields.

use std::time::Duration;

use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::tag,
    character::complete::{anychar, char, digit1, one_of, space1},
    combinator::{all_consuming, map, map_opt, opt, rest, value, verify},
    multi::{many0, separated_list1},
    sequence::{preceded, terminated},
};

use crate::{
    dialogue::{Answer, Expected, FieldRule, Id, Protection, Rule, Send, What},
    pattern::width,
    text::{Part, Text},
};

/// How long nothing may come where nothing is expected.
const SILENCE: Duration = Duration::from_secs(1);

/// A word before the text of a message.
#[derive(Debug, Clone)]
enum Word {
    Protected(Protection),
    Bytes,
    Bytewise,
    Glued,
    Lower,
    End(&'static [u8]),
}

fn word(input: &str) -> IResult<&str, Word> {
    let digit = map_opt(preceded(tag("AY"), one_of("0123456789")), |digit| {
        u8::try_from(digit.to_digit(10)?).ok()
    });
    let word = alt((
        value(Word::Protected(Protection::Plain), tag("plain")),
        value(Word::Protected(Protection::Sum), tag("sum")),
        value(Word::Protected(Protection::Wrong), tag("wrong")),
        map(digit, |digit| Word::Protected(Protection::Digit(digit))),
        value(Word::Bytewise, tag("bytewise")),
        value(Word::Bytes, tag("bytes")),
        value(Word::Glued, tag("glued")),
        value(Word::Lower, tag("lower")),
        value(Word::End(b"\r\n"), tag("crlf")),
        value(Word::End(b"\n"), tag("lf")),
    ));
    terminated(word, space1).parse(input)
}

/// What follows `> `.
pub(crate) fn send(line: &str) -> Result<Send, String> {
    let (text, words) = many0(word)
        .parse(line)
        .map_err(|_| format!("{line:?} is no message"))?;
    let (mut protection, mut lower, mut end) = (Protection::Next, false, &b"\r"[..]);
    let (mut bytes, mut bytewise, mut glued) = (false, false, false);
    for word in words {
        match word {
            Word::Protected(kind) => protection = kind,
            Word::Bytes => bytes = true,
            Word::Bytewise => bytewise = true,
            Word::Glued => glued = true,
            Word::Lower => lower = true,
            Word::End(bytes) => end = bytes,
        }
    }
    let what = if text == "again" {
        What::Again
    } else if bytes {
        What::Bytes(Text::sent(text)?)
    } else {
        let text = Text::sent(text)?;
        if text
            .code()
            .is_none_or(|code| !code.bytes().all(|c| c.is_ascii_digit()))
        {
            return Err(format!(
                "{line:?} does not begin with the code of a message"
            ));
        }
        What::Message {
            text,
            protection,
            lower,
            end,
        }
    };
    Ok(Send {
        what,
        glued,
        bytewise,
    })
}

/// What follows `< ` or `or `.
pub(crate) fn expected(line: &str) -> Result<Expected, String> {
    let what = match all_consuming(without_message).parse(line) {
        Ok((_, answer)) => answer,
        Err(_) => {
            let fixed = Text::pattern(line)?;
            let open = |part: &Part| width(std::slice::from_ref(part)).is_none();
            if fixed.0.iter().any(open) {
                return Err(format!("{line:?}: a fixed part has a fixed length"));
            }
            Answer::Message {
                fixed,
                rules: Vec::new(),
            }
        }
    };
    Ok(Expected {
        source: line.to_owned(),
        what,
    })
}

fn without_message(input: &str) -> IResult<&str, Answer> {
    let seconds = map_opt(
        (space1, digit1, space1, tag("s")),
        |(_, digits, ..): (_, &str, _, _)| digits.parse().map(Duration::from_secs).ok(),
    );
    alt((
        value(Answer::Same, tag("same")),
        value(Answer::Repeated, tag("repeated")),
        value(Answer::End, tag("end")),
        map(preceded(tag("nothing"), opt(seconds)), |time| {
            Answer::Nothing(time.unwrap_or(SILENCE))
        }),
    ))
    .parse(input)
}

fn id(input: &str) -> IResult<&str, Id> {
    let letter = |c: &char| c.is_ascii_uppercase() || c.is_ascii_digit();
    map_opt(
        (verify(anychar, letter), verify(anychar, letter)),
        |(one, two)| Some([u8::try_from(one).ok()?, u8::try_from(two).ok()?]),
    )
    .parse(input)
}

/// An indented line.
pub(crate) fn rule(line: &str) -> Result<Rule, String> {
    let (_, what) = all_consuming(field_rule)
        .parse(line)
        .map_err(|_| format!("{line:?} says nothing of a field"))?;
    Ok(Rule {
        source: line.to_owned(),
        what,
    })
}

fn field_rule(input: &str) -> IResult<&str, FieldRule> {
    let pattern = |input| map_opt(rest, |text| Text::pattern(text).ok()).parse(input);
    alt((
        map(
            preceded(tag("order "), separated_list1(space1, id)),
            FieldRule::Order,
        ),
        map(
            preceded(tag("no "), (id, opt(preceded(char(' '), pattern)))),
            |(id, text)| FieldRule::Lacks(id, text),
        ),
        map_opt((digit1, space1, id), |(count, _, id): (&str, _, _)| {
            Some(FieldRule::Count(count.parse().ok()?, id))
        }),
        map((id, opt(preceded(char(' '), pattern))), |(id, text)| {
            FieldRule::Has(id, text.unwrap_or(Text(Vec::new())))
        }),
    ))
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_a_message() {
        let sent = send("glued lower AY5 crlf 9900802.00").unwrap();
        assert!(sent.glued && !sent.bytewise);
        let What::Message {
            protection,
            lower,
            end,
            ..
        } = sent.what
        else {
            panic!("{sent:?}");
        };
        assert_eq!(
            (protection, lower, end),
            (Protection::Digit(5), true, &b"\r\n"[..])
        );
        assert!(matches!(send("again").unwrap().what, What::Again));
        assert!(matches!(send("bytes \\r").unwrap().what, What::Bytes(_)));
        assert!(send("softly 99").is_err());
    }
}
