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

const SEED: usize = 20_251_215;
/// The generator has too few invented ISBNs for many more in one network.
const NETWORK: usize = 250_000;
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
        let name = match given {
            Some(folder) => folder.display().to_string().replace('/', "_"),
            None if Path::new(GENERATOR).exists() => "generated".to_owned(),
            None => "demonstration".to_owned(),
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
            match given {
                Some(folder) => {
                    delivered(folder, 0, most, &mut to)?;
                }
                None if Path::new(GENERATOR).exists() => generated(&own, most, &mut to)?,
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

/// As many networks as it takes, one after the other. Their files are not kept.
fn generated(own: &Path, most: usize, to: &mut impl Write) -> anyhow::Result<()> {
    let mut written = 0;
    for seed in SEED.. {
        if written == most {
            break;
        }
        let records = (most - written).min(NETWORK).to_string();
        say(&format!(
            "generating {records} records, half a minute or so"
        ));
        let folder = tempfile::tempdir_in(own)?;
        let made = Command::new("python3")
            .args([GENERATOR, "--records", &records, "--items", &records])
            .args(["--no-loans", "--seed", &seed.to_string(), "--out"])
            .arg(folder.path())
            .status()
            .context("cannot run python3")?;
        ensure!(made.success(), "the generator: {made}");
        let before = written;
        written = delivered(folder.path(), written, most, to)?;
        ensure!(written > before, "the generator made nothing");
    }
    Ok(())
}

/// Branches deliver in four character sets: those are another matter, and Zebra reads one of them. The first gets
/// the number after `written`; returns the last one.
fn delivered(
    folder: &Path,
    mut written: usize,
    most: usize,
    to: &mut impl Write,
) -> anyhow::Result<usize> {
    let folder = folder.join("bib");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "mrc"));
    files.sort();
    for file in files {
        let mut text = TextReader::default();
        for stored in Reader::new(BufReader::new(File::open(file)?)).flatten() {
            if written == most {
                return Ok(written);
            }
            written += 1;
            write(written, text.read(&stored.record).record, to)?;
        }
    }
    Ok(written)
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
