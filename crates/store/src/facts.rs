//! What decisions are made of, read in one statement and turned into the words of `circulation`.

use circulation::{
    Asks, Block, BlockKind, BranchCode, CardStatus, CategoryCode, DocumentCode, Language, OpenLoan,
    QueuedHold, ReaderFacts, WaitingHold, Whose,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{Session, StoreError, error::corrupt, item::ItemColumns, together::column};

/// What to read facts about.
#[derive(Debug, Clone)]
pub struct FactsAsk {
    /// A card number as scanned, blanks around it taken off.
    pub card: String,
    /// A barcode as scanned, blanks around it taken off; empty reads no item.
    pub barcode: String,
    /// The branch of the door: its own cards and barcodes are preferred where numbers collide.
    pub branch: BranchCode,
    /// The hash of the request, when a repetition of it is to be recognised.
    pub request: Option<[u8; 16]>,
    /// The local date.
    pub today: Date,
}

/// An item to read about, for its return.
#[derive(Debug, Clone)]
pub struct ItemAsk {
    /// A barcode as scanned, blanks around it taken off.
    pub barcode: String,
    /// The branch of the door: its own barcodes are preferred where numbers collide.
    pub branch: BranchCode,
}

/// One snapshot of everything that decides a loan or a renewal.
#[derive(Debug)]
pub struct Facts {
    /// The rulebook that the network is under; another number than the one held means: reload first.
    pub rulebook_version: i64,
    /// The reader, if the card number leads to one.
    pub patron: Option<PatronRow>,
    /// The item and where it is, if the barcode leads to one.
    pub item: Option<ItemFacts>,
    /// The reader's own hold on the title, which this item could serve, and its guard.
    pub own_hold: Option<(i64, i64)>,
    /// Who waits for the title, when it is this reader who has the item: in the order of the queue.
    pub waiting: Vec<QueuedHold>,
    /// The event of this very request, when the item's open loan was made or renewed by it last.
    pub replayed: Option<i64>,
}

/// What decides a return.
#[derive(Debug)]
pub struct Returning {
    /// The rulebook that the network is under; another number than the one held means: reload first.
    pub rulebook_version: i64,
    /// The item and where it is, if the barcode leads to one.
    pub item: Option<ItemFacts>,
    /// Somebody waits for its title: the queue decides, and with it the title's guard.
    pub waited_for: bool,
    /// The guard of its title as it was read.
    pub bib_version: i64,
}

/// A reader as decisions need one, and the guard of their household.
#[derive(Debug)]
pub struct PatronRow {
    /// The patron.
    pub id: i64,
    /// The household whose version guards the patron's loans.
    pub household_id: i64,
    /// The guard as it was read.
    pub household_version: i64,
    /// What the rules look at.
    pub facts: ReaderFacts,
    /// The language that this patron is spoken to in.
    pub language: Language,
    /// The PIN's argon2id hash (PHC string), if one is set.
    pub pin_hash: Option<String>,
    /// Raised with every new PIN.
    pub credential_version: i32,
}

/// An item as decisions need one, where it is, and its guard.
#[derive(Debug)]
pub struct ItemFacts {
    /// The item itself.
    pub row: ItemRow,
    /// The open stay; none for a withdrawn item.
    pub custody_id: Option<i64>,
    /// Who has it, when it is on loan.
    pub borrower_id: Option<i64>,
    /// The active hold that it is set aside for, and its guard.
    pub captured: Option<(i64, i64)>,
    /// The last day on which it waits on the hold shelf, when it is there.
    pub ready_until: Option<Date>,
    /// When it was lent and by which terminal, when it is on loan and the statement reads that.
    pub lent: Option<(Timestamp, Option<i64>)>,
    /// What the rules look at.
    pub facts: circulation::ItemFacts,
}

/// The columns of an item that answers show.
#[derive(Debug, Clone)]
pub struct ItemRow {
    /// The item.
    pub id: i64,
    /// Its bib.
    pub bib_id: i64,
    /// The guard as it was read.
    pub version: i64,
    /// The title of its bib.
    pub title: String,
    /// Where it stands on the shelf.
    pub call_number: String,
}

impl Session {
    /// Reads every fact of loans or renewals: one round trip, one snapshot. The answers are in the order of the
    /// questions; one that cannot be made sense of costs itself only.
    pub async fn facts(
        &mut self,
        asks: &[FactsAsk],
    ) -> Result<Vec<Result<Facts, StoreError>>, StoreError> {
        let read = sqlx::query_file!(
            "queries/facts.sql",
            column(asks, |ask| ask.card.as_str()) as _,
            column(asks, |ask| ask.barcode.as_str()) as _,
            column(asks, |ask| ask.branch.as_str()) as _,
            column(asks, |ask| ask.request.map(Vec::from)) as _,
            column(asks, |ask| ask.today.to_sqlx()) as _,
        )
        .fetch_all(self.pg())
        .await?;
        let facts = read.into_iter().map(|row| {
            let patron = match (row.patron_id, row.household_id, row.household_version) {
                (Some(id), Some(household_id), Some(household_version)) => Some(PatronRow {
                    id,
                    household_id,
                    household_version,
                    facts: ReaderFacts {
                        category: code(row.patron_category)?,
                        card: card_status(row.card_status.as_deref())?,
                        expires_on: row.expires_on.map(jiff_sqlx::Date::to_jiff),
                        born_on: row.born_on.map(jiff_sqlx::Date::to_jiff),
                        has_guarantor: row.has_guarantor,
                        blocks: blocks(row.blocks)?,
                        suspended_until: row.suspended_until.map(jiff_sqlx::Date::to_jiff),
                        loans: rows::<LoanTuple>(row.loans)?
                            .into_iter()
                            .map(OpenLoan::from)
                            .collect(),
                    },
                    language: language(row.language.as_deref()),
                    pin_hash: row.pin_hash,
                    credential_version: row.credential_version.unwrap_or_default(),
                }),
                _ => None,
            };
            let mut item = ItemColumns {
                item_id: row.item_id,
                item_version: row.item_version,
                owner_branch: row.owner_branch,
                document: row.document,
                condition: row.condition,
                audience: row.audience,
                in_service: row.in_service,
                return_by: row.return_by,
                call_number: row.call_number,
                title: row.title,
                custody_id: row.custody_id,
                custody_kind: row.custody_kind,
                custody_branch: row.custody_branch,
                to_branch: row.to_branch,
                borrower_id: row.borrower_id,
                loan_category: row.loan_category,
                lent_on: row.lent_on,
                due: row.due,
                renewals: row.renewals,
                lent_new: row.lent_new,
                ready_until: row.ready_until,
                bib_id: row.bib_id,
                captured_id: row.captured_id,
                captured_version: row.captured_version,
                captured_pickup: row.captured_pickup,
                captured_category: row.captured_category,
                collector: row.collector,
            }
            .into_facts(patron.as_ref().map(|patron| patron.id))?;
            if let Some(item) = &mut item {
                item.lent = row.lent_at.map(|at| (at.to_jiff(), row.lent_by));
            }
            let waiting = rows::<QueueTuple>(row.waiting)?;
            Ok(Facts {
                rulebook_version: row.rulebook_version,
                patron,
                item,
                own_hold: row.own_hold_id.zip(row.own_hold_version),
                waiting: waiting.into_iter().map(QueuedHold::from).collect(),
                replayed: row.replayed_event,
            })
        });
        Ok(facts.collect())
    }

    /// Reads items and what decides their return: one round trip, one snapshot. The answers are in the order of the
    /// questions.
    pub async fn items(
        &mut self,
        asks: &[ItemAsk],
    ) -> Result<Vec<Result<Returning, StoreError>>, StoreError> {
        let read = sqlx::query_file!(
            "queries/item_facts.sql",
            column(asks, |ask| ask.barcode.as_str()) as _,
            column(asks, |ask| ask.branch.as_str()) as _,
        )
        .fetch_all(self.pg())
        .await?;
        let items = read.into_iter().map(|row| {
            let item = ItemColumns {
                item_id: row.item_id,
                item_version: row.item_version,
                owner_branch: row.owner_branch,
                document: row.document,
                condition: row.condition,
                audience: row.audience,
                in_service: row.in_service,
                return_by: row.return_by,
                call_number: row.call_number,
                title: row.title,
                custody_id: row.custody_id,
                custody_kind: row.custody_kind,
                custody_branch: row.custody_branch,
                to_branch: row.to_branch,
                borrower_id: row.borrower_id,
                loan_category: row.loan_category,
                lent_on: row.lent_on,
                due: row.due,
                renewals: row.renewals,
                lent_new: row.lent_new,
                ready_until: row.ready_until,
                bib_id: row.bib_id,
                captured_id: row.captured_id,
                captured_version: row.captured_version,
                captured_pickup: row.captured_pickup,
                captured_category: row.captured_category,
                collector: row.collector,
            }
            .into_facts(None)?;
            Ok(Returning {
                rulebook_version: row.rulebook_version,
                item,
                waited_for: row.waited_for,
                bib_version: row.bib_version.unwrap_or_default(),
            })
        });
        Ok(items.collect())
    }

    /// The branches that issued this card number, and those that issued this barcode: why a scan led nowhere.
    pub async fn issuers(
        &mut self,
        card: &str,
        barcode: &str,
    ) -> Result<(Vec<BranchCode>, Vec<BranchCode>), StoreError> {
        let row = sqlx::query!(
            r#"SELECT ARRAY(SELECT issuing_branch FROM card WHERE number = $1 ORDER BY 1) AS "cards!",
                      ARRAY(SELECT issuing_branch FROM item WHERE barcode = $2 ORDER BY 1) AS "items!""#,
            card,
            barcode
        )
        .fetch_one(self.pg())
        .await?;
        let codes = |names: Vec<String>| -> Result<Vec<BranchCode>, StoreError> {
            names.into_iter().map(|name| code(Some(name))).collect()
        };
        Ok((codes(row.cards)?, codes(row.items)?))
    }
}

/// A loan as facts.sql and patron.sql pack it.
#[derive(Deserialize)]
pub(crate) struct LoanTuple(
    pub(crate) bool,
    pub(crate) BranchCode,
    pub(crate) BranchCode,
    pub(crate) CategoryCode,
    pub(crate) DocumentCode,
    pub(crate) bool,
    pub(crate) Date,
);

impl From<LoanTuple> for OpenLoan {
    fn from(LoanTuple(mine, checkout, owner, category, document, new, due): LoanTuple) -> Self {
        let whose = if mine {
            Whose::Reader
        } else {
            Whose::Household
        };
        Self {
            whose,
            checkout,
            owner,
            category,
            document,
            new,
            due,
        }
    }
}

/// A waiting hold as facts.sql packs it.
#[derive(Deserialize)]
struct QueueTuple(CategoryCode, BranchCode, Asks, Option<Date>, Date);

impl From<QueueTuple> for QueuedHold {
    fn from(QueueTuple(category, pickup, asks, suspended_until, expires_on): QueueTuple) -> Self {
        Self {
            hold: WaitingHold {
                category,
                pickup,
                asks,
            },
            suspended_until,
            expires_on,
        }
    }
}

pub(crate) fn rows<T: DeserializeOwned>(
    json: Option<serde_json::Value>,
) -> Result<Vec<T>, StoreError> {
    match json {
        None => Ok(Vec::new()),
        Some(value) => serde_json::from_value(value).map_err(corrupt),
    }
}

pub(crate) fn blocks(json: Option<serde_json::Value>) -> Result<Vec<Block>, StoreError> {
    Ok(rows::<(BlockKind, String)>(json)?
        .into_iter()
        .map(|(kind, message)| Block {
            kind,
            message: Some(message).filter(|text| !text.is_empty()),
        })
        .collect())
}

pub(crate) fn code<C: std::str::FromStr>(text: Option<String>) -> Result<C, StoreError> {
    let text = text.ok_or_else(|| corrupt("a row without its code"))?;
    text.parse()
        .map_err(|_| corrupt(format!("the code {text:?}")))
}

pub(crate) fn language(text: Option<&str>) -> Language {
    if text == Some("en") {
        Language::English
    } else {
        Language::French
    }
}

pub(crate) fn card_status(text: Option<&str>) -> Result<CardStatus, StoreError> {
    Ok(match text {
        // An alias is an older number of the same account: it opens it as the active one does.
        Some("active" | "alias") => CardStatus::Active,
        Some("lost") => CardStatus::Lost,
        Some("replaced") => CardStatus::Replaced,
        Some("cancelled") => CardStatus::Cancelled,
        other => return Err(corrupt(format!("a card in the state {other:?}"))),
    })
}
