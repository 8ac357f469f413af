//! Where a record belongs among the bibs that share a key with it.

use std::cmp::Reverse;

use crate::{Signature, Verdict, Why, compare};

/// Where a record belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement<Id> {
    /// The bib to join. `None`: it is a bib of its own.
    pub join: Option<Id>,
    /// Bibs that this record shows to be the same document as `join`: none of their records is
    /// different from any of the others.
    pub also: Vec<Id>,
    /// For a work list, the likeliest first: a bib that may be the same document, how near it is
    /// (0 to 1000), and what speaks for and against.
    pub doubts: Vec<(Id, u16, Vec<Why>)>,
}

/// Doubts that are told: more would not be read.
const DOUBTS: usize = 5;
/// The score of bibs that fit as well as each other.
const SEVERAL: u16 = 900;

/// Places a record. `candidates` are the bibs that share a key with it, each with the signatures
/// of all its records; their order does not matter.
///
/// It joins a bib if it is the same document as one of its records and different from none. A bib
/// whose number it shares goes before one that is only described alike. If several are as good
/// and cannot all be one, it joins none, and they are doubts.
///
/// # The second look
///
/// A record without a number joins what fits when it comes; what comes later may fit as well. So
/// when a whole source is in, whoever imports places each record that is not
/// [`Signature::is_numbered`] once more, its own bib among the candidates without itself: what
/// now fits several documents is taken out, to be looked at by a person. Most wrong joins are
/// undone so, and the order of sources hardly matters any more (figures: docs/union.md).
pub fn place<'a, Id: Copy + Ord>(
    new: &Signature,
    candidates: impl IntoIterator<Item = (Id, &'a [Signature])>,
) -> Placement<Id> {
    let mut fits = Vec::new();
    let mut doubts = Vec::new();
    for (bib, members) in candidates {
        match relate(new, members) {
            Verdict::Same(why) => fits.push(Fit {
                bib,
                members,
                by_number: why != Why::Description,
            }),
            Verdict::Doubtful { score, why } => doubts.push((bib, score, why)),
            Verdict::Different(_) => {}
        }
    }
    fits.sort_by_key(|fit| (!fit.by_number, fit.bib));
    let (join, also) = choose(&fits, &mut doubts);
    doubts.sort_by_key(|(bib, score, _)| (Reverse(*score), *bib));
    doubts.truncate(DOUBTS);
    Placement { join, also, doubts }
}

struct Fit<'a, Id> {
    bib: Id,
    members: &'a [Signature],
    by_number: bool,
}

/// One record against all records of a bib.
fn relate(new: &Signature, members: &[Signature]) -> Verdict {
    let mut same: Option<Why> = None;
    let mut doubt: Option<(u16, Vec<Why>)> = None;
    let mut different: Option<Why> = None;
    for member in members {
        match compare(new, member) {
            Verdict::Same(why) => same = Some(same.map_or(why, |known| known.min(why))),
            Verdict::Doubtful { score, why } => {
                if doubt.as_ref().is_none_or(|(best, _)| score > *best) {
                    doubt = Some((score, why));
                }
            }
            Verdict::Different(why) => different = different.or(Some(why)),
        }
    }
    match (same, doubt, different) {
        (Some(why), _, None) => Verdict::Same(why),
        // A number that says one thing and a record that says the other.
        (Some(why), _, Some(against)) if why != Why::Description && !parts(against) => {
            Verdict::Same(why)
        }
        (Some(why), _, Some(against)) if why != Why::Description => Verdict::Doubtful {
            score: 850,
            why: vec![why, Why::Conflict, against],
        },
        (_, _, Some(against)) => Verdict::Different(against),
        (None, Some((score, why)), None) => Verdict::Doubtful { score, why },
        (None, None, None) => Verdict::Different(Why::TooLittle),
    }
}

/// Objections that part for good. The others are about how well a description fits, and a number
/// weighs more.
const fn parts(why: Why) -> bool {
    matches!(
        why,
        Why::OtherVolume | Why::OtherKind | Why::OtherCarrier | Why::OtherNumber
    )
}

fn choose<Id: Copy + Ord>(
    fits: &[Fit<'_, Id>],
    doubts: &mut Vec<(Id, u16, Vec<Why>)>,
) -> (Option<Id>, Vec<Id>) {
    let Some((first, others)) = fits.split_first() else {
        return (None, Vec::new());
    };
    let mut joined = vec![first];
    let mut rivals = Vec::new();
    for other in others {
        if joined
            .iter()
            .all(|fit| compatible(fit.members, other.members))
        {
            joined.push(other);
        } else {
            rivals.push(other);
        }
    }
    // What is only described alike gives way to a number.
    rivals.retain(|rival| rival.by_number == first.by_number);
    if rivals.is_empty() {
        let also = joined.iter().skip(1).map(|fit| fit.bib).collect();
        return (Some(first.bib), also);
    }
    doubts.extend(
        joined
            .into_iter()
            .chain(rivals)
            .map(|fit| (fit.bib, SEVERAL, vec![Why::Several])),
    );
    (None, Vec::new())
}

/// No record of one is different from any of the other.
fn compatible(a: &[Signature], b: &[Signature]) -> bool {
    a.iter().all(|one| {
        b.iter().all(|other| match compare(one, other) {
            Verdict::Different(why) => !parts(why),
            _ => true,
        })
    })
}
