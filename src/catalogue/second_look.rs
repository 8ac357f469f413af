//! The second look, once every file is in: bibs that a record showed to be one are joined, and records without a number
//! of their own are placed anew among all that came.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use anyhow::Context;
use intake::read_source;
use jiff::Timestamp;
use store::{Called, Importer, Member, PlanLine, PlannedMove, Served};
use union::{Signature, Verdict, compare, place};

use super::read::heading;

/// Records that are looked at together.
const TOGETHER: i64 = 2_000;

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Looked {
    /// Bibs that became one.
    pub(super) joined: u64,
    /// Records that left their bib.
    pub(super) moved: u64,
}

/// Looks, if there is anything to look at, and carries out what an earlier look left.
pub(super) async fn second_look(importer: &mut Importer, at: Timestamp) -> anyhow::Result<Looked> {
    let mut looked = Looked::default();
    // What was planned before goes first: it rests on what was there then.
    carry_out(importer, at, &mut looked).await?;
    if !importer.is_unlooked().await? {
        return Ok(looked);
    }
    let joins = joins(importer).await?;
    importer.begin().await?;
    importer.plan(&joins).await?;
    // Looked at only when the records are placed anew as well.
    importer.unlooked().await?;
    importer.commit().await?;
    carry_out(importer, at, &mut looked).await?;
    let leaves = leaves(importer).await?;
    importer.begin().await?;
    importer.plan(&leaves).await?;
    importer.commit().await?;
    carry_out(importer, at, &mut looked).await?;
    Ok(looked)
}

/// Pairs that were shown to be one, as far as nothing in the one rules out anything in the other.
async fn joins(importer: &mut Importer) -> anyhow::Result<Vec<PlannedMove>> {
    let pairs = importer.shown_same().await?;
    let ids: BTreeSet<i64> = pairs
        .iter()
        .flat_map(|(one, other)| [*one, *other])
        .collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let mut groups: HashMap<i64, Vec<Signature>> = HashMap::new();
    for member in importer.members(&ids).await? {
        if let Some(signature) = signature(&member) {
            groups.entry(member.bib_id).or_default().push(signature);
        }
    }
    // Which bib each has become by the joins before it.
    let mut became: HashMap<i64, i64> = HashMap::new();
    let mut joins = Vec::new();
    for (one, other) in pairs {
        let now = |bib: i64| {
            let mut bib = bib;
            while let Some(into) = became.get(&bib) {
                bib = *into;
            }
            bib
        };
        let (one, other) = (now(one), now(other));
        let (into, from) = (one.min(other), one.max(other));
        let (Some(stays), Some(ends)) = (groups.get(&into), groups.get(&from)) else {
            continue;
        };
        let one_document = stays.iter().all(|one| {
            ends.iter()
                .all(|other| !matches!(compare(one, other), Verdict::Different(_)))
        });
        if into != from && one_document {
            let ends = groups.remove(&from).unwrap_or_default();
            groups.entry(into).or_default().extend(ends);
            became.insert(from, into);
            joins.push(PlannedMove::Join { from, into });
        }
    }
    Ok(joins)
}

