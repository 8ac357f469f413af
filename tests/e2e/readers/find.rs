//! Readers are found by what they say of themselves.

use circulation::{BlockKind, Refusal};
use store::NewPatron;

use super::{Library, person};

async fn small_town() -> Library {
    let library = Library::new().await;
    library
        .people(&[
            ("2620000000101", "LEFÈVRE", "Zoé", "2014-05-03"),
            (
                "2620000000102",
                "Lefevre-Petit",
                "Jean-François",
                "1980-03-09",
            ),
            ("2620000000103", "D'Hœr", "Zoë", "1980-03-09"),
            ("2630000000104", "Petit", "Zohra", ""),
            ("2630000000105", "Petit", "Zo", "1975-12-24"),
        ])
        .await;
    library
}

#[tokio::test]
async fn by_name_however_it_is_spelled() {
    let library = small_town().await;
    for words in ["lefevre zoe", "ZOÉ LEFÈVRE", "Zo lef", "zoé-lefèvre"] {
        assert_eq!(library.found(words).await, ["Zoé"], "{words}");
    }
    for words in ["jean francois lefevre", "françois petit-lef", "Jean-F"] {
        assert_eq!(library.found(words).await, ["Jean-François"], "{words}");
    }
    for words in ["d'hoer", "D’HŒR", "hœ zoe"] {
        assert_eq!(library.found(words).await, ["Zoë"], "{words}");
    }
    // A word that begins none of the name's is not made good by the others.
    assert!(library.found("lefevre zohra").await.is_empty());
    assert!(library.found("evre").await.is_empty());
}

#[tokio::test]
async fn the_very_name_comes_first() {
    let library = small_town().await;
    // Without that, «Lefevre Petit Jean Francois» would be before them, and «petit zo» before «petit zohra» anyway.
    assert_eq!(library.found("zohra petit").await, ["Zohra"]);
    assert_eq!(library.found("zo petit").await, ["Zo", "Zohra"]);
    library
        .people(&[("2630000000106", "Petit", "Aa Zo", "")])
        .await;
    assert_eq!(library.found("petit zo").await, ["Zo", "Aa Zo", "Zohra"]);
}

#[tokio::test]
async fn by_birth_date_card_telephone_and_address() {
    let library = small_town().await;
    assert_eq!(library.found("2014-05-03").await, ["Zoé"]);
    assert_eq!(library.found("09/03/1980").await, ["Zoë", "Jean-François"]);
    assert_eq!(library.found("09/03/1980 z").await, ["Zoë"]);
    assert_eq!(library.found("2630").await, ["Zo", "Zohra"]);
    assert_eq!(library.found("2620000000102").await, ["Jean-François"]);
    assert!(library.found("262").await.is_empty(), "three digits");
    assert!(library.found("26200000001021").await.is_empty());
    library
        .add(&[NewPatron {
            email: "Ana.Morel@Example.FR".into(),
            phone: "+33 (0)3 21 70 00 01".into(),
            ..person("2640000000001", "Morel", "Ana", "")
        }])
        .await;
    for words in [
        "ana.morel@example.fr",
        "ANA.MOREL@",
        "03 21 70 00 01",
        "032170",
        "+33321700001",
        "morel 0321",
    ] {
        assert_eq!(library.found(words).await, ["Ana"], "{words}");
    }
    assert_eq!(library.found("ana.morel@example.fr 0321").await, ["Ana"]);
    assert!(library.found("ana.morel@example.fr 0322").await.is_empty());
    assert!(library.found("ana.morel@example.fr petit").await.is_empty());
}

#[tokio::test]
async fn what_stands_against_somebody_is_told() {
    let library = Library::new().await;
    library
        .add(&[
            NewPatron {
                block: Some((BlockKind::Address, String::new())),
                ..person("2620000000101", "Morel", "Ana", "1980-03-09")
            },
            person("2620000000102", "Morel", "Zoé", "1981-03-09"),
        ])
        .await;
    let lines = library.lines("morel").await;
    let [ana, zoe] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    assert!(matches!(
        ana.standing[..],
        [Refusal::Blocked {
            kind: BlockKind::Address,
            ..
        }]
    ));
    assert_eq!(zoe.standing, []);
    assert_eq!(zoe.card.as_ref().unwrap().0, "2620000000102");
    assert_eq!(zoe.home_branch.as_str(), "LENS");
}

