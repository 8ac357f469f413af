//! `LookupUser`: who is it, may they borrow, what do they have?

use std::collections::HashMap;

use desk::{HoldState, PartnerRequest, PatronView, PinCheck};
use ncip::{
    Value,
    lists::{
        CirculationStatus, FiscalAction, RecordIdentifier, RequestStatus, RequestType, UserElement,
        currency,
    },
    message::{Body, LookupUser, LookupUserResponse},
    model::{
        AccountDetails, Amount, BibliographicId, FiscalAccount, FiscalReference, FiscalTransaction,
        LoanedItem, LoanedItemsCount, RequestedItem, RequestedItemsCount,
    },
};

use super::{Call, Told};
use crate::{manners::Persons, told};

/// What is told without asking for it is the operator's choice; the rest takes the reader's PIN, unless the partner is
/// trusted with everybody.
pub(super) async fn answer(call: &Call<'_>, ask: LookupUser) -> Told {
    let reader = call.reader(ask.user.as_ref(), &ask.inputs).await?;
    let view = call.file(&reader).await?;
    let manners = &call.partner.manners;
    let trusted = manners.persons == Persons::Always
        || view.pin == PinCheck::Right
        // Its own card.
        || !manners.institution.is_empty() && reader.card == manners.institution;
    let asked = ask.elements.iter().filter_map(UserElement::of);
    let asked: Vec<UserElement> = asked
        .filter(|element| trusted || *element == UserElement::UserPrivilege)
        .chain(
            call.partner
                .manners
                .always_send
                .iter()
                .map(|own| told::element(*own)),
        )
        .collect();
    let wants = |wanted: bool| wanted && trusted;
    let names = match wants(ask.requests) {
        true => {
            let holds: Vec<i64> = view.holds.iter().map(|line| line.id).collect();
            call.desk.partner_names(call.terminal(), &holds).await?
        }
        false => HashMap::new(),
    };
    Ok(Body::from(LookupUserResponse {
        user: call.user_id(&reader.card),
        account: wants(ask.account).then(|| account(call, &view)),
        loans_counts: loans_counts(&view, wants(ask.loans)),
        loans: if wants(ask.loans) {
            loans(call, &view)
        } else {
            Vec::new()
        },
        requests_counts: requests_counts(&view, wants(ask.requests)),
        requests: if wants(ask.requests) {
            requests(call, &view, &names)
        } else {
            Vec::new()
        },
        // There even where nothing was asked for: some programs stumble without it.
        fields: Some(told::user(call, &view, &asked)),
    }))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn loans_counts(view: &PatronView, wanted: bool) -> Vec<LoanedItemsCount> {
    let on_loan = LoanedItemsCount {
        status: Some(CirculationStatus::OnLoan.into()),
        count: count(view.loans.len()),
    };
    Vec::from_iter(wanted.then_some(on_loan))
}

fn requests_counts(view: &PatronView, wanted: bool) -> Vec<RequestedItemsCount> {
    let holds = RequestedItemsCount {
        kind: Some(RequestType::Hold.into()),
        count: count(view.holds.len()),
    };
    Vec::from_iter(wanted.then_some(holds))
}

fn bib(number: i64) -> BibliographicId {
    BibliographicId::record(number.to_string(), RecordIdentifier::AccessionNumber.into())
}

fn loans(call: &Call<'_>, view: &PatronView) -> Vec<LoanedItem> {
    let line = |line: &desk::LoanLine| LoanedItem {
        item: call.item_id(&line.barcode),
        titles: vec![bib(line.bib)],
        reminder_level: None,
        due: call.end_of(line.loan.due),
        amount: None,
        title: Some(line.title.clone()).filter(|title| !title.is_empty()),
        medium: told::medium(&call.book, line.loan.document),
    };
    view.loans.iter().map(line).collect()
}

fn requests(
    call: &Call<'_>,
    view: &PatronView,
    names: &HashMap<i64, PartnerRequest>,
) -> Vec<RequestedItem> {
    let line = |line: &desk::HoldLine| {
        let state = line.state();
        RequestedItem {
            request: Some(match names.get(&line.id) {
                Some(name) => call.request_named(name),
                None => call.request_id(&line.id.to_string()),
            }),
            item: line.barcode.as_deref().map(|barcode| call.item_id(barcode)),
            titles: vec![bib(line.bib)],
            kind: RequestType::Hold.into(),
            status: match state {
                HoldState::Ready(_) => RequestStatus::AvailableForPickup.into(),
                _ => RequestStatus::InProcess.into(),
            },
            placed: call.moment(line.placed_at),
            pickup_date: None,
            pickup: Some(call.agency_of(line.pickup)),
            pickup_until: match state {
                HoldState::Ready(until) => Some(call.end_of(until)),
                _ => Some(call.end_of(line.expires_on)),
            },
            position: match state {
                HoldState::Waiting => line.before.map(|before| before + 1),
                _ => None,
            },
            title: Some(line.title.clone()).filter(|title| !title.is_empty()),
            medium: told::medium(&call.book, line.document),
        }
    };
    view.holds.iter().map(line).collect()
}

fn account(call: &Call<'_>, view: &PatronView) -> FiscalAccount {
    let amount = |cents| Amount {
        currency: Some(currency("EUR")),
        value: cents,
    };
    let line = |fee: &desk::FeeLine| AccountDetails {
        accrued: call.moment(fee.at),
        transaction: FiscalTransaction {
            action: FiscalAction::Assess.into(),
            reference: Some(FiscalReference {
                agency: call.our_agency(),
                value: fee.id.to_string(),
            }),
            related: Vec::new(),
            kind: Some(fee_kind(fee.kind)),
            amount: Some(amount(fee.cents)),
            payment: None,
            description: Some(fee.note.clone()).filter(|note| !note.is_empty()),
            request: None,
            item: None,
        },
    };
    FiscalAccount {
        balance: amount(view.fees.iter().map(|fee| fee.cents).sum()),
        lines: view.fees.iter().map(line).collect(),
    }
}

fn fee_kind(kind: desk::FeeKind) -> Value {
    use ncip::lists::FiscalTransactionKind as Kind;
    match kind {
        desk::FeeKind::Late => Kind::Fine,
        desk::FeeKind::Damage => Kind::Damage,
        desk::FeeKind::Loss => Kind::BookReplacementCharge,
        desk::FeeKind::Card => Kind::UserRegistrationFee,
        desk::FeeKind::Other => Kind::ServiceCharge,
    }
    .into()
}
