//! The words of a document on their way into the index: analysed once, then written for every
//! access point that they answer to in a form that the tokenizer only has to cut.

use tantivy::tokenizer::{RawTokenizer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::{analysis::Word, schema::FIELD_STRIDE};

/// Name of the tokenizer.
pub(crate) const WORDS: &str = "words";

/// Before every field.
const FIELD: char = '\u{1E}';
/// Before a word that shares the place of the next.
const EXTRA: char = '\u{1D}';
/// Before any other word.
const WORD: char = '\u{1F}';

/// Adds a field to what stands in an access point already.
pub(crate) fn write_field(words: &[Word], to: &mut String) {
    to.push(FIELD);
    for word in words {
        to.push(if word.extra { EXTRA } else { WORD });
        to.push_str(&word.text);
    }
}

/// Every tokenizer that the schema names.
pub(crate) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::new();
    tokenizers.register("raw", RawTokenizer::default());
    // What tantivy looks for in columns of text that are not searched in.
    tokenizers.register("default", RawTokenizer::default());
    tokenizers.register(WORDS, Cutter::default());
    tokenizers
}

#[derive(Clone, Default)]
struct Cutter {
    token: Token,
}

struct Cut<'a> {
    rest: &'a str,
    next: u32,
    token: &'a mut Token,
}

impl Tokenizer for Cutter {
    type TokenStream<'a> = Cut<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut<'a> {
        self.token.reset();
        Cut {
            rest: text,
            next: 0,
            token: &mut self.token,
        }
    }
}

impl TokenStream for Cut<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let mut chars = self.rest.chars();
            let extra = match chars.next() {
                None => return false,
                Some(FIELD) => {
                    self.next = self.next.div_ceil(FIELD_STRIDE) * FIELD_STRIDE;
                    self.rest = chars.as_str();
                    continue;
                }
                Some(mark) => mark == EXTRA,
            };
            let rest = chars.as_str();
            let end = rest.find([FIELD, EXTRA, WORD]).unwrap_or(rest.len());
            let (word, rest) = rest.split_at(end);
            self.rest = rest;
            self.token.text.clear();
            self.token.text.push_str(word);
            self.token.position = usize::try_from(self.next).unwrap_or(usize::MAX);
            self.next += u32::from(!extra);
            return true;
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words;

    #[test]
    fn fields_begin_at_places_of_their_own() {
        let mut text = String::new();
        write_field(&words("L'art de voir"), &mut text);
        write_field(&words("Voir"), &mut text);
        let mut cutter = Cutter::default();
        let mut stream = cutter.token_stream(&text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position));
        }
        let meant = [("l", 0), ("art", 0), ("de", 1), ("voir", 2), ("voir", 2048)];
        assert_eq!(found, meant.map(|(word, place)| (word.to_owned(), place)));
    }
}
