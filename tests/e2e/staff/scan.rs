//! One scan box: what it does with a card, a barcode, and anything else.

use testkit::{Wire, field};

use super::{PASSWORD, Served};

const DESK: [&str; 6] = [
    "circulate",
    "patron.read",
    "item.read",
    "hold",
    "list",
    "money",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_card_opens_its_reader_and_barcodes_are_lent_then_taken_back() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let mut browser = served.staff("anne", &DESK).await;

    let answer = browser.scan(&reader.card, "");
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(browser.field("card"), reader.card);
    browser.scan(&book, &reader.card);
    assert!(
        browser.told().contains("Prêté jusqu’au "),
        "{}",
        browser.told()
    );
    assert_eq!(served.loans_of(&reader).await, 1);

    // By its barcode alone it comes back, whoever had it.
    browser.scan("", "");
    browser.scan(&book, "");
    assert!(
        browser.told().contains("À remettre en rayon"),
        "{}",
        browser.told()
    );
    assert_eq!(served.loans_of(&reader).await, 0);
    browser.post("/staff/undo", &[("barcode", &book), ("what", "return")]);
    assert!(
        browser.told().contains("Retour annulé."),
        "{}",
        browser.told()
    );
    assert_eq!(served.loans_of(&reader).await, 1);

    browser.scan("zzqx", "");
    assert!(
        browser
            .told()
            .contains("Ni carte, ni code-barres, ni lecteur, ni titre connu : zzqx")
    );
}

/// At the desk and at a machine: the same reason, in the same words.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_the_kiosk_s_and_is_forced_by_right_and_reason() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("TMP", "LENS").await.unwrap();
    let books = town.items("LIV", "LENS", 6).await.unwrap();
    for book in &books[..5] {
        assert!(town.lend(&reader, book).await.unwrap().outcome.is_ok());
    }
    let terminal = &served.daemon.ready["demo"]["terminals"][0];
    let word = |name: &str| terminal[name].as_str().unwrap().to_owned();
    let mut kiosk = Wire::log_in(
        served.daemon.text("/sip2").unwrap(),
        &word("login"),
        &word("password"),
    )
    .unwrap();
    let no = kiosk
        .ask(&crate::sip2::checkout(&reader.card, &books[5]))
        .unwrap();
    let said = field(&no, 24, "AF").unwrap();

    let mut plain = served.staff("paul", &DESK).await;
    plain.scan(&reader.card, "");
    plain.scan(&books[5], &reader.card);
    assert!(plain.told().contains(said), "{said:?}: {}", plain.told());
    assert!(
        !plain.page.contains("name=\"reason\""),
        "who may not force is offered nothing"
    );
    let forced = [
        ("card", reader.card.as_str()),
        ("barcode", &books[5]),
        ("rights", "override.limit"),
        ("reason", "classe"),
    ];
    assert_eq!(plain.post("/staff/lend", &forced).status, 403);
    assert_eq!(served.loans_of(&reader).await, 5);

    let mut head = served
        .staff("zoé", &[&DESK[..], &["override.limit"]].concat())
        .await;
    head.scan(&reader.card, "");
    head.scan(&books[5], &reader.card);
    assert!(
        head.page.contains("value=\"override.limit\""),
        "{}",
        head.told()
    );
    let silent = [&forced[..3], &[("reason", "  ")]].concat();
    assert_eq!(
        head.post("/staff/lend", &silent).status,
        403,
        "without a reason nothing is forced"
    );
    assert_eq!(head.post("/staff/lend", &forced).status, 200);
    assert!(head.told().contains("Prêté jusqu’au "), "{}", head.told());
    assert_eq!(served.loans_of(&reader).await, 6);
    let explained =
        "SELECT count(*) FROM event WHERE body->>'reason' = 'classe' AND staff_id IS NOT NULL";
    assert_eq!(served.count(explained).await, 1);
    let why = "SELECT max(id) FROM event WHERE body->>'reason' = 'classe'";
    let why = served.count(why).await;
    let page = head.get(&format!("/staff/events/{why}"));
    assert!(
        super::text(&page.page).contains("Motif : classe"),
        "{page:?}"
    );
}

