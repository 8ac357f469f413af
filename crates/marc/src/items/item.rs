use std::fmt;

use serde::{Deserialize, Serialize};

use super::DocumentCode;

/// Whom a copy is for: 995 $q.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// `a`.
    Adult,
    /// `j`.
    Young,
    /// `u`.
    Unknown,
    /// `z`.
    Other,
}

/// What may be done with a copy: 995 $o.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Circulation {
    /// It may be borrowed.
    Lendable,
    /// It stays in the house.
    OnSite,
    /// It is in the stacks, and fetched on request.
    Reserve,
    /// It is not there for the public: lost, withdrawn, in repair.
    Absent,
}

/// One copy, in the words of Relire. What the field does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Cleaned by the profile's rule.
    pub barcode: Option<String>,
    /// Whose it is: a branch code, or a name, as the source has it.
    pub owner: Option<String>,
    /// Where it is kept.
    pub holder: Option<String>,
    /// Section within the house.
    pub section: Option<String>,
    /// On its spine.
    pub call_number: Option<String>,
    /// Volume of a set.
    pub volume: Option<String>,
    /// Issue of a periodical.
    pub issue: Option<String>,
    /// Document type as the source has it.
    pub document: Option<DocumentCode>,
    /// Document type of the network, by the profile's table.
    pub document_type: Option<String>,
    /// Whom it is for.
    pub audience: Option<Audience>,
    /// What may be done with it.
    pub circulation: Option<Circulation>,
    /// Genre.
    pub genre: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// What was not understood.
    pub warnings: Vec<ItemWarning>,
}

/// Something in a copy's field that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ItemWarning {
    /// No barcode, or a blank one: the copy cannot circulate.
    NoBarcode,
    /// The barcode was changed by the profile's rule; this is how it stood.
    BarcodeCleaned(String),
    /// The same barcode as a copy before it in the same record.
    BarcodeTwice,
    /// An audience that the profile does not know.
    Audience(String),
    /// A category of circulation that the profile does not know.
    Circulation(String),
    /// A document type that the profile's table does not have.
    Document(String),
}

impl fmt::Display for ItemWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBarcode => f.write_str("no barcode"),
            Self::BarcodeCleaned(was) => write!(f, "barcode stood as {was:?}"),
            Self::BarcodeTwice => f.write_str("barcode twice in one record"),
            Self::Audience(code) => write!(f, "unknown audience {code:?}"),
            Self::Circulation(code) => write!(f, "unknown category of circulation {code:?}"),
            Self::Document(code) => write!(f, "unknown document type {code:?}"),
        }
    }
}
