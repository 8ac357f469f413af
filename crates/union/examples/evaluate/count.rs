//! Pairs of records: joined, and truly one edition.

use std::collections::{BTreeMap, HashMap};

use relire_union::{Verdict, compare};

use crate::{catalogue::Catalogue, clusters::Clusters};

#[derive(Default, Clone, Copy)]
struct Pairs {
    /// Truly one edition.
    truth: u64,
    /// Put into one bib.
    joined: u64,
    /// Both.
    both: u64,
}

impl Pairs {
    fn precision(self) -> f64 {
        share(self.both, self.joined)
    }

    fn recall(self) -> f64 {
        share(self.both, self.truth)
    }

    fn print(self, name: &str) {
        let (precision, recall) = (self.precision(), self.recall());
        let f = 2.0 * precision * recall / (precision + recall);
        println!(
            "{name:>4} {:>9} pairs  precision {precision:.5}  recall {recall:.5}  F {f:.5}",
            self.truth
        );
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

fn pairs(count: usize) -> u64 {
    let count = count as u64;
    count * count.saturating_sub(1) / 2
}

/// The result in three figures.
pub(crate) struct Found {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    /// Bibs in which several volumes of a set are.
    pub(crate) volumes_joined: u32,
}

pub(crate) fn report(catalogue: &Catalogue, clusters: &Clusters, details: bool) -> Found {
    let records = &catalogue.records;
    let mut kinds: BTreeMap<char, Pairs> = BTreeMap::new();
    let mut editions: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        editions.entry(record.edition).or_default().push(at);
    }
    for members in editions.values() {
        kinds.entry(records[members[0]].kind).or_default().truth += pairs(members.len());
    }
    let (mut other_volume, mut wrong) = (0, Vec::new());
    for bib in &clusters.bibs {
        let Some(first) = bib.first() else { continue };
        let kind = kinds.entry(records[*first].kind).or_default();
        kind.joined += pairs(bib.len());
        let mut together: BTreeMap<u32, usize> = BTreeMap::new();
        for record in bib {
            *together.entry(records[*record].edition).or_default() += 1;
        }
        kind.both += together.values().map(|count| pairs(*count)).sum::<u64>();
        if together.len() > 1 {
            wrong.push(bib);
            let volumes: std::collections::BTreeSet<&str> = bib
                .iter()
                .filter_map(|at| volume_of(&records[*at].shown))
                .collect();
            if volumes.len() > 1 {
                other_volume += 1;
                if details {
                    println!("  volumes joined: {volumes:?} of {}", records[*first].shown);
                }
            }
        }
    }
    let mut all = Pairs::default();
    for (kind, pairs) in &kinds {
        pairs.print(&kind.to_string());
        all.truth += pairs.truth;
        all.joined += pairs.joined;
        all.both += pairs.both;
    }
    all.print("all");
    let count = clusters.bibs.iter().filter(|bib| !bib.is_empty()).count();
    println!(
        "bibs {count} for {} editions; {} bibs hold several editions, {other_volume} several volumes",
        editions.len(),
        wrong.len()
    );
    println!(
        "signatures compared: {} ({:.1} a record)",
        clusters.compared,
        clusters.compared as f64 / records.len() as f64
    );
    let right = clusters.doubts.iter().filter(|doubt| {
        clusters.bibs[doubt.bib]
            .iter()
            .any(|other| records[*other].edition == records[doubt.record].edition)
    });
    let asked: std::collections::HashSet<usize> =
        clusters.doubts.iter().map(|doubt| doubt.record).collect();
    println!(
        "doubts {} about {} records, truly the same {}",
        clusters.doubts.len(),
        asked.len(),
        right.count()
    );
    if details {
        misses(catalogue, clusters, &editions);
        for bib in wrong.iter().take(12) {
            println!("  wrongly joined:");
            let mut seen = std::collections::HashSet::new();
            for record in bib.iter().filter(|at| seen.insert(records[**at].edition)) {
                println!(
                    "    {} {}",
                    records[*record].edition, records[*record].shown
                );
            }
        }
    }
    Found {
        precision: all.precision(),
        recall: all.recall(),
        volumes_joined: other_volume,
    }
}

/// The number in 200 $h of a shown record, or at the end of its title.
fn volume_of(shown: &str) -> Option<&str> {
    let mut columns = shown.split(" | ").skip(1);
    let title = columns.next()?.trim_end_matches([' ', '/', ':']);
    let said = columns.next().filter(|text| !text.is_empty());
    let text = said.unwrap_or_else(|| title.rsplit([' ', '.']).next().unwrap_or_default());
    let digits = text.trim_start_matches(|char: char| !char.is_ascii_digit());
    Some(digits.trim_start_matches('0')).filter(|text| !text.is_empty())
}

/// Why true pairs are apart: what comparing the two said, and the defects of the lonelier one.
fn misses(catalogue: &Catalogue, clusters: &Clusters, editions: &HashMap<u32, Vec<usize>>) {
    let records = &catalogue.records;
    let bib_of = clusters.by_record(records.len());
    let mut reasons: BTreeMap<String, (u64, Vec<String>)> = BTreeMap::new();
    let mut defects: BTreeMap<String, u64> = BTreeMap::new();
    let mut ordered: Vec<_> = editions.values().collect();
    ordered.sort();
    for members in ordered {
        for (at, one) in members.iter().enumerate() {
            for other in &members[at + 1..] {
                if bib_of[*one] == bib_of[*other] {
                    continue;
                }
                let (a, b) = (&records[*one], &records[*other]);
                let met = a.keys.iter().any(|key| b.keys.contains(key));
                let verdict = match compare(&a.signature, &b.signature) {
                    Verdict::Same(why) => format!("same ({why}), but placed apart"),
                    Verdict::Doubtful { why, .. } => format!("doubtful {why:?}"),
                    Verdict::Different(why) => format!("different: {why}"),
                };
                let reason = format!(
                    "{} {}{verdict}",
                    a.kind,
                    if met { "" } else { "never met; " }
                );
                let entry = reasons.entry(reason).or_default();
                entry.0 += 1;
                if entry.1.len() < 2 {
                    entry.1.push(format!("{}\n        {}", a.shown, b.shown));
                }
                let lonely =
                    if clusters.bibs[bib_of[*one]].len() < clusters.bibs[bib_of[*other]].len() {
                        a
                    } else {
                        b
                    };
                *defects.entry(lonely.defects.clone()).or_default() += 1;
            }
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    println!("true pairs apart, by what comparing says:");
    for (reason, (count, samples)) in reasons.iter().take(18) {
        println!("  {count:>7} {reason}");
        for sample in samples {
            println!("        {sample}");
        }
    }
    let mut defects: Vec<_> = defects.into_iter().collect();
    defects.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    println!("defects of the lonelier record:");
    for (defect, count) in defects.iter().take(12) {
        println!(
            "  {count:>7} {}",
            if defect.is_empty() { "none" } else { defect }
        );
    }
}
