//! What is read: in pages, once, and noted.

use serde_json::json;

use super::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_s_file_is_noted_before_it_is_shown() {
    let served = Served::new().await;
    let (program, town) = (served.any().await, &served.town);
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let path = format!("/patrons/{}", reader.card);
    let file = program.get(&path);
    assert_eq!(file.fine()["card"], reader.card);
    assert_eq!(file.json["standing"], json!([]));
    let tag = format!("If-None-Match: {}\r\n", file.header("etag").unwrap());
    let same = program.ask("GET", &path, &tag, b"");
    assert_eq!(same.status, 304, "{same:?}");
    assert_eq!(file.header("cache-control"), Some("no-store"));
    program
        .get("/patrons/nulle-personne")
        .problem(404, "not-found");
    let noted = "DO $$ BEGIN IF (SELECT count(*) FROM audit a JOIN card c USING (patron_id)
                 WHERE a.action = 'patron.read' AND a.token_id = TOKEN AND c.number = 'CARD') <> 2
                 THEN RAISE 'not noted'; END IF; END $$";
    let noted = noted
        .replace("TOKEN", &program.id.to_string())
        .replace("CARD", &reader.card);
    town.store.run_sql(&noted).await.unwrap();
    // What changes is another answer.
    let book = town.item("LIV", "LENS").await.unwrap();
    assert!(town.lend(&reader, &book).await.unwrap().outcome.is_ok());
    assert_eq!(
        program.ask("GET", &path, &tag, b"").fine()["loans"][0]["barcode"],
        book
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_come_in_pages() {
    let served = Served::new().await;
    let (program, town) = (served.any().await, &served.town);
    let copies = town.copies("LIV", &["LENS"; 7]).await.unwrap();
    let bib = program.get(&format!("/items/{}", copies[0])).fine()["bib"].clone();
    let mut path = format!("/bibs/{bib}/copies?limit=3");
    let mut seen = Vec::new();
    loop {
        let page = program.get(&path);
        let items = page.fine()["items"].as_array().unwrap();
        assert!(items.len() <= 3);
        seen.extend(
            items
                .iter()
                .map(|item| item["barcode"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page.json["next"].as_str() else {
            break;
        };
        path = format!("/bibs/{bib}/copies?limit=3&cursor={next}");
    }
    assert_eq!(seen, copies);
    program
        .get("/bibs/999999999/copies")
        .problem(404, "not-found");
    for wrong in ["limit=0", "limit=101", "limit=x", "more=1"] {
        let path = format!("/bibs/{bib}/copies?{wrong}");
        program.get(&path).problem(400, "unreadable");
    }
    let astray = format!("/bibs/{bib}/copies?cursor=x");
    program.get(&astray).problem(409, "cursor");
    for list in ["/work-lists/records", "/work-lists/offline"] {
        let page = program.get(&format!("{list}?limit=2"));
        assert!(page.fine()["items"].as_array().unwrap().len() <= 2);
    }
}
