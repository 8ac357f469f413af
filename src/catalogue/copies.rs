//! The copies of a batch: new, changed, moved, or not to be taken.

use std::collections::HashMap;

use anyhow::Context;
use circulation::{BranchCode, Condition};
use intake::{Copy, Done, Remark};
use store::{CopyWrite, Importer, KnownCopy};

use super::{Run, batch::Placed};

impl Run<'_> {
    /// Writes the copies of these records.
    pub(super) async fn copies(
        &mut self,
        importer: &mut Importer,
        placed: &[Placed],
        numbers: Vec<i64>,
        remarks: &mut Vec<Remark>,
    ) -> anyhow::Result<()> {
        self.tally.rejected_copies += remarks
            .iter()
            .filter(|remark| remark.done == Done::CopyRejected)
            .count() as u64;
        let mut taken: Vec<(&Placed, Copy)> = Vec::new();
        for place in placed {
            for mut copy in place.signed.copies.iter().cloned() {
                let first = self
                    .copies
                    .entry((copy.barcode.clone(), copy.owner))
                    .or_insert(place.id);
                if *first != place.id {
                    let what = format!(
                        "the barcode {} was on a copy of {} before, in another record",
                        copy.barcode, copy.owner
                    );
                    self.tally.rejected_copies += 1;
                    remarks.push(remark(
                        place,
                        "barcode twice in a branch",
                        what,
                        Done::CopyRejected,
                    ));
                    continue;
                }
                if !self.import.documents.contains(&copy.document) {
                    let usual = "LIV".parse().context("a code")?;
                    let what = format!(
                        "{} is no document type of this network; the copy came in as {usual}",
                        copy.document
                    );
                    remarks.push(remark(place, "unknown document type", what, Done::Repaired));
                    copy.document = usual;
                }
                taken.push((place, copy));
            }
        }
        let barcodes: Vec<String> = taken
            .iter()
            .map(|(.., copy)| copy.barcode.clone())
            .collect();
        let owners: Vec<BranchCode> = taken.iter().map(|(_, copy)| copy.owner).collect();
        let known = importer.copies(&barcodes, &owners).await?;
        let known: HashMap<(&str, BranchCode), &KnownCopy> = known
            .iter()
            .map(|known| ((known.copy.barcode.as_str(), known.copy.owner), known))
            .collect();

        let mut numbers = numbers.into_iter();
        let today = self.import.now.date();
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for (place, copy) in taken {
            let (source_id, bib_id) = (place.id, place.bib_id);
            let known = known.get(&(copy.barcode.as_str(), copy.owner)).copied();
            if known
                .is_some_and(|known| known.came_with.is_some_and(|branch| branch != self.branch))
            {
                self.tally.rejected_copies += 1;
                let what = format!(
                    "the copy {} of {} came with another branch's file",
                    copy.barcode, copy.owner
                );
                remarks.push(remark(
                    place,
                    "copy of another file",
                    what,
                    Done::CopyRejected,
                ));
                continue;
            }
            if known.is_some_and(|known| known.temporary) {
                self.tally.rejected_copies += 1;
                let what = format!(
                    "the barcode {} of {} is now that of an item which a partner lends",
                    copy.barcode, copy.owner
                );
                let kind = "barcode of a partner's item";
                remarks.push(remark(place, kind, what, Done::CopyRejected));
                continue;
            }
            let id = match known {
                Some(known) => known.copy.id,
                None => numbers.next().context("a number for a copy")?,
            };
            let write = CopyWrite {
                id,
                bib_id,
                source_id,
                document: copy.document,
                audience: copy.audience,
                condition: known.map_or(copy.condition, |known| {
                    condition(known.copy.condition, copy.condition)
                }),
                call_number: copy.call_number,
                issue: copy.issue,
                note: copy.note,
                in_service: copy
                    .in_service
                    .or_else(|| known.map(|known| known.copy.in_service))
                    .unwrap_or(today),
                barcode: copy.barcode,
                owner: copy.owner,
            };
            match known {
                None => {
                    self.tally.new_copies += 1;
                    added.push(write);
                }
                Some(known) if known.copy == write => {}
                Some(known) => {
                    if known.copy.source_id == source_id {
                        self.tally.changed_copies += 1;
                    } else {
                        self.tally.moved_copies += 1;
                    }
                    changed.push(write);
                }
            }
        }
        importer.add_copies(&added).await?;
        importer.change_copies(&changed).await?;
        Ok(())
    }
}

/// What a source says of a copy that is here already: what staff found out about it since (lost, damaged, withdrawn)
/// holds against the file.
const fn condition(here: Condition, said: Condition) -> Condition {
    match here {
        Condition::Good | Condition::OnSiteOnly | Condition::OnOrder | Condition::InProcess => said,
        here => here,
    }
}

fn remark(place: &Placed, kind: &'static str, what: String, done: Done) -> Remark {
    Remark {
        record: place.signed.number,
        offset: place.signed.offset,
        control_number: Some(place.signed.control_number.clone()),
        kind,
        what,
        done,
    }
}
