//! A generated catalogue: each record's signature, and what it was generated from.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::BufReader,
    path::{Path, PathBuf},
    process::Command,
};

use marc::{charset::TextReader, iso2709::Reader};
use relire_union::{Key, Signature, quality};

/// A record, and the truth about it.
pub(crate) struct Source {
    pub(crate) signature: Signature,
    pub(crate) keys: Vec<Key>,
    pub(crate) edition: u32,
    pub(crate) kind: char,
    pub(crate) defects: String,
    /// For samples: branch, title as it stands, volume, year, publisher.
    pub(crate) shown: String,
}

/// All records of all branches.
pub(crate) struct Catalogue {
    pub(crate) records: Vec<Source>,
}

/// Runs the generator into a folder of its own, if it is there.
pub(crate) fn generate(script: &Path, records: usize, seed: u64) -> Option<PathBuf> {
    if !script.exists() {
        return None;
    }
    let folder = std::env::temp_dir().join(format!("relire-union-{records}-{seed}"));
    if !folder.join("truth.tsv").exists() {
        let items = records * 8 / 5;
        let status = Command::new("python3")
            .arg(script)
            .args([
                "--records",
                &records.to_string(),
                "--items",
                &items.to_string(),
            ])
            .args(["--seed", &seed.to_string(), "--no-loans", "--out"])
            .arg(&folder)
            .stderr(std::process::Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "the generator failed");
    }
    Some(folder)
}

impl Catalogue {
    pub(crate) fn read(folder: &Path) -> Self {
        let truth = truth(folder);
        let mut files: Vec<PathBuf> = fs::read_dir(folder.join("bib"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        let mut records = Vec::new();
        for file in files {
            let branch = file.file_stem().unwrap().to_string_lossy().into_owned();
            let mut text = TextReader::default();
            for stored in Reader::new(BufReader::new(File::open(&file).unwrap())) {
                let record = text.read(&stored.unwrap().record).record;
                let number = record.control_number().unwrap().clone();
                let (edition, kind, defects) = truth[&(branch.clone(), number)].clone();
                let signature = Signature::of(&record, None);
                let get =
                    |tag: &[u8; 3], code: u8| record.first(tag, code).cloned().unwrap_or_default();
                let publisher = get(b"210", b'c') + &get(b"214", b'c');
                let year = get(b"210", b'd') + &get(b"214", b'd');
                records.push(Source {
                    keys: signature.keys(),
                    signature,
                    edition,
                    kind,
                    defects,
                    shown: format!(
                        "{branch} {} | {} | {} | {} | {publisher} | {year} | {} | {}",
                        get(b"010", b'a'),
                        get(b"200", b'a'),
                        get(b"200", b'h'),
                        get(b"700", b'a'),
                        get(b"215", b'a'),
                        quality(&record),
                    ),
                });
            }
        }
        Self { records }
    }

    pub(crate) fn sizes(&self) {
        let json: usize = self
            .records
            .iter()
            .map(|one| serde_json::to_string(&one.signature).unwrap().len())
            .sum();
        let keys: usize = self.records.iter().map(|one| one.keys.len()).sum();
        let count = self.records.len() as f64;
        let mut shares: HashMap<Key, u32> = HashMap::new();
        for key in self.records.iter().flat_map(|one| &one.keys) {
            *shares.entry(*key).or_default() += 1;
        }
        let widest = shares.values().max().unwrap();
        println!(
            "signature {:.0} bytes as JSON, {:.1} keys a record, {widest} records at most on a key",
            json as f64 / count,
            keys as f64 / count
        );
    }

    pub(crate) fn order(&self, name: &str) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.records.len()).collect();
        match name {
            "reverse" => order.reverse(),
            "shuffled" => {
                let mut state = 0x9E37_79B9_7F4A_7C15_u64;
                for at in (1..order.len()).rev() {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    order.swap(at, (state % (at as u64 + 1)) as usize);
                }
            }
            _ => {}
        }
        order
    }
}

type Truth = HashMap<(String, String), (u32, char, String)>;

fn truth(folder: &Path) -> Truth {
    let text = fs::read_to_string(folder.join("truth.tsv")).unwrap();
    text.lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let number = |at: usize| columns[at].parse().unwrap();
            let kind = columns[4].chars().next().unwrap();
            let id = (columns[0].to_owned(), columns[1].to_owned());
            (id, (number(2), kind, columns[8].to_owned()))
        })
        .collect()
}
