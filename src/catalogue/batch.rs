//! A batch: what is known of its records, where they go, and writing it all.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use intake::{Done, Remark, read_source};
use store::{DoubtKind, Importer, KnownRecord, RecordWrite, Served};
use union::{Heading, Signature, VERSION};

use super::{
    Run,
    placing::Bibs,
    read::{Signed, heading},
    whole_file,
};

/// A record of the batch and its place.
pub(super) struct Placed {
    pub(super) signed: Signed,
    pub(super) id: i64,
    pub(super) bib_id: i64,
}

impl Run<'_> {
    /// Places and writes these records, all or none. Gives what was odd about them.
    pub(super) async fn batch(
        &mut self,
        importer: &mut Importer,
        records: Vec<Signed>,
    ) -> anyhow::Result<Vec<Remark>> {
        if records.is_empty() {
            return Ok(Vec::new());
        }
        importer.begin().await?;
        let numbers: Vec<String> = records
            .iter()
            .map(|record| record.control_number.clone())
            .collect();
        let known = importer.known(self.branch, &numbers).await?;
        let known: HashMap<&str, &KnownRecord> = known
            .iter()
            .map(|known| (known.control_number.as_str(), known))
            .collect();
        let mut bibs = self.proposed(importer, &records, &known).await?;

        let new = records.len() - known.len().min(records.len());
        let copies = records.iter().map(|record| record.copies.len()).sum();
        let [bib_ids, record_ids, item_ids] = importer.numbers(new, new, copies).await?;
        let (mut bib_ids, mut record_ids) = (bib_ids.into_iter(), record_ids.into_iter());
        let mut tally = self.tally;
        let mut remarks = Vec::new();
        let mut fresh = BTreeSet::new();
        let (mut placed, mut added, mut changed) = (Vec::new(), Vec::new(), Vec::new());
        for mut signed in records {
            tally.read += 1;
            remarks.append(&mut signed.remarks);
            let (id, bib_id) = match known.get(signed.control_number.as_str()) {
                Some(known) if unchanged(known, &signed) => {
                    tally.unchanged += 1;
                    (known.id, known.bib_id)
                }
                Some(known) => {
                    tally.updated += 1;
                    let (id, bib_id) = (known.id, known.bib_id);
                    bibs.change(id, bib_id, &signed.signature, &signed.keys, signed.quality);
                    changed.push(write(id, bib_id, &mut signed)?);
                    (id, bib_id)
                }
                None => {
                    let (id, own) = (
                        record_ids.next().context("a number for a record")?,
                        bib_ids.next().context("a number for a bib")?,
                    );
                    let bib_id = if self.import.merge {
                        bibs.place(id, &signed.signature, &signed.keys, signed.quality, own)
                    } else {
                        bibs.put(id, own, &signed.signature, &signed.keys, signed.quality);
                        own
                    };
                    tally.created += 1;
                    if bib_id == own {
                        tally.bibs += 1;
                        fresh.insert(own);
                    } else {
                        tally.joined += 1;
                    }
                    added.push(write(id, bib_id, &mut signed)?);
                    (id, bib_id)
                }
            };
            placed.push(Placed { signed, id, bib_id });
        }

        let at = self.import.now.timestamp();
        let served = serve(importer, &bibs, &placed).await?;
        let (new_bibs, served): (Vec<Served>, Vec<Served>) = served
            .into_iter()
            .partition(|served| fresh.contains(&served.bib_id));
        if self.import.merge && !(added.is_empty() && changed.is_empty()) {
            importer.unlooked().await?;
        }
        importer.add_bibs(&new_bibs).await?;
        importer.add_records(self.branch, &added, at).await?;
        importer.change_records(&changed, at).await?;
        importer.serve(&served).await?;
        let doubts = bibs.doubts();
        tally.same += doubts
            .iter()
            .filter(|doubt| doubt.kind == DoubtKind::Same)
            .count() as u64;
        tally.doubts += importer.add_doubts(&doubts, at).await?;
        self.tally = tally;
        self.copies(importer, &placed, item_ids, &mut remarks)
            .await?;
        importer.commit().await?;
        Ok(remarks)
    }

    /// The bibs that the new records may be, and those of the known ones.
    async fn proposed(
        &self,
        importer: &mut Importer,
        records: &[Signed],
        known: &HashMap<&str, &KnownRecord>,
    ) -> anyhow::Result<Bibs> {
        let mut keys = BTreeSet::new();
        let mut ids = BTreeSet::new();
        for record in records {
            match known.get(record.control_number.as_str()) {
                Some(known) if unchanged(known, record) => {}
                Some(known) => {
                    ids.insert(known.bib_id);
                }
                None => keys.extend(record.keys.iter().copied()),
            }
        }
        let mut proposed = Vec::new();
        if self.import.merge && !keys.is_empty() {
            proposed = importer
                .proposed(&keys.into_iter().collect::<Vec<_>>())
                .await?;
            ids.extend(proposed.iter().map(|proposed| proposed.bib_id));
        }
        let members = if ids.is_empty() {
            Vec::new()
        } else {
            importer
                .members(&ids.into_iter().collect::<Vec<_>>())
                .await?
        };
        Ok(Bibs::new(&proposed, members))
    }

    /// Copies that came before and are not in the file any more. Nothing is done about them: a file may be an extract.
    pub(super) async fn gone(&mut self, importer: &mut Importer) -> anyhow::Result<Vec<Remark>> {
        let mut remarks = Vec::new();
        for copy in importer.copies_of(self.branch).await? {
            let place = (copy.barcode, copy.owner);
            if self.copies.contains_key(&place) {
                continue;
            }
            self.tally.gone_copies += 1;
            let what = format!(
                "the copy {} of {} is not in the file; it stays until staff withdraw it",
                place.0, place.1
            );
            remarks.push(Remark {
                control_number: Some(copy.control_number),
                ..whole_file("copy gone from the source", what, Done::Noted)
            });
        }
        Ok(remarks)
    }
}

