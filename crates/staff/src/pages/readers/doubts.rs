//! Readers who may be one person: a work list.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use desk::{Action, DoubtedPair, PatronLine};
use serde::Deserialize;

use crate::{
    Door,
    access::{Form, Signed},
    pages::{
        Number, Trouble,
        after::{after, next},
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

const HERE: &str = "/staff/work/readers";
/// Each takes a look at two files.
const A_PAGE: u32 = 20;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    after: Option<String>,
    /// `network`: of every branch; else those who call this branch home.
    #[serde(default)]
    of: String,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "reader_doubts.html")]
struct DoubtsPage {
    frame: Frame,
    done: Option<&'static str>,
    network: bool,
    list: Vec<Row>,
    goes_on: bool,
    next: Option<String>,
}

impl DoubtsPage {
    /// What the links to other pages of the list keep of this one's address.
    const fn kept(&self) -> &'static str {
        if self.network { "of=network&" } else { "" }
    }
}

struct Row {
    number: i64,
    score: i16,
    why: String,
    one: Face,
    other: Face,
}

#[derive(Clone)]
struct Face {
    reader: i64,
    name: String,
    about: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Query(wanted): Query<Wanted>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::PatronMerge)?;
    let (desk, t) = (&door.desk, signed.tongue());
    let from: Option<(i16, i64)> = after(wanted.after.as_deref())?;
    let network = wanted.of == "network";
    let branch = (!network).then(|| signed.member.branch());
    let pairs = desk.doubted_readers(branch, from, A_PAGE).await?;
    let read = serde_json::json!({ "by": "doubts", "shown": 2 * pairs.lines.len() });
    desk.note_staff(&signed.member, Action::PatronRead, None, &read, &signed.at)
        .await?;
    let ids: Vec<i64> = pairs
        .lines
        .iter()
        .flat_map(|pair| [pair.one, pair.other])
        .collect();
    let faces = desk.patron_lines(&ids, &signed.at).await?;
    let faces: BTreeMap<i64, Face> = faces
        .into_iter()
        .map(|line| (line.id, face(t, line)))
        .collect();
    let row = |pair: DoubtedPair| {
        // Whoever was closed meanwhile is nobody any more.
        let (one, other) = (faces.get(&pair.one)?, faces.get(&pair.other)?);
        let why: Vec<_> = pair.why.iter().map(|code| reason(t, code)).collect();
        Some(Row {
            number: pair.number,
            score: pair.score,
            why: why.join(", "),
            one: one.clone(),
            other: other.clone(),
        })
    };
    shown(&DoubtsPage {
        frame: Frame::of(
            &signed,
            t.say("Lecteurs en double ?", "One person twice?"),
            HERE,
        ),
        done: match wanted.done.as_str() {
            "apart" => Some(t.say(
                "Ce sont deux personnes : la paire n’est plus proposée.",
                "They are two persons: the pair is not proposed any more.",
            )),
            _ => None,
        },
        network,
        goes_on: from.is_some(),
        next: next(pairs.next.as_ref()),
        list: pairs.lines.into_iter().filter_map(row).collect(),
    })
}

fn face(t: Tongue, line: PatronLine) -> Face {
    let about = [
        line.born_on.map(|day| t.day(&day)),
        line.card.map(|(number, _)| number),
        Some(line.category.to_string()),
        Some(line.home_branch.to_string()),
        Some(format!("{} {}", line.loans, t.say("prêts", "loans"))),
    ];
    let name = format!("{} {}", line.family_name, line.given_name);
    Face {
        reader: line.id,
        name: name.trim().to_owned(),
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

/// Why they may be one, in words; an unknown code as it is.
fn reason(t: Tongue, code: &str) -> String {
    let words = match code {
        "same_name" => t.say("mêmes noms", "same names"),
        "accents" => t.say("mêmes noms, aux accents près", "same names but for accents"),
        "names_swapped" => t.say("nom et prénom échangés", "names swapped"),
        "close_name" => t.say("noms proches", "close names"),
        "family_name_added" => t.say("un nom de plus", "a family name added"),
        "other_family_name" => t.say("autre nom de famille", "another family name"),
        "day_month_swapped" => t.say("jour et mois échangés", "day and month swapped"),
        "same_address" => t.say("même adresse", "same address"),
        "same_phone" => t.say("même téléphone", "same telephone"),
        "same_email" => t.say("même courriel", "same e-mail"),
        _ => return code.to_owned(),
    };
    words.to_owned()
}

#[derive(Debug, Deserialize)]
pub(super) struct Apart {
    #[serde(default)]
    of: String,
}

pub(super) async fn apart(
    State(door): State<Arc<Door>>,
    Number(pair): Number,
    posted: Form<Apart>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(Action::PatronMerge)?;
    // A pair that a colleague settled meanwhile is settled.
    door.desk
        .part_readers(&signed.member, pair, &signed.at)
        .await?;
    let of = if sent.of == "network" { "network" } else { "" };
    Ok(Redirect::to(&format!("{HERE}?of={of}&done=apart")).into_response())
}
