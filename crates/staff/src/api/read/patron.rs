//! A reader's file (SIP2 63, NCIP LookupUser). Each look at it is noted before it is shown.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::{Action, HoldState, PatronAsk, PatronView, Visit};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        command::money::FeeFor,
        input::Named,
        problem::Problem,
        refusal::{RefusalShown, nowhere},
        route::{Needs, Route, Shape},
        shown::shown,
    },
};

/// A reader’s file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Patron {
    /// The active card, or that which was asked for (SIP2 AA).
    card: String,
    /// Family name.
    family_name: String,
    /// Given name; empty for groups.
    given_name: String,
    /// What the reader is spoken to in.
    #[schema(value_type = String, example = "fr")]
    language: &'static str,
    /// The category (SIP2 PC).
    #[schema(example = "ADU")]
    category: String,
    /// The branch that the reader calls home.
    home_branch: String,
    /// The last day on which the card is valid (SIP2 PA).
    #[schema(value_type = Option<String>, format = "date")]
    expires_on: Option<Date>,
    /// Date of birth (SIP2 PB).
    #[schema(value_type = Option<String>, format = "date")]
    born_on: Option<Date>,
    /// E-mail address (SIP2 BE); empty if none.
    email: String,
    /// Telephone number (SIP2 BF); empty if none.
    phone: String,
    /// Postal address (SIP2 BD); empty if none.
    address: String,
    /// Everything that keeps this reader from borrowing, whatever the item; empty: in good standing.
    standing: Vec<RefusalShown>,
    /// The loans, the first due first (SIP2 AU).
    loans: Vec<PatronLoan>,
    /// The active holds, the oldest first (SIP2 AS and CD).
    holds: Vec<PatronHold>,
    /// What is owed, the oldest first (SIP2 AV).
    fees: Vec<Fee>,
    /// The sum of it (SIP2 BV).
    owed_cents: i64,
    /// How many loans are past their due date (SIP2 AT).
    overdue: usize,
    /// How many documents the reader may have at once, if a limit says so (SIP2 CB).
    loan_limit: Option<u32>,
    /// How many holds, if a limit says so (SIP2 BZ).
    hold_limit: Option<u32>,
}

/// A loan of the reader’s.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PatronLoan {
    /// The item.
    barcode: String,
    /// Its title.
    title: String,
    /// The title, by the number of its bib.
    bib: i64,
    /// The last day of the loan.
    #[schema(value_type = String, format = "date")]
    due: Date,
    /// Where it was lent.
    branch: String,
}

/// A hold of the reader’s.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PatronHold {
    /// Its number.
    hold: i64,
    /// The title, by the number of its bib.
    bib: i64,
    /// Its title.
    title: String,
    /// Where it is to be collected.
    pickup: String,
    /// `waiting`, `on_its_way` or `ready`.
    #[schema(value_type = String, example = "waiting")]
    state: &'static str,
    /// Until when it waits to be collected.
    #[schema(value_type = Option<String>, format = "date")]
    ready_until: Option<Date>,
    /// The last day on which it waits to be served.
    #[schema(value_type = String, format = "date")]
    expires_on: Date,
    /// Until that day others are served first.
    #[schema(value_type = Option<String>, format = "date")]
    paused_until: Option<Date>,
    /// How many wait before; none once a copy is set aside.
    before: Option<u32>,
}

/// Something that is owed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Fee {
    /// Its number (SIP2 CG).
    fee: i64,
    /// What it is for.
    kind: FeeFor,
    /// What is still owed of it, in cents.
    cents: i64,
    /// A remark, if there is one.
    note: String,
    /// Since when.
    #[schema(value_type = String, format = "date-time")]
    since: Timestamp,
}

impl Patron {
    fn new(view: PatronView, standing: Vec<RefusalShown>) -> Self {
        let loans = view.loans.into_iter().map(|line| PatronLoan {
            barcode: line.barcode,
            title: line.title,
            bib: line.bib,
            due: line.loan.due,
            branch: line.loan.checkout.to_string(),
        });
        let holds = view.holds.into_iter().map(|line| {
            let (state, ready_until) = match line.state() {
                HoldState::Waiting => ("waiting", None),
                HoldState::OnItsWay => ("on_its_way", None),
                HoldState::Ready(until) => ("ready", Some(until)),
            };
            PatronHold {
                hold: line.id,
                bib: line.bib,
                title: line.title,
                pickup: line.pickup.to_string(),
                state,
                ready_until,
                expires_on: line.expires_on,
                paused_until: line.suspended_until,
                before: line.before,
            }
        });
        let owed_cents = view.fees.iter().map(|fee| fee.cents).sum();
        let fees = view.fees.into_iter().map(|fee| Fee {
            fee: fee.id,
            kind: fee.kind.into(),
            cents: fee.cents,
            note: fee.note,
            since: fee.at,
        });
        Self {
            card: view.card,
            family_name: view.family_name,
            given_name: view.given_name,
            language: view.language.code(),
            category: view.category.to_string(),
            home_branch: view.home_branch.to_string(),
            expires_on: view.expires_on,
            born_on: view.born_on,
            email: view.email,
            phone: view.phone,
            address: view.address,
            standing,
            loans: loans.collect(),
            holds: holds.collect(),
            fees: fees.collect(),
            owed_cents,
            overdue: view.overdue,
            loan_limit: view.loan_limit,
            hold_limit: view.hold_limit,
        }
    }
}

pub(crate) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/patrons/{card}",
        needs: Needs::Here(Action::PatronRead),
        name: "patron",
        summary: "Consulter le compte d’un lecteur — Look at a reader’s file",
        text: "By a card of theirs (SIP2 63). Each look is noted, with who looked, before anything is shown.",
        parameters: &[],
        takes: None,
        gives: Shape::of::<Patron>(
            r#"{"card": "2620000000017", "family_name": "Fictif", "given_name": "Test", "language": "fr", "category": "ADU",
                "home_branch": "LENS", "expires_on": "2027-01-31", "born_on": null, "email": "", "phone": "", "address": "",
                "standing": [], "loans": [{"barcode": "3620000000019", "title": "Germinal", "bib": 12345,
                "due": "2026-07-07", "branch": "LENS"}], "holds": [], "fees": [], "owed_cents": 0, "overdue": 0,
                "loan_limit": 20, "hold_limit": 10}"#,
        ),
        keyed: false,
        serve: || get(patron),
    }
}

async fn patron(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(card): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let desk = &door.desk;
    let ask = PatronAsk {
        actor: caller.member.actor(),
        card,
        pin: None,
        visit: Arc::new(Visit::new()),
        at: caller.at.clone(),
    };
    let found = desk.patron(ask).await?;
    let view = found.map_err(|refusal| nowhere(desk, &refusal))?;
    let (action, read) = (Action::PatronRead, serde_json::json!({ "read": "file" }));
    let noted = desk.note_staff(&caller.member, action, Some(view.id), &read, &caller.at);
    noted.await?;
    let book = desk.rulebook();
    let standing = view.standing.iter();
    let standing = standing.map(|refusal| RefusalShown::new(refusal, &book));
    let standing = standing.collect();
    shown(&headers, &Patron::new(view, standing))
}
