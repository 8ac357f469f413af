//! What decisions are made of, read in one statement and turned into the words of `circulation`.

use circulation::{
    Asks, Audience, Block, BlockKind, Borrower, BranchCode, CapturedHold, CardStatus, CategoryCode,
    Collector, Condition, DocumentCode, Language, LoanFacts, OpenLoan, Place, QueuedHold,
    ReaderFacts, WaitingHold, Whose,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{Session, StoreError, error::corrupt, together::column};

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
    /// Somebody waits for its title: the queue must be read under the title's lock.
    pub waited_for: bool,
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

/// The item's columns as all statements name them.
pub(crate) struct ItemColumns {
    pub(crate) item_id: Option<i64>,
    pub(crate) item_version: Option<i64>,
    pub(crate) owner_branch: Option<String>,
    pub(crate) document: Option<String>,
    pub(crate) condition: Option<String>,
    pub(crate) audience: Option<String>,
    pub(crate) in_service: Option<jiff_sqlx::Date>,
    pub(crate) call_number: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) custody_id: Option<i64>,
    pub(crate) custody_kind: Option<String>,
    pub(crate) custody_branch: Option<String>,
    pub(crate) to_branch: Option<String>,
    pub(crate) borrower_id: Option<i64>,
    pub(crate) loan_category: Option<String>,
    pub(crate) lent_on: Option<jiff_sqlx::Date>,
    pub(crate) due: Option<jiff_sqlx::Date>,
    pub(crate) renewals: Option<i16>,
    pub(crate) lent_new: Option<bool>,
    pub(crate) ready_until: Option<jiff_sqlx::Date>,
    pub(crate) bib_id: Option<i64>,
    pub(crate) captured_id: Option<i64>,
    pub(crate) captured_version: Option<i64>,
    pub(crate) captured_pickup: Option<String>,
    pub(crate) captured_category: Option<String>,
    pub(crate) collector: Option<String>,
}

impl ItemColumns {
    pub(crate) fn into_facts(self, reader: Option<i64>) -> Result<Option<ItemFacts>, StoreError> {
        let (Some(id), Some(version)) = (self.item_id, self.item_version) else {
            return Ok(None);
        };
        let place = self.place(reader)?;
        Ok(Some(ItemFacts {
            custody_id: self.custody_id,
            borrower_id: self.borrower_id,
            captured: self.captured_id.zip(self.captured_version),
            ready_until: self.ready_until.map(jiff_sqlx::Date::to_jiff),
            lent: None,
            facts: circulation::ItemFacts {
                owner: code(self.owner_branch)?,
                document: code(self.document)?,
                condition: condition(self.condition.as_deref())?,
                audience: audience(self.audience.as_deref()),
                in_service: self
                    .in_service
                    .ok_or_else(|| corrupt("an item without a first day in service"))?
                    .to_jiff(),
                place,
            },
            row: ItemRow {
                id,
                bib_id: self.bib_id.unwrap_or_default(),
                version,
                title: self.title.unwrap_or_default(),
                call_number: self.call_number.unwrap_or_default(),
            },
        }))
    }

    /// The active hold that it is set aside for.
    fn hold(&self) -> Result<Option<CapturedHold>, StoreError> {
        if self.captured_id.is_none() {
            return Ok(None);
        }
        Ok(Some(CapturedHold {
            collector: match self.collector.as_deref() {
                Some("this_reader") => Collector::ThisReader,
                Some("on_behalf") => Collector::OnBehalf,
                _ => Collector::SomeoneElse,
            },
            category: code(self.captured_category.clone())?,
            pickup: code(self.captured_pickup.clone())?,
        }))
    }

    fn place(&self, reader: Option<i64>) -> Result<Place, StoreError> {
        let branch = || code::<BranchCode>(self.custody_branch.clone());
        Ok(match self.custody_kind.as_deref() {
            None => Place::Nowhere,
            Some("shelf") => Place::Shelf { branch: branch()? },
            Some("transit") => Place::Transit {
                from: Some(branch()?),
                to: code(self.to_branch.clone())?,
                hold: self.hold()?,
            },
            Some("hold_shelf") => Place::HoldShelf {
                branch: branch()?,
                hold: self.hold()?,
            },
            Some("loan") => {
                let whole = || corrupt("a loan without its dates");
                let loan = LoanFacts {
                    checkout: branch()?,
                    category: code(self.loan_category.clone())?,
                    lent_on: self.lent_on.ok_or_else(whole)?.to_jiff(),
                    due: self.due.ok_or_else(whole)?.to_jiff(),
                    renewals: self
                        .renewals
                        .and_then(|used| u16::try_from(used).ok())
                        .ok_or_else(whole)?,
                    new: self.lent_new.ok_or_else(whole)?,
                };
                let to = if reader.is_some() && reader == self.borrower_id {
                    Borrower::ThisReader
                } else {
                    Borrower::SomeoneElse
                };
                Place::Loan { loan, to }
            }
            Some(other) => return Err(corrupt(format!("an item in a place of kind {other}"))),
        })
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

pub(crate) fn condition(text: Option<&str>) -> Result<Condition, StoreError> {
    let text = text.unwrap_or_default();
    serde_json::from_value(serde_json::Value::from(text))
        .map_err(|_| corrupt(format!("an item in condition {text:?}")))
}

pub(crate) fn audience(text: Option<&str>) -> Audience {
    match text {
        Some("youth") => Audience::Youth,
        Some("adult") => Audience::Adult,
        _ => Audience::Unknown,
    }
}
