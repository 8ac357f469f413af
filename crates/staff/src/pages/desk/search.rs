//! Words in the scan box: titles of the catalogue, with where they stand now.

use circulation::Rulebook;
use desk::{Action, FoundBib, SearchAsk};

use crate::{Door, access::Signed, pages::Trouble, tongue::Tongue};

/// Titles that are shown: who looks for more says more.
const SHOWN: usize = 20;

/// What was found.
#[derive(Debug)]
pub(super) struct FoundPart {
    /// All of it, not only what is shown.
    pub(super) count: u64,
    pub(super) titles: Vec<TitleRow>,
}

#[derive(Debug)]
pub(super) struct TitleRow {
    pub(super) bib: i64,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) here: Option<String>,
    pub(super) elsewhere: String,
}

/// Looks for words; none where nothing is found, or they may not look.
pub(super) async fn found(
    door: &Door,
    signed: &Signed,
    words: &str,
) -> Result<Option<FoundPart>, Trouble> {
    if !signed.member.may(Action::ItemRead) {
        return Ok(None);
    }
    // Signs alone are no words.
    let Some(query) = query::simple::simple(words) else {
        return Ok(None);
    };
    let ask = SearchAsk {
        limit: SHOWN,
        ..SearchAsk::new(query)
    };
    let found = match door.finder.search(ask).await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "the catalogue has no answer for staff");
            return Ok(None);
        }
    };
    let book = door.desk.rulebook();
    let here = signed.member.branch();
    let row = |bib| row(signed.tongue(), &book, here.as_str(), bib);
    Ok((found.count > 0).then(|| FoundPart {
        count: found.count,
        titles: found.bibs.into_iter().map(row).collect(),
    }))
}

fn row(t: Tongue, book: &Rulebook, here: &str, found: FoundBib) -> TitleRow {
    let documents = found.documents.iter().filter_map(|code| {
        let code = code.parse().ok()?;
        Some(book.documents.get(&code)?.label.clone())
    });
    let about: Vec<_> = [Some(found.author), found.year.map(|year| year.to_string())]
        .into_iter()
        .flatten()
        .chain(documents)
        .filter(|text| !text.is_empty())
        .collect();
    let at = found.availability.branches.get(here);
    let on_shelf = at.filter(|at| at.available > 0).map(|at| {
        let shelf = t.say("ici en rayon", "on the shelf here");
        let numbers: Vec<_> = at.call_numbers.iter().map(String::as_str).collect();
        format!("{shelf} · {}", numbers.join(", "))
    });
    let (copies, available) = (found.availability.copies(), found.availability.available());
    let elsewhere = match t.0 {
        circulation::Language::French => {
            format!(
                "{available} disponibles sur {copies} · {} en attente",
                found.waiting
            )
        }
        circulation::Language::English => {
            format!(
                "{available} of {copies} available · {} waiting",
                found.waiting
            )
        }
    };
    TitleRow {
        bib: found.bib,
        title: found.title,
        about: about.join(" · "),
        here: on_shelf,
        elsewhere,
    }
}
