//! Generated questions over three hundred small records, answered by the index and by a model that
//! knows no index: it walks over every record and compares words.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "model/library.rs"]
mod library;
#[path = "model/naive.rs"]
mod naive;
#[path = "model/questions.rs"]
mod questions;

use std::collections::BTreeSet;

use proptest::test_runner::{Config, TestRunner};
use proptest::{prelude::*, strategy::ValueTree as _};
use query::Node;
use relire_catalogue::{
    BibSet, Catalogue, Effort, Error, Facet, Filter, SearchOptions, Sets, Sort, SortBy, SortKey,
};

use library::{Book, books, document};

/// An index of several segments, some documents of which were replaced or deleted.
fn filled(books: &[Book]) -> Catalogue {
    let catalogue = Catalogue::in_memory().unwrap();
    let mut writer = catalogue.writer(15_000_000, 1).unwrap();
    for (chunk, books_of) in books.chunks(90).enumerate() {
        for book in books_of {
            let mut draft = book.clone();
            if book.bib % 7 == 0 {
                draft.title = "Brouillon à remplacer dune".to_owned();
            }
            writer.put(&document(&draft)).unwrap();
        }
        writer
            .put(&document(&Book {
                bib: 10_000 + chunk as i64,
                ..books[chunk].clone()
            }))
            .unwrap();
        writer.commit_without_feed().unwrap();
    }
    for book in books.iter().filter(|book| book.bib % 7 == 0) {
        writer.put(&document(book)).unwrap();
    }
    for chunk in 0..books.chunks(90).count() {
        writer.delete(10_000 + chunk as i64).unwrap();
    }
    writer.commit_without_feed().unwrap();
    catalogue
}

fn found(catalogue: &Catalogue, node: &Node, sets: &Sets) -> Result<BTreeSet<i64>, Error> {
    let set = catalogue.result_set(node, Some(sets), Effort::Whole)?;
    Ok(set.iter().collect())
}

#[test]
fn the_index_and_a_plain_walk_agree() {
    let books = books(300);
    let catalogue = filled(&books);
    assert_eq!(catalogue.count(), 300);
    let kept: BibSet = (1..300).step_by(3).collect();
    let sets: Sets = [("kept".to_owned(), kept.clone())].into();
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(400)
    });
    let (mut answered, mut with_hits) = (0, 0);
    let result = runner.run(&questions::node(&books), |node| {
        let model: Option<BTreeSet<i64>> = naive::answer(&node, &books, &kept);
        match (found(&catalogue, &node, &sets), model) {
            (Ok(found), Some(model)) => {
                prop_assert_eq!(found, model, "{}", node);
            }
            (Err(Error::Question(_)), None) => {}
            (found, model) => {
                prop_assert!(false, "{}: {:?} but the model {:?}", node, found, model)
            }
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    // The same questions once more, to see that they were not all empty or refused.
    let mut runner = TestRunner::deterministic();
    for _ in 0..300 {
        let node = questions::node(&books)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        if let Ok(found) = found(&catalogue, &node, &sets) {
            answered += 1;
            with_hits += usize::from(!found.is_empty() && found.len() < 300);
        }
    }
    assert!(
        answered > 150 && with_hits > 80,
        "{answered} answered, {with_hits} with some hits"
    );
}

#[test]
fn orders_pages_filters_and_counts_agree_with_each_other() {
    let books = books(300);
    let catalogue = filled(&books);
    let sets = Sets::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        let node = questions::node(&books)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let Ok(all) = found(&catalogue, &node, &sets) else {
            continue;
        };
        let keys = vec![
            SortKey::by(SortBy::Title),
            SortKey::by(SortBy::Year).descending(),
        ];
        for sort in [Sort::Relevance, Sort::Number, Sort::Keys(keys)] {
            let options = SearchOptions {
                limit: 300,
                sort: sort.clone(),
                ..SearchOptions::default()
            };
            let whole = catalogue.search(&node, &options).unwrap();
            assert_eq!(whole.count, all.len() as u64, "{node}");
            let bibs: Vec<i64> = whole.hits.iter().map(|hit| hit.bib).collect();
            assert_eq!(bibs.iter().copied().collect::<BTreeSet<_>>(), all, "{node}");
            // A page is a stretch of the whole.
            let options = SearchOptions {
                offset: 3,
                limit: 4,
                sort,
                ..SearchOptions::default()
            };
            let page: Vec<i64> = catalogue
                .search(&node, &options)
                .unwrap()
                .hits
                .iter()
                .map(|hit| hit.bib)
                .collect();
            assert_eq!(
                page,
                bibs.into_iter().skip(3).take(4).collect::<Vec<_>>(),
                "{node}"
            );
        }
        facets_agree(&catalogue, &node, &books, &all);
    }
}

/// Each value's count is what is left when it is chosen, and its list does not change by that.
fn facets_agree(catalogue: &Catalogue, node: &Node, books: &[Book], all: &BTreeSet<i64>) {
    let facets = vec![
        (Facet::Branch, 50),
        (Facet::Author, 50),
        (Facet::Decade, 50),
        (Facet::Subject, 50),
    ];
    let options = SearchOptions {
        limit: 0,
        facets: facets.clone(),
        ..SearchOptions::default()
    };
    let open = catalogue.search(node, &options).unwrap();
    for counts in &open.facets {
        for value in counts.values.iter().take(3) {
            let filters = vec![Filter {
                facet: counts.facet,
                any_of: vec![value.value.clone()],
            }];
            let chosen = SearchOptions {
                limit: 0,
                facets: facets.clone(),
                filters,
                ..SearchOptions::default()
            };
            let chosen = catalogue.search(node, &chosen).unwrap();
            assert_eq!(
                chosen.count, value.count,
                "{node} {:?} {}",
                counts.facet, value.value
            );
            assert!(chosen.facets.contains(counts), "{node} {:?}", counts.facet);
        }
    }
    let lens = books
        .iter()
        .filter(|book| all.contains(&book.bib) && book.branch == "LENS")
        .count() as u64;
    let counted = open.facets[0]
        .values
        .iter()
        .find(|value| value.value == "LENS");
    assert_eq!(counted.map_or(0, |value| value.count), lens, "{node}");
}

#[test]
fn sorted_is_sorted() {
    let books = books(300);
    let catalogue = filled(&books);
    let set: BibSet = books.iter().map(|book| book.bib).collect();
    let year = |bib: i64| books.iter().find(|book| book.bib == bib).unwrap().year;
    for (descending, missing_first) in [(false, false), (false, true), (true, false), (true, true)]
    {
        let key = SortKey {
            by: SortBy::Year,
            descending,
            missing_first,
        };
        let sorted = catalogue.sorted(&set, &[key]).unwrap();
        let mut model: Vec<i64> = set.iter().collect();
        model.sort_by_key(|bib| {
            let year = year(*bib).map(i64::from);
            let key = match year {
                None if missing_first => i64::MIN,
                None => i64::MAX,
                Some(year) if descending => -year,
                Some(year) => year,
            };
            (key, *bib)
        });
        assert_eq!(sorted, model);
    }
}