/// Records that would go elsewhere, or nowhere, if they came now.
async fn leaves(importer: &mut Importer) -> anyhow::Result<Vec<PlannedMove>> {
    let apart: HashSet<(i64, i64)> = importer.kept_apart().await?.into_iter().collect();
    // What was moved by this plan: where each such record is now, and the signatures that came to a bib by it.
    let mut gone: HashMap<i64, Option<i64>> = HashMap::new();
    let mut came: BTreeMap<i64, Vec<(i64, Signature)>> = BTreeMap::new();
    let mut moves = Vec::new();
    let mut after = 0;
    loop {
        let records = importer.signed_after(after, TOGETHER).await?;
        let Some(last) = records.last() else { break };
        after = last.id;
        let unnumbered: Vec<(Member, Signature)> = records
            .into_iter()
            .filter_map(|member| {
                let signature = signature(&member)?;
                (!signature.is_numbered()).then_some((member, signature))
            })
            .collect();
        let sources: Vec<i64> = unnumbered.iter().map(|(member, _)| member.id).collect();
        let (keys, proposed) = importer.proposed_for(&sources).await?;
        let mut by_key: HashMap<i64, BTreeSet<i64>> = HashMap::new();
        for proposed in &proposed {
            by_key
                .entry(proposed.key)
                .or_default()
                .insert(proposed.bib_id);
        }
        let mut by_source: HashMap<i64, BTreeSet<i64>> = HashMap::new();
        for (source, key) in keys {
            let bibs = by_key.get(&key).into_iter().flatten().copied();
            by_source.entry(source).or_default().extend(bibs);
        }
        let ids: BTreeSet<i64> = by_source.values().flatten().copied().collect();
        let ids: Vec<i64> = ids.into_iter().collect();
        let mut members: HashMap<i64, Vec<(i64, Signature)>> = HashMap::new();
        for member in importer.members(&ids).await? {
            if let Some(signature) = signature(&member) {
                let bib = members.entry(member.bib_id).or_default();
                bib.push((member.id, signature));
            }
        }
        for (member, own) in unnumbered {
            let now = member.bib_id;
            let others = |bib: i64| -> Vec<Signature> {
                let there = members.get(&bib).into_iter().flatten();
                let stayed = there.filter(|(id, _)| !gone.contains_key(id));
                let came = came.get(&bib).into_iter().flatten();
                stayed
                    .chain(came)
                    .filter(|(id, _)| *id != member.id)
                    .map(|(_, signature)| signature.clone())
                    .collect()
            };
            let candidates: Vec<(i64, Vec<Signature>)> = by_source
                .get(&member.id)
                .into_iter()
                .flatten()
                .filter(|bib| **bib == now || !apart.contains(&(now.min(**bib), now.max(**bib))))
                .map(|bib| (*bib, others(*bib)))
                .filter(|(_, signatures)| !signatures.is_empty())
                .collect();
            let placed = place(
                &own,
                candidates
                    .iter()
                    .map(|(bib, signatures)| (*bib, signatures.as_slice())),
            );
            let alone = others(now).is_empty();
            let join = match placed.join {
                Some(bib) if bib == now => continue,
                Some(bib) => Some(bib),
                None if alone => continue,
                None => None,
            };
            gone.insert(member.id, join);
            if let Some(bib) = join {
                came.entry(bib).or_default().push((member.id, own));
            }
            moves.push(PlannedMove::Leave {
                source: member.id,
                join,
            });
        }
    }
    Ok(moves)
}

async fn carry_out(
    importer: &mut Importer,
    at: Timestamp,
    looked: &mut Looked,
) -> anyhow::Result<()> {
    for line in importer.planned().await? {
        match line.planned {
            PlannedMove::Join { .. } => looked.joined += 1,
            PlannedMove::Leave { .. } => looked.moved += 1,
        }
        carry_out_one(importer, line, at).await?;
    }
    Ok(())
}

async fn carry_out_one(
    importer: &mut Importer,
    line: PlanLine,
    at: Timestamp,
) -> anyhow::Result<()> {
    importer.begin().await?;
    let called = match line.planned {
        PlannedMove::Join { .. } => Called::default(),
        PlannedMove::Leave { source, .. } => {
            let (format, body) = importer.body(source).await?;
            let record = read_source(&format, &body).context("a record that was read before")?;
            let heading = heading(&record);
            Called {
                title: heading.title,
                author: heading.author,
            }
        }
    };
    let bibs = importer.carry_out(line, &called, at).await?;
    let mut served = Vec::new();
    for bib_id in bibs {
        let Some((source_id, format, body)) = importer.served(bib_id).await? else {
            continue;
        };
        if let Some(record) = read_source(&format, &body) {
            let heading = heading(&record);
            served.push(Served {
                bib_id,
                source_id,
                title: heading.title,
                author: heading.author,
            });
        }
    }
    importer.serve(&served).await?;
    importer.commit().await?;
    Ok(())
}

fn signature(member: &Member) -> Option<Signature> {
    serde_json::from_str(member.signature.as_ref()?).ok()
}
