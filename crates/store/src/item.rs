//! An item's columns, turned into the words of `circulation`.

use circulation::{
    Audience, Borrower, BranchCode, CapturedHold, Collector, Condition, LoanFacts, Place,
};

use crate::{ItemFacts, ItemRow, StoreError, error::corrupt, facts::code};

/// The item's columns as all statements name them.
pub(crate) struct ItemColumns {
    pub(crate) item_id: Option<i64>,
    pub(crate) item_version: Option<i64>,
    pub(crate) owner_branch: Option<String>,
    pub(crate) document: Option<String>,
    pub(crate) condition: Option<String>,
    pub(crate) audience: Option<String>,
    pub(crate) in_service: Option<jiff_sqlx::Date>,
    pub(crate) return_by: Option<jiff_sqlx::Date>,
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
                return_by: self.return_by.map(jiff_sqlx::Date::to_jiff),
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
