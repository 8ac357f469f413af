use super::fold;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub text: String,
    /// Its place, from 0. Extra words share the place of another.
    pub position: u32,
    /// Indexed besides, never asked for: the `l` of `l'art` (somebody may type `l art`), each of
    /// joined initials.
    pub extra: bool,
}

/// Articles and conjunctions that lose their vowel before another.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
];

/// Words with an apostrophe of their own.
const WITH_APOSTROPHE: &[(&str, &str)] = &[
    ("aujourd", "hui"),
    ("quelqu", "un"),
    ("quelqu", "une"),
    ("prud", "homme"),
    ("prud", "hommes"),
    ("presqu", "ile"),
    ("presqu", "iles"),
];

/// A text in words, folded, in their order.
///
/// ```
/// use relire_catalogue::analysis::words;
/// let plain = |text: &str| {
///     let asked = words(text).into_iter().filter(|word| !word.extra);
///     asked.map(|word| word.text).collect::<Vec<_>>().join(" ")
/// };
/// assert_eq!(plain("L’immigration d'aujourd'hui"), "immigration aujourdhui");
/// assert_eq!(plain("Grand-père, C++ & J. R. R. Tolkien : S.F."), "grand pere c++ jrr tolkien sf");
/// ```
pub fn words(text: &str) -> Vec<Word> {
    let folded = fold(text);
    let mut words = Writer::default();
    let mut pieces = pieces(&folded).into_iter().peekable();
    while let Some(piece) = pieces.next() {
        if piece.behind == Behind::Apostrophe
            && let Some(next) = pieces.peek()
        {
            if WITH_APOSTROPHE.contains(&(piece.text, next.text)) {
                words.push(format!("{}{}", piece.text, next.text));
                pieces.next();
                continue;
            }
            if ELIDED.contains(&piece.text) && begins_soft(next.text) {
                words.extra(piece.text);
                continue;
            }
        }
        if piece.is_initial() {
            let mut joined = vec![piece.text];
            while let Some(next) = pieces.next_if(Piece::is_initial) {
                joined.push(next.text);
            }
            if joined.len() > 1 {
                joined.iter().for_each(|initial| words.extra(initial));
                words.push(joined.concat());
                continue;
            }
        }
        words.push(piece.text.to_owned());
    }
    words.words
}

/// A whole field as one string: its words with a blank between. So punctuation and blanks make
/// no difference, and words can be told apart at its beginning.
///
/// ```
/// # use relire_catalogue::analysis::whole;
/// assert_eq!(whole("Les  Misérables : [roman]"), "les miserables roman");
/// ```
pub fn whole(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for word in words(text).iter().filter(|word| !word.extra) {
        if !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(&word.text);
    }
    // Long enough to tell any two titles apart; a summary is compared by its beginning.
    if let Some((at, _)) = whole.char_indices().nth(LONGEST) {
        whole.truncate(at);
    }
    whole
}

/// Characters of a whole field that are compared.
const LONGEST: usize = 200;

/// Characters of a word that are compared: the longest that are none end here.
const LONGEST_WORD: usize = 80;

#[derive(Default)]
struct Writer {
    words: Vec<Word>,
    position: u32,
}

impl Writer {
    fn push(&mut self, mut text: String) {
        if let Some((at, _)) = text.char_indices().nth(LONGEST_WORD) {
            text.truncate(at);
        }
        let position = self.position;
        self.position += 1;
        self.words.push(Word {
            text,
            position,
            extra: false,
        });
    }

    /// At the place of the word to come.
    fn extra(&mut self, text: &str) {
        let (text, position) = (text.to_owned(), self.position);
        self.words.push(Word {
            text,
            position,
            extra: true,
        });
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Behind {
    Apostrophe,
    Dot,
    Other,
}

struct Piece<'a> {
    text: &'a str,
    behind: Behind,
}

impl Piece<'_> {
    /// A letter with a dot behind.
    fn is_initial(&self) -> bool {
        let mut chars = self.text.chars();
        self.behind == Behind::Dot
            && chars.next().is_some_and(char::is_alphabetic)
            && chars.next().is_none()
    }
}

/// Letters and digits that stand together, and what stands behind them.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        if !is_ideograph(first) {
            while let Some((at, char)) =
                chars.next_if(|(_, char)| char.is_alphanumeric() && !is_ideograph(*char))
            {
                end = at + char.len_utf8();
            }
            // Languages of programs, notes of scales: C++, C#.
            if end - start <= 2 {
                while let Some((at, char)) = chars.next_if(|(_, char)| matches!(char, '+' | '#')) {
                    end = at + char.len_utf8();
                }
            }
        }
        let behind = match chars.peek() {
            Some((_, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '＇')) => Behind::Apostrophe,
            Some((_, '.')) => Behind::Dot,
            _ => Behind::Other,
        };
        let text = text.get(start..end).unwrap_or_default();
        pieces.push(Piece { text, behind });
    }
    pieces
}

/// Vowels, and h which may be silent.
fn begins_soft(word: &str) -> bool {
    word.starts_with(['a', 'e', 'h', 'i', 'o', 'u', 'y'])
}

/// Written without blanks: each sign is a word.
const fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> String {
        whole(text)
    }

    #[test]
    fn french_and_other_texts() {
        let table = [
            ("l'immigration", "immigration"),
            ("L’IMMIGRATION", "immigration"),
            ("jusqu'à l'aube", "a aube"),
            ("Aujourd’hui", "aujourdhui"),
            ("presqu'île", "presquile"),
            ("O'Brien", "o brien"),
            ("d'Artagnan", "artagnan"),
            ("s'il te plaît", "il te plait"),
            ("it's", "it s"),
            ("arc-en-ciel", "arc en ciel"),
            ("Cœur de bœuf", "coeur de boeuf"),
            ("COEUR", "coeur"),
            ("Straße", "strasse"),
            ("S.F.", "sf"),
            ("J.-K. Huysmans", "jk huysmans"),
            ("J. Irving", "j irving"),
            ("R.E.M", "re m"),
            ("C++ pour tous", "c++ pour tous"),
            ("La la la.", "la la la"),
            ("1984", "1984"),
            ("n° 3", "n 3"),
            ("東京の猫", "東 京 の 猫"),
            ("Война и мир", "воина и мир"),
            ("???", ""),
        ];
        for (text, meant) in table {
            assert_eq!(asked(text), meant, "{text}");
        }
    }

    #[test]
    fn extra_words_share_a_place() {
        let words = words("L'art de J.R.R. Tolkien");
        let all: Vec<_> = words
            .iter()
            .map(|word| (word.text.as_str(), word.position, word.extra))
            .collect();
        let meant = [
            ("l", 0, true),
            ("art", 0, false),
            ("de", 1, false),
            ("j", 2, true),
            ("r", 2, true),
            ("r", 2, true),
            ("jrr", 2, false),
            ("tolkien", 3, false),
        ];
        assert_eq!(all, meant);
    }
}
