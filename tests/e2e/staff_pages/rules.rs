//! A rule is changed, looked at and published, by keyboard alone, with scripts and without.

use testkit::Town;

use super::{
    Served,
    browser::{Browser, ENTER, HEIGHT},
    checks,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_changed_previewed_and_published() {
    let served = Served::new().await;
    let browser = Browser::new(&served.base(), "fr", false);
    browser.size(1280, HEIGHT);
    served.sign_in(&browser, &served.network[0]);
    change_a_rule(&browser);
    assert_eq!(checks::silent_console(&browser, 200), Vec::<String>::new());

    // Loans of today are as they were, those of tomorrow as was published.
    let town = Town::new(&served.database).await.unwrap();
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let kiosk = town.kiosk("LENS").await.unwrap();
    for (on, due) in [("2026-06-09", "2026-06-23"), ("2026-06-10", "2026-06-17")] {
        let film = town.item("DVD", "LENS").await.unwrap();
        let mut ask = town.checkout(&kiosk, &reader, &film);
        ask.at = town.at(on).unwrap();
        let lent = town.desk.checkout(ask).await.unwrap().outcome.unwrap();
        assert_eq!(lent.due.to_string(), due, "{on}");
    }
}

/// A draft of Lens is made, looked at and published for tomorrow.
pub(super) fn change_a_rule(browser: &Browser) {
    let says = |what: &str| browser.until(what, || browser.text().contains(what));
    let act = |name: &str| {
        browser.tab_to("button", name);
        browser.press(ENTER);
    };
    let follow = |name: &str| {
        browser.tab_to("link", name);
        browser.press(ENTER);
    };

    follow("Règles");
    says("en vigueur");
    browser.tab_to("textbox", "Nom du brouillon");
    browser.keys("DVD plus courts");
    act("Créer le brouillon");
    says("Brouillon créé");
    follow("+ Ajouter une règle");
    says("Pour qui, pour quoi");
    browser.tab_to("combobox", "Document");
    browser.keys("DVD");
    browser.tab_to("combobox", "Bibliothèque");
    browser.keys("Médiathèque Robert");
    browser.tab_to("spinbutton", "Durée du prêt (jours)");
    browser.keys("7");
    act("Enregistrer dans le brouillon");
    says("Enregistré dans le brouillon.");
    says("durée du prêt 7 jours");

    // What changes is seen before, and why.
    follow("Voir le tableau, avec ce qui change");
    says("change dans ce brouillon (8)");
    let cell = "document.querySelector('td.changed a').href";
    let why = browser.script(&format!(
        "return new URL({cell}).pathname + new URL({cell}).search"
    ));
    browser.open(why.as_str().unwrap());
    says("exception de cette bibliothèque");
    says("passe avant : DVD, Blu-ray (14 jours)");
    follow("← Tableau : DVD plus courts");
    follow("← Brouillon DVD plus courts");

    // Warnings are read, or nothing is published.
    let day = "const day = document.getElementById('day'); day.value = '2026-06-10'";
    says("Premier jour");
    browser.script(day);
    act("Publier");
    says("Il reste des avertissements");
    browser.tab_to(
        "checkbox",
        "J’ai lu les avertissements : publier quand même",
    );
    browser.press(" ");
    act("Publier");
    says("Publié.");
    follow("← Toutes les versions");
    says("à venir");
    says("Nouvelle règle pour DVD, Blu-ray · Médiathèque Robert Cousin");
}
