//! Words by their places: phrases, and words near each other.

use query::Relation;
use tantivy::{
    DocSet as _, TERMINATED,
    index::InvertedIndexReader,
    postings::{Postings as _, TermInfo},
    schema::IndexRecordOption,
};

use super::{
    docs::{self, Docs},
    find::{Finder, read},
};
use crate::{
    Error,
    plan::{Matcher, Near, Phrase},
    schema::FIELD_STRIDE,
};

/// A document and a place in it, as one number in that order.
type Place = u64;

const fn place(doc: u32, at: u32) -> Place {
    (doc as u64) << 32 | at as u64
}

const fn doc_of(place: Place) -> u32 {
    (place >> 32) as u32
}

const fn at_of(place: Place) -> u32 {
    place as u32
}

impl Finder<'_> {
    /// Documents in which the words stand side by side.
    pub(crate) fn phrase(&self, phrase: &Phrase) -> Result<Docs, Error> {
        let places = self.places(phrase, None)?;
        let mut found: Docs = places.into_iter().map(doc_of).collect();
        found.dedup();
        Ok(found)
    }

    /// Where the words stand side by side: the place of the first.
    fn places(&self, phrase: &Phrase, only: Option<&[u32]>) -> Result<Vec<Place>, Error> {
        let inverted = self.reader.inverted_index(phrase.field)?;
        let mut words = Vec::new();
        for matcher in &phrase.words {
            words.push(self.infos(phrase.access, phrase.field, matcher)?);
        }
        // First which documents have all words, then where: places cost more.
        let mut docs: Option<Docs> = only.map(<[u32]>::to_vec);
        for infos in &words {
            let here = self.docs_of(&inverted, infos)?;
            docs = Some(match docs {
                Some(docs) => docs::both(&docs, &here),
                None => here,
            });
        }
        let docs = docs.unwrap_or_default();
        let mut places: Option<Vec<Place>> = None;
        for (offset, infos) in (0_u32..).zip(&words) {
            let here = self.places_of(&inverted, infos, &docs, offset)?;
            places = Some(match places {
                Some(places) => common(&places, &here),
                None => here,
            });
        }
        Ok(places.unwrap_or_default())
    }

    fn docs_of(&self, inverted: &InvertedIndexReader, infos: &[TermInfo]) -> Result<Docs, Error> {
        let mut docs = Docs::new();
        for info in infos {
            self.budget.documents(u64::from(info.doc_freq))?;
            read(inverted, info, &mut docs)?;
        }
        if infos.len() > 1 {
            docs.sort_unstable();
            docs.dedup();
        }
        Ok(docs)
    }

    /// Places of any of these terms in these documents, moved back by an offset.
    fn places_of(
        &self,
        inverted: &InvertedIndexReader,
        infos: &[TermInfo],
        docs: &[u32],
        offset: u32,
    ) -> Result<Vec<Place>, Error> {
        let mut places = Vec::new();
        let mut here = Vec::new();
        for info in infos {
            self.budget
                .documents(4 * u64::from(info.doc_freq).min(docs.len() as u64))?;
            let mut postings = inverted
                .read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
            let mut rest = docs;
            while let Some(doc) = rest.first() {
                let found = if postings.doc() < *doc {
                    postings.seek(*doc)
                } else {
                    postings.doc()
                };
                if found == TERMINATED {
                    break;
                }
                if found == *doc {
                    postings.positions(&mut here);
                    let moved = here.iter().filter_map(|at| at.checked_sub(offset));
                    places.extend(moved.map(|at| place(found, at)));
                    rest = rest.get(1..).unwrap_or_default();
                } else {
                    rest = docs::leap(rest, found);
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        Ok(places)
    }

    /// Documents in which both sides stand near each other.
    pub(crate) fn near(&self, near: &Near) -> Result<Docs, Error> {
        let left = self.side(near, &near.left, None)?;
        let mut docs: Docs = left.iter().map(|(place, _)| doc_of(*place)).collect();
        docs.dedup();
        let right = self.side(near, &near.right, Some(&docs))?;
        let mut found = Docs::new();
        let (mut lefts, mut rights) = (left.as_slice(), right.as_slice());
        while let (Some((a, _)), Some((b, _))) = (lefts.first(), rights.first()) {
            let doc = doc_of(*a).max(doc_of(*b));
            let (here, rest) =
                lefts.split_at(lefts.partition_point(|(place, _)| doc_of(*place) <= doc));
            let (there, others) =
                rights.split_at(rights.partition_point(|(place, _)| doc_of(*place) <= doc));
            (lefts, rights) = (rest, others);
            let in_doc = |side: &&(Place, u32)| doc_of(side.0) == doc;
            // Every pair: a field has few places of one word, and this counts those that have more.
            self.budget
                .documents(here.len() as u64 * there.len() as u64)?;
            let is_near = here.iter().filter(in_doc).any(|one| {
                there
                    .iter()
                    .filter(in_doc)
                    .any(|other| meets(near, *one, *other))
            });
            if is_near {
                found.push(doc);
            }
        }
        Ok(found)
    }

    /// Where any of the alternatives stands, and how many words it has.
    fn side(
        &self,
        near: &Near,
        alternatives: &[Vec<Matcher>],
        only: Option<&[u32]>,
    ) -> Result<Vec<(Place, u32)>, Error> {
        let mut places = Vec::new();
        for words in alternatives {
            let length = u32::try_from(words.len()).unwrap_or(u32::MAX);
            let phrase = Phrase {
                access: near.access,
                field: near.field,
                words: words.clone(),
            };
            places.extend(
                self.places(&phrase, only)?
                    .into_iter()
                    .map(|place| (place, length)),
            );
        }
        places.sort_unstable();
        Ok(places)
    }
}

/// Whether two places are as far apart as is asked. Places that overlap are no pair.
fn meets(near: &Near, left: (Place, u32), right: (Place, u32)) -> bool {
    let span =
        |(place, length): (Place, u32)| (at_of(place), at_of(place).saturating_add(length - 1));
    let ((left_from, left_to), (right_from, right_to)) = (span(left), span(right));
    let words = if left_to < right_from {
        right_from - left_to
    } else if right_to < left_from && !near.proximity.ordered {
        left_from - right_to
    } else {
        return false;
    };
    let fields = (left_from / FIELD_STRIDE).abs_diff(right_from / FIELD_STRIDE);
    let distance = match near.proximity.unit {
        query::Unit::Element => fields,
        _ if fields > 0 => return false,
        _ => words,
    };
    let bound = near.proximity.distance;
    match near.proximity.relation {
        Relation::Less => distance < bound,
        Relation::LessOrEqual => distance <= bound,
        Relation::Greater => distance > bound,
        Relation::GreaterOrEqual => distance >= bound,
        Relation::NotEqual => distance != bound,
        _ => distance == bound,
    }
}

fn common(left: &[Place], right: &[Place]) -> Vec<Place> {
    let mut rights = right.iter().copied().peekable();
    let mut common = Vec::new();
    for place in left {
        while rights.next_if(|other| other < place).is_some() {}
        if rights.peek() == Some(place) {
            common.push(*place);
        }
    }
    common
}
