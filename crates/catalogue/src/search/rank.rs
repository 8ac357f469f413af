//! The likeliest first.
//!
//! A record's score is the sum of what speaks for it (see [`super::signals`]), a little more with
//! many copies, a little less the later a volume it is. Whole title before phrase before words;
//! title before name before subject before notes. It ranks what was found and finds nothing itself.

use std::{cmp::Ordering, ops::ControlFlow};

use query::{AccessPoint, Node};
use tantivy::{Searcher, SegmentReader, Term, schema::IndexRecordOption};

use super::{
    Found, Hit,
    budget::Budget,
    docs,
    find::{Finder, blocks},
    number,
    signals::{Signal, signals},
};
use crate::{
    Catalogue, Error,
    schema::{COPIES, VOLUME},
};

/// Ranked record before its number is known.
struct Scored {
    score: f32,
    segment: usize,
    doc: u32,
}

/// So many of the best.
pub(crate) fn best(
    catalogue: &Catalogue,
    searcher: &Searcher,
    node: &Node,
    found: &[Found],
    wanted: usize,
) -> Result<Vec<Hit>, Error> {
    let signals = signals(node, catalogue.fields());
    let rarities = signals
        .iter()
        .map(|signal| rarity(catalogue, searcher, signal))
        .collect::<Result<Vec<_>, _>>()?;
    let mut all = Vec::new();
    for found in found {
        let reader = searcher.segment_reader(number(found.segment));
        let scores = scores(catalogue, reader, &found.docs, &signals, &rarities)?;
        let scored = found.docs.iter().zip(scores);
        all.extend(scored.map(|(doc, score)| Scored {
            score,
            segment: found.segment,
            doc: *doc,
        }));
    }
    let descending = |a: &Scored, b: &Scored| b.score.total_cmp(&a.score);
    if wanted < all.len() {
        // Those that are as good as the last one wanted stay, until numbers decide among them.
        let (_, last, _) = all.select_nth_unstable_by(wanted.saturating_sub(1), descending);
        let least = last.score;
        all.retain(|scored| scored.score >= least);
    }
    let columns = (0..searcher.segment_readers().len())
        .map(|segment| catalogue.bibs(searcher.segment_reader(number(segment))))
        .collect::<Result<Vec<_>, _>>()?;
    let hit = |scored: &Scored| {
        let bib = columns.get(scored.segment)?.first(scored.doc)?;
        Some(Hit {
            bib,
            score: scored.score,
        })
    };
    let mut hits: Vec<Hit> = all.iter().filter_map(hit).collect();
    let order =
        |a: &Hit, b: &Hit| -> Ordering { b.score.total_cmp(&a.score).then(a.bib.cmp(&b.bib)) };
    if wanted < hits.len() {
        hits.select_nth_unstable_by(wanted.saturating_sub(1), order);
        hits.truncate(wanted);
    }
    hits.sort_unstable_by(order);
    Ok(hits)
}

/// How much a word tells, by how few records have it anywhere.
fn rarity(catalogue: &Catalogue, searcher: &Searcher, signal: &Signal) -> Result<f32, Error> {
    let Signal::Word {
        access,
        word,
        stemmed,
        ..
    } = signal
    else {
        return Ok(1.0);
    };
    let fields = catalogue.fields();
    let of = if *stemmed {
        &fields.stems
    } else {
        &fields.words
    };
    let Some(field) = of.get(&AccessPoint::Any).or_else(|| of.get(access)) else {
        return Ok(0.0);
    };
    let with = searcher.doc_freq(&Term::from_field_text(*field, word))? as f32;
    let all = (searcher.num_docs() as f32).max(with);
    Ok((1.0 + (all - with + 0.5) / (with + 0.5)).ln())
}

