//! Words in the scan box: readers by name, birth date, telephone or address, and titles of the catalogue with where they
//! stand now.

use circulation::Rulebook;
use desk::{Action, FindAsk, FoundBib, PatronLine, SearchAsk};
use serde_json::json;

use crate::{Door, access::Signed, pages::Trouble, tongue::Tongue};

/// Titles that are shown: who looks for more says more.
const SHOWN: usize = 20;
/// Readers that are shown, likewise.
const READERS: u16 = 10;

/// What was found.
#[derive(Debug)]
pub(super) struct FoundPart {
    pub(super) readers: Vec<ReaderRow>,
    /// There are more readers than these.
    pub(super) more_readers: bool,
    /// How many titles there are, not only how many are shown.
    pub(super) count: u64,
    pub(super) titles: Vec<TitleRow>,
}

#[derive(Debug)]
pub(super) struct ReaderRow {
    /// None where no card of theirs is good.
    pub(super) card: Option<String>,
    pub(super) name: String,
    pub(super) about: String,
    pub(super) barred: bool,
}

#[derive(Debug)]
pub(super) struct TitleRow {
    pub(super) bib: i64,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) here: Option<String>,
    pub(super) elsewhere: String,
}

/// Looks for words where they may look; none where nothing is found.
pub(super) async fn found(
    door: &Door,
    signed: &Signed,
    words: &str,
) -> Result<Option<FoundPart>, Trouble> {
    let (readers, more_readers) = readers(door, signed, words).await?;
    let (count, titles) = titles(door, signed, words).await;
    Ok((count > 0 || !readers.is_empty()).then_some(FoundPart {
        readers,
        more_readers,
        count,
        titles,
    }))
}

/// Readers whom the words fit, and whether there are more. That somebody looked is noted, and how many they saw.
async fn readers(
    door: &Door,
    signed: &Signed,
    words: &str,
) -> Result<(Vec<ReaderRow>, bool), Trouble> {
    if !signed.member.may(Action::PatronRead) {
        return Ok((Vec::new(), false));
    }
    let ask = FindAsk {
        words: words.to_owned(),
        after: None,
        most: READERS,
        at: signed.at.clone(),
    };
    let found = door.desk.find_patrons(&ask).await?;
    if !found.lines.is_empty() {
        let detail = json!({ "by": "search", "found": found.lines.len() });
        let action = Action::PatronRead;
        door.desk
            .note_staff(&signed.member, action, None, &detail, &signed.at)
            .await?;
    }
    let book = door.desk.rulebook();
    let row = |line| reader(signed.tongue(), &book, line);
    Ok((
        found.lines.into_iter().map(row).collect(),
        found.next.is_some(),
    ))
}

fn reader(t: Tongue, book: &Rulebook, line: PatronLine) -> ReaderRow {
    let category = book.categories.get(&line.category).map_or_else(
        || line.category.to_string(),
        |category| category.label.clone(),
    );
    let born = line.born_on.map(|day| t.day(&day));
    let about: Vec<_> = [born, Some(category), Some(line.home_branch.to_string())]
        .into_iter()
        .flatten()
        .collect();
    ReaderRow {
        card: line.card.map(|(number, _)| number),
        name: format!("{} {}", line.given_name, line.family_name)
            .trim()
            .to_owned(),
        about: about.join(" · "),
        barred: !line.standing.is_empty(),
    }
}

/// Titles that the words are about: how many, and the best of them.
async fn titles(door: &Door, signed: &Signed, words: &str) -> (u64, Vec<TitleRow>) {
    // Signs alone are no words.
    let query = query::simple::simple(words).filter(|_| signed.member.may(Action::ItemRead));
    let Some(query) = query else {
        return (0, Vec::new());
    };
    let ask = SearchAsk {
        limit: SHOWN,
        ..SearchAsk::new(query)
    };
    let found = match door.finder.search(ask).await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "the catalogue has no answer for staff");
            return (0, Vec::new());
        }
    };
    let book = door.desk.rulebook();
    let here = signed.member.branch();
    let row = |bib| row(signed.tongue(), &book, here.as_str(), bib);
    (found.count, found.bibs.into_iter().map(row).collect())
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
