//! All refusals of one question, in the order in which they are told.

use serde::{Deserialize, Serialize};

use super::Refusal;

/// At least one refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Refusal>", into = "Vec<Refusal>")]
pub struct Refused(Vec<Refusal>);

impl Refused {
    /// From refusals in their order; `None` if there are none.
    #[must_use]
    pub fn new(refusals: Vec<Refusal>) -> Option<Self> {
        if refusals.is_empty() {
            None
        } else {
            Some(Self(refusals))
        }
    }

    /// A single one.
    #[must_use]
    pub fn one(refusal: Refusal) -> Self {
        Self(vec![refusal])
    }

    /// These, and after them at least this one.
    pub(crate) fn ending(mut refusals: Vec<Refusal>, last: Refusal) -> Self {
        refusals.push(last);
        Self(refusals)
    }

    /// The one to tell first.
    #[must_use]
    pub fn headline(&self) -> &Refusal {
        self.0.first().expect("a Refused is never empty")
    }

    /// All of them, the headline first.
    #[must_use]
    pub fn all(&self) -> &[Refusal] {
        &self.0
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::one(refusal)
    }
}

impl From<Refused> for Vec<Refusal> {
    fn from(refused: Refused) -> Self {
        refused.0
    }
}

impl TryFrom<Vec<Refusal>> for Refused {
    type Error = &'static str;

    fn try_from(refusals: Vec<Refusal>) -> Result<Self, Self::Error> {
        Self::new(refusals).ok_or("a list of refusals must hold at least one")
    }
}
