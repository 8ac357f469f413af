//! Two records: one document, or not, or a person has to look.

use crate::{
    Kind, Signature, Why, people, publisher,
    title::{Compared, Likeness, likeness},
};

/// What comes of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One document.
    Same(Why),
    /// It may be one: how much speaks for it, up to 1000, and what against it.
    Doubtful {
        /// Up to 1000.
        score: u16,
        /// What is missing or does not fit.
        why: Vec<Why>,
    },
    /// Two documents.
    Different(Why),
}

/// From so many points on it is one document.
const SAME: i32 = 850;
/// From so many points on a person should look.
const DOUBTFUL: i32 = 700;

/// Compares two records. The order does not matter.
pub fn compare(one: &Signature, other: &Signature) -> Verdict {
    if let Some(why) = never(one, other) {
        return Verdict::Different(why);
    }
    let titles = likeness(&compared(one), &compared(other));
    if let Some(why) = same_number(one, other) {
        return numbered(one, other, titles, why);
    }
    if apart(&one.isbns, &other.isbns) {
        return Verdict::Different(Why::OtherIsbn);
    }
    if apart(&one.eans, &other.eans) {
        return Verdict::Different(Why::OtherEan);
    }
    if apart(&one.issns, &other.issns) {
        return Verdict::Different(Why::OtherIssn);
    }
    described(one, other, titles)
}

fn compared(signature: &Signature) -> Compared<'_> {
    Compared {
        core: &signature.title,
        rest: &signature.rest,
        cut: signature.cut,
    }
}

/// What two records that are one document never differ in.
fn never(one: &Signature, other: &Signature) -> Option<Why> {
    if one.kind != other.kind {
        return Some(Why::OtherKind);
    }
    if one
        .carrier
        .zip(other.carrier)
        .is_some_and(|(one, other)| one != other)
    {
        return Some(Why::OtherCarrier);
    }
    if !one.system.is_empty() && !other.system.is_empty() && one.system != other.system {
        return Some(Why::OtherCarrier);
    }
    let volumes = one.volume.as_deref().zip(other.volume.as_deref());
    volumes
        .is_some_and(|(one, other)| one != other)
        .then_some(Why::OtherVolume)
}

/// Both have such numbers, and none in common.
fn apart(one: &[String], other: &[String]) -> bool {
    !one.is_empty() && !other.is_empty() && !meet(one, other)
}

fn meet(one: &[String], other: &[String]) -> bool {
    one.iter().any(|number| other.contains(number))
}

fn same_number(one: &Signature, other: &Signature) -> Option<Why> {
    if meet(&one.bnf, &other.bnf) {
        Some(Why::SameBnf)
    } else if meet(&one.isbns, &other.isbns) {
        Some(Why::SameIsbn)
    } else if meet(&one.eans, &other.eans) {
        Some(Why::SameEan)
    } else if meet(&one.issns, &other.issns) {
        Some(Why::SameIssn)
    } else {
        None
    }
}

/// A number is strong, and wrong now and then: a set's is on each of its volumes, a publisher uses one twice.
fn numbered(one: &Signature, other: &Signature, titles: Likeness, why: Why) -> Verdict {
    let unsaid = one.volume.is_some() != other.volume.is_some();
    let fits = described_points(one, other, titles);
    if matches!(titles, Likeness::Apart | Likeness::Other) {
        return Verdict::Doubtful {
            score: 600,
            why: vec![Why::TitlesApart],
        };
    }
    if !one.part.is_empty()
        && !other.part.is_empty()
        && strsim::osa_distance(&one.part, &other.part) > 2
        && fits < SAME
    {
        return Verdict::Doubtful {
            score: 600,
            why: vec![Why::OtherPart],
        };
    }
    // A record of the set beside one of its volumes.
    let extents = one.extent.zip(other.extent);
    if unsaid && extents.is_some_and(|(one, other)| one.abs_diff(other) > 2) {
        return Verdict::Doubtful {
            score: 650,
            why: vec![Why::VolumeUnsaid],
        };
    }
    Verdict::Same(why)
}

