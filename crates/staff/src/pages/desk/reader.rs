//! A reader's file, as the desk shows it.

use circulation::{Language, Refusal};
use desk::{Action, Desk, FeeKind, HoldLine, HoldState, LoanLine, PatronAsk, PatronView};
use jiff::civil::Date;
use serde_json::json;

use std::sync::Arc;

use super::no_pins;
use crate::{access::Signed, pages::Trouble, tongue::Tongue};

/// A reader's file.
#[derive(Debug)]
pub(super) struct ReaderPart {
    pub(super) card: String,
    pub(super) name: String,
    pub(super) about: Vec<String>,
    /// What keeps them from borrowing.
    pub(super) standing: Vec<String>,
    pub(super) loans: Vec<LoanRow>,
    pub(super) loan_limit: Option<u32>,
    pub(super) holds: Vec<HoldRow>,
    pub(super) hold_limit: Option<u32>,
    pub(super) fees: Vec<FeeRow>,
    /// What they owe, in words; none if nothing.
    pub(super) owed: Option<String>,
}

#[derive(Debug)]
pub(super) struct LoanRow {
    pub(super) barcode: String,
    pub(super) title: String,
    pub(super) due: String,
    pub(super) late: Option<String>,
    pub(super) branch: String,
}

#[derive(Debug)]
pub(super) struct HoldRow {
    pub(super) id: i64,
    pub(super) title: String,
    pub(super) state: String,
    pub(super) ready: bool,
    pub(super) pickup: String,
}

#[derive(Debug)]
pub(super) struct FeeRow {
    pub(super) id: i64,
    pub(super) what: String,
    /// As a field of a form takes it: 3.50.
    pub(super) euros: String,
    pub(super) amount: String,
}

/// Opens the file of a card's reader, and notes that it was looked into.
pub(super) async fn find(
    desk: &Arc<Desk>,
    signed: &Signed,
    card: &str,
    how: &str,
) -> Result<Result<ReaderPart, Refusal>, Trouble> {
    signed.require(Action::PatronRead)?;
    let ask = PatronAsk {
        actor: signed.actor(),
        card: card.to_owned(),
        pin: None,
        visit: no_pins(),
        at: signed.at.clone(),
    };
    let view = match desk.patron(ask).await? {
        Ok(view) => view,
        Err(refusal) => return Ok(Err(refusal)),
    };
    noted(desk, signed, view.id, how).await?;
    Ok(Ok(part(desk, signed.tongue(), view, signed.at.date())))
}

/// Notes that somebody sees what is a reader's.
pub(super) async fn noted(
    desk: &Arc<Desk>,
    signed: &Signed,
    patron: i64,
    how: &str,
) -> Result<(), Trouble> {
    let detail = json!({ "by": how });
    let action = Action::PatronRead;
    Ok(desk
        .note_staff(&signed.member, action, Some(patron), &detail, &signed.at)
        .await?)
}

/// The reader who was open stays open. Whoever may lend and not look into files sees none.
pub(super) async fn again(
    desk: &Arc<Desk>,
    signed: &Signed,
    card: &str,
) -> Result<Option<ReaderPart>, Trouble> {
    if card.is_empty() || !signed.member.may(Action::PatronRead) {
        return Ok(None);
    }
    Ok(find(desk, signed, card, "desk").await?.ok())
}

fn part(desk: &Desk, t: Tongue, view: PatronView, today: Date) -> ReaderPart {
    let book = desk.rulebook();
    let category = book.categories.get(&view.category).map_or_else(
        || view.category.to_string(),
        |category| category.label.clone(),
    );
    let born = view.born_on.map(|day| {
        let born = t.say("né(e) le", "born on");
        format!("{born} {}", t.day(&day))
    });
    let expires = view.expires_on.map(|day| {
        let until = t.say("carte valable jusqu’au", "card good until");
        format!("{until} {}", t.day(&day))
    });
    let about = [
        Some(category),
        Some(view.home_branch.to_string()),
        born,
        expires,
    ]
    .into_iter()
    .flatten()
    .chain([view.phone, view.email, view.address])
    .filter(|text| !text.is_empty())
    .collect();
    let owed: i64 = view.fees.iter().map(|fee| fee.cents).sum();
    ReaderPart {
        card: view.card,
        name: view.name,
        about,
        standing: view.standing.iter().map(|no| no.text(t.0, &book)).collect(),
        loans: view.loans.iter().map(|line| loan(t, line, today)).collect(),
        loan_limit: view.loan_limit,
        holds: view.holds.iter().map(|line| hold(t, line)).collect(),
        hold_limit: view.hold_limit,
        fees: view
            .fees
            .iter()
            .map(|fee| FeeRow {
                id: fee.id,
                what: match fee.note.as_str() {
                    "" => fee_label(t, fee.kind).to_owned(),
                    note => format!("{} — {note}", fee_label(t, fee.kind)),
                },
                euros: format!("{}.{:02}", fee.cents / 100, fee.cents % 100),
                amount: t.euros(fee.cents),
            })
            .collect(),
        owed: (owed > 0).then(|| t.euros(owed)),
    }
}

fn loan(t: Tongue, line: &LoanLine, today: Date) -> LoanRow {
    let late = (today - line.loan.due).get_days();
    LoanRow {
        barcode: line.barcode.clone(),
        title: line.title.clone(),
        due: t.day(&line.loan.due),
        late: (late > 0).then(|| match t.0 {
            Language::French => format!("{late} j de retard"),
            Language::English => format!("{late} days late"),
        }),
        branch: line.loan.checkout.to_string(),
    }
}

fn hold(t: Tongue, line: &HoldLine) -> HoldRow {
    let state = match line.state() {
        HoldState::Ready(until) => {
            let ready = t.say("disponible jusqu’au", "ready until");
            format!("{ready} {}", t.day(&until))
        }
        HoldState::OnItsWay => t.say("en route", "on its way").into(),
        HoldState::Waiting => match (line.before, t.0) {
            (Some(0), _) => t.say("prochain servi", "next to be served").into(),
            (Some(before), Language::French) => format!("en attente, {before} avant"),
            (Some(before), Language::English) => format!("waiting, {before} before"),
            (None, _) => t.say("en attente", "waiting").into(),
        },
    };
    HoldRow {
        id: line.id,
        title: line.title.clone(),
        ready: matches!(line.state(), HoldState::Ready(_)),
        state,
        pickup: line.pickup.to_string(),
    }
}

/// What a fee is for, as a page calls it.
pub(in crate::pages) fn fee_label(t: Tongue, kind: FeeKind) -> &'static str {
    match kind {
        FeeKind::Late => t.say("Retard", "Late return"),
        FeeKind::Damage => t.say("Document abîmé", "Damage"),
        FeeKind::Loss => t.say("Document perdu", "Loss"),
        FeeKind::Card => t.say("Carte", "Card"),
        FeeKind::Other => t.say("Autre", "Other"),
    }
}
