//! Two signatures: the same document, doubtful, or different.
//!
//! First what parts for good: kind, volume, carrier. Then numbers, which join if the title does
//! not speak against it, and part if both have one and none is shared. What is left is weighed:
//! title, people, year, publisher and size together.

use crate::{Kind, Signature, Verdict, Why, distance::within, person, publisher};

/// From here on a description joins.
const SAME: i32 = 850;
/// From here on a person should look.
const DOUBTFUL: i32 = 700;

/// Whether two records describe one document. The order does not matter.
pub fn compare(a: &Signature, b: &Signature) -> Verdict {
    if a.kind != b.kind {
        return other_kind(a, b);
    }
    if !a.volume.is_empty() && !b.volume.is_empty() && a.volume != b.volume {
        return Verdict::Different(Why::OtherVolume);
    }
    if !a.carrier.is_empty() && !b.carrier.is_empty() && a.carrier != b.carrier {
        return Verdict::Different(Why::OtherCarrier);
    }
    let title = titles(a, b);
    if let Some(why) = shared_number(a, b) {
        return by_number(a, b, why, title);
    }
    if numbers_part(a, b) {
        return Verdict::Different(Why::OtherNumber);
    }
    if title == Titles::Other {
        return Verdict::Different(Why::OtherTitle);
    }
    if shared(&a.isbn, &b.wrong_isbn)
        || shared(&a.wrong_isbn, &b.isbn)
        || shared(&a.wrong_isbn, &b.wrong_isbn)
    {
        return Verdict::Same(Why::IsbnDigit);
    }
    weigh(a, b, title)
}

/// A source that labels a large print as a book is wrong often enough for a person to look.
fn other_kind(a: &Signature, b: &Signature) -> Verdict {
    let books = |signature: &Signature| matches!(signature.kind, Kind::Text | Kind::LargePrint);
    let one = books(a) && books(b) && a.volume == b.volume && titles(a, b) != Titles::Other;
    match shared_number(a, b) {
        Some(why) if one => Verdict::Doubtful {
            score: 900,
            why: vec![why, Why::OtherKind],
        },
        _ => Verdict::Different(Why::OtherKind),
    }
}

fn by_number(a: &Signature, b: &Signature, why: Why, title: Titles) -> Verdict {
    // The ISBN of a set stands in the records of its volumes as well.
    let of_set = a.volume != b.volume && title != Titles::Equal && !a.cut && !b.cut;
    if of_set && matches!(why, Why::Isbn | Why::Ean) {
        return Verdict::Doubtful {
            score: 850,
            why: vec![why, Why::VolumeMissing],
        };
    }
    if title != Titles::Other {
        return Verdict::Same(why);
    }
    // A number typed wrong is another document's, some publishers give one to a whole series, and a
    // magazine keeps its ISSN in the records of its forerunners.
    match why {
        Why::Bnf => Verdict::Same(why),
        _ => Verdict::Doubtful {
            score: 800,
            why: vec![why, Why::OtherTitle],
        },
    }
}

fn shared_number(a: &Signature, b: &Signature) -> Option<Why> {
    if shared(&a.bnf, &b.bnf) {
        Some(Why::Bnf)
    } else if shared(&a.isbn, &b.isbn) {
        Some(Why::Isbn)
    } else if shared(&a.ean, &b.ean) {
        Some(Why::Ean)
    } else if shared(&a.issn, &b.issn) {
        Some(Why::Issn)
    } else if shared(&a.commercial, &b.commercial) && publisher::alike(&a.publisher, &b.publisher) {
        Some(Why::Commercial)
    } else {
        None
    }
}

/// Both have a number of one kind, and none is shared. Commercial numbers part nothing: libraries
/// copy now one, now another of those on the box.
fn numbers_part(a: &Signature, b: &Signature) -> bool {
    fn part<T>(a: &[T], b: &[T]) -> bool {
        !a.is_empty() && !b.is_empty()
    }
    part(&a.bnf, &b.bnf) || part(&a.isbn, &b.isbn) || part(&a.ean, &b.ean) || part(&a.issn, &b.issn)
}

fn shared<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.iter().any(|value| b.contains(value))
}

/// Title, people, year, publisher, size: each gives or takes points.
fn weigh(a: &Signature, b: &Signature, title: Titles) -> Verdict {
    let mut scale = Scale::default();
    match title {
        Titles::Equal => scale.add(400, Why::Title),
        Titles::Near => scale.add(370, Why::TitleNear),
        Titles::Under | Titles::Other => scale.add(200, Why::TitleNear),
    }
    if a.volume != b.volume {
        scale.add(if a.cut || b.cut { -60 } else { -200 }, Why::VolumeMissing);
    }
    if parts_differ(&a.rest, &b.rest) || parts_differ(&a.part, &b.part) {
        scale.add(-250, Why::OtherSubtitle);
    }
    if a.language != b.language && !a.language.is_empty() && !b.language.is_empty() {
        scale.add(-300, Why::OtherLanguage);
    }
    match people(a, b) {
        Some(true) => scale.add(200, Why::People),
        Some(false) => scale.add(-250, Why::OtherPeople),
        None => scale.pass(80),
    }
    match (a.year, b.year) {
        (0, _) | (_, 0) => scale.pass(40),
        (a, b) if a == b => scale.add(150, Why::Year),
        (a, b) if a.abs_diff(b) == 1 => scale.add(80, Why::YearNear),
        _ => scale.add(-300, Why::OtherYear),
    }
    if a.publisher.is_empty() || b.publisher.is_empty() {
        scale.pass(40);
    } else if publisher::alike(&a.publisher, &b.publisher) {
        scale.add(150, Why::Publisher);
    } else {
        scale.add(-250, Why::OtherPublisher);
    }
    match sizes(a, b) {
        Some(true) => scale.add(120, Why::Size),
        Some(false) => scale.add(-250, Why::OtherSize),
        None => {}
    }
    scale.verdict()
}

