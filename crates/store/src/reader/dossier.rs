//! A reader's whole file, as staff keep it.

use circulation::{BlockKind, BranchCode, CategoryCode, Language};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;

use crate::{
    Session, StoreError,
    facts::{code, language, rows},
};

/// What staff write down of a reader.
#[derive(Clone, PartialEq, Eq)]
pub struct ReaderData {
    /// Family name.
    pub family_name: String,
    /// Given name; empty for groups.
    pub given_name: String,
    /// Date of birth.
    pub born_on: Option<Date>,
    /// The category.
    pub category: CategoryCode,
    /// The branch that the reader calls home.
    pub home_branch: BranchCode,
    /// Who answers for the reader: a patron's number.
    pub guarantor: Option<i64>,
    /// E-mail address, empty if none.
    pub email: String,
    /// Telephone number, empty if none.
    pub phone: String,
    /// Postal address on one line, empty if none.
    pub address: String,
    /// What the reader is spoken to in.
    pub language: Language,
    /// The last day on which the card is valid.
    pub expires_on: Option<Date>,
    /// What colleagues are to know, empty if nothing. Readers never see it.
    pub note: String,
}

/// A reader's whole file, in one snapshot.
#[derive(Clone)]
pub struct Dossier {
    /// The patron.
    pub id: i64,
    /// Another one after every change of [`Dossier::data`], the household or the PIN.
    pub version: i64,
    /// What staff write down.
    pub data: ReaderData,
    /// Whether the reader has a PIN.
    pub has_pin: bool,
    /// Every card of the reader: the active one first, then the newest.
    pub cards: Vec<CardLine>,
    /// The blocks that stand, the oldest first.
    pub blocks: Vec<BlockLine>,
    /// The suspensions that are not over, the first to end first.
    pub suspensions: Vec<SuspensionLine>,
    /// The household.
    pub household: i64,
    /// Who lives there, the reader too, by their numbers.
    pub members: Vec<i64>,
    /// For whom the reader answers, by their numbers.
    pub answers_for: Vec<i64>,
}

/// A card of a reader.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct CardLine {
    /// Its number.
    pub number: String,
    /// The branch that issued it.
    pub branch: BranchCode,
    /// Its state.
    pub state: CardState,
}

/// The state of a card, as staff see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// In use.
    Active,
    /// An older number that still opens the account.
    Alias,
    /// Reported lost.
    Lost,
    /// Replaced by a newer card.
    Replaced,
    /// Withdrawn from use.
    Cancelled,
}

/// A block that stands.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct BlockLine {
    /// Its number.
    pub id: i64,
    /// Why.
    pub kind: BlockKind,
    /// What the reader is told, empty if nothing.
    pub message: String,
    /// Since when.
    pub placed_at: Timestamp,
    /// The terminal that placed it, if one did.
    pub terminal: Option<String>,
    /// The member of staff who placed it, if it is known.
    pub staff: Option<String>,
}

/// A suspension that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SuspensionLine {
    /// Its number.
    pub id: i64,
    /// Its first day.
    pub first_day: Date,
    /// The first day on which the reader is free again.
    pub free_on: Date,
    /// Why, in a word.
    pub reason: String,
}

impl Session {
    /// Reads a reader's file; `None`: nobody has this number, or the account is closed.
    pub async fn dossier(&mut self, id: i64, today: Date) -> Result<Option<Dossier>, StoreError> {
        let row = sqlx::query_file!("queries/patron_dossier.sql", id, today.to_sqlx() as _)
            .fetch_optional(self.pg())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Dossier {
            id,
            version: row.version,
            data: ReaderData {
                family_name: row.family_name,
                given_name: row.given_name,
                born_on: row.born_on.map(jiff_sqlx::Date::to_jiff),
                category: code(Some(row.category))?,
                home_branch: code(Some(row.home_branch))?,
                guarantor: row.guarantor_id,
                email: row.email,
                phone: row.phone,
                address: row.address,
                language: language(Some(&row.language)),
                expires_on: row.expires_on.map(jiff_sqlx::Date::to_jiff),
                note: row.note,
            },
            has_pin: row.has_pin,
            cards: rows(row.cards)?,
            blocks: rows(row.blocks)?,
            suspensions: rows(row.suspensions)?,
            household: row.household_id,
            members: row.members,
            answers_for: row.answers_for,
        }))
    }
}

/// Nothing of a person is printed by mistake.
macro_rules! says_only_its_name {
    ($($name:ident),*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}
says_only_its_name!(ReaderData, Dossier, CardLine, BlockLine);
