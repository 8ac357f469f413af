//! Indexes every `CODE.mrc` of a folder, each source record as a bib, and measures questions on
//! one thread:
//!
//! ```sh
//! cargo run --release -p relire-catalogue --example measure -- ../shared-corpus/bib /tmp/index
//! ```
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measuring program for people"
)]

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use marc::{
    charset::TextReader,
    iso2709::Reader,
    items::{Audience, Item, ItemProfile},
};
use query::{AccessPoint, Node, parse};
use relire_catalogue::{
    Catalogue, Copy, Document, Effort, Facet, ScanForm, SearchOptions, Sort, SortBy, SortKey,
};

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (records, folder) = (arguments.next().unwrap(), arguments.next().unwrap());
    let fresh = !folder.join("meta.json").exists();
    fs::create_dir_all(&folder).unwrap();
    let catalogue = Catalogue::open(&folder).unwrap();
    if fresh {
        build(&catalogue, &records, &folder);
    }
    println!(
        "{} records; memory of the process with a reader: {} MB",
        catalogue.count(),
        memory()
    );
    questions(&catalogue);
    println!("memory of the process after all questions: {} MB", memory());
}

fn build(catalogue: &Catalogue, records: &Path, folder: &Path) {
    let begun = Instant::now();
    let before = memory();
    let mut writer = catalogue.writer(100_000_000, 1).unwrap();
    let profile = ItemProfile::default();
    let (mut bib, mut bytes, mut preparing) = (0, 0, Duration::ZERO);
    let mut most = 0;
    let mut files: Vec<_> = fs::read_dir(records)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "mrc"))
    {
        let branch = file.file_stem().unwrap().to_string_lossy().into_owned();
        let content = fs::read(file).unwrap();
        bytes += content.len();
        let mut text = TextReader::default();
        for stored in Reader::new(content.as_slice()).flatten() {
            let reading = Instant::now();
            let record = text.read(&stored.record).record;
            let copies = profile
                .items(&record)
                .into_iter()
                .map(|item| copy(item, &branch))
                .collect();
            preparing += reading.elapsed();
            bib += 1;
            let changed = "2026-03-01T10:00:00Z".parse().unwrap();
            writer
                .add(&Document {
                    bib,
                    record,
                    others: vec![],
                    copies,
                    changed,
                })
                .unwrap();
            if bib % 10_000 == 0 {
                most = most.max(memory());
            }
        }
    }
    writer.commit_without_feed().unwrap();
    let committed = begun.elapsed();
    writer.finish().unwrap();
    let all = begun.elapsed();
    let size: u64 = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    println!(
        "{bib} records, {} MB: {:.0} s to the commit ({:.0} records/s; {:.0} s of it reading MARC), {:.0} s with merges; index {} MB; memory {before} → {most} MB",
        bytes / 1_000_000,
        committed.as_secs_f64(),
        bib as f64 / committed.as_secs_f64(),
        preparing.as_secs_f64(),
        all.as_secs_f64(),
        size / 1_000_000,
    );
}

fn copy(item: Item, branch: &str) -> Copy {
    Copy {
        branch: branch.to_owned(),
        document_type: item.document.map(|code| code.0),
        audience: item.audience.map(|audience| {
            if audience == Audience::Young {
                "j"
            } else {
                "a"
            }
            .to_owned()
        }),
        barcode: item.barcode,
        call_number: item.call_number,
    }
}

