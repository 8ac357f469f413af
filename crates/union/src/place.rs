//! A record and all that was proposed for it.

use crate::{Signature, Verdict, Why, compare};

/// Where a record belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement<Id> {
    /// The document that it is; `None`: a new one.
    pub join: Option<Id>,
    /// Others that it shows to be the same as that: to be merged with it.
    pub also: Vec<Id>,
    /// Documents that it may be, for a person to look at.
    pub doubts: Vec<Doubt<Id>>,
}

/// A document that a record may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt<Id> {
    /// The document.
    pub bib: Id,
    /// How much speaks for it, up to 1000.
    pub score: u16,
    /// What speaks against it.
    pub why: Vec<Why>,
}

/// What a record is to a document of several records.
enum Fit {
    /// It is one of them: by so many of its records, and whether a number says so.
    Same {
        numbered: bool,
        members: usize,
    },
    Doubtful {
        score: u16,
        why: Vec<Why>,
    },
    /// The one issue that is known, maybe.
    Issue,
    Never,
}

/// Places a record among the documents that its keys proposed, each with the signatures of its records.
///
/// One record of a document that it can never be keeps it out, whatever the others say: so a record that says little does
/// not join two editions. The order of `candidates` does not matter.
pub fn place<'a, Id: Copy + Ord>(
    new: &Signature,
    candidates: impl IntoIterator<Item = (Id, &'a [Signature])>,
) -> Placement<Id> {
    let mut same: Vec<(bool, usize, Id, &'a [Signature])> = Vec::new();
    let (mut doubts, mut issues) = (Vec::new(), Vec::new());
    for (bib, members) in candidates {
        match fit(new, members) {
            Fit::Same {
                numbered,
                members: count,
            } => same.push((numbered, count, bib, members)),
            Fit::Doubtful { score, why } => doubts.push(Doubt { bib, score, why }),
            Fit::Issue => issues.push((bib, members)),
            Fit::Never => {}
        }
    }
    let several = doubts
        .iter()
        .any(|doubt: &Doubt<Id>| doubt.why == [Why::IssueUnsaid]);
    match issues.as_slice() {
        [(bib, members)] if same.is_empty() && !several => {
            same.push((false, members.len(), *bib, members));
        }
        _ => doubts.extend(issues.iter().map(|(bib, _)| Doubt {
            bib: *bib,
            score: 840,
            why: vec![Why::IssueUnsaid],
        })),
    }
    // A number before a description, many records before few, old before new.
    same.sort_by(|one, other| {
        other
            .0
            .cmp(&one.0)
            .then(other.1.cmp(&one.1))
            .then(one.2.cmp(&other.2))
    });
    let mut placement = Placement {
        join: None,
        also: Vec::new(),
        doubts,
    };
    if let Some(((numbered, _, best, members), rest)) = same.split_first() {
        // What only a description says is no reason to choose between two documents that are not one.
        let unsure = !numbered
            && rest
                .iter()
                .any(|(_, _, _, others)| !one_document(members, others));
        if unsure {
            placement
                .doubts
                .extend(same.iter().map(|(_, _, bib, _)| Doubt {
                    bib: *bib,
                    score: 900,
                    why: vec![Why::SeveralFit],
                }));
        } else {
            placement.join = Some(*best);
            for (_, _, bib, others) in rest {
                if one_document(members, others) {
                    placement.also.push(*bib);
                }
            }
        }
    }
    placement
        .doubts
        .sort_by(|one, other| other.score.cmp(&one.score).then(one.bib.cmp(&other.bib)));
    placement
}

fn fit(new: &Signature, members: &[Signature]) -> Fit {
    let (mut numbered, mut same, mut issue, mut gainsaid) = (false, 0, 0, false);
    let mut doubt: Option<(u16, Vec<Why>)> = None;
    for member in members {
        match compare(new, member) {
            Verdict::Same(why) => {
                same += 1;
                numbered |= why != Why::SameDescription;
            }
            Verdict::Doubtful { score, why } => {
                issue += usize::from(why == [Why::IssueUnsaid]);
                if doubt.as_ref().is_none_or(|(best, _)| score > *best) {
                    doubt = Some((score, why));
                }
            }
            Verdict::Different(why) if hard(why) => return Fit::Never,
            Verdict::Different(why) => {
                gainsaid |= matches!(why, Why::OtherExtent | Why::OtherPart);
            }
        }
    }
    match (same, doubt) {
        (1.., _) if gainsaid && !numbered => Fit::Doubtful {
            score: 800,
            why: vec![Why::OtherExtent],
        },
        (1.., _) => Fit::Same {
            numbered,
            members: same,
        },
        (0, Some(_)) if issue >= KNOWN_ISSUE && issue == members.len() => Fit::Issue,
        (0, Some((score, why))) => Fit::Doubtful { score, why },
        (0, None) => Fit::Never,
    }
}

/// From so many libraries on that have one issue of a film or an album, an issue that is not named is taken for it, as
/// long as no other is known.
const KNOWN_ISSUE: usize = 3;

/// Grounds that hold between a record and all records of a document.
const fn hard(why: Why) -> bool {
    matches!(
        why,
        Why::OtherKind
            | Why::OtherCarrier
            | Why::OtherVolume
            | Why::OtherIsbn
            | Why::OtherEan
            | Why::OtherIssn
    )
}

/// Whether two documents may be one: nothing in the one rules out anything in the other.
fn one_document(one: &[Signature], other: &[Signature]) -> bool {
    one.iter().all(|one| {
        other
            .iter()
            .all(|other| !matches!(compare(one, other), Verdict::Different(why) if hard(why)))
    })
}
