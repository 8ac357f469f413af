//! Names of people who cannot exist: the words of books and printing serve as family names.

use crate::random::Random;
use crate::text::ascii;

const FAMILY_NAMES: [&str; 96] = [
    "Abécédaire",
    "Alexandrin",
    "Alinéa",
    "Almanach",
    "Anagramme",
    "Anaphore",
    "Antonomase",
    "Apocryphe",
    "Apostille",
    "Apostrophe",
    "Astérisque",
    "Avant-Propos",
    "Bas-de-Casse",
    "Bibliobus",
    "Bouquiniste",
    "Bristol-Vélin",
    "Brouillon",
    "Buvardine",
    "Cadratin",
    "Calembour",
    "Calligramme",
    "Césure",
    "Cédille",
    "Chapiteau-Livre",
    "Codicille",
    "Colophon",
    "Contrepèterie",
    "Coquille-Corrigée",
    "Corps-Neuf",
    "Cul-de-Lampe",
    "Deux-Points",
    "Didascalie",
    "Diérèse",
    "Dos-Carré",
    "Double-Page",
    "Ébauche",
    "Élision",
    "Encrier",
    "Enluminure",
    "Épigraphe",
    "Épilogue",
    "Erratum",
    "Esperluette",
    "Ex-Libris",
    "Feuilleton",
    "Filigrane",
    "Folioté",
    "Frontispice",
    "Fac-Similé",
    "Glossaire",
    "Gouttière-du-Livre",
    "Guillemet",
    "Haïku",
    "Hémistiche",
    "Hyperbole",
    "Imprimatur",
    "Incipit",
    "Incunable",
    "Index-Général",
    "In-Octavo",
    "In-Quarto",
    "Italique",
    "Lettrine",
    "Liminaire",
    "Lipogramme",
    "Litote",
    "Majuscule",
    "Mise-en-Page",
    "Marginalia",
    "Marque-Page",
    "Métaphore",
    "Minuscule",
    "Mot-Croisé",
    "Nœud-d'Intrigue",
    "Œuvre-Complète",
    "Oxymore",
    "Palimpseste",
    "Palindrome",
    "Parenthèse",
    "Pléonasme",
    "Point-Virgule",
    "Postface",
    "Préface",
    "Prologue",
    "Quatrain",
    "Quatrième-de-Couverture",
    "Reliure",
    "Rez-de-Page",
    "Sommaire",
    "Synecdoque",
    "Tiret-Long",
    "Tome-Second",
    "Tranchefile",
    "Tréma",
    "Trait-d'Union",
    "Virgule",
];

const GIVEN_NAMES: [&str; 64] = [
    "Adèle",
    "Aïcha",
    "Amélie",
    "Anaïs",
    "André",
    "Anne-Sophie",
    "Baptiste",
    "Bénédicte",
    "Bronisława",
    "Camille",
    "Cécile",
    "Chloé",
    "Clément",
    "Daniel",
    "Denise",
    "Édith",
    "Élodie",
    "Émile",
    "Fatima",
    "Félix",
    "François",
    "Françoise",
    "Gaëlle",
    "Gaëtan",
    "Geneviève",
    "Gérard",
    "Héloïse",
    "Hélène",
    "Inès",
    "Jean-François",
    "Jérôme",
    "Joëlle",
    "Kévin",
    "Léa",
    "Loïc",
    "Łucja",
    "Lætitia",
    "Maëlle",
    "Marguerite",
    "Marie-Thérèse",
    "Mehdi",
    "Michaël",
    "Nadia",
    "Nicolas",
    "Noé",
    "Noël",
    "Océane",
    "Pauline",
    "Quentin",
    "Raphaël",
    "Rémi",
    "Romane",
    "Salomé",
    "Sébastien",
    "Stanisław",
    "Stéphane",
    "Thaïs",
    "Théo",
    "Ulysse",
    "Valérie",
    "Wanda",
    "Yasmine",
    "Zélie",
    "Zoé",
];

const STREETS: [&str; 10] = [
    "rue de l'Exemple",
    "allée du Marque-Page",
    "place de la Page blanche",
    "chemin des Écoliers imaginaires",
    "impasse du Point final",
    "rue de la Fiction",
    "boulevard des Notes de bas de page",
    "sentier de l'Encre sympathique",
    "rue du Douzième Chapitre",
    "cour de la Démonstration",
];

/// A family name; the same number gives the same name.
pub(crate) fn family_name(number: u32) -> &'static str {
    let place = number as usize % FAMILY_NAMES.len();
    FAMILY_NAMES
        .get(place)
        .expect("a remainder is below the length")
}

/// A given name.
pub(crate) fn given_name(random: &mut Random) -> &'static str {
    random.pick(&GIVEN_NAMES).expect("the list is not empty")
}

/// An address in a town that does not exist.
pub(crate) fn address(random: &mut Random) -> String {
    let house = random.between(1, 120);
    let street = random.pick(&STREETS).expect("the list is not empty");
    format!("{house} {street}, 00000 Ville-Fictive")
}

/// A number in 01 99 00, a block that the French regulator keeps for fiction.
pub(crate) fn phone(serial: u32) -> String {
    format!("019900{:04}", serial % 10_000)
}

/// An address at example.org, which RFC 2606 keeps for examples.
pub(crate) fn email(given: &str, family: &str, serial: u32) -> String {
    let word = |text: &str| -> String {
        let lower = ascii(text).to_ascii_lowercase();
        lower
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect()
    };
    let who = [word(given), word(family)];
    let who: Vec<&str> = who
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    format!("{}.{serial}@example.org", who.join("."))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn mail_addresses_are_plain_and_at_example_org() {
        let address = email("Łucja", "Œuvre-Complète", 7);
        assert_eq!(address, "lucja.oeuvre-complete.7@example.org");
        assert_eq!(email("", "Classe de CE2", 8), "classedece2.8@example.org");
    }

    #[test]
    fn telephones_are_in_the_block_kept_for_fiction() {
        assert_eq!(phone(42), "0199000042");
        assert_eq!(phone(10_001).len(), 10);
    }

    #[test]
    fn no_name_stands_twice() {
        assert_eq!(
            FAMILY_NAMES.iter().collect::<BTreeSet<_>>().len(),
            FAMILY_NAMES.len()
        );
        assert_eq!(
            GIVEN_NAMES.iter().collect::<BTreeSet<_>>().len(),
            GIVEN_NAMES.len()
        );
    }
}
