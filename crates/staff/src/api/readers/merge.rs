//! Two files of one person become one, and who may be one person.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::{get, post},
};
use circulation::BranchCode;
use desk::{Action, DoubtedPair, MergeAsk, MergedReaders};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::holder;
use crate::{
    Door,
    api::{
        answer::{Asking, Done, Kept, once},
        input::{Command, Named, query},
        keyset::{after, cursor, most},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Page, shown},
        words::Scan,
    },
};

/// The file that ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MergeAsked {
    /// A card of it.
    from: Scan,
}

/// What went over to the file that stays.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct FilesMerged {
    /// Loans.
    loans: u64,
    /// Holds that wait on.
    holds: u64,
    /// Holds that ended, since the person waited twice for the same.
    ended: u64,
    /// What was owed, in cents.
    cents: i64,
}

impl Kept for FilesMerged {}

/// Two readers who may be one person, by their numbers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Pair {
    /// Its number.
    pair: i64,
    /// How much speaks for it, up to 100.
    score: i16,
    /// Why: `same_name`, `accents`, `names_swapped`, `close_name`, `family_name_added`, `other_family_name`,
    /// `day_month_swapped`, `same_address`, `same_phone`, `same_email`.
    why: Vec<String>,
    /// One reader.
    one: i64,
    /// The other.
    other: i64,
}

impl From<DoubtedPair> for Pair {
    fn from(pair: DoubtedPair) -> Self {
        Self {
            pair: pair.number,
            score: pair.score,
            why: pair.why,
            one: pair.one,
            other: pair.other,
        }
    }
}

/// Nothing to say about it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApartAsked {}

/// Nothing more to say about it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct KeptApart {}

impl Kept for KeptApart {}

pub(super) fn routes() -> [Route; 3] {
    [
        Route {
            method: Method::POST,
            path: "/patrons/{card}/merge",
            needs: Needs::Here(Action::PatronMerge),
            name: "merge_patrons",
            summary: "Réunir deux dossiers de lecteur — Make one file of two",
            text: "The file of the address stays, and takes cards, loans, holds, blocks and debts of the other, and what it does \
                   not say itself. There is no way back.",
            parameters: &[],
            takes: Some(Shape::of::<MergeAsked>(r#"{"from": "2620099000031"}"#)),
            gives: Shape::around::<Done<FilesMerged>, FilesMerged>(
                r#"{"outcome": {"loans": 2, "holds": 1, "ended": 0, "cents": 350}, "event": 4728, "dry_run": false,
                    "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(merge),
        },
        Route {
            method: Method::GET,
            path: "/work-lists/patrons",
            needs: Needs::Here(Action::PatronMerge),
            name: "patron_doubts",
            summary: "Lecteurs en double ? — Readers who may be one person",
            text: "The likeliest first. Never more than 50 are told at a time.",
            parameters: &[
                ("limit", "At most so many, 1 to 100; 50 if nothing is said."),
                (
                    "cursor",
                    "Where to go on: `next` of the page before, as it was given.",
                ),
                ("branch", "Of readers who call this branch home."),
            ],
            takes: None,
            gives: Shape::around::<Page<Pair>, Pair>(
                r#"{"items": [{"pair": 12, "score": 95, "why": ["accents", "same_address"], "one": 4711, "other": 4799}],
                    "next": null}"#,
            ),
            keyed: false,
            serve: || get(doubts),
        },
        Route {
            method: Method::POST,
            path: "/work-lists/patrons/{pair}/apart",
            needs: Needs::Here(Action::PatronMerge),
            name: "keep_patrons_apart",
            summary: "Ce sont deux personnes — They are two persons",
            text: "The pair is never proposed again.",
            parameters: &[],
            takes: Some(Shape::of::<ApartAsked>("{}")),
            gives: Shape::around::<Done<KeptApart>, KeptApart>(
                r#"{"outcome": {}, "event": null, "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(apart),
        },
    ]
}

async fn merge(
    State(door): State<Arc<Door>>,
    Named(card): Named,
    command: Command<MergeAsked>,
) -> Result<Response, Problem> {
    once(door, command, false, move |asking, sent, key| async move {
        let into = holder(&asking, card, "card").await;
        let into = into.map_err(|_| Problem::not_found())?;
        let from = holder(&asking, sent.from.0, "from").await?;
        let ask = MergeAsk {
            actor: asking.caller.member.actor(),
            from: seen(&asking, from).await?,
            into: seen(&asking, into).await?,
            key,
            at: asking.caller.at.clone(),
        };
        let answer = asking.desk().merge_readers(ask).await?;
        asking.told(answer, |merged: MergedReaders| FilesMerged {
            loans: merged.loans,
            holds: merged.holds,
            ended: merged.ended,
            cents: merged.cents,
        })
    })
    .await
}

/// A file as it is now.
async fn seen(asking: &Asking, reader: i64) -> Result<(i64, i64), Problem> {
    let file = asking.desk().dossier(reader, &asking.caller.at).await?;
    let file = file.ok_or_else(Problem::not_found)?;
    Ok((reader, file.version))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    limit: Option<u32>,
    cursor: Option<String>,
    branch: Option<BranchCode>,
}

async fn doubts(
    State(door): State<Arc<Door>>,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let place: Option<(i16, i64)> = after("patrons", asked.cursor.as_deref())?;
    let most = most(asked.limit)?;
    let listed = door.desk.doubted_readers(asked.branch, place, most).await?;
    let page: Page<Pair> = Page {
        items: listed.lines.into_iter().map(Pair::from).collect(),
        next: listed.next.and_then(|last| cursor("patrons", &last)),
    };
    shown(&headers, &page)
}

async fn apart(
    State(door): State<Arc<Door>>,
    Named(pair): Named,
    command: Command<ApartAsked>,
) -> Result<Response, Problem> {
    let pair = pair.parse().map_err(|_| Problem::not_found())?;
    once(door, command, false, move |asking, _, _| async move {
        let (member, at) = (&asking.caller.member, &asking.caller.at);
        match asking.desk().part_readers(member, pair, at).await? {
            false => Err(Problem::not_found()),
            true => Ok(Done {
                outcome: KeptApart {},
                event: None,
                dry_run: false,
                replayed: false,
                item: None,
                trace: None,
            }),
        }
    })
    .await
}
