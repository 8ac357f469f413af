//! Which bib each record of a batch goes to: what Postgres proposes, and what the batch itself brings.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use store::{DoubtKind, DoubtWrite, Member, Proposed};
use union::{Signature, Verdict, Why, compare, place};

/// Bibs as far as a batch has to do with them.
#[derive(Default)]
pub(super) struct Bibs {
    by_key: HashMap<i64, BTreeSet<i64>>,
    bibs: HashMap<i64, Bib>,
    /// Which bib a record is in.
    doubts: BTreeMap<(i64, Option<i64>), DoubtWrite>,
}

#[derive(Default)]
struct Bib {
    /// Of the records that have one; beside it, which record that is.
    signatures: Vec<Signature>,
    signed: Vec<i64>,
    /// Every record's quality.
    qualities: BTreeMap<i64, i16>,
    /// Served before the batch.
    served: Option<i64>,
    touched: bool,
}

impl Bib {
    /// The best, and of equals the first that came.
    fn best(&self) -> Option<i64> {
        let best = self
            .qualities
            .iter()
            .max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0)));
        best.map(|(id, _)| *id)
    }

    fn put(&mut self, id: i64, signature: &Signature, quality: i16) {
        self.qualities.insert(id, quality);
        self.touched = true;
        match self.signed.iter().position(|signed| *signed == id) {
            Some(place) => {
                if let Some(old) = self.signatures.get_mut(place) {
                    *old = signature.clone();
                }
            }
            None => {
                self.signed.push(id);
                self.signatures.push(signature.clone());
            }
        }
    }
}

impl Bibs {
    pub(super) fn new(proposed: &[Proposed], members: Vec<Member>) -> Self {
        let mut bibs = Self::default();
        for proposed in proposed {
            bibs.by_key
                .entry(proposed.key)
                .or_default()
                .insert(proposed.bib_id);
        }
        for member in members {
            let bib = bibs.bibs.entry(member.bib_id).or_default();
            bib.qualities.insert(member.id, member.quality);
            let signature = member
                .signature
                .and_then(|json| serde_json::from_str(&json).ok());
            if let Some(signature) = signature {
                bib.signed.push(member.id);
                bib.signatures.push(signature);
            }
        }
        for bib in bibs.bibs.values_mut() {
            bib.served = bib.best();
        }
        bibs
    }

    /// Places a new record: in the bib that it is, or in a new one of this number. Says which.
    pub(super) fn place(
        &mut self,
        record: i64,
        signature: &Signature,
        keys: &[i64],
        quality: i16,
        fresh: i64,
    ) -> i64 {
        let proposed: BTreeSet<i64> = keys
            .iter()
            .filter_map(|key| self.by_key.get(key))
            .flatten()
            .copied()
            .collect();
        let candidates = proposed.iter().filter_map(|id| {
            let bib = self.bibs.get(id)?;
            Some((*id, bib.signatures.as_slice()))
        });
        let placement = place(signature, candidates);
        let bib_id = placement.join.unwrap_or(fresh);
        for also in placement.also {
            self.doubt(DoubtKind::Same, record, bib_id, also, 1_000, &[]);
        }
        for (other, score, why) in placement.doubts {
            self.doubt(DoubtKind::Maybe, record, bib_id, other, score, &why);
        }
        self.put(record, bib_id, signature, keys, quality);
        bib_id
    }

    /// A record in a bib of its own, without looking at others.
    pub(super) fn put(
        &mut self,
        record: i64,
        bib_id: i64,
        signature: &Signature,
        keys: &[i64],
        quality: i16,
    ) {
        for key in keys {
            self.by_key.entry(*key).or_default().insert(bib_id);
        }
        self.bibs
            .entry(bib_id)
            .or_default()
            .put(record, signature, quality);
    }

    /// A known record that says something else now. It stays where it is; where it gainsays the others there, the work
    /// list says so.
    pub(super) fn change(
        &mut self,
        record: i64,
        bib_id: i64,
        signature: &Signature,
        keys: &[i64],
        quality: i16,
    ) {
        let bib = self.bibs.entry(bib_id).or_default();
        // Its heading may be another one too.
        if bib.served == Some(record) {
            bib.served = None;
        }
        let others = bib
            .signatures
            .iter()
            .zip(&bib.signed)
            .filter(|(_, id)| **id != record);
        let against: Vec<Why> = others
            .filter_map(|(other, _)| match compare(signature, other) {
                Verdict::Different(why) => Some(why),
                _ => None,
            })
            .collect();
        if !against.is_empty() {
            let against: BTreeSet<Why> = against.into_iter().collect();
            let doubt = DoubtWrite {
                kind: DoubtKind::Contradicts,
                source_id: record,
                bib_id,
                other_bib: None,
                score: 0,
                why: serde_json::to_value(against).unwrap_or_default(),
            };
            self.doubts.insert((record, None), doubt);
        }
        self.put(record, bib_id, signature, keys, quality);
    }

    fn doubt(
        &mut self,
        kind: DoubtKind,
        source_id: i64,
        one: i64,
        other: i64,
        score: u16,
        why: &[Why],
    ) {
        if one == other {
            return;
        }
        let (bib_id, other) = (one.min(other), one.max(other));
        let doubt = DoubtWrite {
            kind,
            source_id,
            bib_id,
            other_bib: Some(other),
            score: i16::try_from(score.min(1_000)).unwrap_or(1_000),
            why: serde_json::to_value(why).unwrap_or_default(),
        };
        let known = self
            .doubts
            .entry((bib_id, Some(other)))
            .or_insert_with(|| doubt.clone());
        if kind == DoubtKind::Same && known.kind == DoubtKind::Maybe {
            *known = doubt;
        }
    }

    /// Lines for the work list, no pair twice.
    pub(super) fn doubts(&mut self) -> Vec<DoubtWrite> {
        std::mem::take(&mut self.doubts).into_values().collect()
    }

    /// Bibs for which another record is to be served than before, or the same with another heading: bib and record.
    pub(super) fn to_serve(&self) -> BTreeMap<i64, i64> {
        let touched = self.bibs.iter().filter(|(_, bib)| bib.touched);
        touched
            .filter_map(|(id, bib)| {
                let best = bib.best()?;
                (bib.served != Some(best)).then_some((*id, best))
            })
            .collect()
    }
}
