//! Who made a work, and in what role.

/// Somebody, or some group, who had a part in a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creator {
    /// `Nom, Prénom`; a group or a pen name has no comma.
    pub name: &'static str,
    /// The part.
    pub role: CreatorRole,
}

/// The part that a creator had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreatorRole {
    /// Author; also the inventor of a game, and the studio of a video game.
    Author,
    /// Illustrator, and artist of a BD.
    Illustrator,
    /// Translator.
    Translator,
    /// Composer.
    Composer,
    /// Film director.
    Director,
    /// Performer.
    Performer,
    /// Narrator of an audio book.
    Narrator,
}

impl CreatorRole {
    const ALL: [Self; 7] = [
        Self::Author,
        Self::Illustrator,
        Self::Translator,
        Self::Composer,
        Self::Director,
        Self::Performer,
        Self::Narrator,
    ];

    /// Three letters, as MARC21 has them (its list of relators).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Author => "aut",
            Self::Illustrator => "ill",
            Self::Translator => "trl",
            Self::Composer => "cmp",
            Self::Director => "drt",
            Self::Performer => "prf",
            Self::Narrator => "nrt",
        }
    }

    /// Three digits, as UNIMARC has them in `$4` of its 7XX fields (appendix C).
    #[must_use]
    pub const fn unimarc_code(self) -> &'static str {
        match self {
            Self::Author => "070",
            Self::Illustrator => "440",
            Self::Translator => "730",
            Self::Composer => "230",
            Self::Director => "300",
            Self::Performer => "590",
            Self::Narrator => "550",
        }
    }
}

impl Creator {
    /// Reads `Nom, Prénom|role`.
    pub(crate) fn parse(text: &'static str) -> Option<Self> {
        let (name, code) = text.split_once('|')?;
        let role = CreatorRole::ALL
            .into_iter()
            .find(|role| role.code() == code)?;
        let well_formed = !name.is_empty()
            && name.trim() == name
            && name.split(", ").count() <= 2
            && name.split(", ").all(|part| !part.is_empty());
        well_formed.then_some(Self { name, role })
    }

    /// What stands first in the filing order: the family name, or the whole name of a group.
    #[must_use]
    pub fn filed_under(&self) -> &'static str {
        self.name
            .split_once(", ")
            .map_or(self.name, |(family, _)| family)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_creator_is_a_name_and_a_known_role() {
        let zola = Creator::parse("Zola, Émile|aut").unwrap();
        assert_eq!(
            (zola.filed_under(), zola.role),
            ("Zola", CreatorRole::Author)
        );
        let group = Creator::parse("Pink Floyd|prf").unwrap();
        assert_eq!(group.filed_under(), "Pink Floyd");
        for wrong in [
            "Zola, Émile",
            "|aut",
            "Zola, Émile|xxx",
            "A, B, C|aut",
            "Zola, |aut",
        ] {
            assert_eq!(Creator::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn codes_are_of_three_signs_and_differ() {
        for role in CreatorRole::ALL {
            let same = |other: &CreatorRole| other.unimarc_code() == role.unimarc_code();
            assert_eq!(
                CreatorRole::ALL.iter().filter(|other| same(other)).count(),
                1
            );
            assert_eq!((role.code().len(), role.unimarc_code().len()), (3, 3));
        }
    }
}
