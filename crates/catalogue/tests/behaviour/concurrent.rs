//! Four readers while one writes: each sees one whole state, never half a commit.

use std::sync::atomic::{AtomicBool, Ordering};

use query::parse;
use relire_catalogue::{Catalogue, SearchOptions};

use crate::small::{document, titled, writer};

#[test]
fn readers_see_whole_commits() {
    let catalogue = Catalogue::in_memory().unwrap();
    let done = AtomicBool::new(false);
    let node = parse("title:dune").unwrap();
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let (mut seen, mut last) = (0, 0);
                    while !done.load(Ordering::Acquire) || seen == 0 {
                        let answer = catalogue
                            .search(
                                &node,
                                &SearchOptions {
                                    limit: 50,
                                    ..SearchOptions::default()
                                },
                            )
                            .unwrap();
                        assert!(
                            answer.count.is_multiple_of(10),
                            "{} of a commit of ten",
                            answer.count
                        );
                        assert!(answer.count >= last, "commits do not go back");
                        assert_eq!(answer.hits.len() as u64, answer.count.min(50));
                        last = answer.count;
                        seen += 1;
                    }
                    seen
                })
            })
            .collect();
        let mut writer = writer(&catalogue);
        for commit in 0..20 {
            for bib in 0..10 {
                writer
                    .put(&document(commit * 10 + bib + 1, titled("Dune")))
                    .unwrap();
            }
            // Documents that are replaced are not counted twice.
            writer.put(&document(1, titled("Dune"))).unwrap();
            writer.commit_without_feed().unwrap();
        }
        done.store(true, Ordering::Release);
        for reader in readers {
            assert!(reader.join().unwrap() > 0);
        }
    });
    assert_eq!(
        catalogue
            .search(&node, &SearchOptions::default())
            .unwrap()
            .count,
        200
    );
}
