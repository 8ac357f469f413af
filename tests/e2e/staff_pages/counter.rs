//! A morning at the counter with a scanner and a keyboard, once with scripts and once without.

use super::{
    HOME, Served,
    browser::{Browser, ENTER, HEIGHT},
    checks,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_morning_by_scanner() {
    morning(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_morning_by_scanner_without_scripts() {
    morning(false).await;
}

async fn morning(scripts: bool) {
    let served = Served::new().await;
    let browser = Browser::new(&served.base(), "fr", scripts);
    browser.size(1280, HEIGHT);
    served.sign_in(&browser, &served.librarians[0]);
    let (card, next) = (
        served.demo("/patrons/0/card"),
        served.demo("/patrons/1/card"),
    );
    let book = served.demo("/items/0/barcode");
    // Said, all there, and the scan box waiting: what is typed before goes nowhere.
    let box_waits =
        "return document.readyState === 'complete' && document.activeElement?.id === 'q'";
    let says = |what: &str| {
        browser.until(what, || {
            browser.text().contains(what) && browser.tried(box_waits) == Some(true.into())
        });
    };

    // The scan box has the focus on every page: a pile of books takes no hand off the scanner.
    says("Carte d’un lecteur, document à rendre");
    browser.scan(&card);
    says(&format!("Carte {card}"));
    browser.scan(&book);
    says("Prêté jusqu’au");
    if scripts {
        looked_at(&browser, "reader");
    }
    act(&browser, "Annuler");
    says("Prêt annulé.");
    browser.scan(&book);
    says("Prêté jusqu’au");
    act(&browser, "Tout prolonger");
    says("prêts sur");

    // The next reader wants what the first has, and it is kept for them when it comes back.
    browser.scan(&next);
    says(&format!("Carte {next}"));
    browser.scan(&book);
    says("au nom d'un autre lecteur");
    if scripts {
        looked_at(&browser, "refusal");
    }
    browser.tab_to("DisclosureTriangle", "Réserver un titre");
    browser.press(ENTER);
    browser.tab_to("textbox", "Code-barres d’un exemplaire");
    browser.scan(&book);
    says("Réservé, à retirer à LENS");
    browser.scan(ENTER);
    says("Je travaille à");
    browser.scan(&book);
    says("Étagère des réservations");
    assert!(browser.text().contains(&next), "{}", browser.text());
    if scripts {
        looked_at(&browser, "taken-back");
    }
    browser.tab_to("link", "Pourquoi ?");
    browser.press(ENTER);
    browser.until("why", || browser.path().starts_with("/staff/events/"));
    if scripts {
        looked_at(&browser, "why");
    }
    browser.tab_to("link", "Retour au prêt");
    browser.press(ENTER);
    browser.until_at(HOME);
    browser.scan("misérables");
    says("titres");
    if scripts {
        looked_at(&browser, "found");
    }
    assert_eq!(checks::silent_console(&browser, 200), Vec::<String>::new());
}

/// Presses a button of the page without a mouse.
fn act(browser: &Browser, name: &str) {
    browser.tab_to("button", name);
    browser.press(ENTER);
}

/// What holds of any page, of one that only a form leads to.
fn looked_at(browser: &Browser, name: &str) {
    let mut wrong = Vec::new();
    for width in [1280, 320] {
        browser.size(width, HEIGHT);
        browser.keep_picture(&format!("{name}-fr-{width}"), width);
        wrong.extend(checks::structure(browser));
        wrong.extend(checks::accessible(browser));
    }
    browser.size(1280, HEIGHT);
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    // Back to where a scanner would type, if there is a place.
    let label = "return document.querySelector('label[for=q]')?.textContent ?? ''";
    let label = browser.script(label);
    match label.as_str().unwrap() {
        "" => {}
        label => browser.click("textbox", label),
    }
}
