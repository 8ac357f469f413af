//! Readers and loans of former systems, brought in by the command that an operator types. Everybody here is made up.

use std::{fs, process::Command, sync::Arc};

use desk::{PatronAsk, Pin, PinCheck};
use jiff::civil::date;
use store::Store;
use testkit::{CLOCK, Database, Reader, Town, binary};

struct Import {
    said: String,
    report: String,
}

/// Runs `relire import WHAT` on a file with these bytes, at the tests' moment.
fn import(database: &Database, what: &str, bytes: &[u8], options: &[&str]) -> Import {
    let folder = crate::daemon::data_folder();
    let (file, report) = (
        folder.path().join("file.csv"),
        folder.path().join("report.tsv"),
    );
    fs::write(&file, bytes).unwrap();
    let output = Command::new(binary().unwrap())
        .args(["import", what])
        .arg(&file)
        .arg("--report")
        .arg(&report)
        .args(["--clock", CLOCK])
        .arg("--data")
        .arg(folder.path())
        .args(options)
        .env("RELIRE_DATABASE_URL", &database.url)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(output.stdout.is_empty());
    Import {
        said,
        report: fs::read_to_string(report).unwrap(),
    }
}

impl Import {
    /// The last line of the table: what came of all sources together, by column.
    fn all(&self, column: &str) -> i64 {
        let heading = self
            .said
            .lines()
            .rfind(|line| line.starts_with("branch "))
            .unwrap();
        let all = self
            .said
            .lines()
            .rfind(|line| line.starts_with("all "))
            .unwrap();
        // «no guarantor» is the last column, and the only one with a blank in it.
        let names = heading.replace("no guarantor", "no_guarantor");
        let place = names.split_whitespace().position(|name| name == column);
        place.map_or(0, |place| {
            all.split_whitespace().nth(place).unwrap().parse().unwrap()
        })
    }
}

const READERS: &str = "patron_id;branch;card;lastname;firstname;sex;birthdate;address;zip;city;email;phone;category;expires;status;fines_eur;pin
1;LENS;00001;MARTEAU;Zoé;F;1985-02-03;12 rue du Test;62300;Lens;zoe@example.org;;ADU;2027-01-31;active;2.50;1470
2;LENS;00002;MARTEAU;Noé;M;2016-05-06;12 Rue du Test;62300;Lens;;;ENF;2027-01-31;active;0.00;
3;LENS;00003;MARTEAU;Luc;M;1986-01-01;99 rue Autre;62300;Lens;;;ADU;2027-01-31;blocked;0.00;2580
1;GREN;00001;MARTEAU;Zoe;F;03/02/1985;12 rue du Test;62160;Grenay;;;ADU;31/01/2027;active;0,00;3690
2;GREN;00002;SEULE;Mina;F;07/08/2017;1 place du Test;62160;Grenay;;;ENF;31/01/2027;active;0,00;
3;GREN;00001;DOUBLE;Carte;F;07/08/1990;1 place du Test;62160;Grenay;;;ADU;31/01/2027;active;0,00;
4;GREN;00004;FAUX;Jour;F;31/02/1990;1 place du Test;62160;Grenay;;;ADU;31/01/2027;active;0,00;
5;GREN;00005;FAUX;Genre;F;07/08/1990;1 place du Test;62160;Grenay;;;XYZ;31/01/2027;active;0,00;
";

