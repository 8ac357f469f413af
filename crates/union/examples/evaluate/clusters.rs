//! What an import does, in memory: keys propose bibs, `place` decides, bibs grow and merge.

use std::collections::HashMap;

use relire_union::{Key, Signature, place};

use crate::catalogue::Source;

/// A doubt: the record, and a record of the bib that it may belong to.
pub(crate) struct Doubt {
    pub(crate) record: usize,
    pub(crate) bib: usize,
}

/// What was joined with what.
pub(crate) struct Clusters {
    /// Bib to its records; empty if it was merged into another.
    pub(crate) bibs: Vec<Vec<usize>>,
    pub(crate) doubts: Vec<Doubt>,
    pub(crate) compared: u64,
}

impl Clusters {
    pub(crate) fn build(records: &[Source], order: &[usize], second_look: bool) -> Self {
        let mut keys: HashMap<Key, Vec<usize>> = HashMap::new();
        let mut merged_into: Vec<usize> = Vec::new();
        let mut signatures: Vec<Vec<Signature>> = Vec::new();
        let mut this = Self {
            bibs: Vec::new(),
            doubts: Vec::new(),
            compared: 0,
        };
        for &record in order {
            let source = &records[record];
            let mut proposed: Vec<usize> = source
                .keys
                .iter()
                .filter_map(|key| keys.get(key))
                .flatten()
                .copied()
                .collect();
            for bib in &mut proposed {
                while merged_into[*bib] != *bib {
                    *bib = merged_into[*bib];
                }
            }
            proposed.sort_unstable();
            proposed.dedup();
            this.compared += proposed
                .iter()
                .map(|bib| signatures[*bib].len() as u64)
                .sum::<u64>();
            let placed = place(
                &source.signature,
                proposed
                    .iter()
                    .map(|bib| (*bib, signatures[*bib].as_slice())),
            );
            let bib = placed.join.unwrap_or_else(|| {
                merged_into.push(this.bibs.len());
                signatures.push(Vec::new());
                this.bibs.push(Vec::new());
                this.bibs.len() - 1
            });
            this.bibs[bib].push(record);
            signatures[bib].push(source.signature.clone());
            for other in placed.also {
                merged_into[other] = bib;
                let moved = std::mem::take(&mut this.bibs[other]);
                this.bibs[bib].extend(moved);
                let moved = std::mem::take(&mut signatures[other]);
                signatures[bib].extend(moved);
            }
            for key in &source.keys {
                let bibs = keys.entry(*key).or_default();
                if !bibs.contains(&bib) {
                    bibs.push(bib);
                }
            }
            this.doubts.extend(
                placed
                    .doubts
                    .into_iter()
                    .map(|(bib, ..)| Doubt { record, bib }),
            );
        }
        if second_look {
            this.look_again(records, order, &keys, &merged_into);
        }
        for doubt in &mut this.doubts {
            while merged_into
                .get(doubt.bib)
                .is_some_and(|into| *into != doubt.bib)
            {
                doubt.bib = merged_into[doubt.bib];
            }
        }
        this
    }

    /// Once all is in: a record without a number of its own, which joined what was there when it
    /// came, may fit what came later as well. It is placed anew.
    fn look_again(
        &mut self,
        records: &[Source],
        order: &[usize],
        keys: &HashMap<Key, Vec<usize>>,
        merged_into: &[usize],
    ) {
        let mut own = self.by_record(records.len());
        for &record in order {
            let source = &records[record];
            if source.signature.is_numbered() {
                continue;
            }
            let mut proposed: Vec<usize> = source
                .keys
                .iter()
                .filter_map(|key| keys.get(key))
                .flatten()
                .copied()
                .collect();
            for bib in &mut proposed {
                while merged_into[*bib] != *bib {
                    *bib = merged_into[*bib];
                }
            }
            proposed.sort_unstable();
            proposed.dedup();
            let members: Vec<(usize, Vec<Signature>)> = proposed
                .iter()
                .map(|bib| {
                    let others = self.bibs[*bib].iter().filter(|other| **other != record);
                    (
                        *bib,
                        others
                            .map(|other| records[*other].signature.clone())
                            .collect(),
                    )
                })
                .filter(|(_, members): &(usize, Vec<Signature>)| !members.is_empty())
                .collect();
            let placed = place(
                &source.signature,
                members
                    .iter()
                    .map(|(bib, members)| (*bib, members.as_slice())),
            );
            let now = own[record];
            let alone = self.bibs[now].len() == 1;
            let then = match placed.join {
                Some(bib) => bib,
                None if alone => now,
                None => {
                    self.bibs.push(Vec::new());
                    self.bibs.len() - 1
                }
            };
            if then != now {
                self.bibs[now].retain(|other| *other != record);
                self.bibs[then].push(record);
                own[record] = then;
            }
            self.doubts.retain(|doubt| doubt.record != record);
            self.doubts.extend(
                placed
                    .doubts
                    .into_iter()
                    .map(|(bib, ..)| Doubt { record, bib }),
            );
        }
    }

    /// Record to bib.
    pub(crate) fn by_record(&self, count: usize) -> Vec<usize> {
        let mut of = vec![0; count];
        for (bib, records) in self.bibs.iter().enumerate() {
            for record in records {
                of[*record] = bib;
            }
        }
        of
    }
}
