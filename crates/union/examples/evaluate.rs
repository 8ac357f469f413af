//! Reads a generated corpus, matches it in memory, and compares with its truth.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic
)]
use marc::{charset::TextReader, iso2709::Reader};
use relire_union::{Key, Signature, Why, place};
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::PathBuf,
    time::Instant,
};
fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap());
    let order = std::env::args().nth(2).unwrap_or_default();
    let mut truth: HashMap<(String, String), (u32, u32, String, String)> = HashMap::new();
    for line in fs::read_to_string(folder.join("truth.tsv"))
        .unwrap()
        .lines()
        .skip(1)
    {
        let c: Vec<&str> = line.split('\t').collect();
        truth.insert(
            (c[0].into(), c[1].into()),
            (
                c[2].parse().unwrap(),
                c[3].parse().unwrap(),
                c[4].into(),
                c.get(8).unwrap_or(&"").to_string(),
            ),
        );
    }
    let mut files: Vec<_> = fs::read_dir(folder.join("bib"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    if order == "reverse" {
        files.reverse();
    }
    let start = Instant::now();
    let mut records: Vec<(String, String, Signature)> = vec![];
    for file in files {
        let branch = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(&file).unwrap();
        let mut text = TextReader::default();
        for stored in Reader::new(bytes.as_slice()).flatten() {
            let read = text.read(&stored.record);
            let number = read.record.control_number().cloned().unwrap_or_default();
            records.push((branch.clone(), number, Signature::of(&read.record)));
        }
    }
    println!("read {} in {:?}", records.len(), start.elapsed());
    let json: usize = records
        .iter()
        .step_by(100)
        .map(|r| serde_json::to_string(&r.2).unwrap().len())
        .sum();
    println!("json mean {}", json * 100 / records.len());
    let start = Instant::now();
    let mut by_key: HashMap<Key, Vec<usize>> = HashMap::new();
    let mut bibs: Vec<Vec<usize>> = vec![];
    let mut bib_of: Vec<usize> = vec![usize::MAX; records.len()];
    let mut doubts: Vec<(usize, usize, u16, Vec<Why>)> = vec![];
    let (mut also, mut keys_total, mut cands_total, mut max_c) = (0, 0, 0, 0);
    for i in 0..records.len() {
        let keys = records[i].2.keys();
        let mut cands: Vec<usize> = keys
            .iter()
            .flat_map(|k| by_key.get(k).into_iter().flatten().copied())
            .map(|r| bib_of[r])
            .collect();
        cands.sort_unstable();
        cands.dedup();
        keys_total += keys.len();
        cands_total += cands.len();
        max_c = max_c.max(cands.len());
        let sigs: Vec<(usize, Vec<Signature>)> = cands
            .iter()
            .map(|b| (*b, bibs[*b].iter().map(|r| records[*r].2.clone()).collect()))
            .collect();
        let placement = place(&records[i].2, sigs.iter().map(|(b, s)| (*b, s.as_slice())));
        let bib = placement.join.unwrap_or_else(|| {
            bibs.push(vec![]);
            bibs.len() - 1
        });
        bibs[bib].push(i);
        bib_of[i] = bib;
        for other in placement.also {
            also += 1;
            let moved = std::mem::take(&mut bibs[other]);
            for r in &moved {
                bib_of[*r] = bib;
            }
            bibs[bib].extend(moved);
        }
        if placement.join.is_none() {
            for d in placement.doubts {
                doubts.push((i, bibs[d.bib].first().copied().unwrap_or(i), d.score, d.why));
            }
        }
        for k in keys {
            by_key.entry(k).or_default().push(i);
        }
    }
    // A second look at what was alone and in doubt, now that everything is known.
    let again: Vec<usize> = {
        let mut v: Vec<usize> = doubts.iter().map(|d| d.0).collect();
        v.dedup();
        v
    };
    let mut joined = 0;
    for i in again {
        if bibs[bib_of[i]].len() != 1 {
            continue;
        }
        let mut cands: Vec<usize> = records[i]
            .2
            .keys()
            .iter()
            .flat_map(|k| by_key.get(k).into_iter().flatten().copied())
            .map(|r| bib_of[r])
            .filter(|b| *b != bib_of[i])
            .collect();
        cands.sort_unstable();
        cands.dedup();
        let sigs: Vec<(usize, Vec<Signature>)> = cands
            .iter()
            .map(|b| (*b, bibs[*b].iter().map(|r| records[*r].2.clone()).collect()))
            .collect();
        if let Some(b) = place(&records[i].2, sigs.iter().map(|(b, s)| (*b, s.as_slice()))).join {
            bibs[bib_of[i]].clear();
            bib_of[i] = b;
            bibs[b].push(i);
            joined += 1;
            doubts.retain(|d| d.0 != i);
        }
    }
    println!("second look joined {joined}");
    println!(
        "matched in {:?}; bibs {}, merges {also}, keys/record {:.1}, candidates/record {:.1} max {max_c}",
        start.elapsed(),
        bibs.iter().filter(|b| !b.is_empty()).count(),
        keys_total as f64 / records.len() as f64,
        cands_total as f64 / records.len() as f64
    );
    // pairs
    let t: Vec<&(u32, u32, String, String)> = records
        .iter()
        .map(|r| &truth[&(r.0.clone(), r.1.clone())])
        .collect();
    let pairs = |n: usize| (n * n.saturating_sub(1) / 2) as u64;
    let mut true_pairs: BTreeMap<&str, u64> = BTreeMap::new();
    let mut editions: HashMap<u32, Vec<usize>> = HashMap::new();
    for (i, e) in t.iter().enumerate() {
        editions.entry(e.0).or_default().push(i);
    }
    for list in editions.values() {
        *true_pairs.entry(t[list[0]].2.as_str()).or_default() += pairs(list.len());
    }
    let (mut made, mut right): (BTreeMap<&str, u64>, BTreeMap<&str, u64>) = Default::default();
    let (mut wrong_pairs, mut wrong_vol) = (vec![], 0);
    for bib in &bibs {
        for (n, a) in bib.iter().enumerate() {
            for b in &bib[n + 1..] {
                let kind = t[*a].2.as_str();
                *made.entry(kind).or_default() += 1;
                if t[*a].0 == t[*b].0 {
                    *right.entry(kind).or_default() += 1;
                } else {
                    wrong_pairs.push((*a, *b));
                    if t[*a].1 == t[*b].1 && kind != "L" {
                        wrong_vol += 1;
                    }
                }
            }
        }
    }
    let sum = |m: &BTreeMap<&str, u64>| m.values().sum::<u64>() as f64;
    println!(
        "precision {:.5} recall {:.5}; wrong pairs {} of {}",
        sum(&right) / sum(&made),
        sum(&right) / sum(&true_pairs),
        wrong_pairs.len(),
        sum(&made)
    );
    for (k, n) in &true_pairs {
        println!(
            "  {k}: precision {:.5} recall {:.5} ({n} pairs)",
            right[k] as f64 / made[k] as f64,
            right.get(k).copied().unwrap_or(0) as f64 / *n as f64
        );
    }
    let right_doubts = doubts.iter().filter(|d| t[d.0].0 == t[d.1].0).count();
    println!(
        "doubts {} of which right {right_doubts}; same work, other kind wrong {wrong_vol}",
        doubts.len()
    );
    let mut whys: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for d in &doubts {
        let e = whys.entry(format!("{:?}", d.3)).or_default();
        e.0 += 1;
        if t[d.0].0 == t[d.1].0 {
            e.1 += 1;
        }
    }
    for (w, n) in whys {
        println!("   {w}: {} right {}", n.0, n.1);
    }
    let show = |i: usize| {
        let r = &records[i];
        format!(
            "{} {} [{}] {}",
            r.0,
            r.1,
            t[i].3,
            serde_json::to_string(&r.2).unwrap()
        )
    };
    let mut same_work: BTreeMap<&str, u32> = BTreeMap::new();
    for (a, b) in &wrong_pairs {
        if t[*a].1 == t[*b].1 {
            *same_work.entry(t[*a].2.as_str()).or_default() += 1;
        }
    }
    println!("wrong pairs of one work, by kind {same_work:?}");
    for (a, b) in wrong_pairs
        .iter()
        .filter(|(a, b)| t[*a].1 == t[*b].1 && (t[*a].2 == "B" || t[*a].2 == "L"))
        .step_by(9)
        .take(20)
    {
        println!("W {}\nW {}\n", show(*a), show(*b));
    }
    println!("--- wrong");
    for (a, b) in wrong_pairs
        .iter()
        .step_by((wrong_pairs.len() / 12).max(1))
        .take(12)
    {
        println!("{}\n{}\n", show(*a), show(*b));
    }
    println!("--- missed");
    let mut missed = vec![];
    let mut defects: BTreeMap<String, u32> = BTreeMap::new();
    for list in editions.values() {
        let main = list.iter().map(|i| bib_of[*i]).fold(
            HashMap::new(),
            |mut m: HashMap<usize, u32>, b| {
                *m.entry(b).or_default() += 1;
                m
            },
        );
        let best = *main
            .iter()
            .max_by_key(|x| (x.1, usize::MAX - *x.0))
            .unwrap()
            .0;
        for i in list {
            if bib_of[*i] != best {
                for d in t[*i].3.split(',') {
                    *defects.entry(d.into()).or_default() += 1;
                }
                missed.push((*i, bibs[best][0]));
            }
        }
    }
    println!(
        "records apart from their document {}: {:?}",
        missed.len(),
        defects
    );
    missed.sort();
    for (a, b) in missed.iter().step_by((missed.len() / 25).max(1)).take(25) {
        println!(
            "{}\n{}\n   {:?}\n",
            show(*a),
            show(*b),
            relire_union::compare(&records[*a].2, &records[*b].2)
        );
    }
}
