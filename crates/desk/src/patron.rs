//! Looking at a patron.

use std::sync::Arc;

use circulation::{
    BranchCode, CategoryCode, Language, Limit, Over, Policy, Refusal, Rulebook, Whom,
    reader_standing, recall_level,
};
use jiff::{Zoned, civil::Date};
use store::{FeeLine, HoldLine, LoanLine, PatronFile};

use crate::{
    Actor, Desk, DeskError, Pin, PinCheck, Visit,
    request::{local_day, scanned},
};

/// A question about a patron.
#[derive(Debug, Clone)]
pub struct PatronAsk {
    /// Who asks.
    pub actor: Actor,
    /// The card number, as scanned.
    pub card: String,
    /// The PIN, where one was typed.
    pub pin: Option<Pin>,
    /// What the connection remembers of PINs.
    pub visit: Arc<Visit>,
    /// When.
    pub at: Zoned,
}

/// A patron as status screens show one.
#[derive(Debug, Clone)]
pub struct PatronView {
    /// The patron's number.
    pub id: i64,
    /// The active card's number; that of the card that was scanned, where none is active.
    pub card: String,
    /// Family name.
    pub family_name: String,
    /// Given name; empty for groups.
    pub given_name: String,
    /// SIP2 field AE: given name, then family name.
    pub name: String,
    /// What the patron is spoken to in.
    pub language: Language,
    /// Whether the PIN was right (SIP2 field CQ is Y for [`PinCheck::Right`] only).
    pub pin: PinCheck,
    /// Everything that keeps this patron from borrowing, whatever the item; empty: in good standing.
    pub standing: Vec<Refusal>,
    /// SIP2 field AU: the patron's own loans, the first due first.
    pub loans: Vec<LoanLine>,
    /// The patron's own active holds, the oldest first (SIP2 fields AS and CD).
    pub holds: Vec<HoldLine>,
    /// What the patron owes, the oldest fee first (SIP2 field AV); their sum is BV.
    pub fees: Vec<FeeLine>,
    /// How many loans are past their due date (SIP2 field AT).
    pub overdue: usize,
    /// Those of the loans that have reached a recall level (SIP2 field BU), the first due first.
    pub recalled: Vec<LoanLine>,
    /// SIP2 field BZ: how many holds the patron may have at once, if a limit says so.
    pub hold_limit: Option<u32>,
    /// SIP2 field CB: how many documents of all kinds the patron may have, if a limit says so.
    pub loan_limit: Option<u32>,
    /// The branch that the patron calls home.
    pub home_branch: BranchCode,
    /// SIP2 field BE; empty if none.
    pub email: String,
    /// SIP2 field BF; empty if none.
    pub phone: String,
    /// SIP2 field BD; empty if none.
    pub address: String,
    /// SIP2 field PA: the last day on which the card is valid.
    pub expires_on: Option<Date>,
    /// SIP2 field PB.
    pub born_on: Option<Date>,
    /// SIP2 field PC.
    pub category: CategoryCode,
}

impl Desk {
    /// Looks at the holder of a card. The refusal says why the number leads to nobody.
    pub async fn patron(
        self: &Arc<Self>,
        ask: PatronAsk,
    ) -> Result<Result<PatronView, Refusal>, DeskError> {
        let mut session = self.store.session().await?;
        let today = local_day(&ask.at);
        let card = scanned(&ask.card);
        let (version, file) = session.patron_file(card, ask.actor.branch(), today).await?;
        let Some(file) = file else {
            let (issuers, _) = session.issuers(card, "").await?;
            return Ok(Err(if issuers.len() > 1 {
                Refusal::CardAmbiguous { branches: issuers }
            } else {
                Refusal::CardUnknown
            }));
        };
        drop(session);
        let book = self.rulebook_at(version).await?;
        let pin = ask
            .visit
            .check(ask.pin.as_ref(), &file.row, ask.at.timestamp())
            .await;
        Ok(Ok(PatronView::of(file, card, pin, &book, today)))
    }
}

impl PatronView {
    /// `card`: what is shown where no card of the patron is active.
    pub(crate) fn of(
        file: PatronFile,
        card: &str,
        pin: PinCheck,
        book: &Rulebook,
        today: Date,
    ) -> Self {
        let facts = &file.row.facts;
        let policy = book.policy_on(today);
        Self {
            id: file.row.id,
            card: file.card.unwrap_or_else(|| card.to_owned()),
            name: [file.given_name.as_str(), file.family_name.as_str()]
                .join(" ")
                .trim()
                .to_owned(),
            family_name: file.family_name,
            given_name: file.given_name,
            language: file.row.language,
            pin,
            standing: reader_standing(book, today, facts),
            overdue: file
                .loans
                .iter()
                .filter(|line| line.loan.due < today)
                .count(),
            recalled: file
                .loans
                .iter()
                .filter(|line| {
                    policy.is_some_and(|policy| recall_level(policy, &line.loan, today) > 0)
                })
                .cloned()
                .collect(),
            loan_limit: policy
                .and_then(|policy| limit_of(policy, facts.category, |limit| limit.max_loans)),
            hold_limit: policy
                .and_then(|policy| limit_of(policy, facts.category, |limit| limit.max_holds)),
            loans: file.loans,
            fees: file.fees,
            holds: file.holds.into_iter().filter(|line| line.mine).collect(),
            home_branch: file.home_branch,
            email: file.email,
            phone: file.phone,
            address: file.address,
            expires_on: facts.expires_on,
            born_on: facts.born_on,
            category: facts.category,
        }
    }
}

/// The tightest limit on everything that a patron of this category may have, over the whole network.
fn limit_of(
    policy: &Policy,
    category: CategoryCode,
    most: impl Fn(&Limit) -> Option<u32>,
) -> Option<u32> {
    policy
        .limits
        .iter()
        .filter(|limit| limit.of == Whom::Patron && limit.over == Over::Network)
        .filter(|limit| limit.documents.is_empty() && limit.novelty.is_none())
        .filter(|limit| limit.categories.is_empty() || limit.categories.contains(&category))
        .filter_map(most)
        .min()
}
