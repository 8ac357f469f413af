//! Searching over Z39.50 and SRU: Zebra and the daemon, the same records, the same questions, in turn.

mod aims;
mod corpus;
mod load;
mod memory;
mod question;
mod relire;
mod sru;
mod terms;
mod z3950;
mod zebra;

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::ensure;
use clap::{Args, ValueEnum};

use self::{
    aims::Aims,
    corpus::Corpus,
    load::{Door, Seen},
    question::Kind,
    relire::Relire,
    terms::Terms,
    zebra::Zebra,
};
use crate::sip2::{cores, say};

#[derive(Args)]
pub(crate) struct Options {
    /// A generated corpus, with `bib/CODE.mrc` in it. Without it one is made by the generator in `../shared`; without
    /// that the demonstration's works have to do.
    #[arg(long, env = "RELIRE_CORPUS")]
    corpus: Option<PathBuf>,
    /// How many records at most.
    #[arg(long, default_value_t = 500_000)]
    records: usize,
    /// For each figure.
    #[arg(long, default_value_t = 4.0)]
    seconds: f64,
    /// Connections at work.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 8, 32])]
    connections: Vec<usize>,
    /// Connections that are silent.
    #[arg(long, default_value_t = 1000)]
    idle: usize,
    /// One server alone.
    #[arg(long)]
    only: Option<Only>,
    /// Some kinds of questions alone.
    #[arg(long, value_delimiter = ',')]
    kinds: Vec<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Only {
    Zebra,
    Relire,
}

/// What it took to index the records.
struct Built {
    seconds: f64,
    bytes: u64,
    /// By an earlier run.
    kept: bool,
}

/// A server under load.
struct Server {
    name: &'static str,
    process: u32,
    z3950: Door,
    sru: Door,
}

/// Each figure is made of so many stretches, the servers in turn.
const STRETCHES: u32 = 2;

pub(crate) async fn run(options: Options) -> anyhow::Result<()> {
    let corpus = Corpus::prepare(options.corpus.as_deref(), options.records)?;
    let terms = Arc::new(Terms::draw(&corpus)?);
    let wanted = |server: Only| options.only.is_none_or(|only| only == server);
    let mut servers = Vec::new();
    let zebra = match wanted(Only::Zebra) {
        true => Some(Zebra::start(&corpus).await?),
        false => None,
    };
    if let Some(zebra) = &zebra {
        build_line("Zebra", &zebra.built, &corpus);
        servers.push(Server {
            name: "Zebra",
            process: zebra.process(),
            z3950: Door::Z3950 {
                address: zebra.address,
                database: Zebra::DATABASE,
            },
            sru: Door::Sru {
                address: zebra.address,
                path: Zebra::PATH,
            },
        });
    }
    let relire = match wanted(Only::Relire) {
        true => Some(Relire::start(&corpus)?),
        false => None,
    };
    if let Some(relire) = &relire {
        build_line(Relire::NAME, &relire.built, &corpus);
        servers.push(Server {
            name: Relire::NAME,
            process: relire.process(),
            z3950: Door::Z3950 {
                address: relire.z3950,
                database: Relire::DATABASE,
            },
            sru: Door::Sru {
                address: relire.http,
                path: Relire::PATH,
            },
        });
    }
    say(&format!(
        "{} cores for servers and clients together; each figure {} s, in {STRETCHES} stretches",
        cores(),
        options.seconds
    ));
    let mut aims = Aims::default();
    for server in &servers {
        let idle = memory::idle(server.process, server.z3950, &terms, options.idle).await?;
        let [before, with] = idle;
        say(&format!(
            "{}: {before:.0} MB in use; {with:.0} MB with {} associations that have asked once and are silent",
            server.name, options.idle
        ));
        if server.name == Relire::NAME {
            aims.idle(options.idle, with - before);
        }
    }
    let mut wrong = Vec::new();
    let z3950: Vec<_> = (servers.iter())
        .map(|server| (server.name, server.z3950))
        .collect();
    say("\nZ39.50: search, then present of the first ten in UNIMARC");
    table(&options, "Z39.50", &z3950, &terms, &mut aims, &mut wrong).await?;
    let sru: Vec<_> = (servers.iter())
        .map(|server| (server.name, server.sru))
        .collect();
    say("\nSRU: searchRetrieve of the first ten in MARCXML");
    table(&options, "SRU", &sru, &terms, &mut aims, &mut wrong).await?;

    for line in aims.lines().iter().chain(&wrong) {
        say(line);
    }
    ensure!(wrong.is_empty(), "answers were wrong: see above");
    Ok(())
}

fn build_line(name: &str, built: &Built, corpus: &Corpus) {
    say(&format!(
        "{name}: indexed in {:.0} s ({:.0} records/s){}, {:.2} GB ({:.1} times the records)",
        built.seconds,
        corpus.records as f64 / built.seconds,
        if built.kept {
            ", in an earlier run"
        } else {
            ""
        },
        built.bytes as f64 / 1e9,
        built.bytes as f64 / corpus.bytes as f64,
    ));
}

async fn table(
    options: &Options,
    protocol: &str,
    doors: &[(&str, Door)],
    terms: &Arc<Terms>,
    aims: &mut Aims,
    wrong: &mut Vec<String>,
) -> anyhow::Result<()> {
    let mut head = "question            clients".to_owned();
    for (name, _) in doors {
        head.push_str(&format!("   {name:>8}/s   p50 ms   p99 ms     hits"));
    }
    if doors.len() > 1 {
        head.push_str("    ratio");
    }
    say(&head);
    let kinds = if options.kinds.is_empty() {
        &Kind::ALL[..]
    } else {
        &options.kinds
    };
    let stretch = Duration::from_secs_f64(options.seconds) / STRETCHES;
    for kind in kinds {
        for connections in &options.connections {
            let mut seen: Vec<Seen> = doors.iter().map(|_| Seen::default()).collect();
            for _ in 0..STRETCHES {
                for ((_, door), seen) in doors.iter().zip(&mut seen) {
                    seen.add(load::run(*door, *kind, terms, *connections, stretch).await?);
                }
            }
            let mut line = format!("{:<20}{connections:>7}", kind.name());
            for ((name, _), seen) in doors.iter().zip(&mut seen) {
                let [p50, p99] = seen.at([0.5, 0.99]);
                let (rate, hits) = (seen.rate(), seen.mean_hits());
                line.push_str(&format!(
                    "   {rate:>10.0} {p50:>8.2} {p99:>8.2} {hits:>8.0}"
                ));
                if *kind == Kind::Sort && *name == Relire::NAME {
                    aims.sorted(protocol, *connections, p99, hits);
                }
            }
            if let [first, others @ ..] = seen.as_slice() {
                for other in others {
                    let ratio = other.rate() / first.rate();
                    line.push_str(&format!("   {ratio:>6.2}"));
                    aims.ratio(protocol, *kind, *connections, ratio);
                }
            }
            say(&line);
            for ((name, _), seen) in doors.iter().zip(&seen) {
                wrong.extend(seen.example.as_ref().map(|example| {
                    format!(
                        "WRONG: {name}, {} with {connections}: {} answers, as {example}",
                        kind.name(),
                        seen.wrong
                    )
                }));
            }
        }
    }
    Ok(())
}