/// As it was delivered before, read as before, and signed as this program signs.
fn unchanged(known: &KnownRecord, record: &Signed) -> bool {
    known.digest.as_deref() == Some(record.digest.as_slice())
        && known.format == record.format
        && known
            .signature
            .as_deref()
            .and_then(|json| serde_json::from_str::<Signature>(json).ok())
            .is_some_and(|signature| signature.version() == VERSION)
}

fn write(id: i64, bib_id: i64, signed: &mut Signed) -> anyhow::Result<RecordWrite> {
    Ok(RecordWrite {
        id,
        control_number: signed.control_number.clone(),
        bib_id,
        format: signed.format.clone(),
        body: std::mem::take(&mut signed.body),
        digest: signed.digest.to_vec(),
        signature: serde_json::to_string(&signed.signature).context("a signature as JSON")?,
        quality: signed.quality,
        keys: signed.keys.clone(),
    })
}

/// Headings of the bibs for which another record is served.
async fn serve(
    importer: &mut Importer,
    bibs: &Bibs,
    placed: &[Placed],
) -> anyhow::Result<Vec<Served>> {
    let here: HashMap<i64, &Heading> = placed
        .iter()
        .map(|placed| (placed.id, &placed.signed.heading))
        .collect();
    let mut served = Vec::new();
    for (bib_id, source_id) in bibs.to_serve() {
        let heading = match here.get(&source_id) {
            Some(heading) => (*heading).clone(),
            None => {
                let (format, body) = importer.body(source_id).await?;
                match read_source(&format, &body) {
                    Some(record) => heading(&record),
                    // Not ours to read: its bib keeps what it is called.
                    None => continue,
                }
            }
        };
        served.push(Served {
            bib_id,
            source_id,
            title: heading.title,
            author: heading.author,
        });
    }
    Ok(served)
}
