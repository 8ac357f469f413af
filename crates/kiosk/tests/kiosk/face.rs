//! What is on the screen.

use relire_kiosk::{KioskError, Language, Options, run};
use sip2::messages::Request;

use crate::library::{CARD, Library, PIN, Reply};

fn options(library: &Library) -> Options {
    Options::new(&library.address, "kiosk-1", "sesame")
}

/// Types lines, and returns the screen.
fn screen(
    options: Options,
    typed: &[&str],
    explain: impl Fn(i64) -> Option<Vec<String>>,
) -> String {
    let typed = typed.join("\n") + "\n";
    let mut screen = Vec::new();
    run(options, typed.as_bytes(), &mut screen, explain).unwrap();
    let screen = String::from_utf8(screen).unwrap();
    for line in screen.lines() {
        assert!(
            line.chars().count() <= 80 || line.contains('\x1b'),
            "too wide: {line}"
        );
    }
    screen
}

/// The same by the reader of the library.
fn session(library: &Library, typed: &[&str]) -> String {
    let options = Options {
        card: Some(CARD.into()),
        pin: Some(PIN.into()),
        ..options(library)
    };
    screen(options, typed, |_| None)
}

#[track_caller]
fn shows(screen: &str, texts: &[&str]) {
    for text in texts {
        assert!(screen.contains(text), "no {text:?} in\n{screen}");
    }
}

#[test]
fn from_welcome_to_goodbye() {
    let library = Library::good();
    let screen = screen(options(&library), &[CARD, PIN, "3001236", "q"], |_| None);
    shows(
        &screen,
        &[
            "Médiathèque Robert Cousin",
            "● en service",
            "mercredi 1er juillet 2026, 10:00",
            "Posez votre carte.",
            "Carte ▸",
            "Code secret ▸",
            "Bonjour Ada MARTIN",
            "· Un document est en retard.",
            "À régler : 1,50 €",
            "Vos prêts : 2, dont 1 en retard",
            "3001234  Le Horla                                         mer. 15 juil. 2026",
            "Document ▸",
            "✓ Germinal",
            "à rendre le mercredi 26 août 2026",
            "Empruntés maintenant : 1",
            "Au revoir, et bonne lecture.",
            "La borne est fermée.",
        ],
    );
    assert!(!screen.contains('\x1b'), "no colours into a script");
    assert_eq!(
        screen.matches("Posez votre carte.").count(),
        2,
        "the next reader is welcome"
    );
    assert_eq!(library.heard_of("35").len(), 1, "the session was ended");
}

#[test]
fn a_refusal_and_why() {
    let library = Library::good();
    let options = Options {
        card: Some(CARD.into()),
        pin: Some(PIN.into()),
        ..options(&library)
    };
    let explain = |event| {
        Some(vec![
            format!("événement {event}  checkout  refusé"),
            "  limite L-JVI".into(),
        ])
    };
    let explained = screen(options, &["3001237", "q"], explain);
    shows(
        &explained,
        &[
            "✗ Un jeu vidéo",
            "Votre foyer a déjà deux jeux vidéo.",
            "Rapportez-en un pour emprunter celui-ci.",
            "Réf. 1234",
            "événement 1234  checkout  refusé",
            "  limite L-JVI",
        ],
    );
    assert!(!explained.contains("Empruntés maintenant"));
    shows(
        &session(&library, &["3001237", "q"]),
        &["Réf. 1234", "relire why 1234"],
    );
}

#[test]
fn the_other_commands() {
    let library = Library::good();
    let screen = session(
        &library,
        &[
            "r",
            "r 3001234",
            "i 3001234",
            "i 99",
            "u 3001234",
            "i",
            "",
            "l",
            "q",
        ],
    );
    shows(
        &screen,
        &[
            "✓ prolongé : Le Horla",
            "à rendre le mercredi 2 septembre 2026",
            "✗ Vingt mille lieues",
            "Quelqu’un l’a réservé.",
            "· Le Horla",
            "en prêt (LENS)",
            "Cote : R MAU",
            "✗ Document 99",
            "Ce document n'est pas connu ici.",
            "rendu, merci",
            "À remettre à l'accueil.",
            "Destination : GREN",
            "Tapez le code-barres",
        ],
    );
    assert_eq!(
        screen.matches("Bonjour Ada MARTIN").count(),
        2,
        "l shows the loans again"
    );
    assert_eq!(library.heard_of("29").len(), 3);
}

