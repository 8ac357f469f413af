//! What scripts can use at once, asked of the database at each start; where too little is left, more is added.

use anyhow::{Context, bail};
use circulation::{Audience, BranchCode, CardStatus, Condition, Language};
use demo::{Demo, TerminalKind};
use jiff::{ToSpan, Zoned, civil::Date};
use store::{NewBib, NewItem, NewPatron, NewSourceRecord, Store};

use super::{partners::partners, seed::PASSWORD};
use crate::ready;

/// At least so many adults in good standing without a loan.
const ADULTS: usize = 4;
/// At least so many lendable books on the terminal's shelf.
const BOOKS: usize = 8;
/// No more than so many of each are named in the ready line.
const NAMED: i64 = 40;
/// An item is a novelty for some months; what is named here is none.
const LONG_IN_SERVICE: i64 = 400;

/// Everything that a script can use now.
pub(crate) async fn usable(owner: &Store, now: &Zoned) -> anyhow::Result<ready::Demo> {
    let today = now.date();
    let (book, _) = owner.rulebook().await?;
    let demo = demo::demo(today, &book);
    let kiosk = demo
        .terminals
        .iter()
        .find(|terminal| {
            terminal.branch.as_str() == "LENS" && terminal.kind == TerminalKind::SelfCheck
        })
        .context("the demonstration has no kiosk at LENS")?;
    let branch = kiosk.branch;

    let mut adults = known_adults(owner, &demo, branch, today).await?;
    if adults.len() < ADULTS {
        adults.extend(more_adults(owner, branch, now).await?);
    }
    let long_ago = today.saturating_sub(200.days());
    let mut books = owner.shelf_books(branch, long_ago, NAMED).await?;
    if books.len() < BOOKS {
        more_books(owner, &demo, branch, now).await?;
        books = owner.shelf_books(branch, long_ago, NAMED).await?;
    }
    if adults.len() < ADULTS || books.len() < BOOKS {
        bail!(
            "the demonstration could not be topped up: {} adults, {} books",
            adults.len(),
            books.len()
        );
    }
    let here = |staff: &&demo::Staff| staff.branch == branch;
    let desk = demo.staff.iter().find(here);
    let desk = desk.context("nobody works at LENS")?;
    let network = demo.staff.iter().find(|staff| staff.role_at.is_none());
    let network = network.context("nobody runs the network")?;
    let kiosks = demo
        .terminals
        .iter()
        .filter(|terminal| terminal.kind == TerminalKind::SelfCheck);
    Ok(ready::Demo {
        terminals: std::iter::once(kiosk)
            .chain(kiosks.filter(|other| other.login != kiosk.login))
            .map(|terminal| ready::Terminal {
                login: terminal.login.clone(),
                password: PASSWORD.into(),
                branch: terminal.branch.to_string(),
                cert: None,
                key: None,
            })
            .collect(),
        patrons: adults,
        items: books
            .into_iter()
            .map(|book| ready::Item {
                barcode: book.barcode,
                branch: branch.to_string(),
                document: book.document,
                bib: book.bib.to_string(),
            })
            .collect(),
        staff: [desk, network]
            .map(|staff| ready::Staff {
                login: staff.login.clone(),
                password: PASSWORD.into(),
            })
            .into(),
        partners: partners(owner, branch, now).await?,
    })
}

/// Free adults whose PIN the demonstration knows.
async fn known_adults(
    owner: &Store,
    demo: &Demo,
    branch: BranchCode,
    today: Date,
) -> anyhow::Result<Vec<ready::Patron>> {
    let free = owner.free_adults(branch, today, NAMED).await?;
    let pin = |card: &str, branch: BranchCode| {
        let of_demo = demo
            .patrons
            .iter()
            .find(|patron| patron.card == card && patron.branch == branch);
        of_demo
            .map(|patron| patron.pin.clone())
            .or_else(|| added_pin(card))
    };
    Ok(free
        .into_iter()
        .filter_map(|(card, branch)| {
            let pin = pin(&card, branch)?;
            Some(ready::Patron {
                card,
                pin,
                branch: branch.to_string(),
            })
        })
        .collect())
}

/// Added readers have a card of their own series; the PIN is its last four digits.
fn added_pin(card: &str) -> Option<String> {
    card.strip_prefix("2699")
        .and_then(|rest| rest.get(rest.len().checked_sub(4)?..))
        .map(str::to_owned)
}

async fn more_adults(
    owner: &Store,
    branch: BranchCode,
    now: &Zoned,
) -> anyhow::Result<Vec<ready::Patron>> {
    let first = owner.patron_count().await?;
    let numbers = first..first + i64::try_from(ADULTS)?;
    let cards: Vec<String> = numbers.map(|number| format!("2699{number:010}")).collect();
    let pins: Vec<String> = cards.iter().filter_map(|card| added_pin(card)).collect();
    let hashes = desk::hash_passwords(&pins)?;
    let new = |(card, pin_hash): (&String, String)| -> anyhow::Result<NewPatron> {
        Ok(NewPatron {
            card: card.clone(),
            card_status: CardStatus::Active,
            branch,
            category: "ADU".parse()?,
            household: None,
            guarantor: None,
            family_name: "Fictif-Renfort".into(),
            given_name: "Lecteur".into(),
            born_on: Some(now.date().saturating_sub(40.years())),
            email: String::new(),
            phone: String::new(),
            address: String::new(),
            language: Language::French,
            pin_hash: Some(pin_hash),
            expires_on: Some(now.date().saturating_add(1.year())),
            block: None,
            suspension: None,
        })
    };
    let patrons = cards
        .iter()
        .zip(hashes)
        .map(new)
        .collect::<anyhow::Result<Vec<_>>>()?;
    owner.add_patrons(&patrons, now.timestamp()).await?;
    Ok(cards
        .into_iter()
        .zip(pins)
        .map(|(card, pin)| ready::Patron {
            card,
            pin,
            branch: branch.to_string(),
        })
        .collect())
}

async fn more_books(
    owner: &Store,
    demo: &Demo,
    branch: BranchCode,
    now: &Zoned,
) -> anyhow::Result<()> {
    let work = demo
        .works
        .iter()
        .find(|work| work.document.as_str() == "LIV")
        .context("the demonstration has no book")?;
    let stamp = now.timestamp().as_second();
    let item = |number: usize| NewItem {
        barcode: format!("3699{stamp:010}{number:02}"),
        owner: branch,
        document: work.document,
        audience: Audience::Adult,
        condition: Condition::Good,
        call_number: "R DÉMO".into(),
        in_service: now.date().saturating_sub(LONG_IN_SERVICE.days()),
        parts: 1,
    };
    let bib = NewBib {
        title: work.title.to_owned(),
        author: work
            .creators
            .first()
            .map(|creator| creator.name.to_owned())
            .unwrap_or_default(),
        records: vec![NewSourceRecord {
            branch,
            control_number: format!("renfort-{stamp}"),
            format: "application/vnd.relire.facts+json".into(),
            body: serde_json::to_vec(
                &serde_json::json!({ "title": work.title, "document": work.document }),
            )?,
            signed: None,
        }],
        items: (0..BOOKS).map(item).collect(),
    };
    owner.add_stock(&[bib]).await?;
    Ok(())
}
