//! The database beside the model, line by line.

use std::collections::BTreeMap;

use anyhow::{bail, ensure};

use crate::{
    fixture::DATABASE,
    life::Life,
    told::{About, Told},
    world::World,
};

/// So many differing lines are told.
const TOLD: usize = 20;

const PLACES: &str = "
SELECT concat_ws(' ', i.barcode, u.kind, u.branch, CASE u.kind
         WHEN 'loan' THEN concat_ws(' ', c.number, u.renewals)
         WHEN 'transit' THEN concat_ws(' ', u.to_branch, coalesce(w.number, '-'))
         WHEN 'hold_shelf' THEN coalesce(w.number, '-') END)
  FROM item i JOIN custody u ON u.item_id = i.id AND u.until IS NULL
  LEFT JOIN card c ON c.patron_id = u.patron_id
  LEFT JOIN (SELECT hold.id, card.number FROM hold JOIN card USING (patron_id) WHERE hold.closed_at IS NULL) w
       ON w.id = u.hold_id";
const QUEUES: &str = "
SELECT concat_ws(' ', b.title, row_number() OVER (PARTITION BY w.bib_id ORDER BY w.ranked_at, w.id), c.number,
                 w.pickup, coalesce(u.kind, 'waiting'))
  FROM hold w JOIN bib b ON b.id = w.bib_id JOIN card c ON c.patron_id = w.patron_id
  LEFT JOIN custody u ON u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan'
 WHERE w.closed_at IS NULL";
const MONEY: &str = "
SELECT concat_ws(' ', c.number, coalesce(sum(l.cents), 0)) FROM card c LEFT JOIN ledger l ON l.patron_id = c.patron_id
 GROUP BY c.number";
/// What was written while the day was prepared happened before it, and is no effect of it.
const EFFECTS: &str = "
SELECT concat_ws(' ', e.kind, s.subject, count(*))
  FROM event e LEFT JOIN item i ON i.id = e.item_id LEFT JOIN card c ON c.patron_id = e.patron_id
 CROSS JOIN LATERAL (SELECT CASE WHEN e.kind LIKE 'hold%' OR e.kind = 'payment' THEN c.number ELSE i.barcode END AS subject) s
 WHERE e.outcome = 'done' AND e.at >= '2026-06-10' GROUP BY e.kind, s.subject";
const DUE: &str = "
SELECT concat_ws(' ', i.barcode, to_char(u.due, 'YYYYMMDD'))
  FROM item i JOIN custody u ON u.item_id = i.id AND u.until IS NULL AND u.kind = 'loan'";
const MISPLACED: &str = "
SELECT concat_ws(' ', i.barcode, count(u.id), 'places') FROM item i
  LEFT JOIN custody u ON u.item_id = i.id AND u.until IS NULL GROUP BY i.id HAVING count(u.id) <> 1";
const ORPHANS: &str = "
SELECT concat_ws(' ', 'stay', u.id, 'of nothing') FROM custody u LEFT JOIN item i ON i.id = u.item_id WHERE i.id IS NULL
UNION ALL
SELECT concat_ws(' ', 'overlapping stays of', i.barcode) FROM custody u
  JOIN custody v ON v.item_id = u.item_id AND v.id > u.id
   AND tstzrange(u.since, u.until) && tstzrange(v.since, v.until) JOIN item i ON i.id = u.item_id";

/// Compares everything; how many lines were compared. Nobody may be asking any more.
pub(crate) fn compare(world: &World, life: &Life, told: &mut Told) -> anyhow::Result<u64> {
    settled(life)?;
    let library = &told.library;
    let due = told
        .due
        .iter()
        .filter(|(item, _)| library.loan(**item).is_some())
        .map(|(item, due)| {
            let day = due.split(' ').next().unwrap_or_default();
            format!("{} {day}", world.items[*item].barcode)
        });
    let pairs = [
        ("where the items are", PLACES, library.place_lines()),
        ("who waits, in which order", QUEUES, library.queue_lines()),
        ("what is owed", MONEY, library.money_lines()),
        ("effects in the log", EFFECTS, library.effect_lines()),
        ("due dates", DUE, due.collect()),
        ("items in no place or in several", MISPLACED, Vec::new()),
        ("history", ORPHANS, Vec::new()),
        (
            "acknowledged and not in the log",
            &missing(told),
            Vec::new(),
        ),
    ];
    let (mut compared, mut differing) = (told.named.len() as u64, Vec::new());
    for (what, query, expected) in pairs {
        let actual = life.query(DATABASE, query)?;
        compared += expected.len() as u64;
        let lines = differences(&expected, &actual);
        if !lines.is_empty() {
            differing.push(format!("{what}: {} lines differ", lines.len()));
            differing.extend(lines.into_iter().take(TOLD));
        }
    }
    if !differing.is_empty() {
        let about = About::lines(world, &differing);
        let words = told.last_words(world, &about);
        bail!(
            "the database is not as the model has it\n  {}\n{words}",
            differing.join("\n  ")
        );
    }
    told.named.clear();
    Ok(compared)
}

/// Waits until no statement of a daemon that is gone goes on.
fn settled(life: &Life) -> anyhow::Result<()> {
    let others = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
    for _ in 0..1000 {
        if life.query(DATABASE, others)? == ["0"] {
            return Ok(());
        }
    }
    bail!("somebody is still connected to the database")
}

/// What the answers named, and the log has not, or has otherwise.
fn missing(told: &Told) -> String {
    let named: Vec<String> = told
        .named
        .iter()
        .map(|named| format!("({},'{}','{}')", named.event, named.kind, named.barcode))
        .collect();
    if named.is_empty() {
        return "SELECT NULL WHERE false".into();
    }
    format!(
        "SELECT concat_ws(' ', 'event', n.id, n.kind, n.barcode) FROM (VALUES {}) n (id, kind, barcode)
          WHERE NOT EXISTS (SELECT FROM event e JOIN item i ON i.id = e.item_id
                             WHERE e.id = n.id AND e.kind = n.kind AND i.barcode = n.barcode AND e.outcome = 'done')",
        named.join(",")
    )
}

/// The lines that only one side has, or has more often.
fn differences(expected: &[String], actual: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for line in expected {
        *counts.entry(line).or_default() += 1;
    }
    for line in actual {
        *counts.entry(line).or_default() -= 1;
    }
    let differing = counts.into_iter().filter(|(_, count)| *count != 0);
    differing
        .map(|(line, count)| {
            if count > 0 {
                format!("only in the model: {line}")
            } else {
                format!("only in the database: {line}")
            }
        })
        .collect()
}

/// That the comparison can fail: a line of the model that is not so must be seen.
pub(crate) fn can_fail(world: &World, life: &Life, told: &mut Told) -> anyhow::Result<()> {
    let mut other = Told::new(told.library.clone());
    let Some(owed) = other.library.owed.first_mut() else {
        return Ok(());
    };
    *owed += 1;
    ensure!(
        compare(world, life, &mut other).is_err(),
        "the comparison does not see a cent too much"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_side_has_more_often_is_told() {
        let lines = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
        assert!(differences(&lines("a|b|b"), &lines("b|a|b")).is_empty());
        assert_eq!(
            differences(&lines("a|b|b"), &lines("b|c")),
            [
                "only in the model: a",
                "only in the model: b",
                "only in the database: c"
            ]
        );
    }
}
