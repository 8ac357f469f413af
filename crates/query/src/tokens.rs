//! The text form cut into pieces: parentheses, and what stands between blanks.

use crate::ParseError;

/// A character and whether it stood in quotes, where it means only itself.
pub(crate) type Sign = (char, bool);

#[derive(Debug)]
pub(crate) enum Token {
    Open,
    Close,
    Piece(Vec<Sign>),
}

pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, ParseError> {
    let mut tokens = Vec::new();
    let mut piece: Vec<Sign> = Vec::new();
    let mut open = false;
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => {
                open = true;
                quoted(&mut chars, &mut piece)?;
            }
            '(' | ')' => {
                finish(&mut tokens, &mut piece, &mut open);
                tokens.push(if char == '(' {
                    Token::Open
                } else {
                    Token::Close
                });
            }
            char if char.is_whitespace() => finish(&mut tokens, &mut piece, &mut open),
            char => {
                open = true;
                piece.push((char, false));
            }
        }
    }
    finish(&mut tokens, &mut piece, &mut open);
    Ok(tokens)
}

/// Two marks around every quoted stretch, so that an empty one is seen as well.
pub(crate) const MARK: Sign = ('"', false);

fn quoted(chars: &mut std::str::Chars<'_>, piece: &mut Vec<Sign>) -> Result<(), ParseError> {
    piece.push(MARK);
    loop {
        match chars.next().ok_or(ParseError::Unclosed)? {
            '"' => break,
            '\\' => piece.push((chars.next().ok_or(ParseError::Unclosed)?, true)),
            char => piece.push((char, true)),
        }
    }
    piece.push(MARK);
    Ok(())
}

fn finish(tokens: &mut Vec<Token>, piece: &mut Vec<Sign>, open: &mut bool) {
    if std::mem::take(open) {
        tokens.push(Token::Piece(std::mem::take(piece)));
    }
}