async fn number(store: &Store, query: &str) -> i64 {
    store.count(query).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_come_in_once_and_what_was_changed_here_stays() {
    let database = Database::network().await.unwrap();
    let store = database.store().await.unwrap();
    // Latin-1, as an old system writes it.
    let bytes: Vec<u8> = READERS
        .chars()
        .map(|letter| u8::try_from(letter).unwrap())
        .collect();

    let dry = import(&database, "patrons", &bytes, &["--dry-run"]);
    assert_eq!((dry.all("read"), dry.all("new")), (8, 5), "{}", dry.said);
    assert_eq!(number(&store, "SELECT count(*) FROM patron").await, 0);

    let first = import(&database, "patrons", &bytes, &[]);
    assert_eq!(
        (
            first.all("new"),
            first.all("rejected"),
            first.all("no_guarantor")
        ),
        (5, 3, 1),
        "{}",
        first.said
    );
    let fields: Vec<(&str, &str)> = first
        .report
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells[0], cells[3])
        })
        .collect();
    assert_eq!(
        fields,
        [
            ("7", "card"),
            ("8", "birthdate"),
            ("9", "category"),
            ("6", "birthdate")
        ]
    );
    for secret in ["MARTEAU", "Zo", "zoe@", "1470", "rue du Test", "00001"] {
        assert!(
            !first.said.contains(secret) && !first.report.contains(secret),
            "{secret}"
        );
    }
    assert_eq!(
        number(
            &store,
            "SELECT count(*) FROM patron WHERE given_name = 'Zoé'"
        )
        .await,
        1
    );
    assert_eq!(
        number(&store, "SELECT count(DISTINCT household_id) FROM patron").await,
        4
    );
    assert_eq!(
        number(
            &store,
            "SELECT count(*) FROM patron c JOIN patron g ON g.id = c.guarantor_id
        WHERE c.given_name = 'Noé' AND g.given_name = 'Zoé' AND g.household_id = c.household_id"
        )
        .await,
        1
    );
    assert_eq!(
        number(
            &store,
            "SELECT coalesce(sum(cents), 0)::bigint FROM ledger WHERE note = 'reprise'"
        )
        .await,
        250
    );
    assert_eq!(
        number(&store, "SELECT count(*) FROM block WHERE lifted_at IS NULL").await,
        1
    );
    let open_doubts = store.open_doubts(None).await.unwrap();
    assert_eq!(open_doubts.len(), 1);
    assert_eq!(open_doubts[0].why, ["accents", "same_address"]);

    // Again: nothing. Settled: never proposed again.
    assert!(
        store
            .settle_doubt(
                open_doubts[0].number,
                None,
                jiff::Timestamp::UNIX_EPOCH + jiff::Span::new().hours(1)
            )
            .await
            .unwrap()
    );
    let again = import(&database, "patrons", &bytes, &[]);
    assert_eq!(
        (
            again.all("unchanged"),
            again.all("new"),
            again.all("changed")
        ),
        (5, 0, 0),
        "{}",
        again.said
    );
    assert_eq!(number(&store, "SELECT count(*) FROM ledger").await, 1);
    assert!(store.open_doubts(None).await.unwrap().is_empty());

    // A later file: one moved there, one was changed here too, one is no longer blocked and has a new card.
    store
        .run_sql(
            "UPDATE patron SET phone = '06 39 98 00 00', address = 'ici' WHERE given_name = 'Zoé'",
        )
        .await
        .unwrap();
    let later = READERS
        .replace(
            "1985-02-03;12 rue du Test;62300;Lens;zoe@example.org",
            "1985-02-03;7 rue Nouvelle;62300;Lens;z@example.org",
        )
        .replace(
            "00003;MARTEAU;Luc;M;1986-01-01;99 rue Autre;62300;Lens;;;ADU;2027-01-31;blocked",
            "00033;MARTEAU;Luc;M;1986-01-01;99 rue Autre;62300;Lens;;;ADU;2028-01-31;active",
        );
    let changed = import(&database, "patrons", later.as_bytes(), &[]);
    assert_eq!(
        (
            changed.all("kept"),
            changed.all("changed"),
            changed.all("unchanged")
        ),
        (1, 1, 3),
        "{}",
        changed.said
    );
    assert!(
        changed
            .report
            .contains("2\tLENS\t1\taddress\twas changed here since"),
        "{}",
        changed.report
    );
    assert_eq!(number(&store, "SELECT count(*) FROM patron WHERE address = 'ici' AND phone = '06 39 98 00 00' AND email = 'z@example.org'").await, 1);
    assert_eq!(number(&store, "SELECT count(*) FROM patron p JOIN card c ON c.patron_id = p.id
        WHERE p.given_name = 'Luc' AND expires_on = '2028-01-31' AND (number, status) IN (('00003', 'alias'), ('00033', 'active'))").await, 2);
    assert_eq!(
        number(&store, "SELECT count(*) FROM block WHERE lifted_at IS NULL").await,
        0
    );
    let settled = import(&database, "patrons", later.as_bytes(), &[]);
    assert_eq!(settled.all("unchanged"), 5, "{}", settled.said);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_pin_is_hashed_in_full_when_it_is_first_typed() {
    let database = Database::network().await.unwrap();
    import(&database, "patrons", READERS.as_bytes(), &[]);
    let town = Town::new(&database).await.unwrap();
    let kiosk = town.kiosk("LENS").await.unwrap();
    let cheap = "SELECT count(*) FROM patron WHERE pin_hash LIKE '$argon2id$v=19$m=4096,t=1,p=1$%'";
    assert_eq!(number(&town.store, cheap).await, 3);
    let type_pin = async |pin: &str| {
        let ask = PatronAsk {
            pin: Pin::typed(pin),
            visit: Arc::new(town.desk.visit(&kiosk)),
            ..PatronAsk {
                actor: desk::Actor::kiosk(&kiosk),
                card: "00001".into(),
                pin: None,
                visit: Arc::new(desk::Visit::new()),
                at: town.now().clone(),
            }
        };
        town.desk.patron(ask).await.unwrap().unwrap().pin
    };
    assert_eq!(
        type_pin("3690").await,
        PinCheck::Wrong,
        "the PIN of the same number in Grenay"
    );
    assert_eq!(number(&town.store, cheap).await, 3);
    assert_eq!(type_pin("1470").await, PinCheck::Right);
    assert_eq!(number(&town.store, cheap).await, 2);
    assert_eq!(
        number(
            &town.store,
            "SELECT sum(credential_version)::bigint FROM patron"
        )
        .await,
        0
    );
    assert_eq!(type_pin("1470").await, PinCheck::Right);
    assert_eq!(type_pin("1471").await, PinCheck::Wrong);
}

const LOANS: &str = "loan_id,checkout,due,return,checkout_branch,return_branch,item_branch,barcode,card,patron_branch,renewals,channel\n";

#[tokio::test(flavor = "multi_thread")]
async fn loans_come_in_once_go_on_here_and_end_here_or_by_a_later_file() {
    let database = Database::network().await.unwrap();
    import(&database, "patrons", READERS.as_bytes(), &[]);
    let town = Town::new(&database).await.unwrap();
    let books = town.items("LIV", "LENS", 6).await.unwrap();
    let [a, b, c, d, e, f] = books.as_slice() else {
        panic!("six books")
    };
    let file = format!(
        "{LOANS}\
        1,2025-03-01 10:00:00,2025-03-29,2025-03-20 15:00:00,LENS,LENS,LENS,{a},00001,LENS,0,desk\n\
        2,2026-05-02 10:00:00,2026-05-30,2026-05-20 15:00:00,LENS,GREN,LENS,{a},00001,LENS,0,desk\n\
        3,2026-05-25 10:00:00,2026-06-22,,LENS,LENS,LENS,{a},00001,LENS,0,desk\n\
        4,2024-01-05 10:00:00,2024-02-02,,LENS,LENS,LENS,{b},00001,LENS,1,desk\n\
        5,2026-06-01 10:00:00,2026-06-29,,LENS,LENS,LENS,{c},00002,LENS,0,desk\n\
        6,2025-05-02 10:00:00,2025-05-30,,LENS,LENS,LENS,{d},00001,LENS,0,desk\n\
        7,2025-06-02 10:00:00,2025-06-30,2025-06-20 15:00:00,LENS,LENS,LENS,{d},00003,LENS,0,desk\n\
        8,2025-06-10 10:00:00,2025-06-30,2025-06-25 15:00:00,LENS,LENS,LENS,{d},00001,LENS,0,desk\n\
        9,2025-06-01 10:00:00,2025-06-29,2025-06-20 18:00:00,LENS,LENS,LENS,{e},00001,LENS,0,desk\n\
        10,2025-06-20 14:00:00,2025-07-18,2025-07-01 10:00:00,LENS,LENS,LENS,{e},00003,LENS,0,desk\n\
        11,2025-06-20 14:00:00,2025-07-18,2025-07-01 10:00:00,LENS,LENS,LENS,999,00003,LENS,0,desk\n\
        12,2025-06-20 14:00:00,2025-07-18,2025-07-01 10:00:00,LENS,LENS,LENS,{e},999,LENS,0,desk\n\
        13,2025-06-20 14:00:00,2025-07-18,2025-06-01 10:00:00,LENS,LENS,LENS,{e},00003,LENS,0,desk\n\
        14,2026-06-03 10:00:00,2026-07-01,,LENS,LENS,LENS,{f},00001,LENS,0,desk\n"
    );
    let dry = import(&database, "loans", file.as_bytes(), &["--dry-run"]);
    assert_eq!((dry.all("over"), dry.all("open")), (5, 4), "{}", dry.said);
    assert_eq!(
        number(
            &town.store,
            "SELECT count(*) FROM custody WHERE kind = 'loan'"
        )
        .await,
        0
    );

    let first = import(&database, "loans", file.as_bytes(), &[]);
    let counts = [
        "read",
        "over",
        "open",
        "lent_again",
        "overlaps",
        "unknown_item",
        "unknown_patron",
        "unreadable",
    ];
    assert_eq!(
        counts.map(|column| first.all(column)),
        [14, 5, 4, 1, 1, 1, 1, 1],
        "{}",
        first.said
    );
    assert!(
        first.report.contains("14\tLENS\t13\treturn\t"),
        "{}",
        first.report
    );
    assert!(!first.report.contains(a.as_str()) && !first.said.contains("00001"));
    // Returned in May 2026: still known on 9 June. In 2025: not any more.
    assert_eq!(number(&town.store, "SELECT count(*) FROM custody WHERE until IS NOT NULL AND kind = 'loan' AND patron_id IS NOT NULL").await, 1);
    assert_eq!(town.store.lost_items().await.unwrap(), 0);

    let before = number(&town.store, "SELECT sum(version)::bigint FROM item").await;
    let again = import(&database, "loans", file.as_bytes(), &[]);
    assert_eq!(
        (again.all("known"), again.all("over"), again.all("open")),
        (9, 0, 0),
        "{}",
        again.said
    );
    assert_eq!(
        number(&town.store, "SELECT sum(version)::bigint FROM item").await,
        before
    );

    // At a kiosk: they count, they are renewed and taken back under the rules of today.
    let zoe = Reader {
        card: "00001".into(),
        branch: "LENS".parse().unwrap(),
    };
    let mut session = town.store.session().await.unwrap();
    let (_, patron) = session
        .patron_file(&zoe.card, zoe.branch, town.today())
        .await
        .unwrap();
    drop(session);
    let patron = patron.unwrap();
    assert_eq!(patron.loans.len(), 3);
    assert_eq!(patron.row.facts.loans.len(), 4, "the household's count too");
    let kiosk = town.kiosk("LENS").await.unwrap();
    let noe = Reader {
        card: "00002".into(),
        branch: zoe.branch,
    };
    let renewed = town
        .desk
        .renew(town.renew(&kiosk, &noe, c, None))
        .await
        .unwrap();
    assert!(renewed.outcome.is_ok(), "{:?}", renewed.outcome);
    assert_eq!(number(&town.store, "SELECT count(*) FROM custody WHERE until IS NULL AND renewals = 1 AND policy_version IS NOT NULL").await, 1);
    let back = town.take_back("LENS", b).await.unwrap().outcome.unwrap();
    assert!(back.was_lent && back.late_days > 800, "{back:?}");

    // A later file: one has come back there, one was renewed there, one of those here is not touched.
    let later = file
        .replace("2026-06-22,,LENS", "2026-06-22,2026-06-08 16:00:00,LENS")
        .replace("2026-06-29,,LENS", "2026-07-27,,LENS")
        .replace("2026-07-01,,LENS", "2026-07-29,,LENS");
    let ends = import(&database, "loans", later.as_bytes(), &[]);
    assert_eq!(
        (ends.all("ends"), ends.all("moved"), ends.all("known")),
        (1, 1, 7),
        "{}",
        ends.said
    );
    let lent = town
        .lend(
            &Reader {
                card: "00003".into(),
                branch: zoe.branch,
            },
            a,
        )
        .await
        .unwrap();
    assert!(lent.outcome.is_err(), "blocked");
    let adult = town.reader("ADU", "LENS").await.unwrap();
    let lent = town.lend(&adult, a).await.unwrap();
    assert!(lent.outcome.is_ok(), "{:?}", lent.outcome);
    assert!(lent.outcome.unwrap().due > date(2026, 6, 9));
    assert_eq!(town.store.lost_items().await.unwrap(), 0);
}