fn questions(catalogue: &Catalogue) {
    let words = |access, after, least: u64| {
        let mut words = Vec::new();
        let mut from = "a".to_owned();
        while words.len() < 400 {
            let scan = catalogue
                .scan(access, ScanForm::Words, &from, 0, 1000)
                .unwrap();
            let Some(last) = scan.terms.last() else { break };
            from = format!("{}0", last.term);
            words.extend(
                scan.terms
                    .iter()
                    .filter(|term| (least..least * after).contains(&term.records))
                    .map(|term| term.term.clone()),
            );
        }
        words
    };
    let titles = words(AccessPoint::Title, 5, 100);
    let authors = words(AccessPoint::Author, 5, 80);
    let large = words(AccessPoint::Any, 10, 8_000);
    let isbns: Vec<_> = catalogue
        .scan(AccessPoint::Isbn, ScanForm::Wholes, "97820700", 0, 500)
        .unwrap()
        .terms
        .into_iter()
        .map(|term| term.term)
        .collect();
    let clause = |name: &str, terms: &[String]| -> Vec<Node> {
        terms
            .iter()
            .map(|term| parse(&format!("{name}:\"{term}\"").replace(":\"", "/words:\"")).unwrap())
            .collect()
    };
    let pairs: Vec<Node> = titles
        .iter()
        .zip(&authors)
        .map(|(title, author)| {
            parse(&format!("any/words:\"{title}\" AND any/words:\"{author}\"")).unwrap()
        })
        .collect();
    let truncated: Vec<Node> = titles
        .iter()
        .map(|word| {
            parse(&format!(
                "title:{}*",
                word.chars().take(4).collect::<String>()
            ))
            .unwrap()
        })
        .collect();
    let left: Vec<Node> = titles
        .iter()
        .filter(|word| word.chars().count() > 4)
        .take(50)
        .map(|word| {
            parse(&format!(
                "title:*{}",
                word.chars().skip(2).collect::<String>()
            ))
            .unwrap()
        })
        .collect();
    let phrases: Vec<Node> = [
        "les misérables",
        "le tour du monde",
        "à la recherche du temps perdu",
        "de la",
        "le petit prince",
    ]
    .iter()
    .map(|text| parse(&format!("\"{text}\"")).unwrap())
    .collect();
    let kinds = [
        ("title word", clause("title", &titles)),
        ("author word", clause("author", &authors)),
        ("ISBN", clause("isbn", &isbns)),
        ("AND of two words", pairs),
        ("truncated word", truncated),
        ("any word, large", clause("any", &large)),
        ("phrase", phrases),
        ("open beginning", left),
    ];
    println!("one thread; count, ten best and their records:");
    for (name, nodes) in &kinds {
        for (order, sort) in [("by number", Sort::Number), ("ranked", Sort::Relevance)] {
            let options = SearchOptions {
                sort,
                ..SearchOptions::default()
            };
            let mut hits = 0;
            let times = nodes.iter().map(|node| {
                time(|| {
                    let answer = catalogue.search(node, &options).unwrap();
                    hits += answer.count;
                    for hit in &answer.hits {
                        black_box(catalogue.record(hit.bib).unwrap());
                    }
                })
            });
            print(
                &format!("{name}, {order}"),
                times.collect(),
                hits / nodes.len().max(1) as u64,
            );
        }
    }
    let scans = titles.iter().map(|word| {
        time(|| {
            black_box(
                catalogue
                    .scan(AccessPoint::Title, ScanForm::Wholes, word, 5, 15)
                    .unwrap(),
            );
        })
    });
    print("scan of 20 titles", scans.collect(), 20);
    for (name, key) in [
        ("title", SortBy::Title),
        ("author", SortBy::Author),
        ("year", SortBy::Year),
    ] {
        let node = parse("any/words/any:\"de la les un histoire roman france\"").unwrap();
        let options = SearchOptions {
            sort: Sort::Keys(vec![SortKey::by(key)]),
            ..SearchOptions::default()
        };
        let mut hits = 0;
        let times =
            (0..20).map(|_| time(|| hits = catalogue.search(&node, &options).unwrap().count));
        print(&format!("ten first by {name}"), times.collect(), hits);
        let mut set = catalogue.result_set(&node, None, Effort::Whole).unwrap();
        let surplus: Vec<i64> = set.iter().skip(46_000).collect();
        surplus.into_iter().for_each(|bib| set.remove(bib));
        let sorts = (0..10).map(|_| {
            time(|| {
                black_box(catalogue.sorted(&set, &[SortKey::by(key)]).unwrap());
            })
        });
        print(
            &format!("a set of {} sorted whole by {name}", set.len()),
            sorts.collect(),
            set.len(),
        );
    }
    for (facet, most) in [
        (Facet::DocumentType, 10),
        (Facet::Branch, 30),
        (Facet::Decade, 10),
        (Facet::Subject, 20),
        (Facet::Author, 20),
    ] {
        let options = SearchOptions {
            limit: 0,
            facets: vec![(facet, most)],
            ..SearchOptions::default()
        };
        let mut hits = 0;
        let times = large.iter().take(50).map(|word| {
            time(|| {
                let node = parse(&format!("any/words:\"{word}\"")).unwrap();
                hits = catalogue.search(&node, &options).unwrap().count;
            })
        });
        print(&format!("count and facet {facet:?}"), times.collect(), hits);
    }
    print(
        "suggest",
        titles
            .iter()
            .map(|word| {
                time(|| {
                    black_box(catalogue.suggest(&word[..word.len().min(3)], 8).unwrap());
                })
            })
            .collect(),
        8,
    );
    print(
        "correct",
        titles
            .iter()
            .map(|word| {
                time(|| {
                    black_box(catalogue.correct(&format!("{word}zq")).unwrap());
                })
            })
            .collect(),
        1,
    );
}

fn time(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn print(name: &str, mut times: Vec<Duration>, hits: u64) {
    times.sort_unstable();
    let at = |part: f64| {
        times
            .get((times.len() as f64 * part) as usize)
            .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    println!(
        "  {name:<38} p50 {:>7.3} ms  p99 {:>7.3} ms  mean hits {hits}",
        at(0.5),
        at(0.99)
    );
}

/// Resident memory that is not the system's file cache, in megabytes.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("RssAnon"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|size| size.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}
