//! What is to be known about a reader before one can be made.

use circulation::Language;

use crate::patron::Standing;

/// An outline that [`Crowd::add`](crate::crowd::Crowd::add) makes a reader from.
#[derive(Clone)]
pub(crate) struct Sketch {
    pub(crate) category: &'static str,
    /// The youngest and oldest age, in whole years; none for groups.
    pub(crate) age: Option<(u32, u32)>,
    /// The family name, or the name of the group; a new one if none.
    pub(crate) family_name: Option<&'static str>,
    pub(crate) household: Option<u32>,
    /// The card of whoever answers for the reader.
    pub(crate) guarantor: Option<String>,
    pub(crate) language: Language,
    pub(crate) standing: Standing,
    /// A number from before the union, instead of a new one.
    pub(crate) old_card: Option<&'static str>,
    /// Whether loans in progress may be given to this reader.
    pub(crate) borrows: bool,
}

impl Sketch {
    /// An adult in good standing who will have no loans.
    pub(crate) const fn adult() -> Self {
        Self {
            category: "ADU",
            age: Some((19, 79)),
            family_name: None,
            household: None,
            guarantor: None,
            language: Language::French,
            standing: Standing::Good,
            old_card: None,
            borrows: false,
        }
    }

    /// A reader of a category who may have loans; grown up, unless told otherwise.
    pub(crate) fn borrower(category: &'static str) -> Self {
        let age = match category {
            "ADO" => (13, 16),
            "ENF" => (4, 10),
            "POR" => (68, 93),
            "AGT" | "PRO" => (24, 62),
            _ => (19, 79),
        };
        let adult = Self::adult();
        Self {
            category,
            age: Some(age),
            borrows: true,
            ..adult
        }
    }

    /// A class, a home or another library, with whoever answers for it.
    pub(crate) fn group(category: &'static str, name: &'static str, guarantor: String) -> Self {
        let one = Self::borrower(category).answered_for_by(guarantor);
        Self {
            age: None,
            family_name: Some(name),
            ..one
        }
    }

    pub(crate) const fn aged(mut self, youngest: u32, oldest: u32) -> Self {
        self.age = Some((youngest, oldest));
        self
    }

    pub(crate) const fn of(mut self, (name, household): (&'static str, u32)) -> Self {
        self.family_name = Some(name);
        self.household = Some(household);
        self
    }

    pub(crate) fn answered_for_by(mut self, card: String) -> Self {
        self.guarantor = Some(card);
        self
    }

    pub(crate) const fn speaking(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    pub(crate) fn standing(mut self, standing: Standing) -> Self {
        self.standing = standing;
        self
    }

    pub(crate) const fn with_old_card(mut self, number: &'static str) -> Self {
        self.old_card = Some(number);
        self
    }
}
