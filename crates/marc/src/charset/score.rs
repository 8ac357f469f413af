//! How much a text looks like something that a library of Western Europe would hold.

/// Points for every character outside ASCII, and how many there are. Right readings gain about 4
/// a character, wrong ones lose.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Score {
    pub points: i32,
    pub count: i32,
}

impl Score {
    pub(super) fn of(text: &str) -> Self {
        let mut score = Self::default();
        let mut before = ' ';
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            if !char.is_ascii() {
                score.points += weigh(before, char, chars.peek().copied().unwrap_or(' '));
                score.count += 1;
            }
            before = char;
        }
        score
    }

    pub(super) fn add(&mut self, other: Self) {
        self.points += other.points;
        self.count += other.count;
    }

    /// Points a character; 0 for none.
    pub(super) fn mean(self) -> f32 {
        // Counts of characters in one record: small numbers.
        if self.count == 0 {
            0.0
        } else {
            self.points as f32 / self.count as f32
        }
    }
}

fn weigh(before: char, char: char, after: char) -> i32 {
    let mut points = match char {
        char::REPLACEMENT_CHARACTER => -6,
        // Non-sorting marks: the first before a word, the second after one.
        '\u{98}' | '\u{88}' => {
            if after.is_alphabetic() {
                1
            } else {
                -5
            }
        }
        '\u{9C}' | '\u{89}' => {
            if before.is_alphabetic() || before == ' ' || before == '\'' {
                1
            } else {
                -5
            }
        }
        '\u{80}'..='\u{9F}' => -5,
        // An accent that found no letter to melt into.
        '\u{300}'..='\u{36F}' => -4,
        '\u{FE20}'..='\u{FE2F}' => -2,
        'à' | 'â' | 'ç' | 'é' | 'è' | 'ê' | 'ë' | 'î' | 'ï' | 'ô' | 'ù' | 'û' | 'œ' => {
            4
        }
        'À' | 'Â' | 'Ç' | 'É' | 'È' | 'Ê' | 'Î' | 'Ô' | 'Œ' => 4,
        'ä' | 'ö' | 'ü' | 'ß' | 'ñ' | 'á' | 'í' | 'ó' | 'ú' | 'ã' | 'õ' | 'å' | 'ø' | 'æ' => {
            3
        }
        'Ä' | 'Ö' | 'Ü' | 'Ñ' | 'Á' | 'Í' | 'Ó' | 'Ú' | 'Ë' | 'Ï' | 'Û' | 'Ù' | 'Å' | 'Ø' | 'Æ' => {
            3
        }
        '°' if after.is_alphabetic() => -2,
        '«' | '»' | '’' | '“' | '”' | '…' | '–' | '—' | '°' | '€' | '©' | '\u{A0}' => {
            2
        }
        'ì' | 'ò' | '\u{100}'..='\u{17F}' | '\u{1E00}'..='\u{1EFF}' => 2,
        'ʹ' | 'ʺ' | 'ʻ' | 'ʼ' => 1,
        '\u{C0}'..='\u{FF}' => 0,
        _ if char.is_alphabetic() => 0,
        _ => -1,
    };
    if char.is_uppercase() && before.is_lowercase() {
        points -= 6;
    }
    if is_accented_vowel(char) && is_plain_vowel(after) {
        // «âe», «Èe»: what an accent before its letter becomes in Latin-1.
        points -= 3;
    }
    let sign = !char.is_alphabetic() && !is_joiner(char) && !is_mark(char);
    if sign && before.is_alphabetic() && after.is_alphabetic() {
        points -= 3;
    }
    points
}

const fn is_mark(char: char) -> bool {
    matches!(char, '\u{80}'..='\u{9F}' | '\u{300}'..='\u{36F}' | '\u{FE20}'..='\u{FE2F}')
}

const fn is_joiner(char: char) -> bool {
    matches!(
        char,
        '’' | '·' | '–' | '—' | '\u{A0}' | char::REPLACEMENT_CHARACTER
    )
}

const fn is_accented_vowel(char: char) -> bool {
    // é is followed by vowels all the time (réel, européen); the others hardly ever.
    matches!(char, 'À'..='Å' | 'È'..='Ï' | 'Ò'..='Ö' | 'à'..='å' | 'è' | 'ê'..='î' | 'ò'..='ö')
}

const fn is_plain_vowel(char: char) -> bool {
    matches!(
        char,
        'a' | 'e' | 'i' | 'o' | 'u' | 'A' | 'E' | 'I' | 'O' | 'U'
    )
}
