//! `relire search …`: the catalogue in the terminal. `relire reindex`: its index, built anew.

use std::io::{IsTerminal, stderr};

use anyhow::Context;
use catalogue::{Sort, SortBy, SortKey};
use circulation::Language;
use desk::{Availability, Finder, Found, FoundBib, SearchAsk};
use query::{AccessPoint, Node, simple::simple};

use super::configured;
use crate::{
    cli::{Addresses, Common, Order, Search},
    database,
};

#[expect(
    clippy::print_stdout,
    reason = "what was found is this command's output"
)]
pub(super) async fn run(common: &Common, options: Search) -> anyhow::Result<()> {
    let typed = options.query.join(" ");
    let query = question(&typed)?;
    let config = configured(common, &Addresses::default())?;
    let database = database::open(&config).await?;
    let finder = Finder::open(database.store.clone(), &config.index())?;
    match finder.bring(progress).await {
        // A daemon follows the database: its index is as new as can be.
        Err(error) if error.is_held() => {}
        brought => brought.context("bringing the index up to date")?,
    }
    let ask = SearchAsk {
        offset: options.offset,
        limit: options.limit,
        sort: order(options.sort),
        available_at: options.at.as_deref().map(str::parse).transpose()?,
        ..SearchAsk::new(query)
    };
    let found = finder.search(ask).await?;
    if options.json {
        let found = serde_json::json!({ "count": found.count, "bibs": found.bibs });
        println!("{found}");
    } else {
        let language = if options.english {
            Language::English
        } else {
            Language::French
        };
        for line in lines(&typed, &found, options.offset, language) {
            println!("{line}");
        }
    }
    Ok(())
}

/// Builds the index anew; daemons that run build theirs.
pub(super) async fn reindex(common: &Common) -> anyhow::Result<()> {
    let config = configured(common, &Addresses::default())?;
    let database = database::open(&config).await?;
    database.owner.renew_feed().await?;
    let finder = Finder::open(database.store.clone(), &config.index())?;
    match finder.rebuild(progress).await {
        Err(error) if error.is_held() => {
            eprintln!(
                "a daemon has this index: it builds it anew now, and answers from the old one meanwhile"
            );
        }
        built => {
            built.context("building the index")?;
            eprintln!("{} documents are in the index", finder.count());
        }
    }
    Ok(())
}

fn progress(progress: desk::Progress) {
    if stderr().is_terminal() {
        eprint!("\rindex: {} of {} documents ", progress.done, progress.of);
        if progress.done >= progress.of {
            eprintln!();
        }
    }
}

/// Conditions where it looks like conditions, else the words of a box.
fn question(typed: &str) -> anyhow::Result<Node> {
    let names_a_place = typed.split([' ', '(']).any(|word| {
        let name = word.split_once([':', '/']).map(|(name, _)| name);
        name.is_some_and(|name| name.parse::<AccessPoint>().is_ok())
    });
    let joins = [" AND ", " OR ", " NOT "]
        .into_iter()
        .any(|word| typed.contains(word));
    if names_a_place || joins {
        return query::parse(typed).with_context(|| format!("the question «{typed}»"));
    }
    simple(typed).with_context(|| format!("«{typed}» has no word to look for"))
}

fn order(order: Order) -> Sort {
    match order {
        Order::Relevance => Sort::Relevance,
        Order::Title => Sort::Keys(vec![SortKey::by(SortBy::Title)]),
        Order::Author => Sort::Keys(vec![
            SortKey::by(SortBy::Author),
            SortKey::by(SortBy::Title),
        ]),
        Order::Year => Sort::Keys(vec![SortKey::by(SortBy::Year).descending()]),
    }
}

fn lines(typed: &str, found: &Found, offset: usize, language: Language) -> Vec<String> {
    let french = language == Language::French;
    let plural = if found.count > 1 { "s" } else { "" };
    let mut lines = vec![if french {
        format!(
            "«\u{A0}{typed}\u{A0}»\u{A0}: {} document{plural}",
            found.count
        )
    } else {
        format!("“{typed}”: {} document{plural}", found.count)
    }];
    for (number, bib) in (offset + 1..).zip(&found.bibs) {
        lines.push(String::new());
        lines.push(format!("{number:>3}. {}", heading(bib)));
        lines.push(format!("     {}", shelves(&bib.availability, french)));
        let notes = notes(bib, french);
        if !notes.is_empty() {
            lines.push(format!("     {notes}"));
        }
    }
    lines
}

fn heading(bib: &FoundBib) -> String {
    let mut line = bib.title.clone();
    if !bib.author.is_empty() {
        line.push_str(" — ");
        line.push_str(&bib.author);
    }
    if let Some(year) = bib.year {
        line.push_str(&format!(", {year}"));
    }
    let documents: Vec<&str> = bib.documents.iter().map(String::as_str).collect();
    format!("{line}  [{}]  n° {}", documents.join(" "), bib.bib)
}

/// `LENS 2/3 (R HUG)  VIMY 0/1`: available of all, branch by branch.
fn shelves(availability: &Availability, french: bool) -> String {
    if availability.branches.is_empty() {
        return if french {
            "aucun exemplaire".to_owned()
        } else {
            "no copy".to_owned()
        };
    }
    let branches = availability.branches.iter().map(|(branch, at)| {
        let call_number = at.call_numbers.first().filter(|_| at.available > 0);
        let shelf = call_number
            .map(|call_number| format!(" ({call_number})"))
            .unwrap_or_default();
        let on_site = match (at.on_site, french) {
            (0, _) => String::new(),
            (copies, true) => format!(" +{copies} sur place"),
            (copies, false) => format!(" +{copies} on site"),
        };
        format!("{branch} {}/{}{on_site}{shelf}", at.available, at.copies)
    });
    branches.collect::<Vec<_>>().join("  ")
}

fn notes(bib: &FoundBib, french: bool) -> String {
    let mut notes = Vec::new();
    if bib.waiting > 0 {
        notes.push(match (bib.waiting, french) {
            (1, true) => "1 réservation".to_owned(),
            (waiting, true) => format!("{waiting} réservations"),
            (1, false) => "1 hold".to_owned(),
            (waiting, false) => format!("{waiting} holds"),
        });
    }
    if let Some(due) = bib
        .availability
        .next_due
        .filter(|_| bib.availability.available() == 0)
    {
        notes.push(if french {
            format!("premier retour prévu le {}", due.strftime("%d/%m/%Y"))
        } else {
            format!("first due back on {due}")
        });
    }
    notes.join(", ")
}