fn scores(
    catalogue: &Catalogue,
    reader: &SegmentReader,
    docs: &[u32],
    signals: &[Signal],
    rarities: &[f32],
) -> Result<Vec<f32>, Error> {
    let mut scores = vec![0.0; docs.len()];
    // Phrases of the signals cost what the question's own did: they are counted apart, and
    // left out where they would cost too much. An order may be worse, an answer not.
    let budget = Budget::default();
    let finder = Finder::new(catalogue, reader, &budget)?;
    for (signal, rarity) in signals.iter().zip(rarities) {
        match signal {
            Signal::Word {
                access,
                word,
                stemmed,
                weight,
            } => {
                let fields = catalogue.fields();
                let of = if *stemmed {
                    &fields.stems
                } else {
                    &fields.words
                };
                if let Some(field) = of.get(access) {
                    word_scores(reader, *field, word, weight * rarity, docs, &mut scores)?;
                }
            }
            Signal::Whole(terms, weight) => {
                let infos = finder.infos(terms.access, terms.field, &terms.matcher)?;
                let inverted = reader.inverted_index(terms.field)?;
                let mut there = Vec::new();
                for info in &infos {
                    super::find::read(&inverted, info, &mut there)?;
                }
                add(&there, *weight, docs, &mut scores);
            }
            Signal::Phrase(phrase, weight) => match finder.phrase(phrase) {
                Ok(there) => add(&there, *weight, docs, &mut scores),
                Err(Error::Question(_)) => {}
                Err(error) => return Err(error),
            },
        }
    }
    let copies = reader.fast_fields().u64(COPIES)?;
    let volumes = reader.fast_fields().u64(VOLUME)?;
    for (doc, score) in docs.iter().zip(&mut scores) {
        let copies = copies.first(*doc).unwrap_or(0) as f32;
        let volume = volumes.first(*doc).unwrap_or(0).min(15) as f32;
        *score = (*score + 0.1) * (1.0 + 0.04 * copies.ln_1p()) * (1.0 - 0.03 * volume);
    }
    Ok(scores)
}

/// Adds to the score of those of `docs` that are there.
fn add(there: &[u32], weight: f32, docs: &[u32], scores: &mut [f32]) {
    let mut rest = docs;
    for doc in there {
        rest = docs::leap(rest, *doc);
        if rest.first() == Some(doc)
            && let Some(score) = scores.get_mut(docs.len() - rest.len())
        {
            *score += weight;
        }
    }
}

/// BM25 with a length where the field keeps it: a word in a title of three tells more than in one
/// of twenty.
fn word_scores(
    reader: &SegmentReader,
    field: tantivy::schema::Field,
    word: &str,
    weight: f32,
    docs: &[u32],
    scores: &mut [f32],
) -> Result<(), Error> {
    let inverted = reader.inverted_index(field)?;
    let Some(info) = inverted.get_term_info(&Term::from_field_text(field, word))? else {
        return Ok(());
    };
    let lengths = if reader.schema().get_field_entry(field).has_fieldnorms() {
        Some(reader.get_fieldnorms_reader(field)?)
    } else {
        None
    };
    let mean = (inverted.total_num_tokens() as f32 / reader.max_doc().max(1) as f32).max(1.0);
    let mut rest = docs;
    let _: ControlFlow<()> = blocks(
        &inverted,
        &info,
        IndexRecordOption::WithFreqs,
        |there, times| {
            for (index, doc) in there.iter().enumerate() {
                rest = docs::leap(rest, *doc);
                match rest.first() {
                    None => return ControlFlow::Break(()),
                    Some(first) if first == doc => {}
                    Some(_) => continue,
                }
                let times = times.get(index).copied().unwrap_or(1).max(1) as f32;
                let length = lengths
                    .as_ref()
                    .map_or(1.0, |lengths| lengths.fieldnorm(*doc) as f32 / mean);
                if let Some(score) = scores.get_mut(docs.len() - rest.len()) {
                    *score += weight * times / (times + 0.6 + 0.6 * length);
                }
            }
            ControlFlow::Continue(())
        },
    )?;
    Ok(())
}
