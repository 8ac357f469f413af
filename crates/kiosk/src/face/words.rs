//! What the face says, in French and in English.

use sip2::value::{CirculationStatus, PatronStatus};

/// What the screen is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// French.
    #[default]
    French,
    /// English.
    English,
}

impl Language {
    pub(super) fn words(self) -> &'static Words {
        match self {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
        }
    }

    /// The same for the library.
    pub(super) fn sip2(self) -> sip2::value::Language {
        match self {
            Language::French => sip2::value::Language::FRENCH,
            Language::English => sip2::value::Language::ENGLISH,
        }
    }
}

/// Every text of the face. `{}` is where a value goes.
pub(super) struct Words {
    pub(super) online: &'static str,
    pub(super) offline: &'static str,
    pub(super) lay_card: &'static str,
    pub(super) welcome_keys: &'static str,
    pub(super) card: &'static str,
    pub(super) pin: &'static str,
    pub(super) card_refused: &'static str,
    pub(super) card_refused_why: &'static str,
    pub(super) pin_refused: &'static str,
    pub(super) pin_refused_why: &'static str,
    pub(super) hello: &'static str,
    pub(super) in_the_way: &'static str,
    pub(super) good_standing: &'static str,
    pub(super) owed: &'static str,
    pub(super) holds_ready: &'static str,
    pub(super) loans: &'static str,
    pub(super) loans_overdue: &'static str,
    pub(super) no_loans: &'static str,
    pub(super) overdue: &'static str,
    pub(super) more_loans: &'static str,
    pub(super) reader_keys: [&'static str; 3],
    pub(super) document: &'static str,
    pub(super) due: &'static str,
    pub(super) renewed: &'static str,
    pub(super) refused_why: &'static str,
    pub(super) untitled: &'static str,
    pub(super) event: &'static str,
    pub(super) nothing_to_renew: &'static str,
    pub(super) returned: &'static str,
    pub(super) hand_over: &'static str,
    pub(super) goes_to: &'static str,
    pub(super) item_unknown: &'static str,
    pub(super) shelf_mark: &'static str,
    pub(super) waiting: &'static str,
    pub(super) which_barcode: &'static str,
    pub(super) no_answer: &'static str,
    pub(super) no_answer_why: &'static str,
    pub(super) borrowed_now: &'static str,
    pub(super) goodbye: &'static str,
    pub(super) closed: &'static str,
    /// In front of a day: "le ", "on ".
    pub(super) on: &'static str,
    pub(super) first: &'static str,
    pub(super) decimal: char,
    pub(super) weekdays: [&'static str; 7],
    pub(super) short_weekdays: [&'static str; 7],
    pub(super) months: [&'static str; 12],
    pub(super) short_months: [&'static str; 12],
    denied: [&'static str; PatronStatus::WIDTH],
    statuses: [&'static str; 13],
}

impl Words {
    /// What a patron's status says, a text for each flag that is set.
    pub(super) fn denials(&self, status: PatronStatus) -> impl Iterator<Item = &'static str> {
        let flags = status.to_bytes().into_iter().zip(self.denied);
        flags
            .filter(|(flag, _)| *flag == b'Y')
            .map(|(_, text)| text)
    }

    /// Where an item stands.
    pub(super) fn status(&self, status: CirculationStatus) -> &'static str {
        let place = usize::from(status.number()).checked_sub(1);
        let other = self.statuses[0];
        place
            .and_then(|at| self.statuses.get(at))
            .copied()
            .unwrap_or(other)
    }
}

pub(super) static FRENCH: Words = Words {
    online: "en service",
    offline: "hors service",
    lay_card: "Posez votre carte.",
    welcome_keys: "i CODE voir un document · u CODE rendre · q quitter",
    card: "Carte",
    pin: "Code secret",
    card_refused: "Carte refusée",
    card_refused_why: "Cette carte n'est pas reconnue ici.",
    pin_refused: "Code secret refusé",
    pin_refused_why: "Vérifiez votre code secret, puis reposez votre carte.",
    hello: "Bonjour {}",
    in_the_way: "À savoir avant d'emprunter :",
    good_standing: "Vous pouvez emprunter.",
    owed: "À régler : {}",
    holds_ready: "Réservations qui vous attendent : {}",
    loans: "Vos prêts : {}",
    loans_overdue: "dont {} en retard",
    no_loans: "Vous n'avez aucun prêt en cours.",
    overdue: "en retard",
    more_loans: "… et {} de plus",
    reader_keys: [
        "Scannez un document pour l'emprunter, ou tapez :",
        "r CODE prolonger · r tout prolonger · i CODE voir · u CODE rendre",
        "l mes prêts · q terminer",
    ],
    document: "Document",
    due: "à rendre {}",
    renewed: "prolongé : {}",
    refused_why: "La bibliothèque n'a pas dit pourquoi. Adressez-vous à l'accueil.",
    untitled: "Document {}",
    event: "Réf. {}",
    nothing_to_renew: "Vous n'avez rien à prolonger.",
    returned: "rendu, merci",
    hand_over: "À remettre à l'accueil.",
    goes_to: "Destination : {}",
    item_unknown: "Ce document n'est pas connu ici.",
    shelf_mark: "Cote : {}",
    waiting: "En attente : {}",
    which_barcode: "Tapez le code-barres après la lettre, par exemple : i 3001234",
    no_answer: "La bibliothèque ne répond pas",
    no_answer_why: "Avant de recommencer, regardez vos prêts (l) : c'est peut-être fait.",
    borrowed_now: "Empruntés maintenant : {}",
    goodbye: "Au revoir, et bonne lecture.",
    closed: "La borne est fermée.",
    on: "le ",
    first: "1er",
    decimal: ',',
    weekdays: [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ],
    short_weekdays: ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    short_months: [
        "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ],
    denied: [
        "vous ne pouvez pas emprunter pour le moment",
        "vous ne pouvez pas prolonger vos prêts pour le moment",
        "vous ne pouvez pas demander de rappel pour le moment",
        "vous ne pouvez pas réserver pour le moment",
        "cette carte est déclarée perdue",
        "vous avez atteint le nombre de prêts permis",
        "trop de prêts en retard",
        "trop de prolongations",
        "trop de documents déclarés rendus",
        "trop de documents perdus",
        "trop d'amendes à régler",
        "trop de frais à régler",
        "un document rappelé n'est pas rendu",
        "trop de factures",
    ],
    statuses: [
        "indisponible",
        "en commande",
        "en rayon",
        "en prêt",
        "en prêt",
        "en traitement",
        "rappelé",
        "mis de côté pour une réservation",
        "à ranger",
        "en transit entre deux bibliothèques",
        "déclaré rendu",
        "perdu",
        "manquant",
    ],
};

pub(super) static ENGLISH: Words = Words {
    online: "in service",
    offline: "out of service",
    lay_card: "Lay down your card.",
    welcome_keys: "i BARCODE look at an item · u BARCODE return it · q quit",
    card: "Card",
    pin: "PIN",
    card_refused: "Card refused",
    card_refused_why: "This card is not known here.",
    pin_refused: "PIN refused",
    pin_refused_why: "Check your PIN, then lay down your card again.",
    hello: "Hello {}",
    in_the_way: "Before you borrow:",
    good_standing: "You may borrow.",
    owed: "To pay: {}",
    holds_ready: "Holds that wait for you: {}",
    loans: "Your loans: {}",
    loans_overdue: "{} overdue",
    no_loans: "You have no loans.",
    overdue: "overdue",
    more_loans: "… and {} more",
    reader_keys: [
        "Scan an item to borrow it, or type:",
        "r BARCODE renew · r renew all · i BARCODE look · u BARCODE return",
        "l my loans · q end",
    ],
    document: "Item",
    due: "due {}",
    renewed: "renewed: {}",
    refused_why: "The library did not say why. Please ask at the desk.",
    untitled: "Item {}",
    event: "Ref. {}",
    nothing_to_renew: "You have nothing to renew.",
    returned: "returned, thank you",
    hand_over: "Please hand it over at the desk.",
    goes_to: "It goes to: {}",
    item_unknown: "This item is not known here.",
    shelf_mark: "Shelf mark: {}",
    waiting: "Waiting for it: {}",
    which_barcode: "Type the barcode after the letter, for example: i 3001234",
    no_answer: "The library does not answer",
    no_answer_why: "Before you try again, look at your loans (l): it may have been done.",
    borrowed_now: "Borrowed just now: {}",
    goodbye: "Goodbye, and enjoy.",
    closed: "The kiosk is closed.",
    on: "on ",
    first: "1",
    decimal: '.',
    weekdays: [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    short_weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec",
    ],
    denied: [
        "you may not borrow for the moment",
        "you may not renew for the moment",
        "you may not recall for the moment",
        "you may not place holds for the moment",
        "this card is reported lost",
        "you have as many loans as allowed",
        "too many overdue loans",
        "too many renewals",
        "too many items said to be returned",
        "too many items lost",
        "too many fines to pay",
        "too many fees to pay",
        "a recalled item is not back",
        "too many bills",
    ],
    statuses: [
        "not available",
        "on order",
        "on the shelf",
        "on loan",
        "on loan",
        "in process",
        "recalled",
        "on the hold shelf",
        "to be reshelved",
        "on its way between libraries",
        "said to be returned",
        "lost",
        "missing",
    ],
};
