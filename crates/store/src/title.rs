//! A title as holds look at it: who waits for it, and its copies.

use circulation::{Asks, BranchCode, CategoryCode, QueuedHold, WaitingHold};

use crate::{
    HoldPatron, ItemFacts, Session, StoreError, error::corrupt, facts::code, item::ItemColumns,
};

/// A hold in its title's queue, with its guard.
#[derive(Debug)]
pub struct Queued {
    /// The hold.
    pub id: i64,
    /// The guard as it was read.
    pub version: i64,
    /// Who waits, as the slip on the copy says.
    pub patron: HoldPatron,
    /// What the rules look at.
    pub facts: QueuedHold,
}

/// A title's queue, as seen from one of its copies.
#[derive(Debug, Default)]
pub struct Queue {
    /// Who waits, in the order in which they are served.
    pub waiting: Vec<Queued>,
    /// Whom the copy is set aside for already.
    pub set_aside: Option<HoldPatron>,
}

/// How a title is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleBy<'a> {
    /// By the number of its bib.
    Number(i64),
    /// By one of its copies.
    Copy {
        /// Its barcode as scanned, blanks around it taken off.
        barcode: &'a str,
        /// The branch of the door: its own barcodes are preferred where numbers collide.
        branch: BranchCode,
    },
}

/// A title as a hold looks at it.
#[derive(Debug)]
pub struct Title {
    /// The title, and its guard as it was read.
    pub bib: Option<(i64, i64)>,
    /// The copy that was scanned.
    pub scanned: Option<i64>,
    /// It is of a copy that a partner lends, to one reader.
    pub temporary: bool,
    /// How many wait, without those for whom a copy is set aside.
    pub waiting: u32,
    /// Its copies: those in stock, and the one that was scanned.
    pub copies: Vec<Copy>,
}

impl Title {
    /// The copy that was scanned.
    pub fn scanned_copy(&self) -> Option<&ItemFacts> {
        let scanned = self.scanned?;
        self.copies
            .iter()
            .map(|copy| &copy.item)
            .find(|item| item.row.id == scanned)
    }
}

/// A copy of a title.
#[derive(Debug)]
pub struct Copy {
    /// Its barcode.
    pub barcode: String,
    /// What it is and where.
    pub item: ItemFacts,
}

impl Session {
    /// Reads the queue of a title, as seen from one of its copies (or from none: 0), and whom that copy is set aside
    /// for. It is the queue for as long as the title's version is what it was before this was read.
    pub async fn queue(
        &mut self,
        bib_id: i64,
        item_id: i64,
        set_aside: Option<i64>,
    ) -> Result<Queue, StoreError> {
        let read = sqlx::query_file!("queries/queue.sql", bib_id, item_id, set_aside)
            .fetch_all(self.pg())
            .await?;
        let mut queue = Queue {
            waiting: Vec::with_capacity(read.len()),
            set_aside: None,
        };
        for row in read {
            let patron = HoldPatron {
                id: row.patron_id,
                family_name: row.family_name,
                given_name: row.given_name,
                card: row.card.unwrap_or_default(),
                phone: row.phone,
            };
            if row.set_aside {
                queue.set_aside = Some(patron);
                continue;
            }
            let category: CategoryCode = code(Some(row.category))?;
            queue.waiting.push(Queued {
                id: row.id,
                version: row.version,
                patron,
                facts: QueuedHold {
                    hold: WaitingHold {
                        category,
                        pickup: code(Some(row.pickup))?,
                        asks: asks(&row.asks)?,
                    },
                    suspended_until: row.suspended_until.map(jiff_sqlx::Date::to_jiff),
                    expires_on: row.expires_on.to_jiff(),
                },
            });
        }
        Ok(queue)
    }

    /// Reads the copies of a title that are in stock.
    pub async fn copies(&mut self, bib_id: i64, reader: i64) -> Result<Vec<Copy>, StoreError> {
        let title = self.title(TitleBy::Number(bib_id), reader).await?;
        Ok(title.copies)
    }

    /// Reads a title, its copies and how many wait: one round trip, one snapshot.
    pub async fn title(&mut self, by: TitleBy<'_>, reader: i64) -> Result<Title, StoreError> {
        let (bib_id, barcode, branch) = match &by {
            TitleBy::Number(bib_id) => (Some(*bib_id), "", ""),
            TitleBy::Copy { barcode, branch } => (None, *barcode, branch.as_str()),
        };
        let read = sqlx::query_file!("queries/title.sql", bib_id, barcode, branch)
            .fetch_all(self.pg())
            .await?;
        let mut title = Title {
            bib: None,
            scanned: None,
            temporary: false,
            waiting: 0,
            copies: Vec::with_capacity(read.len()),
        };
        for row in read {
            title.bib = row.bib_id.zip(row.bib_version);
            title.scanned = row.scanned_id;
            title.temporary = row.temporary.unwrap_or_default();
            title.waiting = u32::try_from(row.waiting).unwrap_or(u32::MAX);
            let columns = ItemColumns {
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
            };
            if let Some(item) = columns.into_facts(Some(reader))? {
                title.copies.push(Copy {
                    barcode: row.barcode.unwrap_or_default(),
                    item,
                });
            }
        }
        Ok(title)
    }
}

fn asks(text: &str) -> Result<Asks, StoreError> {
    Ok(match text {
        "title" => Asks::Title,
        "this_item" => Asks::ThisItem,
        "other_item" => Asks::OtherItem,
        other => return Err(corrupt(format!("a hold that asks for {other:?}"))),
    })
}
