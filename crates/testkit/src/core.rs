//! Every command of the core that changes something, ready to be asked once.

use anyhow::{Context, ensure};
use circulation::{Condition, Overrides};
use desk::{
    Actor, Answer, CardAsk, CardReport, ChargeAsk, DeclareAsk, FeeKind, HoldWish, PayAsk,
    RequestKey, Settled, Terminal, Undo,
};
use store::NewStaff;

use crate::{Reader, Town};

/// A command that changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "its name says what it does")]
pub enum CoreCommand {
    Checkout,
    Checkin,
    CheckinCaptures,
    Renew,
    PlaceHold,
    ChangeHold,
    CancelHold,
    UndoCheckout,
    UndoCheckin,
    Pay,
    Waive,
    Charge,
    BlockCard,
    EnableCard,
    NoteItem,
    DeclareItem,
    ReplaceCard,
}

/// Whom and what a command is asked about.
#[derive(Debug)]
pub struct Scene {
    /// The kiosk that asks.
    pub kiosk: Terminal,
    /// A member of staff, where no kiosk may ask.
    pub staff: Actor,
    /// The reader.
    pub reader: Reader,
    /// Another one.
    pub other: Reader,
    /// The item.
    pub barcode: String,
    /// A card number that nobody has.
    pub number: String,
}

/// What is owed in a scene of money, in cents, and what is paid of it.
const OWED: i64 = 300;
const PAID: i64 = 100;

