//! Readers, items and desks, made as they are needed.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use anyhow::Context;
use circulation::{Audience, BranchCode, CardStatus, Condition, Language};
use desk::{
    Actor, Answer, CheckinAsk, CheckoutAsk, Clock, Desk, HeldThing, HoldAsk, HoldDone, HoldWish,
    Lent, RenewAsk, RequestKey, Returned, Terminal, Undo, UndoAsk, Visit,
};
use jiff::{Zoned, civil::Date, tz::TimeZone};
use store::{NewBib, NewItem, NewPatron, NewSourceRecord, NewTerminal, Store};

use crate::Database;

/// A town with a library network: people and books are made on demand, and every date is one Tuesday in June.
#[derive(Debug)]
pub struct Town {
    /// The desk of one daemon.
    pub desk: Arc<Desk>,
    /// The store beneath it.
    pub store: Store,
    now: Zoned,
    number: AtomicU32,
}

/// Who borrows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The card number.
    pub card: String,
    /// The branch that issued it.
    pub branch: BranchCode,
}

impl Town {
    /// A town on this database, on Tuesday 9 June 2026 at eleven.
    pub async fn new(database: &Database) -> anyhow::Result<Self> {
        Self::on(database.store().await?).await
    }

    /// The same, on a store of one's own.
    pub async fn on(store: Store) -> anyhow::Result<Self> {
        let now: Zoned = "2026-06-09T11:00:00+02:00[Europe/Paris]".parse()?;
        let clock = Clock::new(
            {
                let now = now.timestamp();
                move || now
            },
            TimeZone::get("Europe/Paris")?,
        );
        let desk = Desk::open(store.clone(), clock).await?;
        Ok(Self {
            desk,
            store,
            now,
            number: AtomicU32::new(1),
        })
    }

    /// A second daemon on the same database, with a desk and connections of its own.
    pub async fn beside(other: &Self, database: &Database) -> anyhow::Result<Self> {
        let town = Self::new(database).await?;
        // Numbers of another thousand, so that what both make does not collide.
        town.number.store(
            other.number.load(Ordering::Relaxed) + 5_000_000,
            Ordering::Relaxed,
        );
        Ok(town)
    }

    /// The moment at which everything happens.
    pub fn now(&self) -> &Zoned {
        &self.now
    }

    /// The day on which everything happens.
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// Eleven in the morning of another day, as `2026-06-09`.
    pub fn at(&self, day: &str) -> anyhow::Result<Zoned> {
        Ok(format!("{day}T11:00:00[Europe/Paris]").parse()?)
    }

    /// Lets one reader collect what is set aside for another.
    pub async fn name_proxy(&self, reader: &Reader, proxy: &Reader) -> anyhow::Result<()> {
        let id = async |reader: &Reader| {
            let mut session = self.store.session().await?;
            let (_, file) = session
                .patron_file(&reader.card, reader.branch, self.today())
                .await?;
            file.map(|file| file.row.id)
                .with_context(|| format!("no reader has the card {}", reader.card))
        };
        let (reader, proxy) = (id(reader).await?, id(proxy).await?);
        let mut session = self.store.session().await?;
        session.add_proxy(reader, proxy).await?;
        Ok(())
    }

    pub(crate) fn next(&self) -> u32 {
        self.number.fetch_add(1, Ordering::Relaxed)
    }

    /// A reader in good standing, who lives alone.
    pub async fn reader(&self, category: &str, branch: &str) -> anyhow::Result<Reader> {
        Ok(self.household(&[(category, branch)]).await?.remove(0))
    }

    /// Readers in good standing, who live together.
    pub async fn household(&self, members: &[(&str, &str)]) -> anyhow::Result<Vec<Reader>> {
        let household = self.next();
        let mut readers = Vec::new();
        let mut patrons = Vec::new();
        for (category, branch) in members {
            let card = format!("262{:011}", self.next());
            let branch: BranchCode = branch.parse()?;
            patrons.push(NewPatron {
                card: card.clone(),
                card_status: CardStatus::Active,
                branch,
                category: category.parse()?,
                household: Some(household),
                // Groups and children need somebody; whoever came first answers for them.
                guarantor: patrons.first().map(|first: &NewPatron| first.card.clone()),
                family_name: "Fictif".into(),
                given_name: "Test".into(),
                born_on: None,
                email: String::new(),
                phone: String::new(),
                address: String::new(),
                language: Language::French,
                pin_hash: None,
                expires_on: None,
                block: None,
                suspension: None,
            });
            readers.push(Reader { card, branch });
        }
        self.store
            .add_patrons(&patrons, self.now.timestamp())
            .await?;
        Ok(readers)
    }

    /// A good copy on its owner's shelf, long in service; its barcode.
    pub async fn item(&self, document: &str, owner: &str) -> anyhow::Result<String> {
        Ok(self.items(document, owner, 1).await?.remove(0))
    }

    /// The same, for children.
    pub async fn youth_item(&self, document: &str, owner: &str) -> anyhow::Result<String> {
        let barcodes = self.stock(document, &[owner], Audience::Youth).await?;
        barcodes.into_iter().next().context("one was made")
    }

    /// Several of them.
    pub async fn items(
        &self,
        document: &str,
        owner: &str,
        count: usize,
    ) -> anyhow::Result<Vec<String>> {
        self.copies(document, &vec![owner; count]).await
    }

    /// Copies of one title, each of another owner.
    pub async fn copies(&self, document: &str, owners: &[&str]) -> anyhow::Result<Vec<String>> {
        self.stock(document, owners, Audience::Adult).await
    }

