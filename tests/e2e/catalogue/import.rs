//! Catalogues as branches deliver them, through the real command.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};

use marc::{DataField, Leader, Record, charset::Charset, iso2709};
use store::{PoolSize, Store};
use testkit::{Database, Town};

/// A book with copies: control number, title, ISBN, volume, barcodes.
struct Book(
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

fn file(folder: &Path, branch: &str, books: &[Book]) {
    let mut bytes = Vec::new();
    for Book(number, title, isbn, volume, barcodes) in books {
        let mut record = Record::new(Leader::UNIMARC);
        record.push_control(b"001", *number);
        record.push(DataField::new(b"010", b"  ").with(b'a', *isbn));
        record
            .push(DataField::new(b"100", b"  ").with(b'a', "20110419d2011    m  y0frey50      ba"));
        let mut field = DataField::new(b"200", b"1 ").with(b'a', *title);
        if !volume.is_empty() {
            field.push(b'h', *volume);
        }
        record.push(field);
        record.push(
            DataField::new(b"700", b" 1")
                .with(b'a', "Hugo")
                .with(b'b', "Victor"),
        );
        for barcode in *barcodes {
            record.push(
                DataField::new(b"995", b"  ")
                    .with(b'b', branch)
                    .with(b'f', *barcode)
                    .with(b'o', "e")
                    .with(b'r', "az"),
            );
        }
        let (raw, _) = marc::charset::to_bytes(&record, Charset::Utf8);
        bytes.extend(iso2709::encode(&raw).unwrap());
    }
    fs::write(folder.join(format!("{branch}.mrc")), bytes).unwrap();
}

fn relire(database: &Database, arguments: &[&str]) -> Output {
    Command::new(testkit::binary().unwrap())
        .args(arguments)
        .env("RELIRE_DATABASE_URL", &database.url)
        .output()
        .unwrap()
}

fn imported(database: &Database, arguments: &[&str]) -> String {
    let mut whole = vec!["import", "catalogue"];
    whole.extend(arguments);
    let output = relire(database, &whole);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    said
}

/// Records by the bib that they are in; the bibs' numbers are left out.
fn partition(database: &Database, folder: &Path) -> Vec<Vec<String>> {
    let file = folder.join("union.tsv");
    let output = relire(database, &["export", "union", file.to_str().unwrap()]);
    assert!(output.status.success());
    let text = fs::read_to_string(file).unwrap();
    assert!(
        text.starts_with("source\tcontrol_number\tbib\n"),
        "{text:.80}"
    );
    let mut bibs = std::collections::BTreeMap::<&str, Vec<String>>::new();
    for line in text.lines().skip(1) {
        let (record, bib) = line.rsplit_once('\t').unwrap();
        bibs.entry(bib).or_default().push(record.to_owned());
    }
    let mut sets: Vec<_> = bibs.into_values().collect();
    sets.sort();
    sets
}

async fn count(database: &Database, sql: &str) -> i64 {
    let store = Store::connect(&database.url, &PoolSize::default())
        .await
        .unwrap();
    let counted = store.count(sql).await.unwrap();
    store.close().await;
    counted
}

#[tokio::test(flavor = "multi_thread")]
async fn branches_that_have_one_book_have_one_bib() {
    let database = Database::network().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let miserables = "978-2-253-09633-7";
    file(
        folder.path(),
        "LENS",
        &[
            Book("L1", "Les misérables", miserables, "1", &["100", "101"]),
            Book("L2", "Les misérables", "", "2", &["102"]),
            Book(
                "L2",
                "Notre-Dame de Paris",
                "2-07-036549-2",
                "",
                &["103", "100"],
            ),
        ],
    );
    file(
        folder.path(),
        "VIMY",
        &[Book("1", "MISERABLES (LES)", "2253096334", "1", &["100"])],
    );
    let report = folder.path().join("report.tsv");
    let said = imported(&database, &[path, "--report", report.to_str().unwrap()]);
    assert!(
        said.contains(
            "LENS: 3 read, 3 created (3 new bibs, 0 joined), 0 updated, 0 unchanged, 0 rejected"
        ),
        "{said}"
    );
    assert!(
        said.contains("copies: 4 new, 0 changed, 0 moved, 1 rejected"),
        "{said}"
    );
    assert!(
        said.contains("VIMY: 1 read, 1 created (0 new bibs, 1 joined)"),
        "{said}"
    );
    let report = fs::read_to_string(report).unwrap();
    assert!(
        report.contains("L2#2\tcontrol number of another record\trepaired"),
        "{report}"
    );
    assert!(
        report.contains("barcode twice in a branch\tcopy rejected"),
        "{report}"
    );
    let sets = [
        vec!["LENS\tL1", "VIMY\t1"],
        vec!["LENS\tL2"],
        vec!["LENS\tL2#2"],
    ];
    assert_eq!(partition(&database, folder.path()), sets);
    // The copies stand on their shelves, those of both branches under one bib; what has accents is served.
    let shelved = "SELECT count(*) FROM item i JOIN custody c ON c.item_id = i.id AND c.kind = 'shelf' AND c.branch = i.owner_branch
                     JOIN bib b ON b.id = i.bib_id WHERE b.title = 'Les misérables. 1'";
    assert_eq!(count(&database, shelved).await, 3);

    // Again: nothing changes.
    let said = imported(&database, &[path]);
    assert!(said.contains("all 2 files: 4 read, 0 created (0 new bibs, 0 joined), 0 updated, 4 unchanged, 0 rejected"), "{said}");
    assert!(
        said.contains("copies: 0 new, 0 changed, 0 moved, 1 rejected, 0 gone"),
        "{said}"
    );

    // A record changes its title, a copy its record, and one is no longer in the file.
    file(
        folder.path(),
        "LENS",
        &[
            Book("L1", "Les Misérables", miserables, "1", &["100"]),
            Book("L2", "Les misérables", "", "2", &["101"]),
        ],
    );
    let one = folder.path().join("LENS.mrc");
    let dry = imported(&database, &[one.to_str().unwrap(), "--dry-run"]);
    let said = imported(&database, &[one.to_str().unwrap()]);
    assert!(dry.starts_with(said.lines().next().unwrap()), "{dry}");
    assert!(
        said.contains("LENS: 2 read, 0 created (0 new bibs, 0 joined), 2 updated, 0 unchanged"),
        "{said}"
    );
    assert!(
        said.contains("copies: 0 new, 0 changed, 1 moved, 0 rejected, 2 gone"),
        "{said}"
    );
    assert_eq!(partition(&database, folder.path()), sets);
    assert_eq!(
        count(
            &database,
            "SELECT count(*) FROM bib WHERE title = 'Les Misérables. 1'"
        )
        .await,
        1
    );
    assert_eq!(
        count(&database, "SELECT count(*) FROM item").await,
        5,
        "none is withdrawn by itself"
    );
}

/// A barcode that a partner's item has got is that item's, whatever a file says of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_partner_lends_is_left_alone() {
    let database = Database::network().await.unwrap();
    let town = Town::new(&database).await.unwrap();
    let terminal = town.kiosk("LENS").await.unwrap();
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let ask = crate::partners::bring(&town, &terminal, &reader, "R-1", &["PEB1"]);
    let brought = town.desk.accept(ask).await.unwrap().outcome.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let books = [Book("L1", "Les Misérables", "", "", &["PEB1", "100"])];
    file(folder.path(), "LENS", &books);
    let one = folder.path().join("LENS.mrc");
    let said = imported(&database, &[one.to_str().unwrap()]);
    assert!(
        said.contains("copies: 1 new, 0 changed, 0 moved, 1 rejected"),
        "{said}"
    );
    let untouched = format!(
        "SELECT count(*) FROM item JOIN bib b ON b.id = bib_id WHERE item.id = {} AND barcode = 'PEB1' AND b.title = 'Germinal'",
        brought.item
    );
    assert_eq!(count(&database, &untouched).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_import_at_a_time() {
    let database = Database::network().await.unwrap();
    let store = Store::connect(&database.url, &PoolSize::default())
        .await
        .unwrap();
    let first = store.importer(false).await.unwrap().unwrap();
    let folder = tempfile::tempdir().unwrap();
    file(
        folder.path(),
        "LENS",
        &[Book("1", "Notre-Dame de Paris", "", "", &[])],
    );
    let path = folder.path().to_str().unwrap();
    let output = relire(&database, &["import", "catalogue", path]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && said.contains("another import is at work"),
        "{said}"
    );
    first.close().await.unwrap();
    imported(&database, &[path]);
    let output = relire(
        &database,
        &["import", "catalogue", "--branch", "VIMY", "/dev/null"],
    );
    assert_eq!(output.status.code(), Some(2), "nothing usable");
}

/// Killed in the middle and started again, an import ends with the documents of one that was not.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_was_killed_goes_on() {
    let generator =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/catalogue/build/make_corpus.py");
    if !generator.exists() {
        eprintln!("left out: the generator of catalogues is not in ../shared");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("python3")
        .arg(generator)
        .args([
            "--records",
            "5000",
            "--items",
            "8000",
            "--seed",
            "3",
            "--no-loans",
            "--out",
        ])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let bib = folder.path().join("bib");
    let bib = bib.to_str().unwrap();

    let whole = Database::network().await.unwrap();
    let said = imported(&whole, &[bib]);
    assert!(said.contains("all 27 files: 5"), "{said}");
    let expected = partition(&whole, folder.path());

    let killed = Database::network().await.unwrap();
    for times in 1..=2 {
        let mut import = Command::new(testkit::binary().unwrap())
            .args(["import", "catalogue", bib])
            .env("RELIRE_DATABASE_URL", &killed.url)
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let deadline = Instant::now() + Duration::from_secs(120);
        let written = "SELECT count(*) FROM source_record";
        while count(&killed, written).await < 1_000 * times {
            assert!(Instant::now() < deadline, "it writes nothing");
            assert!(
                import.try_wait().unwrap().is_none(),
                "it was over before it was killed"
            );
        }
        import.kill().unwrap();
        import.wait().unwrap();
        // Its connection may outlive it for a moment, and the lock with it.
        let held =
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database =
                        (SELECT oid FROM pg_database WHERE datname = current_database())";
        while count(&killed, held).await > 0 {
            assert!(Instant::now() < deadline, "its lock stays");
        }
    }
    imported(&killed, &[bib]);
    assert_eq!(partition(&killed, folder.path()), expected);
    for sql in [
        "SELECT count(*) FROM item",
        "SELECT count(*) FROM match_key",
        "SELECT count(*) FROM doubt",
        "SELECT sum(hashtext(title || author))::bigint FROM bib",
    ] {
        assert_eq!(count(&killed, sql).await, count(&whole, sql).await, "{sql}");
    }
}
