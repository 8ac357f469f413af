//! Who reads where: some adults, families, classes and homes at each branch.

use jiff::civil::Date;

use crate::crowd::Crowd;
use crate::library::{LIBRARIES, Library, Size};
use crate::sketch::Sketch;
use crate::special::special;

const CLASSES: [&str; 5] = [
    "Classe de CP de l'École de l'Exemple",
    "Classe de CE2 de l'École de l'Exemple",
    "Classe de CM2 de l'École imaginaire",
    "Classe de 6e du Collège fictif",
    "Petite section de la Maternelle fictive",
];

const HOMES: [&str; 4] = [
    "Crèche fictive « Les Petits Folios »",
    "EHPAD fictif « Le Grand Caractère »",
    "Centre social fictif « La Marge »",
    "Relais fictif d'assistantes maternelles « L'Alinéa »",
];

/// Everybody.
pub(crate) fn people(today: Date) -> Crowd {
    let mut crowd = Crowd::new(today);
    for library in &LIBRARIES {
        settle(&mut crowd, library);
        special(&mut crowd, library, today);
    }
    crowd
}

/// The readers that every branch has, by its size.
fn settle(crowd: &mut Crowd, library: &Library) {
    let (free, alone) = match library.size {
        Size::Large => (6, 2),
        Size::Medium => (2, 1),
        Size::Small => (2, 1),
    };
    for _ in 0..free {
        crowd.add(library, Sketch::adult());
    }
    for _ in 0..alone {
        crowd.add(library, Sketch::borrower("ADU"));
    }
    match library.size {
        Size::Large => {
            family(crowd, library, 2, &["ADO", "ENF"]);
            family(crowd, library, 1, &["ENF"]);
        }
        Size::Medium => family(crowd, library, 1, &["ADO", "ENF"]),
        Size::Small if library.number.is_multiple_of(2) => family(crowd, library, 1, &["ADO"]),
        Size::Small => family(crowd, library, 1, &["ENF"]),
    }
    if library.size == Size::Large {
        class(crowd, library);
        home(crowd, library);
    } else {
        one_more(crowd, library);
    }
}

/// One reader, or a group and its contact, of a kind that goes round among the branches.
fn one_more(crowd: &mut Crowd, library: &Library) {
    match (library.size, library.number % 4) {
        (Size::Medium, 0) => class(crowd, library),
        (Size::Medium, 1) | (Size::Small, 3) => home(crowd, library),
        (_, 2) => {
            crowd.add(library, Sketch::borrower("POR"));
        }
        (Size::Small, _) => {
            crowd.add(library, Sketch::borrower("PRO"));
        }
        _ => {
            crowd.add(library, Sketch::borrower("TMP"));
        }
    }
}

/// Parents and children of one name in one household; the first parent answers for the children.
fn family(crowd: &mut Crowd, library: &Library, parents: u32, children: &[&'static str]) {
    let family = crowd.family();
    let parent = Sketch::borrower("ADU").aged(28, 52).of(family);
    let guarantor = crowd.add(library, parent.clone());
    for _ in 1..parents {
        crowd.add(library, parent.clone());
    }
    for category in children {
        let child = Sketch::borrower(category).of(family);
        crowd.add(library, child.answered_for_by(guarantor.clone()));
    }
}

/// A class, and the teacher who answers for it.
fn class(crowd: &mut Crowd, library: &Library) {
    let teacher = crowd.add(library, Sketch::borrower("PRO"));
    if let Some(name) = CLASSES.get(usize::from(library.number) % CLASSES.len()) {
        crowd.add(library, Sketch::group("CLA", name, teacher));
    }
}

/// A nursery, a home or a social centre, and the adult who answers for it.
fn home(crowd: &mut Crowd, library: &Library) {
    let contact = crowd.add(library, Sketch::borrower("ADU"));
    if let Some(name) = HOMES.get(usize::from(library.number) % HOMES.len()) {
        crowd.add(library, Sketch::group("COL", name, contact));
    }
}
