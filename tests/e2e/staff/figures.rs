//! The dashboard: each number on the page is what a plain count says.

use super::Served;

const RIGHTS: [&str; 6] = [
    "circulate",
    "figures",
    "hold",
    "list",
    "patron.read",
    "item.read",
];

/// The numbers of a table of the page, by what its rows are called.
fn table(page: &str, id: &str) -> Vec<(String, Vec<i64>)> {
    let mark = format!("id=\"{id}\"");
    let Some((_, rest)) = page.split_once(&mark) else {
        return Vec::new();
    };
    let rest = rest.split_once("<tbody>").map_or("", |(_, rest)| rest);
    let body = rest.split("</tbody>").next().unwrap();
    body.split("<tr>")
        .skip(1)
        .map(|row| {
            let (_, name) = row.split_once("<th scope=\"row\">").unwrap();
            let name = name.split('<').next().unwrap().to_owned();
            let cells = row.split("<td>").skip(1);
            let number = |cell: &str| {
                let text = cell.split('<').next().unwrap();
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                digits.parse().unwrap_or(-1)
            };
            (name, cells.map(number).collect())
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_is_a_plain_count_s() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let other = town.reader("ADU", "VIMY").await.unwrap();
    let mut browser = served.staff("anne", &RIGHTS).await;
    // A morning: three loans, one of them undone, one returned; a refusal; a hold that goes to Vimy.
    for document in ["LIV", "BD", "LIV"] {
        let book = town.item(document, "LENS").await.unwrap();
        browser.scan(&reader.card, "");
        browser.scan(&book, &reader.card);
        assert!(browser.told().contains("Prêté"), "{}", browser.told());
        if document == "BD" {
            browser.get("/staff");
            browser.scan(&book, "");
        }
    }
    let sent = town.item("LIV", "LENS").await.unwrap();
    browser.scan(&other.card, "");
    let hold = [
        ("card", other.card.as_str()),
        ("barcode", &sent),
        ("pickup", "VIMY"),
    ];
    browser.post("/staff/hold", &hold);
    browser.get("/staff");
    browser.scan(&sent, "");
    browser.scan("0000000000000", "");

    let page = browser.get("/staff/figures?period=today").page;
    let day = "at >= date '2026-06-09' AT TIME ZONE 'Europe/Paris' AND at < date '2026-06-10' AT TIME ZONE 'Europe/Paris' AND branch = 'LENS'";
    let count = async |what: &str| {
        let query = format!("SELECT count(*) FROM event WHERE {day} AND {what}");
        served.count(&query).await
    };
    let done = "outcome = 'done' AND document IS NOT NULL";
    for (what, kind) in [
        ("prêts", "checkout"),
        ("retours", "checkin"),
        ("prolongations", "renew"),
    ] {
        let times = count(&format!("{done} AND kind = '{kind}'")).await;
        let shown = format!("<b>{times}</b> {what}");
        assert!(page.contains(&shown), "{shown}: {page}");
    }
    for (hour, numbers) in table(&page, "hours") {
        let of = format!(
            "{done} AND kind = 'checkout' AND extract(hour FROM at AT TIME ZONE 'Europe/Paris') = {hour}"
        );
        assert_eq!(numbers, [count(&of).await], "at {hour}");
    }
    let documents = table(&page, "documents");
    assert_eq!(documents.len(), 2, "{documents:?}");
    for (document, numbers) in documents {
        let of = format!("{done} AND kind = 'checkout' AND document = '{document}'");
        assert_eq!(numbers, [count(&of).await], "{document}");
    }
    let refused: i64 = table(&page, "table-refused")
        .iter()
        .filter_map(|(_, numbers)| numbers.last())
        .sum();
    assert_eq!(refused, count("outcome = 'refused'").await);

    let way = table(&page, "table-transits");
    for (route, numbers) in &way {
        let (from, to) = route.split_once(" → ").unwrap();
        let query = format!(
            "SELECT count(*) FROM custody WHERE until IS NULL AND kind = 'transit' AND branch = '{from}' AND to_branch = '{to}'"
        );
        assert_eq!(numbers[0], served.count(&query).await, "{route}");
    }
    assert!(
        way.iter().any(|(route, _)| route == "LENS → VIMY"),
        "{way:?}"
    );
    for (name, numbers) in table(&page, "table-holds") {
        let code = name.split(' ').next().unwrap();
        let query =
            format!("SELECT count(*) FROM hold WHERE closed_at IS NULL AND pickup = '{code}'");
        assert_eq!(
            numbers.iter().sum::<i64>(),
            served.count(&query).await,
            "{name}"
        );
    }
    let late: i64 = table(&page, "table-overdue")
        .iter()
        .map(|(_, numbers)| numbers[0])
        .sum();
    let query = "SELECT count(*) FROM custody WHERE until IS NULL AND kind = 'loan' AND branch = 'LENS' AND due < '2026-06-09'";
    assert_eq!(late, served.count(query).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_are_those_of_where_one_may() {
    let served = Served::new().await;
    let mut browser = served.staff("anne", &RIGHTS).await;
    assert_eq!(browser.get("/staff/figures?branch=VIMY").status, 403);
    assert_eq!(browser.get("/staff/figures?branch=NULLE").status, 403);
    // The whole network is for who may everywhere; others see their own.
    let page = browser.get("/staff/figures?branch=*").page;
    assert!(!page.contains("value=\"*\""), "{page}");
    for wrong in [
        "period=own&first=hier",
        "period=own&first=2026-06-09&last=2026-06-01",
        "period=own&first=1000-01-01&last=2026-06-09",
        "period=own&first=-009999-01-01",
    ] {
        let answer = browser.get(&format!("/staff/figures?{wrong}"));
        assert_eq!(answer.status, 400, "{wrong}: {}", answer.page);
    }
}
