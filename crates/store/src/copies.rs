//! Copies as lists show them: one by its barcode, or a title's, page by page.

use circulation::BranchCode;

use crate::{ItemFacts, Session, StoreError, item::ItemColumns};

/// Which copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopiesBy<'a> {
    /// One, by its barcode as scanned.
    Barcode {
        /// Blanks around it taken off.
        barcode: &'a str,
        /// The branch of the door: its own barcodes are preferred where numbers collide.
        branch: BranchCode,
    },
    /// A title's, in the order of their numbers.
    Title {
        /// The number of the bib.
        bib: i64,
        /// Those with a number above this.
        after: i64,
        /// How many at most.
        most: i64,
    },
}

/// Copies that were read.
#[derive(Debug)]
pub struct CopiesRead {
    /// The rulebook that the network is under.
    pub rulebook_version: i64,
    /// The title, if there is one: its number after merges, title, author, and how many wait without a copy set aside.
    pub title: Option<(i64, String, String, u32)>,
    /// The copies.
    pub copies: Vec<CopyRead>,
}

/// A copy that was read.
#[derive(Debug)]
pub struct CopyRead {
    /// Its barcode.
    pub barcode: String,
    /// Of how many pieces it is.
    pub parts: u16,
    /// What it is and where.
    pub item: ItemFacts,
}

impl Session {
    /// Reads copies: one round trip, one snapshot.
    pub async fn copies_read(&mut self, by: CopiesBy<'_>) -> Result<CopiesRead, StoreError> {
        let (barcode, branch, bib, after, most) = match &by {
            CopiesBy::Barcode { barcode, branch } => {
                (Some(*barcode), Some(branch.as_str()), None, 0, 0)
            }
            CopiesBy::Title { bib, after, most } => (None, None, Some(*bib), *after, *most),
        };
        let rows = sqlx::query_file!("queries/copies.sql", barcode, branch, bib, after, most)
            .fetch_all(self.pg())
            .await?;
        let mut read = CopiesRead {
            rulebook_version: 0,
            title: None,
            copies: Vec::with_capacity(rows.len()),
        };
        for row in rows {
            read.rulebook_version = row.rulebook_version;
            let waiting = u32::try_from(row.waiting.unwrap_or(0)).unwrap_or(u32::MAX);
            read.title = row.bib_id.map(|bib| {
                let (title, author) = (row.title.clone(), row.author.clone());
                (
                    bib,
                    title.unwrap_or_default(),
                    author.unwrap_or_default(),
                    waiting,
                )
            });
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
            if let Some(item) = columns.into_facts(None)? {
                read.copies.push(CopyRead {
                    barcode: row.barcode.unwrap_or_default(),
                    parts: row
                        .parts
                        .and_then(|parts| u16::try_from(parts).ok())
                        .unwrap_or(1),
                    item,
                });
            }
        }
        Ok(read)
    }
}