/// Without a number in common: what the description says.
fn described(one: &Signature, other: &Signature, titles: Likeness) -> Verdict {
    if matches!(
        titles,
        Likeness::Apart | Likeness::Other | Likeness::Related
    ) {
        return Verdict::Different(Why::OtherTitle);
    }
    let years = one
        .year
        .zip(other.year)
        .map(|(one, other)| one.abs_diff(other));
    if years.is_some_and(|apart| apart > 1) && one.kind != Kind::Serial {
        return Verdict::Different(Why::OtherYear);
    }
    let points = described_points(one, other, titles);
    let mut why = objections(one, other);
    let unsaid = one.volume.is_some() != other.volume.is_some();
    if unsaid {
        why.insert(0, Why::VolumeUnsaid);
    }
    let points = points - if unsaid { 250 } else { 0 };
    // A film or an album is issued again and again under one title, and only its number tells the issues apart.
    let issue_unsaid = matches!(one.kind, Kind::Film | Kind::Music)
        && (one.eans.is_empty() || other.eans.is_empty())
        && one.minutes.zip(other.minutes).is_none();
    if issue_unsaid && points >= DOUBTFUL {
        return Verdict::Doubtful {
            score: 840,
            why: vec![Why::IssueUnsaid],
        };
    }
    match points {
        SAME.. => Verdict::Same(Why::SameDescription),
        points @ DOUBTFUL.. => {
            if why.is_empty() {
                why.push(Why::LittleSaid);
            }
            Verdict::Doubtful {
                score: u16::try_from(points).unwrap_or(0),
                why,
            }
        }
        _ => Verdict::Different(why.first().copied().unwrap_or(Why::LittleSaid)),
    }
}

/// What agrees, less what does not; up to 1050.
fn described_points(one: &Signature, other: &Signature, titles: Likeness) -> i32 {
    let mut points = match titles {
        Likeness::Same => 400,
        Likeness::Begins => 350,
        Likeness::Near => 310,
        Likeness::Related => 100,
        Likeness::Other | Likeness::Apart => 0,
    };
    // Volumes of a series have one publisher, one size, and often two spellings of its name that are two series.
    if titles == Likeness::Near && one.volume.is_some() {
        points -= 120;
    }
    points += match people::agree(
        (&one.names, &one.statement),
        (&other.names, &other.statement),
    ) {
        Some(true) => 150,
        Some(false) => -300,
        None => 50,
    };
    points += match one.publisher.as_deref().zip(other.publisher.as_deref()) {
        Some((one, other)) if publisher::same(one, other) => 150,
        Some(_) => -150,
        None => 0,
    };
    points += match one
        .year
        .zip(other.year)
        .map(|(one, other)| one.abs_diff(other))
    {
        Some(0) => 150,
        Some(1) => 30,
        Some(_) => -300,
        None => 0,
    };
    points += played_or_read(one, other);
    if !one.rest.is_empty() && !other.rest.is_empty() && one.rest != other.rest {
        let shared = one
            .rest
            .split(' ')
            .any(|word| word.len() > 3 && other.rest.split(' ').any(|other| other == word));
        points -= if shared { 20 } else { 150 };
    }
    if !one.part.is_empty()
        && !other.part.is_empty()
        && strsim::osa_distance(&one.part, &other.part) > 2
    {
        points -= 400;
    }
    points
}

/// How much of it there is. Pages tell editions apart; that a film is on one disc says nothing, and how long it plays
/// says what pages do.
fn played_or_read(one: &Signature, other: &Signature) -> i32 {
    let apart = |one: Option<u32>, other: Option<u32>| {
        one.zip(other).map(|(one, other)| one.abs_diff(other))
    };
    let extent = apart(one.extent, other.extent);
    if matches!(one.kind, Kind::Film | Kind::Music | Kind::Computer) {
        let played = match apart(one.minutes, other.minutes) {
            Some(0..=1) => 150,
            Some(_) => -400,
            None => 0,
        };
        let system = !one.system.is_empty() && one.system == other.system;
        return played + if system { 100 } else { 0 }
            - if extent.is_some_and(|apart| apart > 0) {
                150
            } else {
                0
            };
    }
    match extent {
        Some(0) => 200,
        Some(1..=2) => 50,
        Some(_) => -400,
        None => 0,
    }
}

/// What does not agree, the weightiest first.
fn objections(one: &Signature, other: &Signature) -> Vec<Why> {
    let mut why = Vec::new();
    if one
        .extent
        .zip(other.extent)
        .is_some_and(|(one, other)| one.abs_diff(other) > 2)
    {
        why.push(Why::OtherExtent);
    }
    if people::agree(
        (&one.names, &one.statement),
        (&other.names, &other.statement),
    ) == Some(false)
    {
        why.push(Why::OtherAuthor);
    }
    if one
        .publisher
        .as_deref()
        .zip(other.publisher.as_deref())
        .is_some_and(|(one, other)| !publisher::same(one, other))
    {
        why.push(Why::OtherPublisher);
    }
    if one
        .year
        .zip(other.year)
        .is_some_and(|(one, other)| one != other)
    {
        why.push(Why::OtherYear);
    }
    why
}