#[tokio::test]
async fn pages_follow_each_other_and_miss_nobody() {
    let library = Library::new().await;
    let people: Vec<NewPatron> = (0..130)
        .map(|number| {
            person(
                &format!("26{number:010}"),
                "Morel",
                &format!("Ana {}", number % 7),
                "",
            )
        })
        .collect();
    library.add(&people).await;
    for most in [50, 33, 200, 0] {
        let mut ask = library.find_ask("ana morel");
        ask.most = most;
        let (mut seen, mut pages) = (Vec::new(), 0);
        loop {
            let page = library.page(&ask).await;
            assert!(page.lines.len() <= 50);
            seen.extend(page.lines.iter().map(|line| line.id));
            pages += 1;
            let Some(next) = page.next else { break };
            // As a link carries it.
            ask.after = Some(next.to_string().parse().unwrap());
            // Who comes in meanwhile moves nobody to another page.
            if pages == 1 && most == 33 {
                library.people(&[("2699", "Morel", "Aaa Ana", "")]).await;
            }
        }
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all, "nobody twice");
        assert!(all >= 130, "{most}: {all}");
    }
}

#[tokio::test]
async fn hostile_words_find_nobody_and_break_nothing() {
    let library = small_town().await;
    let long = "lefevre ".repeat(10_000);
    for words in [
        "",
        " ",
        "%",
        "_",
        "%%%%",
        "z%",
        "\\",
        "'",
        "\"; DROP TABLE patron; --",
        "\u{0}",
        "\u{10ffff}",
        "lef_vre",
        "%@%",
        "@",
        "0000-00-00",
        "99/99/9999",
        "\u{202e}oéz",
        "----",
        "(((",
        long.as_str(),
    ] {
        let found = library.found(words).await;
        // A repeated name is that name; a sign that is no letter stands between words.
        let fits = found.is_empty() || words == long || words == "z%";
        assert!(fits, "{words:.40}: {found:?}");
    }
    // What separates words is no pattern: «lef_vre» is «lef vre».
    assert!(library.found("lef%").await.contains(&"Zoé".to_owned()));
}

/// Every name of any length comes in and is found, whatever it is made of.
#[tokio::test]
async fn hostile_names_are_found() {
    let library = Library::new().await;
    let long = "Wolfeschlegelsteinhausen".repeat(4_000);
    library
        .people(&[
            ("2620000000101", &long, "Long", ""),
            ("2620000000102", "%_%", "Rien", ""),
            ("2620000000103", "", "", ""),
            ("2620000000104", "Иванова", "Анна", ""),
        ])
        .await;
    assert_eq!(library.found("wolfeschlegel").await, ["Long"]);
    assert_eq!(library.found("rien").await, ["Rien"]);
    assert_eq!(library.found("иван АННА").await, ["Анна"]);
    assert_eq!(library.lines("2620000000103").await.len(), 1);
}

/// A name that changes is found by what it is now.
#[tokio::test]
async fn an_import_s_change_is_found() {
    let library = small_town().await;
    let rename = "UPDATE patron SET family_name = 'Dubois' WHERE given_name = 'Zohra'";
    library.town.store.run_sql(rename).await.unwrap();
    assert_eq!(library.found("dubois").await, ["Zohra"]);
    assert_eq!(library.found("petit zohra").await, [""; 0]);
    let words = "SELECT count(*) FROM patron_word WHERE NOT EXISTS (SELECT FROM patron p
                  WHERE p.id = patron_id AND p.sort_name = patron_word.sort_name)";
    assert_eq!(library.town.store.count(words).await.unwrap(), 0);
}
