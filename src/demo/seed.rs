//! Seeding: the network's files, the demonstration's people and stock, and loans made through the real desk.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

use super::{unimarc, wait::wait};
use anyhow::{Context, bail};
use circulation::{BlockKind, BranchCode, Language, Overrides, Rulebook};
use demo::{Demo, Standing};
use desk::{Actor, CheckoutAsk, Clock, Desk, Visit, hash_password, hash_passwords};
use jiff::civil::time;
use network::Network;
use store::{
    NewBib, NewItem, NewPatron, NewSourceRecord, NewStaff, NewTerminal, StaffUser, Store,
    TerminalSettings,
};

/// The password of every terminal and member of staff of the demonstration. It opens plainly fictional things
/// on a loopback address.
pub(super) const PASSWORD: &str = "demo";

/// The network's own files, as they lie in `network/`.
fn network_file(name: &str) -> Option<String> {
    let text = match name {
        "branches.csv" => include_str!("../../network/branches.csv"),
        "calendar.csv" => include_str!("../../network/calendar.csv"),
        "patron-categories.csv" => include_str!("../../network/patron-categories.csv"),
        "document-types.csv" => include_str!("../../network/document-types.csv"),
        "rules.toml" => include_str!("../../network/rules.toml"),
        "invented-sizes.csv" => include_str!("../../network/invented-sizes.csv"),
        _ => return None,
    };
    Some(text.to_owned())
}

/// Fills an empty database; one that has patrons already is left as it is.
pub(crate) async fn seed(owner: &Store, clock: &Clock) -> anyhow::Result<()> {
    let now = clock.now();
    let network = Network::from_files(network_file).context("the demonstration's network")?;
    owner
        .import_network(&network, "démonstration", now.timestamp(), false)
        .await?;
    if owner.patron_count().await? > 0 {
        return Ok(());
    }
    eprintln!("relire: filling the demonstration network, this once …");
    let book = network.rulebook();
    let demo = demo::demo(now.date(), &book);
    let terminals = terminals(&demo, &now)?;
    {
        let mut session = owner.session().await?;
        for terminal in &terminals {
            session.add_terminal(terminal).await?;
        }
    }
    for staff in staff(&demo, &now)? {
        owner.add_staff(&staff).await?;
    }
    owner.add_stock(&stock(&demo, &book)?).await?;
    // Patrons last: their presence says that everything before them is there.
    let patrons = patrons(&demo.patrons)?;
    owner.add_patrons(&patrons, now.timestamp()).await?;
    lend(owner, clock, &demo).await?;
    wait(owner, clock, &demo).await
}

fn terminals(demo: &Demo, now: &jiff::Zoned) -> anyhow::Result<Vec<NewTerminal>> {
    let password_hash = hash_password(PASSWORD)?;
    let profiles = sip2_server::ready_made();
    let everything = || sip2_server::MESSAGES.map(str::to_owned).to_vec();
    let suggested = |name: &str| {
        let profile = profiles.iter().find(|profile| profile.name == name);
        profile.and_then(|profile| profile.messages.clone())
    };
    let new = |terminal: &demo::Terminal| NewTerminal {
        login: terminal.login.clone(),
        password_hash: password_hash.clone(),
        name: terminal.name.clone(),
        branch: terminal.branch,
        messages: suggested(terminal.kind.profile()).unwrap_or_else(everything),
        profile: terminal.kind.profile().into(),
        settings: TerminalSettings::new(),
        at: now.timestamp(),
    };
    Ok(demo.terminals.iter().map(new).collect())
}

fn staff(demo: &Demo, now: &jiff::Zoned) -> anyhow::Result<Vec<NewStaff>> {
    let password_hash = hash_password(PASSWORD)?;
    let new = |staff: &demo::Staff| NewStaff {
        login: staff.login.clone(),
        password_hash: password_hash.clone(),
        name: staff.name.clone(),
        branch: staff.branch,
        rights: Vec::new(),
        roles: vec![(staff.role.into(), staff.role_at)],
        at: now.timestamp(),
    };
    Ok(demo.staff.iter().map(new).collect())
}

