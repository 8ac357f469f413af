//! The world, written into a database: branches and rules of the network's own files, everything else invented.

use anyhow::Context;
use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher};
use circulation::{Audience, CardStatus, Condition, Language};
use desk::{Actor, ChargeAsk, FeeKind};
use jiff::{Timestamp, civil::Date};
use network::Network;
use store::{
    NewBib, NewItem, NewPatron, NewSourceRecord, NewTerminal, PoolSize, Store, TerminalSettings,
    create_database,
};
use testkit::{Database, MortalCluster, Town};

use crate::{line::PASSWORD, world::World};

/// The database's name.
pub(crate) const DATABASE: &str = "soak";
/// The requests that the terminals send.
const MESSAGES: [&str; 10] = ["93", "99", "97", "11", "09", "29", "15", "37", "17", "63"];

/// The network's own files.
pub(crate) fn files() -> anyhow::Result<Network> {
    let files = concat!(env!("CARGO_MANIFEST_DIR"), "/../../network");
    Network::read(files.as_ref()).context("the network's own files")
}

/// Makes the database and fills it.
pub(crate) async fn fill(
    cluster: &MortalCluster,
    network: &Network,
    world: &World,
) -> anyhow::Result<()> {
    create_database(&cluster.url("postgres"), DATABASE).await?;
    let url = cluster.url(DATABASE);
    let store = Store::connect(&url, &PoolSize::default()).await?;
    store.migrate().await?;
    let at = Timestamp::UNIX_EPOCH;
    store.import_network(network, "soak", at, false).await?;
    let patrons: Vec<NewPatron> = (0..world.readers.len())
        .map(|reader| patron(world, reader))
        .collect::<anyhow::Result<_>>()?;
    store.add_patrons(&patrons, at).await?;
    let bibs: Vec<NewBib> = (0..world.titles.len())
        .map(|title| bib(world, title))
        .collect::<anyhow::Result<_>>()?;
    store.add_stock(&bibs).await?;
    terminals(&store, world).await?;
    charge(&url, world).await?;
    store.run_sql("VACUUM ANALYZE").await?;
    store.close().await;
    Ok(())
}

async fn terminals(store: &Store, world: &World) -> anyhow::Result<()> {
    let hash = cheap_hash()?;
    let mut session = store.session().await?;
    for terminal in &world.terminals {
        session
            .add_terminal(&NewTerminal {
                login: terminal.login.clone(),
                password_hash: hash.clone(),
                name: terminal.login.clone(),
                branch: world.code(terminal.branch).parse()?,
                messages: MESSAGES.map(str::to_owned).to_vec(),
                profile: "self-check".into(),
                settings: TerminalSettings::new(),
                at: Timestamp::UNIX_EPOCH,
            })
            .await?;
    }
    Ok(())
}

/// Everybody logs in again after each kill: what a hash costs is not what is tried here.
fn cheap_hash() -> anyhow::Result<String> {
    let least = Params::new(
        Params::MIN_M_COST,
        Params::MIN_T_COST,
        Params::MIN_P_COST,
        None,
    )
    .map_err(|error| anyhow::anyhow!("argon2's least costs: {error}"))?;
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, least)
        .hash_password(PASSWORD.as_bytes())
        .map_err(|error| anyhow::anyhow!("a password could not be hashed: {error}"))?;
    Ok(hash.to_string())
}

/// What some readers owe: fees of the desk's own making, so that payments have something to settle.
async fn charge(url: &str, world: &World) -> anyhow::Result<()> {
    let database = Database {
        url: url.to_owned(),
    };
    let town = Town::new(&database).await?;
    let login = &world
        .terminals
        .first()
        .context("a world without terminals")?
        .login;
    let terminal = town.store.session().await?.terminal(login).await?;
    let actor = Actor::kiosk(&terminal.context("a terminal that was just added")?);
    for reader in world.readers.iter().filter(|reader| reader.owes > 0) {
        // In two parts, so that a payment may settle one and touch another.
        let first = reader.owes / 2;
        for cents in [first, reader.owes - first] {
            let (kind, now) = (FeeKind::Other, town.now());
            let ask = ChargeAsk::of(&actor, &reader.card, kind, cents, now);
            let charged = town.desk.charge(ask).await?;
            charged
                .outcome
                .ok()
                .context("a reader who was just added")?;
        }
    }
    town.store.close().await;
    Ok(())
}

fn patron(world: &World, number: usize) -> anyhow::Result<NewPatron> {
    let reader = &world.readers[number];
    Ok(NewPatron {
        card: reader.card.clone(),
        card_status: CardStatus::Active,
        branch: world.code(reader.branch).parse()?,
        category: "ADU".parse()?,
        household: Some(u32::try_from(reader.household)?),
        guarantor: None,
        family_name: "Fictif".into(),
        given_name: "Endurance".into(),
        born_on: None,
        email: String::new(),
        phone: String::new(),
        address: String::new(),
        language: Language::French,
        pin_hash: None,
        expires_on: None,
        block: None,
        suspension: None,
    })
}

fn bib(world: &World, number: usize) -> anyhow::Result<NewBib> {
    let title = &world.titles[number];
    let items: Vec<NewItem> = title
        .items
        .iter()
        .map(|item| {
            let item = &world.items[*item];
            Ok(NewItem {
                barcode: item.barcode.clone(),
                owner: world.code(item.owner).parse()?,
                document: if title.game { "JVI" } else { "LIV" }.parse()?,
                audience: Audience::Adult,
                condition: Condition::Good,
                call_number: String::new(),
                in_service: Date::constant(2020, 1, 1),
                parts: 1,
            })
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(NewBib {
        title: title.name.clone(),
        author: String::new(),
        records: vec![NewSourceRecord {
            branch: items.first().context("a title without copies")?.owner,
            control_number: format!("soak-{number}"),
            format: "soak".into(),
            body: Vec::new(),
            signed: None,
        }],
        items,
    })
}
