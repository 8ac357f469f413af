//! A command, asked at the desk.

use desk::{
    Actor, CardAsk, CardReport, ChargeAsk, DeclareAsk, DeskError, FeeKind, HoldWish, Pause, PayAsk,
    RequestKey, Settled, Undo,
};
use jiff::{ToSpan, Zoned};
use testkit::Reader;

use super::{
    command::{BRANCHES, Card, Command, Does},
    library::Outcome,
    served::Table,
};

impl Table<'_> {
    /// Does what the command says; the answer is in the model's words, an error in its own.
    pub(super) async fn play(&mut self, command: Command) -> Result<Outcome, DeskError> {
        let done = match command.does {
            Does::Return => return self.take_back(command).await,
            Does::Place => return self.place(command).await,
            Does::Turn => return self.turn().await,
            Does::Checkout(card) => self.checkout(command, card).await?,
            Does::Renew => {
                let served = self.served;
                let kiosk = &served.kiosks[command.at];
                let (reader, item) = self.scanned(command);
                let mut ask = served.town.renew(kiosk, reader, item, None);
                ask.at = self.now();
                served.town.desk.renew(ask).await?.outcome.is_ok()
            }
            Does::Cancel => self.hold(HoldWish::Cancel, command, None).await?.is_some(),
            Does::Move => {
                let (wish, pickup) = (HoldWish::Change(Pause::AsItWas), BRANCHES[command.at]);
                self.hold(wish, command, Some(pickup)).await?.is_some()
            }
            Does::Pause(days) => {
                let pause = days.map_or(Pause::Over, |days| Pause::Until(self.today + days.days()));
                let wish = HoldWish::Change(pause);
                self.hold(wish, command, None).await?.is_some()
            }
            Does::UndoLoan => self.undo(Undo::Loan, command).await?,
            Does::UndoReturn => self.undo(Undo::Return, command).await?,
            Does::Charge(cents) => self.charge(command, cents).await?,
            Does::Pay { cents, number } => self.pay(command, cents, number).await?,
            Does::Waive(cents) => self.waive(command, cents).await?,
            Does::Block => {
                let report = CardReport::Block(String::new());
                self.report(command, report).await?
            }
            Does::Unblock => self.report(command, CardReport::Enable).await?,
            Does::ReplaceCard(old) => self.replace_card(command, old).await?,
            Does::Declare(condition) => {
                let ask = DeclareAsk {
                    actor: self.served.staff[command.at].clone(),
                    barcode: self.items[command.item].clone(),
                    condition,
                    at: self.now(),
                };
                self.served.town.desk.declare(ask).await?.outcome.is_ok()
            }
            Does::Days(days) => {
                self.today += days.days();
                true
            }
        };
        Ok(if done {
            Outcome::Done
        } else {
            Outcome::Refused
        })
    }

    fn now(&self) -> Zoned {
        self.served.town.at(&self.today.to_string()).unwrap()
    }

    fn scanned(&self, command: Command) -> (&Reader, &str) {
        (&self.readers[command.reader], &self.items[command.item])
    }

    async fn checkout(&self, command: Command, card: Card) -> Result<bool, DeskError> {
        let (town, kiosk) = (&self.served.town, &self.served.kiosks[command.at]);
        let (reader, item) = self.scanned(command);
        let mut ask = town.checkout(kiosk, reader, item);
        if card == Card::Former {
            let former = self.former_cards[command.reader].last();
            ask.card = former.map_or("0".to_owned(), String::clone);
        }
        ask.at = self.now();
        Ok(town.desk.checkout(ask).await?.outcome.is_ok())
    }

    async fn take_back(&self, command: Command) -> Result<Outcome, DeskError> {
        let (town, kiosk) = (&self.served.town, &self.served.kiosks[command.at]);
        let mut ask = town.checkin(kiosk, &self.items[command.item]);
        ask.at = self.now();
        let Ok(back) = town.desk.checkin(ask).await?.outcome else {
            return Ok(Outcome::Refused);
        };
        Ok(Outcome::Returned(back.for_whom.map(|patron| {
            let mut all = self.readers.iter();
            all.position(|reader| reader.card == patron.card)
                .expect("a reader of this case")
        })))
    }

    async fn undo(&self, what: Undo, command: Command) -> Result<bool, DeskError> {
        let (town, kiosk) = (&self.served.town, &self.served.kiosks[command.at]);
        let mut ask = town.undo(kiosk, what, &self.items[command.item]);
        ask.at = self.now();
        Ok(town.desk.undo(ask).await?.outcome.is_ok())
    }

    async fn turn(&self) -> Result<Outcome, DeskError> {
        let turn = self.served.town.desk.turn(&self.now()).await?;
        Ok(turn.map_or(Outcome::Refused, |turn| {
            Outcome::Turned(turn.lapsed, turn.not_collected)
        }))
    }

    async fn place(&mut self, command: Command) -> Result<Outcome, DeskError> {
        let pickup = Some(BRANCHES[command.at]);
        let placed = self.hold(HoldWish::Place, command, pickup).await?;
        Ok(placed.map_or(Outcome::Refused, |number| {
            self.holds.push(number);
            Outcome::Placed(self.holds.len() as i64 - 1)
        }))
    }

    /// The number of the hold, unless it was refused.
    async fn hold(
        &self,
        wish: HoldWish,
        command: Command,
        pickup: Option<&str>,
    ) -> Result<Option<i64>, DeskError> {
        let (town, kiosk) = (&self.served.town, &self.served.kiosks[command.at]);
        let (reader, copy) = self.scanned(command);
        let mut ask = town.hold(kiosk, wish, reader, copy, pickup).unwrap();
        ask.at = self.now();
        let answer = town.desk.hold(ask).await?;
        Ok(answer.outcome.ok().and_then(|done| done.hold))
    }

    async fn charge(&self, command: Command, cents: i64) -> Result<bool, DeskError> {
        let actor = &self.served.staff[command.at];
        let (desk, card) = (&self.served.town.desk, &self.readers[command.reader].card);
        let now = self.now();
        let ask = ChargeAsk::of(actor, card, FeeKind::Other, cents, &now);
        Ok(desk.charge(ask).await?.outcome.is_ok())
    }

    /// At the kiosk of the branch. A payment that is sent again may come from another kiosk.
    async fn pay(
        &self,
        command: Command,
        cents: i64,
        number: Option<usize>,
    ) -> Result<bool, DeskError> {
        let first_card = self.former_cards[command.reader].first();
        let who = first_card.unwrap_or(&self.readers[command.reader].card);
        let key = number.map(|number| RequestKey::new(0, &["37", who, &number.to_string()]));
        let kiosk = Actor::kiosk(&self.served.kiosks[command.at]);
        self.settle(kiosk, Settled::Paid, command, cents, key).await
    }

    async fn waive(&self, command: Command, cents: i64) -> Result<bool, DeskError> {
        let staff = self.served.staff[command.at].clone();
        self.settle(staff, Settled::Waived, command, cents, None)
            .await
    }

    async fn settle(
        &self,
        actor: Actor,
        how: Settled,
        command: Command,
        cents: i64,
        key: Option<RequestKey>,
    ) -> Result<bool, DeskError> {
        let ask = PayAsk {
            actor,
            how,
            card: self.readers[command.reader].card.clone(),
            cents,
            fee: None,
            key,
            at: self.now(),
        };
        Ok(self.served.town.desk.pay(ask).await?.outcome.is_ok())
    }

    async fn report(&self, command: Command, report: CardReport) -> Result<bool, DeskError> {
        let kiosk = Actor::kiosk(&self.served.kiosks[command.at]);
        let card = self.readers[command.reader].card.clone();
        let desk = &self.served.town.desk;
        let event = desk.report_card(kiosk, card, report, self.now()).await?;
        Ok(event.is_some())
    }

    async fn replace_card(
        &mut self,
        command: Command,
        old: desk::OldCard,
    ) -> Result<bool, DeskError> {
        let former = &mut self.former_cards[command.reader];
        let card = self.readers[command.reader].card.clone();
        let number = format!("{}-{}", former.first().unwrap_or(&card), former.len() + 1);
        let staff = &self.served.staff[command.at];
        let at = self.served.town.at(&self.today.to_string()).unwrap();
        let desk = &self.served.town.desk;
        let replaced = desk
            .replace_card(CardAsk {
                old,
                ..CardAsk::lost(staff, &card, &number, &at)
            })
            .await?
            .outcome;
        if replaced.is_ok() {
            former.push(card);
            self.readers[command.reader].card = number;
        }
        Ok(replaced.is_ok())
    }
}
