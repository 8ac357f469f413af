//! Where a document ends in a stream. Raw TCP has neither a length nor a mark between messages: a document ends where
//! its root is closed, so that markup is followed, and nothing is searched for in texts.

use nom::{
    IResult, Parser,
    branch::alt,
    bytes::streaming::{tag, take_till1, take_until, take_while},
    character::streaming::char,
    combinator::{recognize, value},
    multi::many0_count,
    sequence::delimited,
};

use crate::{Fault, FaultKind, limits::DEPTH};

/// Follows a stream of documents. It keeps none of it: it says how far a document goes.
#[derive(Debug, Default)]
pub struct Scanner {
    /// What is understood already, of the bytes that are shown.
    at: usize,
    depth: usize,
    begun: bool,
}

/// One piece of markup or text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    /// An element that is opened and closed at once.
    Whole,
    /// Comments, instructions, declarations, texts that are quoted.
    Aside,
    /// Blanks between documents and elements.
    Blank,
    Text,
}

impl Scanner {
    /// A scanner at the beginning of a document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether anything but blanks has come of the next document.
    pub fn is_within(&self) -> bool {
        self.begun
    }

    /// How many of these bytes are the first document, with the blanks before it; `None`: it goes on. The bytes are
    /// all that have come since the last document, each time from its beginning. Who reads a document leaves the
    /// blanks out: before an XML declaration there may be none.
    ///
    /// # Errors
    /// What comes is no XML, or too deep: no end will ever be found.
    ///
    /// ```
    /// use relire_ncip::frame::Scanner;
    /// let mut scanner = Scanner::new();
    /// assert_eq!(scanner.end(b"<a><b>1</b>").unwrap(), None);
    /// assert_eq!(scanner.end(b"<a><b>1</b><!-- </a> --></a>\n<a").unwrap(), Some(28));
    /// assert_eq!(scanner.end(b"\n<a/>").unwrap(), Some(5));
    /// ```
    pub fn end(&mut self, bytes: &[u8]) -> Result<Option<usize>, Fault> {
        loop {
            let Some(rest) = bytes.get(self.at..).filter(|rest| !rest.is_empty()) else {
                return Ok(None);
            };
            let (left, token) = match token(rest) {
                Ok(found) => found,
                Err(nom::Err::Incomplete(_)) => {
                    self.begun |= !rest.trim_ascii().is_empty();
                    return Ok(None);
                }
                Err(_) => return Err(FaultKind::Syntax("this is no XML".into()).into()),
            };
            self.at += rest.len() - left.len();
            self.begun |= token != Token::Blank;
            match token {
                Token::Open => self.depth += 1,
                Token::Close => self.depth = self.depth.saturating_sub(1),
                Token::Whole | Token::Aside | Token::Blank => {}
                Token::Text if self.depth > 0 => {}
                Token::Text => return Err(FaultKind::Syntax("this is no XML".into()).into()),
            }
            if self.depth > DEPTH {
                return Err(FaultKind::TooMuch("elements within elements").into());
            }
            if self.depth == 0 && matches!(token, Token::Close | Token::Whole) {
                let end = self.at;
                *self = Self::new();
                return Ok(Some(end));
            }
        }
    }
}

fn token(input: &[u8]) -> IResult<&[u8], Token> {
    let blank = |byte: u8| byte.is_ascii_whitespace();
    alt((
        value(
            Token::Aside,
            delimited(tag("<!--"), take_until("-->"), tag("-->")),
        ),
        value(
            Token::Aside,
            delimited(tag("<![CDATA["), take_until("]]>"), tag("]]>")),
        ),
        value(
            Token::Aside,
            delimited(tag("<?"), take_until("?>"), tag("?>")),
        ),
        // A subset in brackets is refused by whoever reads it; here it ends where its first > is.
        value(Token::Aside, (tag("<!"), inside, char('>'))),
        value(Token::Close, (tag("</"), inside, char('>'))),
        element,
        // A mark of the byte order, before the document.
        value(Token::Blank, tag(&b"\xEF\xBB\xBF"[..])),
        value(Token::Blank, nom::bytes::complete::take_while1(blank)),
        value(Token::Text, take_till1_complete),
    ))
    .parse(input)
}