    async fn stock(
        &self,
        document: &str,
        owners: &[&str],
        audience: Audience,
    ) -> anyhow::Result<Vec<String>> {
        let owners = owners
            .iter()
            .map(|owner| owner.parse())
            .collect::<Result<Vec<BranchCode>, _>>()?;
        let barcodes: Vec<String> = owners
            .iter()
            .map(|_| format!("362{:011}", self.next()))
            .collect();
        let bib = NewBib {
            title: format!("Document {}", self.next()),
            author: String::new(),
            records: vec![NewSourceRecord {
                branch: *owners.first().context("a title without copies")?,
                control_number: self.next().to_string(),
                format: "test".into(),
                body: Vec::new(),
                signed: None,
            }],
            items: barcodes
                .iter()
                .zip(owners)
                .map(|(barcode, owner)| {
                    Ok(NewItem {
                        barcode: barcode.clone(),
                        owner,
                        document: document.parse()?,
                        audience,
                        condition: Condition::Good,
                        call_number: String::new(),
                        in_service: Date::constant(2020, 1, 1),
                        parts: 1,
                    })
                })
                .collect::<anyhow::Result<_>>()?,
        };
        self.store.add_stock(&[bib]).await?;
        Ok(barcodes)
    }

    /// A kiosk at a branch.
    pub async fn kiosk(&self, branch: &str) -> anyhow::Result<Terminal> {
        let login = format!("kiosk-{}", self.next());
        let new = NewTerminal {
            login: login.clone(),
            password_hash: String::new(),
            name: login.clone(),
            branch: branch.parse()?,
            messages: Vec::new(),
            profile: "self-check".into(),
            settings: store::TerminalSettings::new(),
            at: self.now.timestamp(),
        };
        let mut session = self.store.session().await?;
        session.add_terminal(&new).await?;
        session
            .terminal(&login)
            .await?
            .ok_or_else(|| anyhow::anyhow!("the kiosk {login} is not there"))
    }

    /// A question to lend, at this kiosk.
    pub fn checkout(&self, kiosk: &Terminal, reader: &Reader, barcode: &str) -> CheckoutAsk {
        CheckoutAsk {
            card: reader.card.clone(),
            barcode: barcode.to_owned(),
            at: self.now.clone(),
            ..CheckoutAsk::default_for(kiosk)
        }
    }

    /// A question to renew, at this kiosk.
    pub fn renew(
        &self,
        kiosk: &Terminal,
        reader: &Reader,
        barcode: &str,
        key: Option<RequestKey>,
    ) -> RenewAsk {
        RenewAsk {
            actor: Actor::kiosk(kiosk),
            card: reader.card.clone(),
            barcode: barcode.to_owned(),
            pin: None,
            visit: Arc::new(Visit::new()),
            at: self.now.clone(),
            key,
            dry: false,
        }
    }

    /// Lends at a new kiosk of the reader's branch.
    pub async fn lend(&self, reader: &Reader, barcode: &str) -> anyhow::Result<Answer<Lent>> {
        let kiosk = self.kiosk(reader.branch.as_str()).await?;
        Ok(self
            .desk
            .checkout(self.checkout(&kiosk, reader, barcode))
            .await?)
    }

    /// Takes back at a new kiosk of a branch.
    pub async fn take_back(&self, branch: &str, barcode: &str) -> anyhow::Result<Answer<Returned>> {
        let kiosk = self.kiosk(branch).await?;
        Ok(self.desk.checkin(self.checkin(&kiosk, barcode)).await?)
    }

    /// A question to take back, at this kiosk.
    pub fn checkin(&self, kiosk: &Terminal, barcode: &str) -> CheckinAsk {
        CheckinAsk {
            actor: Actor::kiosk(kiosk),
            barcode: barcode.to_owned(),
            at: self.now.clone(),
            capture: true,
            dry: false,
        }
    }

    /// A question about a hold on the title of a copy, at this kiosk.
    pub fn hold(
        &self,
        kiosk: &Terminal,
        wish: HoldWish,
        reader: &Reader,
        barcode: &str,
        pickup: Option<&str>,
    ) -> anyhow::Result<HoldAsk> {
        Ok(HoldAsk {
            request: None,
            actor: Actor::kiosk(kiosk),
            wish,
            card: reader.card.clone(),
            pin: None,
            visit: Arc::new(Visit::new()),
            what: HeldThing::TitleOf(barcode.to_owned()),
            pickup: pickup.map(str::parse).transpose()?,
            needed_until: None,
            at: self.now.clone(),
            key: None,
            dry: false,
        })
    }

    /// Places a hold on the title of a copy, at a new kiosk of the reader's branch.
    pub async fn place_hold(
        &self,
        reader: &Reader,
        barcode: &str,
        pickup: &str,
    ) -> anyhow::Result<Answer<HoldDone>> {
        let kiosk = self.kiosk(reader.branch.as_str()).await?;
        let ask = self.hold(&kiosk, HoldWish::Place, reader, barcode, Some(pickup))?;
        Ok(self.desk.hold(ask).await?)
    }

    /// A question to take the last movement of an item back, at this kiosk.
    pub fn undo(&self, kiosk: &Terminal, what: Undo, barcode: &str) -> UndoAsk {
        UndoAsk {
            actor: Actor::kiosk(kiosk),
            what,
            barcode: barcode.to_owned(),
            key: None,
            at: self.now.clone(),
        }
    }
}
