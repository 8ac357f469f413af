//! A reader's file, as programs see it.

use circulation::BlockKind;
use desk::{BlockLine, CardLine, CardState, Dossier, SuspensionLine};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

/// A reader’s file, as staff keep it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct ReaderFile {
    /// The number of the reader.
    patron: i64,
    /// Family name.
    family_name: String,
    /// Given name; empty for groups.
    given_name: String,
    /// Date of birth.
    #[schema(value_type = Option<String>, format = "date")]
    born_on: Option<Date>,
    /// The category.
    #[schema(example = "ADU")]
    category: String,
    /// The branch that the reader calls home.
    home_branch: String,
    /// Who answers for the reader, by number.
    guarantor: Option<i64>,
    /// For whom the reader answers, by their numbers.
    answers_for: Vec<i64>,
    /// Telephone number; empty if none.
    phone: String,
    /// E-mail address; empty if none.
    email: String,
    /// Postal address on one line; empty if none.
    address: String,
    /// What the reader is spoken to in.
    #[schema(value_type = String, example = "fr")]
    language: &'static str,
    /// The last day on which the card is valid.
    #[schema(value_type = Option<String>, format = "date")]
    expires_on: Option<Date>,
    /// What colleagues are to know. Readers never see it.
    note: String,
    /// Whether there is a PIN.
    has_pin: bool,
    /// Every card, the active one first.
    cards: Vec<CardShown>,
    /// The blocks that stand, the oldest first.
    blocks: Vec<BlockShown>,
    /// The suspensions that are not over.
    suspensions: Vec<SuspensionShown>,
}

/// A card of the reader’s.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct CardShown {
    /// Its number.
    number: String,
    /// The branch that issued it.
    branch: String,
    /// `active`, `alias` (an older number that still opens the account), `lost`, `replaced` or `cancelled`.
    #[schema(value_type = String, example = "active")]
    state: &'static str,
}

/// A block that stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct BlockShown {
    /// Its number.
    block: i64,
    /// Why.
    #[schema(value_type = String, example = "staff")]
    kind: BlockKind,
    /// What the reader is told.
    message: String,
    /// Since when.
    #[schema(value_type = String, format = "date-time")]
    since: Timestamp,
    /// The machine that placed it.
    terminal: Option<String>,
    /// The colleague who placed it.
    staff: Option<String>,
}

/// A suspension that is not over.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct SuspensionShown {
    /// Its number.
    suspension: i64,
    /// Its first day.
    #[schema(value_type = String, format = "date")]
    first_day: Date,
    /// The first day on which the reader is free again.
    #[schema(value_type = String, format = "date")]
    free_on: Date,
    /// Why, in a word.
    reason: String,
}

pub(super) const EXAMPLE: &str = r#"{"patron": 4711, "family_name": "Fictif", "given_name": "Essai", "born_on": "1990-05-04",
    "category": "ADU", "home_branch": "LENS", "guarantor": null, "answers_for": [], "phone": "", "email": "", "address": "",
    "language": "fr", "expires_on": "2027-06-09", "note": "", "has_pin": true,
    "cards": [{"number": "2620099000024", "branch": "LENS", "state": "active"}], "blocks": [], "suspensions": []}"#;

impl From<Dossier> for ReaderFile {
    fn from(file: Dossier) -> Self {
        let data = file.data;
        Self {
            patron: file.id,
            family_name: data.family_name,
            given_name: data.given_name,
            born_on: data.born_on,
            category: data.category.to_string(),
            home_branch: data.home_branch.to_string(),
            guarantor: data.guarantor,
            answers_for: file.answers_for,
            phone: data.phone,
            email: data.email,
            address: data.address,
            language: data.language.code(),
            expires_on: data.expires_on,
            note: data.note,
            has_pin: file.has_pin,
            cards: file.cards.into_iter().map(CardShown::from).collect(),
            blocks: file.blocks.into_iter().map(BlockShown::from).collect(),
            suspensions: file
                .suspensions
                .into_iter()
                .map(SuspensionShown::from)
                .collect(),
        }
    }
}

impl From<CardLine> for CardShown {
    fn from(card: CardLine) -> Self {
        Self {
            number: card.number,
            branch: card.branch.to_string(),
            state: match card.state {
                CardState::Active => "active",
                CardState::Alias => "alias",
                CardState::Lost => "lost",
                CardState::Replaced => "replaced",
                CardState::Cancelled => "cancelled",
            },
        }
    }
}

impl From<BlockLine> for BlockShown {
    fn from(block: BlockLine) -> Self {
        Self {
            block: block.id,
            kind: block.kind,
            message: block.message,
            since: block.placed_at,
            terminal: block.terminal,
            staff: block.staff,
        }
    }
}

impl From<SuspensionLine> for SuspensionShown {
    fn from(suspension: SuspensionLine) -> Self {
        Self {
            suspension: suspension.id,
            first_day: suspension.first_day,
            free_on: suspension.free_on,
            reason: suspension.reason,
        }
    }
}