fn take_till1_complete(input: &[u8]) -> IResult<&[u8], &[u8]> {
    nom::bytes::complete::take_till1(|byte| byte == b'<').parse(input)
}

/// `<name …>` or `<name …/>`.
fn element(input: &[u8]) -> IResult<&[u8], Token> {
    let (input, within) = delimited(char('<'), recognize(inside), char('>')).parse(input)?;
    let token = if within.ends_with(b"/") {
        Token::Whole
    } else {
        Token::Open
    };
    Ok((input, token))
}

/// Everything up to a `>` that is not in quotes.
fn inside(input: &[u8]) -> IResult<&[u8], usize> {
    let quoted = alt((
        value(
            (),
            delimited(char('"'), take_while(|byte| byte != b'"'), char('"')),
        ),
        value(
            (),
            delimited(char('\''), take_while(|byte| byte != b'\''), char('\'')),
        ),
    ));
    let plain = value((), take_till1(|byte| matches!(byte, b'>' | b'"' | b'\'')));
    many0_count(alt((quoted, plain))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where documents end, byte after byte as they come.
    fn ends(stream: &[u8]) -> Result<Vec<usize>, Fault> {
        let mut scanner = Scanner::new();
        let (mut from, mut ends) = (0, Vec::new());
        for upto in 1..=stream.len() {
            while let Some(end) = scanner.end(&stream[from..upto])? {
                from += end;
                ends.push(from);
            }
        }
        Ok(ends)
    }

    #[test]
    fn a_document_ends_with_its_root() {
        for (document, rest) in [
            ("<a/>", ""),
            (
                "<?xml version='1.0'?>\n<!DOCTYPE a PUBLIC \"x>\" \"y\">\n<a x='>'><b/>1 &gt; 0<c>x</c></a>",
                "\n\n",
            ),
            ("<a><!-- </a> --><![CDATA[</a>]]></a>", ""),
            ("\u{feff}<a>>></a >", "  "),
        ] {
            let stream = format!("{document}{rest}{document}");
            let first = document.len();
            assert_eq!(
                ends(stream.as_bytes()),
                Ok(vec![first, stream.len()]),
                "{document}"
            );
        }
    }

    /// A mark of the byte order after the line end of the message before: how they come is the network's affair.
    #[test]
    fn blanks_before_a_mark_come_with_it_or_alone() {
        let stream = "\r\n\u{feff}<a/>".as_bytes();
        assert_eq!(ends(stream), Ok(vec![stream.len()]));
        assert_eq!(Scanner::new().end(stream), Ok(Some(stream.len())));
    }

    /// As clients on one line send them, each with its declaration and a line end behind it.
    #[test]
    fn documents_one_after_the_other_are_read() {
        let document = "<?xml version='1.0'?>\n<NCIPMessage><LookupUser/></NCIPMessage>";
        let marked = format!("\u{feff}{document}");
        let stream = format!("{document}\r\n{document}\n\n{marked}\n{document}\n");
        let mut from = 0;
        for end in ends(stream.as_bytes()).unwrap() {
            let cut = stream.as_bytes()[from..end].trim_ascii_start();
            let asked = crate::question(cut, None, crate::Leniency::default());
            assert!(asked.is_ok(), "{asked:?}");
            from = end;
        }
        assert_eq!(from, stream.len() - 1);
    }

    #[test]
    fn what_is_no_xml_never_ends_and_is_told_at_once() {
        assert!(ends(b"POST / HTTP/1.0\r\n").is_err());
        assert!(ends("<a>".repeat(DEPTH + 1).as_bytes()).is_err());
        assert_eq!(ends(b"  \r\n "), Ok(vec![]));
        let mut scanner = Scanner::new();
        scanner.end(b" \n").unwrap();
        assert!(!scanner.is_within());
        scanner.end(b" \n<a").unwrap();
        assert!(scanner.is_within());
    }
}
