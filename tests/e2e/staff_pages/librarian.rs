//! A librarian's day, from the first reader to the last record, in one browser by keyboard and scanner.

use testkit::Town;

use super::{
    HOME, Served,
    browser::{Browser, ENTER, HEIGHT},
    checks,
    rules::change_a_rule,
};

struct Day {
    browser: Browser,
}

impl Day {
    fn says(&self, what: &str) {
        self.browser
            .until(what, || self.browser.text().contains(what));
    }

    /// The desk says it, and waits for the next scan.
    fn answers(&self, what: &str) {
        let waits =
            "return document.readyState === 'complete' && document.activeElement?.id === 'q'";
        self.browser.until(what, || {
            self.browser.text().contains(what) && self.browser.tried(waits) == Some(true.into())
        });
    }

    fn act(&self, name: &str) {
        self.browser.tab_to("button", name);
        self.browser.press(ENTER);
    }

    fn follow(&self, name: &str) {
        self.browser.tab_to("link", name);
        self.browser.press(ENTER);
    }

    fn fill(&self, label: &str, text: &str) {
        self.browser.tab_to("textbox", label);
        self.browser.keys(text);
    }

    fn choose(&self, label: &str, text: &str) {
        self.browser.tab_to("combobox", label);
        self.browser.keys(text);
    }

    /// A day in a field for days, which every browser has typed in its own way.
    fn day(&self, id: &str, day: &str) {
        let set = format!("document.getElementById('{id}').value = '{day}'");
        self.browser.script(&set);
    }

    fn desk(&self) {
        self.browser.open(HOME);
        self.answers("Carte d’un lecteur, document à rendre");
    }

    fn work_at(&self, code: &str) {
        self.desk();
        self.choose("Je travaille à", code);
        self.act("Changer");
        self.says(&format!("· {code}"));
        self.answers("Carte d’un lecteur, document à rendre");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_librarian_s_day() {
    let served = Served::new().await;
    let town = Town::new(&served.database).await.unwrap();
    let (book, sought) = (
        town.item("LIV", "LENS").await.unwrap(),
        town.item("LIV", "VIMY").await.unwrap(),
    );
    let browser = Browser::new(&served.base(), "fr", true);
    browser.size(1280, HEIGHT);
    served.sign_in(&browser, &served.network[0]);
    let day = Day { browser };

    let card = "2620099000017";
    registers_and_lends(&day, card, &book);
    a_hold_travels(&day, card, &sought);
    announces_a_closure(&day);
    change_a_rule(&day.browser);
    undoes_a_merge(&day, &served, &town).await;
    assert_eq!(
        checks::silent_console(&day.browser, 200),
        Vec::<String>::new()
    );
}

/// A reader comes for the first time, takes a book and brings it back.
fn registers_and_lends(day: &Day, card: &str, book: &str) {
    day.desk();
    day.follow("Lecteurs");
    day.follow("Inscrire");
    day.says("Carte neuve, scannée");
    day.fill("Carte neuve, scannée", card);
    day.fill("Nom", "Journée");
    day.fill("Prénom", "Lucie");
    day.day("born_on", "1990-05-04");
    day.choose("Catégorie", "ADU");
    day.act("Inscrire");
    day.says("Journée");
    day.says(card);

    day.desk();
    day.browser.scan(card);
    day.answers(&format!("Carte {card}"));
    day.browser.scan(book);
    day.answers("Prêté jusqu’au");
    day.browser.scan(ENTER);
    day.answers("Je travaille à");
    day.browser.scan(book);
    day.answers("À remettre en rayon");
}

/// A book of Vimy is wanted at Wingles: it is fetched, travels, waits and is collected.
fn a_hold_travels(day: &Day, card: &str, sought: &str) {
    day.desk();
    day.browser.scan(card);
    day.answers(&format!("Carte {card}"));
    day.browser
        .tab_to("DisclosureTriangle", "Réserver un titre");
    day.browser.press(ENTER);
    day.fill("Code-barres d’un exemplaire", sought);
    day.choose("À retirer à", "WING");
    day.act("Réserver");
    day.answers("Réservé, à retirer à WING");

    day.work_at("VIMY");
    day.follow("Listes");
    day.says(sought);
    day.desk();
    day.browser.scan(sought);
    day.answers("Navette pour");
    day.follow("Listes");
    day.follow("Navette");
    day.says("Au départ");

    day.work_at("WING");
    day.browser.open("/staff/lists/shuttle/in/VIMY");
    day.says(sought);
    day.desk();
    day.browser.scan(sought);
    day.answers("Étagère des réservations");
    day.browser.open("/staff/lists/hold-shelf");
    day.says(sought);
    day.desk();
    day.browser.scan(card);
    day.answers(&format!("Carte {card}"));
    day.browser.scan(sought);
    day.answers("Prêté jusqu’au");
    day.work_at("LENS");
}

/// The heating fails: what is due then is looked at before it is moved.
fn announces_a_closure(day: &Day) {
    day.follow("Calendrier");
    day.says("Annoncer une fermeture");
    day.day("first", "2026-07-07");
    day.day("last", "2026-07-11");
    day.fill("Pourquoi (les lecteurs le liront)", "Panne de chauffage");
    day.act("Voir ce que cela déplace");
    day.says("Dates de retour reportées");
    day.act("Annoncer la fermeture");
    day.says("La fermeture est annoncée");
    day.says("Panne de chauffage");
}

/// Two records are taken for one, and parted again.
async fn undoes_a_merge(day: &Day, served: &Served, town: &Town) {
    let (one, other) = (
        town.item("LIV", "LENS").await.unwrap(),
        town.item("LIV", "VIMY").await.unwrap(),
    );
    let bib = |barcode: &str| format!("(SELECT bib_id FROM item WHERE barcode = '{barcode}')");
    let (stays, goes) = (bib(&one), bib(&other));
    served
        .sql(&format!(
            "WITH record AS (INSERT INTO source_record (branch, control_number, bib_id, format, body)
                             VALUES ('LENS', 'journee-1', {stays}, 'unimarc', '') RETURNING id)
             INSERT INTO doubt (kind, source_id, bib_id, other_bib, score, why, since)
             SELECT 'maybe', id, least({stays}, {goes}), greatest({stays}, {goes}), 990, '[\"title\"]', now() FROM record"
        ))
        .await;
    let joined = format!("SELECT ({stays} = {goes})::int::bigint");
    day.browser.open("/staff/work/records");
    day.says("99 %");
    day.act("Un seul titre : réunir");
    day.says("Défaire");
    assert_eq!(town.store.count(&joined).await.unwrap(), 1);
    day.act("Défaire");
    day.says("C’est défait");
    assert_eq!(town.store.count(&joined).await.unwrap(), 0);
}