/// What speaks for and against, and how much.
#[derive(Default)]
struct Scale {
    score: i32,
    why: Vec<Why>,
    /// The heaviest objection.
    against: Option<(i32, Why)>,
}

impl Scale {
    fn add(&mut self, points: i32, why: Why) {
        self.score += points;
        self.why.push(why);
        if points < 0 && self.against.is_none_or(|(heaviest, _)| points < heaviest) {
            self.against = Some((points, why));
        }
    }

    /// Nothing is said: some points, so that what is short is not different.
    const fn pass(&mut self, points: i32) {
        self.score += points;
    }

    fn verdict(self) -> Verdict {
        if self.score >= SAME {
            return Verdict::Same(Why::Description);
        }
        if self.score >= DOUBTFUL {
            return Verdict::Doubtful {
                score: u16::try_from(self.score.min(1000)).unwrap_or(0),
                why: self.why,
            };
        }
        Verdict::Different(self.against.map_or(Why::TooLittle, |(_, why)| why))
    }
}

/// How near two titles are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Titles {
    Equal,
    Near,
    /// One is the title of the volume, the other of its set: enough beside a number, too little
    /// without.
    Under,
    Other,
}

fn titles(a: &Signature, b: &Signature) -> Titles {
    let (left, right) = (compact(&a.title), compact(&b.title));
    if left == right {
        return if left.is_empty() {
            Titles::Other
        } else {
            Titles::Equal
        };
    }
    if near(&left, &right) || continued(a, &left, b, &right) || continued(b, &right, a, &left) {
        return Titles::Near;
    }
    // One catalogues the volume under its own title, the other under the set's.
    let under = |title: &str, part: &str, set: &str| {
        let (part, set) = (compact(part), compact(set));
        !part.is_empty() && part == title || !set.is_empty() && set == title
    };
    if under(&left, &b.part, &b.set) || under(&right, &a.part, &a.set) {
        return Titles::Under;
    }
    Titles::Other
}

/// A slip of the fingers or two. A number that differs is no slip: `6e` is not `5e`.
fn near(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    let limit = match shorter {
        0..=5 => return false,
        6..=11 => 1,
        _ => 2,
    };
    within(a, b, limit) && numerals(a).eq(numerals(b))
}

fn numerals(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

/// `short` was cut, or the other has more behind a full stop or in its subtitle.
fn continued(a: &Signature, short: &str, b: &Signature, long: &str) -> bool {
    if a.cut && short.len() > 20 {
        let whole = format!("{long}{}", compact(&b.rest));
        let (head, _) = whole.split_at(whole.floor_char_boundary(short.len()));
        return head == short || within(head, short, 2) && numerals(head).eq(numerals(short));
    }
    let rest = compact(&a.rest);
    !rest.is_empty() && long.strip_prefix(short) == Some(rest.as_str())
}

/// Both say something, and neither goes on from the other.
fn parts_differ(a: &str, b: &str) -> bool {
    let (a, b) = (compact(a), compact(b));
    !a.is_empty() && !b.is_empty() && !a.starts_with(&b) && !b.starts_with(&a) && !near(&a, &b)
}

/// Whether somebody is in both; `None` if one does not say.
fn people(a: &Signature, b: &Signature) -> Option<bool> {
    let in_statement = |people: &[String], statement: &str| {
        people.iter().any(|person| {
            let surname = person::surname(person);
            !surname.is_empty() && format!(" {statement} ").contains(&format!(" {surname} "))
        })
    };
    match (a.people.is_empty(), b.people.is_empty()) {
        (false, false) => Some(
            a.people
                .iter()
                .any(|person| b.people.iter().any(|other| person::alike(person, other))),
        ),
        (true, false) if !a.responsible.is_empty() => Some(in_statement(&b.people, &a.responsible)),
        (false, true) if !b.responsible.is_empty() => Some(in_statement(&a.people, &b.responsible)),
        (true, true) if !a.responsible.is_empty() && a.responsible == b.responsible => Some(true),
        _ => None,
    }
}

/// Whether pages, minutes and number of discs agree; `None` if one does not say, or they are so
/// near that people may have counted otherwise.
fn sizes(a: &Signature, b: &Signature) -> Option<bool> {
    fn agree(a: u16, b: u16, near: u16) -> Option<bool> {
        match a.abs_diff(b) {
            _ if a == 0 || b == 0 => None,
            0 => Some(true),
            apart if apart <= near => None,
            _ => Some(false),
        }
    }
    match a.kind {
        Kind::Film => agree(a.minutes, b.minutes, 1),
        // A game has no author, but its console is always named.
        Kind::Game => (!a.carrier.is_empty() && a.carrier == b.carrier).then_some(true),
        // One disc is what nearly all have.
        Kind::Music => agree(a.units, b.units, 0).filter(|agree| !agree),
        _ => agree(
            a.pages,
            b.pages,
            if a.pages.min(b.pages) > 150 { 2 } else { 0 },
        )
        .or_else(|| agree(a.units, b.units, 0)),
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|char| *char != ' ').collect()
}