/// What waits for somebody at another branch goes there, and nobody who looks into no files learns for whom.
#[tokio::test(flavor = "multi_thread")]
async fn a_return_says_where_it_goes() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("ADU", "VIMY").await.unwrap();
    let book = town.item("LIV", "LENS").await.unwrap();
    let mut browser = served.staff("anne", &DESK).await;
    browser.scan(&reader.card, "");
    let wish = [
        ("card", reader.card.as_str()),
        ("barcode", &book),
        ("pickup", "VIMY"),
    ];
    browser.post("/staff/hold", &wish);
    assert!(
        browser.told().contains("à retirer à VIMY"),
        "{}",
        browser.told()
    );
    let list = browser.get("/staff/lists/pull");
    assert!(list.page.contains(&book), "it is to be pulled");
    browser.get("/staff");
    browser.scan(&book, "");
    assert!(
        browser.told().contains("Navette pour"),
        "{}",
        browser.told()
    );
    assert!(browser.told().contains(&reader.card), "{}", browser.told());
    assert!(browser.get("/staff/lists/shuttle").page.contains("VIMY"));
    let manifest = browser.get("/staff/lists/shuttle/out/VIMY");
    assert!(manifest.page.contains(&book), "{}", manifest.page);

    // Without the right to look into files.
    let mut blind = served.staff("luc", &["circulate", "item.read"]).await;
    blind.scan(&book, "");
    assert!(blind.told().contains("Navette pour"), "{}", blind.told());
    assert!(!blind.page.contains(&reader.card), "{}", blind.told());
}

#[tokio::test(flavor = "multi_thread")]
async fn english_is_spoken_to_who_wants_it() {
    let served = Served::new().await;
    let mut browser = served.browser();
    let page = browser.ask("GET /staff/sign-in HTTP/1.1\r\nAccept-Language: en-GB", "");
    assert!(page.page.contains("<html lang=\"en\">") && page.page.contains("Sign in"));
    served.staff("anne", &DESK).await;
    let english = "UPDATE staff_user SET language = 'en' WHERE login = 'anne'";
    served.town.store.run_sql(english).await.unwrap();
    assert_eq!(browser.sign_in("anne", PASSWORD).status, 303);
    let page = browser.get("/staff").page;
    assert!(page.contains("<html lang=\"en\">") && page.contains("A reader’s card,"));
}

#[tokio::test(flavor = "multi_thread")]
async fn words_find_titles_and_the_reader_who_is_open_may_have_them() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let mut browser = served.staff("anne", &DESK).await;
    browser.scan(&reader.card, "");
    browser.scan("misérables hugo", &reader.card);
    assert!(
        super::text(&browser.page).contains("Les Misérables"),
        "{}",
        super::text(&browser.page)
    );
    assert!(
        browser.page.contains("class=\"card reader\""),
        "the reader stays open"
    );
    let bib = browser.field("bib");
    let wish = [
        ("card", reader.card.as_str()),
        ("bib", &bib),
        ("pickup", "LENS"),
    ];
    browser.post("/staff/hold", &wish);
    assert!(
        browser.told().contains("à retirer à LENS"),
        "{}",
        browser.told()
    );
    let title = browser.get(&format!("/staff/titles/{bib}"));
    assert!(
        super::text(&title.page).contains("1 en attente"),
        "{title:?}"
    );
    assert_eq!(browser.get("/staff/titles/999999999").status, 404);
    let named = "UPDATE patron SET family_name = 'Dùpont-Lévêque' WHERE id =
                 (SELECT patron_id FROM card WHERE number = '";
    let named = format!("{named}{}')", reader.card);
    served.town.store.run_sql(&named).await.unwrap();
    browser.get("/staff");
    browser.scan("leveque dup", "");
    assert!(
        super::text(&browser.page).contains("Dùpont-Lévêque"),
        "{}",
        super::text(&browser.page)
    );
    assert!(
        browser
            .page
            .contains(&format!("name=\"q\" value=\"{}\"", reader.card))
    );
    let noted = "SELECT count(*) FROM audit WHERE detail->>'by' = 'search'";
    assert_eq!(served.count(noted).await, 1);
    let mut blind = served.staff("luc", &["circulate"]).await;
    blind.scan("leveque dup", "");
    assert!(!super::text(&blind.page).contains("Lévêque"));
    blind.scan("misérables hugo", "");
    assert!(!super::text(&blind.page).contains("Les Misérables"));
    assert_eq!(blind.get(&format!("/staff/titles/{bib}")).status, 403);
}
