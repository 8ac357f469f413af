//! The 27 branches as the demonstration sees them: how much each gets, and how it catalogued.

use circulation::BranchCode;

/// How large a branch's share of the demonstration is. Invented, like the loads it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    Large,
    Medium,
    Small,
}

/// How a branch's former software wrote its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Habit {
    /// As the union catalogue would.
    Full,
    /// Capitals without accents, as catalogues of the 1980s were typed.
    Capitals,
    /// Title, first creator, year, and little else.
    Spare,
    /// Curly apostrophes, and œ and æ taken apart.
    Typographic,
}

/// One branch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Library {
    pub(crate) code: &'static str,
    /// Stands in its barcodes and card numbers; never changes.
    pub(crate) number: u8,
    pub(crate) size: Size,
    pub(crate) habit: Habit,
    /// Kiosks.
    pub(crate) self_checks: u8,
}

impl Library {
    pub(crate) fn branch(&self) -> BranchCode {
        self.code
            .parse()
            .expect("the table holds codes of four capitals")
    }

    /// A number for a small branch, brought to this one's size.
    pub(crate) const fn scale(&self, small: u32) -> u32 {
        match self.size {
            Size::Large => small * 46 / 10,
            Size::Medium => small * 23 / 10,
            Size::Small => small,
        }
    }

    /// A network-wide number of 14 digits: `kind` (2 a reader, 3 an item), 62 for the département,
    /// the branch, a serial number, and Luhn's check digit.
    pub(crate) fn label(&self, kind: u8, serial: u32) -> String {
        let body = format!("{kind}62{:02}{serial:08}", self.number);
        format!("{body}{}", luhn(&body))
    }
}

/// The check digit that makes the whole number pass Luhn's test (ISO/IEC 7812-1, annex B).
fn luhn(body: &str) -> u32 {
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.saturating_sub(b'0'));
            let doubled = if place % 2 == 0 { digit * 2 } else { digit };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    (10 - sum % 10) % 10
}

/// All of them, by code of the network.
pub(crate) const LIBRARIES: [Library; 27] = [
    small("AIXN", 1, Habit::Spare),
    small("ANGR", 2, Habit::Capitals),
    small("ANNA", 3, Habit::Spare),
    large("AVEZ", 4, Habit::Full),
    small("AVMR", 5, Habit::Full),
    medium("BILM", 6, Habit::Typographic),
    medium("BULM", 7, Habit::Full),
    small("ELEU", 8, Habit::Capitals),
    small("FOUQ", 9, Habit::Spare),
    small("GIVG", 10, Habit::Typographic),
    medium("GREN", 11, Habit::Full),
    large("HARN", 12, Habit::Typographic),
    small("HULL", 13, Habit::Capitals),
    large("LENS", 14, Habit::Full),
    large("LIGA", 15, Habit::Full),
    medium("LIDE", 16, Habit::Full),
    medium("LOOS", 17, Habit::Typographic),
    medium("MAZI", 18, Habit::Spare),
    large("MERI", 19, Habit::Full),
    small("MEUR", 20, Habit::Spare),
    medium("NOYE", 21, Habit::Capitals),
    medium("SALL", 22, Habit::Full),
    small("SOUC", 23, Habit::Spare),
    medium("VEND", 24, Habit::Typographic),
    Library {
        self_checks: 0,
        ..small("VILB", 25, Habit::Capitals)
    },
    medium("VIMY", 26, Habit::Full),
    medium("WING", 27, Habit::Spare),
];

const fn large(code: &'static str, number: u8, habit: Habit) -> Library {
    Library {
        code,
        number,
        size: Size::Large,
        habit,
        self_checks: 3,
    }
}

const fn medium(code: &'static str, number: u8, habit: Habit) -> Library {
    Library {
        code,
        number,
        size: Size::Medium,
        habit,
        self_checks: 1,
    }
}

const fn small(code: &'static str, number: u8, habit: Habit) -> Library {
    Library {
        code,
        number,
        size: Size::Small,
        habit,
        self_checks: 1,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_branch_has_its_own_number() {
        let numbers: BTreeSet<u8> = LIBRARIES.iter().map(|library| library.number).collect();
        assert_eq!(numbers.len(), 27);
        for library in LIBRARIES {
            assert_eq!(library.branch().as_str(), library.code);
        }
    }

    #[test]
    fn labels_have_fourteen_digits_and_pass_the_check() {
        assert_eq!(luhn("7992739871"), 3);
        let label = LIBRARIES[13].label(3, 42);
        assert_eq!(label.len(), 14);
        assert!(label.starts_with("362140000004"), "{label}");
    }
}