fn stock(demo: &Demo, book: &Rulebook) -> anyhow::Result<Vec<NewBib>> {
    let mut bibs: Vec<NewBib> = demo
        .works
        .iter()
        .map(|work| NewBib {
            title: title(work),
            author: work
                .creators
                .first()
                .map(|creator| creator.name.to_owned())
                .unwrap_or_default(),
            records: Vec::new(),
            items: Vec::new(),
        })
        .collect();
    for item in &demo.items {
        let bib = bibs.get_mut(item.work).context("an item of no work")?;
        bib.items.push(NewItem {
            barcode: item.barcode.clone(),
            owner: item.branch,
            document: item.document,
            audience: item.audience,
            condition: item.condition,
            call_number: item.call_number.clone(),
            in_service: item.in_service,
            parts: item.parts,
        });
    }
    for record in &demo.source_records {
        let bib = bibs
            .get_mut(record.work)
            .context("a source record of no work")?;
        let document = demo.works.get(record.work).map(|work| work.document);
        let kind = document.and_then(|document| book.documents.get(&document));
        let kind = kind.context("a work of no document type")?;
        let copies = bib.items.iter().filter(|item| item.owner == record.branch);
        let (body, read) = unimarc::body(record, kind, &copies.collect::<Vec<_>>())?;
        bib.records.push(NewSourceRecord {
            branch: record.branch,
            control_number: record.control_number.clone(),
            format: unimarc::FORMAT.into(),
            signed: Some(unimarc::signed(&read, &body)?),
            body,
        });
    }
    // A work that no branch holds is not in the catalogue.
    bibs.retain(|bib| !bib.records.is_empty());
    Ok(bibs)
}

/// What a kiosk shows: the title, and which volume of which series where there is one.
fn title(work: &demo::Work) -> String {
    match (work.series, work.volume) {
        (Some(series), Some(volume)) if series == work.title => format!("{series}, {volume}"),
        (Some(series), Some(volume)) => format!("{series}, {volume} : {}", work.title),
        _ => work.title.to_owned(),
    }
}

/// The demonstration's readers, their PINs hashed.
pub(super) fn patrons(patrons: &[demo::Patron]) -> anyhow::Result<Vec<NewPatron>> {
    let pins: Vec<String> = patrons.iter().map(|patron| patron.pin.clone()).collect();
    let hashes = hash_passwords(&pins)?;
    let new = |(patron, pin_hash): (&demo::Patron, String)| NewPatron {
        card: patron.card.clone(),
        card_status: patron.standing.card_status(),
        branch: patron.branch,
        category: patron.category,
        household: patron.household,
        guarantor: patron.guarantor.clone(),
        family_name: patron.family_name.clone(),
        given_name: patron.given_name.clone(),
        born_on: patron.born_on,
        email: patron.email.clone(),
        phone: patron.phone.clone(),
        address: patron.address.clone(),
        language: patron.language,
        pin_hash: Some(pin_hash),
        expires_on: Some(patron.expires_on),
        block: match &patron.standing {
            Standing::Blocked { kind, message } => {
                Some((BlockKind::clone(kind), (*message).to_owned()))
            }
            _ => None,
        },
        suspension: match &patron.standing {
            Standing::Suspended { from, until } => Some((*from, *until)),
            _ => None,
        },
    };
    Ok(patrons.iter().zip(hashes).map(new).collect())
}

/// Loans in progress, made one by one through the desk at their own dates, so that each has its event and trace.
async fn lend(owner: &Store, clock: &Clock, demo: &Demo) -> anyhow::Result<()> {
    let desk = Desk::open(owner.clone(), clock.clone()).await?;
    let mut desks: BTreeMap<BranchCode, StaffUser> = BTreeMap::new();
    for loan in &demo.loans {
        let user = match desks.entry(loan.branch) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let of_branch = |staff: &&demo::Staff| staff.branch == loan.branch;
                let login = demo
                    .staff
                    .iter()
                    .find(of_branch)
                    .map(|staff| staff.login.as_str());
                let user = owner
                    .session()
                    .await?
                    .staff_user(login.unwrap_or_default())
                    .await?;
                place.insert(
                    user.with_context(|| format!("{} has nobody at its desk", loan.branch))?,
                )
            }
        };
        let at = loan
            .lent_on
            .to_datetime(time(15, 30, 0, 0))
            .to_zoned(clock.zone().clone())?;
        let ask = CheckoutAsk {
            desired_due: None,
            actor: Actor::staff(user, loan.branch, Overrides::none())?,
            card: loan.card.clone(),
            barcode: loan.barcode.clone(),
            pin: None,
            visit: Arc::new(Visit::new()),
            at,
            key: None,
            renew_if_lent: false,
            dry: false,
        };
        if let Err(refused) = desk.checkout(ask).await?.outcome {
            bail!(
                "the demonstration's own loans break a rule: {}",
                desk.tell(refused.headline(), Language::English)
            );
        }
    }
    Ok(())
}
