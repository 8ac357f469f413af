//! A durable cluster with a network, readers and items in it.

use std::{fs::Permissions, os::unix::fs::PermissionsExt, path::Path, process::Command};

use anyhow::{Context, ensure};
use circulation::{Audience, CardStatus, Condition, Language};
use desk::hash_password;
use jiff::{Timestamp, civil::Date};
use network::Network;
use private_postgres::{Lease, Options};
use store::{
    NewBib, NewItem, NewPatron, NewSourceRecord, NewTerminal, PoolSize, Store, create_database,
};

use super::{ITEMS_A_TERMINAL, READERS_A_TERMINAL, TERMINALS};

/// The one PIN and the one password: hashing is not what is measured.
pub(crate) const PIN: &str = "1234";
/// The path token of the one partner system, and its SHA-256.
pub(crate) const NCIP_TOKEN: &str = "banc-d-essai";
const NCIP_TOKEN_HASH: &str = "eb29c1076e2f14dcb681c4e8297db8452647b518a6e235f73dd77912015464a0";

pub(crate) struct Server {
    lease: Lease,
}

impl Server {
    pub(crate) async fn start(folder: &Path) -> anyhow::Result<Self> {
        let folder = folder.to_owned();
        let lease = tokio::task::spawn_blocking(move || {
            private_postgres::open(&folder, &Options::default())
        })
        .await??;
        let server = Self { lease };
        server.shape()?;
        server.network("own").await?;
        server.network("daemon").await?;
        Ok(server)
    }

    pub(crate) fn url(&self, database: &str) -> String {
        self.lease.url(database)
    }

    pub(crate) fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(self.lease.bin_dir().join(name));
        command
            .args(["-h"])
            .arg(self.lease.socket_dir())
            .args(["-U", self.lease.user()]);
        command
    }

    fn shape(&self) -> anyhow::Result<()> {
        let made = self.tool("createdb").arg("shape").status()?;
        ensure!(made.success(), "createdb");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/sql/shape_schema.sql");
        let filled = self
            .tool("psql")
            .args(["-q", "-v", "ON_ERROR_STOP=1", "-f", script, "shape"])
            .status()?;
        ensure!(filled.success(), "the simple shape's tables");
        Ok(())
    }

    async fn network(&self, name: &str) -> anyhow::Result<()> {
        create_database(&self.url("postgres"), name).await?;
        let store = Store::connect(&self.url(name), &PoolSize::default()).await?;
        store.migrate().await?;
        let files = concat!(env!("CARGO_MANIFEST_DIR"), "/../../network");
        let network = Network::read(files.as_ref()).context("the network's files")?;
        store
            .import_network(&network, "bench", Timestamp::UNIX_EPOCH, false)
            .await?;
        let hash = hash_password(PIN)?;
        let mut session = store.session().await?;
        let mut patrons = Vec::new();
        let mut bibs = Vec::new();
        for terminal in 0..TERMINALS {
            session
                .add_terminal(&NewTerminal {
                    login: format!("bench-{terminal}"),
                    password_hash: hash.clone(),
                    name: format!("bench {terminal}"),
                    branch: "LENS".parse()?,
                    messages: sip2_requests(),
                    profile: "self-check".into(),
                    settings: store::TerminalSettings::new(),
                    at: Timestamp::UNIX_EPOCH,
                })
                .await?;
            patrons.extend((0..READERS_A_TERMINAL).map(|reader| patron(terminal, reader, &hash)));
            bibs.extend((0..ITEMS_A_TERMINAL).map(|item| bib(terminal, item)));
        }
        let settings = serde_json::json!({ "protocol": "ncip", "agencies": ["BENCH"], "token": NCIP_TOKEN_HASH });
        session
            .add_terminal(&NewTerminal {
                login: "bench-ncip".into(),
                password_hash: hash.clone(),
                name: "bench ncip".into(),
                branch: "LENS".parse()?,
                messages: ["CheckOutItem", "CheckInItem"].map(str::to_owned).to_vec(),
                profile: "self-check".into(),
                settings: settings.as_object().cloned().unwrap_or_default(),
                at: Timestamp::UNIX_EPOCH,
            })
            .await?;
        drop(session);
        store.add_patrons(&patrons, Timestamp::UNIX_EPOCH).await?;
        store.add_stock(&bibs).await?;
        store.run_sql("VACUUM ANALYZE").await?;
        store.close().await;
        Ok(())
    }
}

fn sip2_requests() -> Vec<String> {
    ["11", "09", "93", "99", "97", "63"]
        .map(str::to_owned)
        .to_vec()
}

pub(crate) fn card(terminal: usize, reader: usize) -> String {
    format!("26{terminal:06}{reader:06}")
}

pub(crate) fn barcode(terminal: usize, item: usize) -> String {
    format!("36{terminal:06}{item:06}")
}

fn patron(terminal: usize, reader: usize, pin_hash: &str) -> NewPatron {
    NewPatron {
        card: card(terminal, reader),
        card_status: CardStatus::Active,
        branch: lens(),
        category: "ADU".parse().expect("three capitals are a code"),
        household: None,
        guarantor: None,
        family_name: "Fictif".into(),
        given_name: "Mesure".into(),
        born_on: None,
        email: String::new(),
        phone: String::new(),
        address: String::new(),
        language: Language::French,
        pin_hash: Some(pin_hash.to_owned()),
        expires_on: None,
        block: None,
        suspension: None,
    }
}

fn bib(terminal: usize, item: usize) -> NewBib {
    NewBib {
        title: format!("Un titre d'une longueur ordinaire, {terminal}-{item}"),
        author: "Fictif".into(),
        records: vec![NewSourceRecord {
            branch: lens(),
            control_number: format!("{terminal}-{item}"),
            format: "bench".into(),
            body: Vec::new(),
            signed: None,
        }],
        items: vec![NewItem {
            barcode: barcode(terminal, item),
            owner: lens(),
            document: "LIV".parse().expect("three capitals are a code"),
            audience: Audience::Adult,
            condition: Condition::Good,
            call_number: "R FIC".into(),
            in_service: Date::constant(2020, 1, 1),
            parts: 1,
        }],
    }
}

fn lens() -> circulation::BranchCode {
    "LENS".parse().expect("four capitals are a code")
}

/// As root the server runs as another user, who must be able to walk to its folder.
pub(crate) fn reachable(folder: &Path) -> std::io::Result<()> {
    std::fs::set_permissions(folder, Permissions::from_mode(0o755))
}