impl CoreCommand {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Checkout,
        Self::Checkin,
        Self::CheckinCaptures,
        Self::Renew,
        Self::PlaceHold,
        Self::ChangeHold,
        Self::CancelHold,
        Self::UndoCheckout,
        Self::UndoCheckin,
        Self::Pay,
        Self::Waive,
        Self::Charge,
        Self::BlockCard,
        Self::EnableCard,
        Self::NoteItem,
        Self::DeclareItem,
        Self::ReplaceCard,
    ];

    /// As tables show it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Checkout => "loan",
            Self::Checkin => "return",
            Self::CheckinCaptures => "return that captures a hold",
            Self::Renew => "renewal",
            Self::PlaceHold => "hold placed",
            Self::ChangeHold => "hold changed",
            Self::CancelHold => "hold cancelled",
            Self::UndoCheckout => "loan undone",
            Self::UndoCheckin => "return undone",
            Self::Pay => "payment",
            Self::Waive => "waiver",
            Self::Charge => "charge",
            Self::BlockCard => "card blocked",
            Self::EnableCard => "card enabled",
            Self::NoteItem => "remark on an item",
            Self::DeclareItem => "state declared",
            Self::ReplaceCard => "card replaced",
        }
    }

    /// Brings about what the command needs to have something to do.
    pub async fn prepare(self, town: &Town) -> anyhow::Result<Scene> {
        let scene = Scene {
            kiosk: town.kiosk("LENS").await?,
            staff: staff(town).await?,
            reader: town.reader("ADU", "LENS").await?,
            other: town.reader("ADU", "LENS").await?,
            barcode: town.item("LIV", "LENS").await?,
            number: format!("263{:011}", town.next()),
        };
        match self {
            Self::Checkout
            | Self::Charge
            | Self::BlockCard
            | Self::NoteItem
            | Self::DeclareItem
            | Self::ReplaceCard => {}
            Self::Checkin | Self::Renew | Self::UndoCheckout => {
                Self::Checkout.run(town, &scene, None).await?;
            }
            Self::CheckinCaptures => {
                Self::Checkout.run(town, &scene, None).await?;
                let placed = town.place_hold(&scene.other, &scene.barcode, "LENS");
                done(placed.await?)?;
            }
            Self::PlaceHold => {
                done(town.lend(&scene.other, &scene.barcode).await?)?;
            }
            Self::ChangeHold | Self::CancelHold => {
                done(town.lend(&scene.other, &scene.barcode).await?)?;
                Self::PlaceHold.run(town, &scene, None).await?;
            }
            Self::UndoCheckin => {
                Self::Checkout.run(town, &scene, None).await?;
                Self::Checkin.run(town, &scene, None).await?;
            }
            Self::Pay | Self::Waive => {
                Self::Charge.run(town, &scene, None).await?;
            }
            Self::EnableCard => {
                Self::BlockCard.run(town, &scene, None).await?;
            }
        }
        Ok(scene)
    }

    /// Asks once; whether it was answered as a repetition. A refusal is an error.
    pub async fn run(
        self,
        town: &Town,
        scene: &Scene,
        key: Option<RequestKey>,
    ) -> anyhow::Result<bool> {
        let Scene {
            kiosk,
            reader,
            barcode,
            ..
        } = scene;
        let desk = &town.desk;
        let hold = |wish, pickup| -> anyhow::Result<_> {
            let mut ask = town.hold(kiosk, wish, reader, barcode, pickup)?;
            ask.key = key;
            Ok(ask)
        };
        let undo = |what| {
            let mut ask = town.undo(kiosk, what, barcode);
            ask.key = key;
            ask
        };
        let pay = |how, actor| PayAsk {
            actor,
            how,
            card: reader.card.clone(),
            cents: PAID,
            fee: None,
            key,
            at: town.now().clone(),
        };
        let report = |report| {
            let (actor, card) = (Actor::kiosk(kiosk), reader.card.clone());
            desk.report_card(actor, card, report, town.now().clone())
        };
        match self {
            Self::Checkout => {
                let mut ask = town.checkout(kiosk, reader, barcode);
                ask.key = key;
                done(desk.checkout(ask).await?)
            }
            Self::Checkin => done(desk.checkin(town.checkin(kiosk, barcode)).await?),
            Self::CheckinCaptures => {
                let answer = desk.checkin(town.checkin(kiosk, barcode)).await?;
                let returned = answer.outcome.as_ref().ok();
                ensure!(
                    returned.is_some_and(|returned| returned.for_whom.is_some()),
                    "nothing was set aside: {answer:?}"
                );
                done(answer)
            }
            Self::Renew => done(desk.renew(town.renew(kiosk, reader, barcode, key)).await?),
            Self::PlaceHold => done(desk.hold(hold(HoldWish::Place, Some("LENS"))?).await?),
            Self::ChangeHold => {
                let wish = HoldWish::Change(desk::Pause::AsItWas);
                done(desk.hold(hold(wish, Some("VIMY"))?).await?)
            }
            Self::CancelHold => done(desk.hold(hold(HoldWish::Cancel, None)?).await?),
            Self::UndoCheckout => done(desk.undo(undo(Undo::Loan)).await?),
            Self::UndoCheckin => done(desk.undo(undo(Undo::Return)).await?),
            Self::Pay => done(desk.pay(pay(Settled::Paid, Actor::kiosk(kiosk))).await?),
            Self::Waive => done(desk.pay(pay(Settled::Waived, scene.staff.clone())).await?),
            Self::Charge => {
                let (staff, now) = (&scene.staff, town.now());
                let ask = ChargeAsk::of(staff, &reader.card, FeeKind::Card, OWED, now);
                let charged = desk.charge(ask).await?;
                charged.outcome.ok().context("nobody to charge")?;
                Ok(false)
            }
            Self::BlockCard => {
                report(CardReport::Block("oubliée".into())).await?;
                Ok(false)
            }
            Self::EnableCard => {
                report(CardReport::Enable).await?;
                Ok(false)
            }
            Self::NoteItem => {
                let actor = Actor::kiosk(kiosk);
                let noted = desk.note_item(&actor, barcode, "page déchirée", town.now());
                ensure!(noted.await?.is_ok(), "no such item");
                Ok(false)
            }
            Self::DeclareItem => {
                let ask = DeclareAsk {
                    actor: scene.staff.clone(),
                    barcode: barcode.clone(),
                    condition: Condition::Damaged,
                    at: town.now().clone(),
                };
                done(desk.declare(ask).await?)
            }
            Self::ReplaceCard => {
                let (staff, number) = (&scene.staff, &scene.number);
                let ask = CardAsk::lost(staff, &reader.card, number, town.now());
                done(desk.replace_card(ask).await?)
            }
        }
    }
}

fn done<T: std::fmt::Debug>(answer: Answer<T>) -> anyhow::Result<bool> {
    ensure!(answer.outcome.is_ok(), "refused: {answer:?}");
    Ok(answer.replayed)
}

async fn staff(town: &Town) -> anyhow::Result<Actor> {
    let login = format!("agent-{}", town.next());
    let new = NewStaff {
        login: login.clone(),
        password_hash: String::new(),
        name: login.clone(),
        branch: "LENS".parse()?,
        rights: Vec::new(),
        roles: Vec::new(),
        at: town.now().timestamp(),
    };
    town.store.add_staff(&new).await?;
    let mut session = town.store.session().await?;
    let user = session.staff_user(&login).await?;
    let user = user.context("who was added is not there")?;
    Ok(Actor::staff(&user, user.branch, Overrides::none())?)
}