#[test]
fn without_a_card() {
    let library = Library::good();
    let screen = screen(
        options(&library),
        &["u 3001234", "i 3001236", "r", "q"],
        |_| None,
    );
    shows(
        &screen,
        &[
            "✓ Le Horla",
            "rendu, merci",
            "✓ Germinal",
            "en rayon (LENS)",
        ],
    );
    assert!(library.heard_of("63").is_empty());
}

#[test]
fn wrong_cards_and_pins() {
    let library = Library::good();
    let screen = screen(
        options(&library),
        &["777", PIN, CARD, "0000", CARD, "", "q"],
        |_| None,
    );
    shows(
        &screen,
        &[
            "✗ Carte refusée",
            "Cette carte n'est pas reconnue ici.",
            "✗ Code secret refusé",
        ],
    );
    assert_eq!(
        screen.matches("✗ Code secret refusé").count(),
        2,
        "no PIN is no right PIN"
    );
    assert!(
        !screen.contains("Ada MARTIN"),
        "nothing about the reader is shown"
    );
    assert!(!screen.contains("0000"), "nor what was typed");
}

#[test]
fn in_english() {
    let library = Library::good();
    let options = Options {
        language: Language::English,
        ..options(&library)
    };
    let screen = screen(options, &[CARD, PIN, "3001236", "q"], |_| None);
    shows(
        &screen,
        &[
            "in service",
            "Wednesday 1 July 2026, 10:00",
            "Hello Ada MARTIN",
            "1 overdue",
            "due on Wednesday 26 August 2026",
            "Goodbye",
        ],
    );
    assert!(
        library
            .heard_of("63")
            .iter()
            .all(|line| line.starts_with("63001")),
        "answers are wanted in English, too"
    );
}

#[test]
fn in_colour() {
    let library = Library::good();
    let options = Options {
        colour: true,
        card: Some(CARD.into()),
        pin: Some(PIN.into()),
        ..options(&library)
    };
    let screen = screen(options, &["3001236", "3001237"], |_| None);
    shows(
        &screen,
        &[
            "\x1b[1;32m✓ Germinal",
            "\x1b[1;31m✗ Un jeu vidéo",
            "\x1b[1;31men retard",
            "\x1b[2m  relire why 1234",
        ],
    );
}

#[test]
fn the_library_goes_silent() {
    let library = Library::open(|request, _| match request {
        Request::Checkout(_) => Reply::HangUp,
        _ => Reply::Normal,
    });
    let screen = session(&library, &["3001236", "i 3001234", "q"]);
    shows(
        &screen,
        &[
            "✗ La bibliothèque ne répond pas",
            "regardez vos prêts (l)",
            "the connection broke",
            "· Le Horla",
        ],
    );
}

#[test]
fn the_input_may_end_anywhere() {
    let library = Library::good();
    for typed in ["", CARD, "0123456789\n1234", "0123456789\n1234\n3001236"] {
        let mut screen = Vec::new();
        run(options(&library), typed.as_bytes(), &mut screen, |_| None).unwrap();
        assert!(
            String::from_utf8(screen)
                .unwrap()
                .ends_with("La borne est fermée.\n")
        );
    }
}

#[test]
fn a_terminal_that_is_not_wanted() {
    let library = Library::good();
    let strange = Options {
        login: "kiosk-2".into(),
        ..options(&library)
    };
    let error = run(strange, "".as_bytes(), Vec::new(), |_| None).unwrap_err();
    assert!(matches!(error, KioskError::Client(_)));
}
