//! What an import does, in memory: keys propose bibs, `place` decides, bibs grow and merge.

use std::collections::HashMap;

use relire_union::{Key, Signature, Why, place};

use crate::catalogue::Source;

/// A doubt: the record, and a record of the bib that it may belong to.
pub struct Doubt {
    pub record: usize,
    pub bib: usize,
    pub score: u16,
    pub why: Vec<Why>,
}

/// What was joined with what.
pub struct Clusters {
    /// Bib to its records; empty if it was merged into another.
    pub bibs: Vec<Vec<usize>>,
    pub doubts: Vec<Doubt>,
    pub compared: u64,
}

impl Clusters {
    pub fn build(records: &[Source], order: &[usize]) -> Self {
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
            this.doubts
                .extend(placed.doubts.into_iter().map(|(other, score, why)| Doubt {
                    record,
                    bib: other,
                    score,
                    why,
                }));
        }
        for doubt in &mut this.doubts {
            while merged_into[doubt.bib] != doubt.bib {
                doubt.bib = merged_into[doubt.bib];
            }
        }
        this
    }

    /// Record to bib.
    pub fn by_record(&self, count: usize) -> Vec<usize> {
        let mut of = vec![0; count];
        for (bib, records) in self.bibs.iter().enumerate() {
            for record in records {
                of[*record] = bib;
            }
        }
        of
    }
}
