//! The records that both servers get: the same bytes, in UTF-8, one file.

use std::{
    env, fs,
    fs::File,
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use marc::{
    DataField, Format, Leader, Record,
    charset::{Charset, TextReader, declare, to_bytes},
    iso2709::{Reader, encode},
};

use crate::sip2::say;

const SEED: &str = "20251215";
const GENERATOR: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/catalogue/build/make_corpus.py"
);

pub(crate) struct Corpus {
    /// All that is made of it stays here, for the next run.
    pub(crate) folder: PathBuf,
    pub(crate) records: usize,
    pub(crate) bytes: u64,
}

impl Corpus {
    /// Takes at most so many records of the folder that is given, or of what the generator makes, or of the
    /// demonstration.
    pub(crate) fn prepare(given: Option<&Path>, most: usize) -> anyhow::Result<Self> {
        let own = env::current_exe()?
            .parent()
            .and_then(Path::parent)
            .context("this program is in no target folder")?
            .join("bench-search");
        let (name, source) = match given {
            Some(folder) => {
                let name = folder.display().to_string().replace('/', "_");
                (name, Some(folder.to_owned()))
            }
            None if Path::new(GENERATOR).exists() => {
                let folder = own.join(format!("generated-{most}"));
                generate(&folder, most)?;
                ("generated".to_owned(), Some(folder))
            }
            None => ("demonstration".to_owned(), None),
        };
        let folder = own.join(format!("{name}-{most}"));
        fs::create_dir_all(&folder)?;
        let mut corpus = Self {
            folder,
            records: 0,
            bytes: 0,
        };
        if !corpus.file().exists() {
            let part = corpus.folder.join("records.part");
            let mut to = BufWriter::new(File::create(&part)?);
            match source {
                Some(folder) => delivered(&folder.join("bib"), most, &mut to)?,
                None => demonstration(most, &mut to)?,
            }
            to.flush()?;
            fs::rename(part, corpus.file())?;
        }
        corpus.bytes = fs::metadata(corpus.file())?.len();
        corpus.records = corpus.read()?.count();
        ensure!(
            corpus.records > 0,
            "no records in {}",
            corpus.file().display()
        );
        say(&format!(
            "{} records ({name}), {:.0} MB of UNIMARC: each one a record of its own in both",
            corpus.records,
            corpus.bytes as f64 / 1e6
        ));
        if corpus.records < most {
            say(&format!(
                "  fewer than the {most} asked for: there are no more; figures of large catalogues they are not"
            ));
        }
        Ok(corpus)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("records.mrc")
    }

    /// Every record, as both servers get it.
    pub(crate) fn read(&self) -> anyhow::Result<impl Iterator<Item = Record<String>> + use<>> {
        let mut text = TextReader::default();
        let file = BufReader::new(File::open(self.file())?);
        Ok(Reader::new(file)
            .flatten()
            .map(move |stored| text.read(&stored.record).record))
    }
}

fn generate(folder: &Path, records: usize) -> anyhow::Result<()> {
    if folder.join("branches.csv").exists() {
        return Ok(());
    }
    say(&format!("generating {records} records, a minute or two"));
    let number = records.to_string();
    let made = Command::new("python3")
        .args([GENERATOR, "--records", &number, "--items", &number])
        .args(["--no-loans", "--seed", SEED, "--out"])
        .arg(folder)
        .status()
        .context("cannot run python3")?;
    ensure!(made.success(), "the generator: {made}");
    Ok(())
}

/// Branches deliver in four character sets: those are another matter, and Zebra reads one of them.
fn delivered(folder: &Path, most: usize, to: &mut impl Write) -> anyhow::Result<()> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "mrc"));
    files.sort();
    let mut number = 0;
    for file in files {
        let mut text = TextReader::default();
        for stored in Reader::new(BufReader::new(File::open(file)?)).flatten() {
            if number == most {
                return Ok(());
            }
            number += 1;
            write(number, text.read(&stored.record).record, to)?;
        }
    }
    Ok(())
}

fn demonstration(most: usize, to: &mut impl Write) -> anyhow::Result<()> {
    for (place, work) in demo::works().iter().take(most).enumerate() {
        let mut record = Record::new(Leader::UNIMARC);
        record.push(DataField::new(b"200", b"1 ").with(b'a', work.title.to_owned()));
        for creator in &work.creators {
            record.push(DataField::new(b"700", b" 0").with(b'a', creator.name.to_owned()));
        }
        write(place + 1, record, to)?;
    }
    Ok(())
}

/// Under a number of its own, labelled as what it is.
fn write(number: usize, mut record: Record<String>, to: &mut impl Write) -> anyhow::Result<()> {
    record.fields.retain(|field| field.tag() != b"001".into());
    let mut numbered = Record {
        leader: record.leader,
        fields: Vec::with_capacity(record.fields.len() + 1),
    };
    numbered.push_control(b"001", number.to_string());
    numbered.fields.append(&mut record.fields);
    declare(&mut numbered, Format::Unimarc, Charset::Utf8);
    let (bytes, _) = to_bytes(&numbered, Charset::Utf8);
    to.write_all(&encode(&bytes).context("a record that ISO 2709 cannot hold")?)?;
    Ok(())
}
