//! What somebody typed.

/// A line at the kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Nothing.
    Nothing,
    /// A barcode or a card number, as a scanner types it.
    Scan(String),
    /// `r`: renew this one, or all.
    Renew(Option<String>),
    /// `i`: look at this one.
    Look(Option<String>),
    /// `u`: return this one.
    Return(Option<String>),
    /// `l`: show the loans again.
    Loans,
    /// `q`: end.
    Quit,
}

impl Command {
    /// A single letter, alone or before a blank, is a command; anything else was scanned.
    pub(super) fn read(line: &str) -> Command {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let barcode = Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty());
        match word {
            "" => Command::Nothing,
            "r" | "R" => Command::Renew(barcode),
            "i" | "I" => Command::Look(barcode),
            "u" | "U" => Command::Return(barcode),
            "l" | "L" if barcode.is_none() => Command::Loans,
            "q" | "Q" if barcode.is_none() => Command::Quit,
            _ => Command::Scan(line.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_scans() {
        assert_eq!(Command::read(""), Command::Nothing);
        assert_eq!(Command::read("3001234"), Command::Scan("3001234".into()));
        assert_eq!(Command::read("R12"), Command::Scan("R12".into()));
        assert_eq!(Command::read("A 12"), Command::Scan("A 12".into()));
        assert_eq!(Command::read("r"), Command::Renew(None));
        assert_eq!(Command::read("r  12"), Command::Renew(Some("12".into())));
        assert_eq!(Command::read("i 12"), Command::Look(Some("12".into())));
        assert_eq!(Command::read("U 12"), Command::Return(Some("12".into())));
        assert_eq!(Command::read("l"), Command::Loans);
        assert_eq!(Command::read("q"), Command::Quit);
    }
}
