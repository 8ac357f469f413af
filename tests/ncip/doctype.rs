//! The document type that messages of 1.x may open with.

use super::leaf::BLANKS;

/// The document without it, and whether there was one. It may name a DTD; it may not bring its own.
pub(super) fn without(document: &str) -> Result<(String, bool), String> {
    let mut rest = document;
    loop {
        rest = rest.trim_start_matches(BLANKS);
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ => break,
        };
        rest = rest.split_once(end).ok_or("a prolog without an end")?.1;
    }
    if !rest.starts_with("<!DOCTYPE") {
        return Ok((document.to_owned(), false));
    }
    let before = &document[..document.len() - rest.len()];
    let mut quote = None;
    for (at, char) in rest.char_indices() {
        match (quote, char) {
            (Some(open), _) if open == char => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(char),
            (None, '[') => return Err("a document type with a subset of its own".to_owned()),
            (None, '>') => return Ok((format!("{before}{}", &rest[at + 1..]), true)),
            (None, _) => {}
        }
    }
    Err("a document type without an end".to_owned())
}
