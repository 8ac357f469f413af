//! Three hundred records of few words, so that questions meet them.

use marc::{DataField, Leader, Record};
use relire_catalogue::{Copy, Document};

#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) bib: i64,
    pub(crate) title: String,
    pub(crate) subtitle: Option<String>,
    pub(crate) authors: Vec<(&'static str, &'static str)>,
    pub(crate) subjects: Vec<&'static str>,
    pub(crate) year: Option<u16>,
    pub(crate) isbn: Option<String>,
    pub(crate) branch: &'static str,
    pub(crate) note: Option<String>,
}

pub(crate) const WORDS: &[&str] = &[
    "dune",
    "Été",
    "l'amour",
    "chevaux",
    "cheval",
    "petit",
    "petite",
    "prince",
    "Grand-père",
    "mer",
    "bateaux",
    "C++",
    "S.F.",
    "1984",
    "de",
    "la",
    "les",
    "cœur",
    "naïve",
    "dunes",
];
const AUTHORS: &[(&str, &str)] = &[
    ("Hugo", "Victor"),
    ("Herbert", "Frank"),
    ("Sand", "George"),
    ("Tolkien", "J. R. R."),
    ("Petit", "Xavier"),
];
const SUBJECTS: &[&str] = &[
    "Chevaux",
    "Amour",
    "Science-fiction",
    "Mer Méditerranée",
    "Grands-pères",
];
const BRANCHES: &[&str] = &["LENS", "LIEV", "AVIO"];

/// Numbers without a pattern that a question could follow, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }

    fn text(&mut self, most: usize) -> String {
        let count = 1 + self.roll(most);
        (0..count)
            .map(|_| self.pick(WORDS))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

pub(crate) fn books(count: i64) -> Vec<Book> {
    let mut dice = Dice(20_251_215);
    (1..=count)
        .map(|bib| Book {
            bib,
            title: dice.text(4),
            subtitle: (dice.roll(3) == 0).then(|| dice.text(3)),
            authors: (0..dice.roll(3)).map(|_| dice.pick(AUTHORS)).collect(),
            subjects: (0..dice.roll(3)).map(|_| dice.pick(SUBJECTS)).collect(),
            year: (dice.roll(8) > 0).then(|| 1980 + dice.roll(30) as u16),
            isbn: (dice.roll(2) == 0).then(|| format!("978-2-07-{:06}-{}", bib * 37, bib % 10)),
            branch: dice.pick(BRANCHES),
            note: (dice.roll(2) == 0).then(|| dice.text(12)),
        })
        .collect()
}

pub(crate) fn document(book: &Book) -> Document {
    let mut record = Record::new(Leader::UNIMARC);
    if let Some(isbn) = &book.isbn {
        record.push(DataField::new(b"010", b"  ").with(b'a', isbn.clone()));
    }
    let mut title = DataField::new(b"200", b"1 ").with(b'a', book.title.clone());
    if let Some(subtitle) = &book.subtitle {
        title.push(b'e', subtitle.clone());
    }
    record.push(title);
    if let Some(year) = book.year {
        record.push(DataField::new(b"210", b"  ").with(b'd', format!("cop. {year}")));
    }
    if let Some(note) = &book.note {
        record.push(DataField::new(b"300", b"  ").with(b'a', note.clone()));
    }
    for subject in &book.subjects {
        record.push(DataField::new(b"606", b"  ").with(b'a', *subject));
    }
    for (family, given) in &book.authors {
        record.push(
            DataField::new(b"700", b" 1")
                .with(b'a', *family)
                .with(b'b', *given),
        );
    }
    let copy = Copy {
        branch: book.branch.to_owned(),
        ..Copy::default()
    };
    let changed = jiff::Timestamp::from_second(1_700_000_000 + 86_400 * book.bib).unwrap();
    Document {
        bib: book.bib,
        record,
        others: vec![],
        copies: vec![copy],
        changed,
    }
}
