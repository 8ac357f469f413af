//! What harvesters copy: each bib that changed, with its record as the database has it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use marc::Record;
use store::{HarvestAsk, HarvestTime, HarvestedBib};

use super::{Finder, FinderError, document::document};

/// A bib of a harvest.
#[derive(Debug, Clone)]
pub struct Harvested {
    /// Its number.
    pub bib: i64,
    /// When it changed last.
    pub changed_at: Timestamp,
    /// Codes of the branches that have a copy.
    pub branches: BTreeSet<String>,
    /// Types of its copies.
    pub documents: BTreeSet<String>,
    /// The record; none when it is gone.
    pub record: Option<Record>,
}

impl Finder {
    /// The next bibs of a harvest behind a number, by number. From the database, not from the index: what is dated is
    /// there. Four statements.
    pub async fn harvest(
        &self,
        ask: &HarvestAsk,
        after: i64,
        most: i64,
    ) -> Result<Vec<Harvested>, FinderError> {
        let changed = self.store.harvest(ask, after, most).await?;
        self.with_records(changed).await
    }

    /// One bib of the harvest; none if there never was such a bib.
    pub async fn harvested(&self, bib: i64) -> Result<Option<Harvested>, FinderError> {
        let changed = self.store.harvested(bib).await?;
        let found = self.with_records(changed.into_iter().collect()).await?;
        Ok(found.into_iter().next())
    }

    /// How far the harvest is.
    pub async fn harvest_time(&self) -> Result<HarvestTime, FinderError> {
        Ok(self.store.harvest_time().await?)
    }

    async fn with_records(
        &self,
        changed: Vec<HarvestedBib>,
    ) -> Result<Vec<Harvested>, FinderError> {
        let there: Vec<i64> = changed
            .iter()
            .filter(|one| !one.gone)
            .map(|one| one.bib)
            .collect();
        let private = self.private().await?;
        let rows = self.store.bibs(&there).await?;
        let mut rows: BTreeMap<i64, _> = rows.into_iter().map(|row| (row.id, row)).collect();
        let found = changed.into_iter().map(|one| {
            let document = rows.remove(&one.bib).map(|row| document(row, &private));
            let copies = document.iter().flat_map(|document| &document.copies);
            Harvested {
                bib: one.bib,
                changed_at: one.changed_at,
                branches: copies.clone().map(|copy| copy.branch.clone()).collect(),
                documents: copies
                    .filter_map(|copy| copy.document_type.clone())
                    .collect(),
                // One that went between the two statements is gone.
                record: document.map(|document| document.record),
            }
        });
        Ok(found.collect())
    }

    /// Gives committed changes their moments, all that wait.
    pub(super) async fn date_changes(&self) -> Result<(), FinderError> {
        while self.store.date_changes().await? {}
        Ok(())
    }
}
