//! `CreateUserFiscalTransaction`: ask a reader for money, or take it.

use circulation::Refusal;
use desk::{ChargeAsk, FeeKind, PayAsk, Settled};
use ncip::{
    lists::{FiscalAction, FiscalTransactionKind, General},
    message::{Body, CreateUserFiscalTransaction, CreateUserFiscalTransactionResponse},
    model::{FiscalReference, FiscalTransaction},
};

use super::{Call, Failed, Told, reader::Reader};
use crate::problem::{about, missing, problem};

/// A fee or a payment is written once for one message, however often it comes on a day. Nothing is waived or refunded by
/// a partner: that is for people.
pub(super) async fn answer(call: &Call<'_>, ask: CreateUserFiscalTransaction) -> Told {
    let transaction = ask
        .transaction
        .ok_or_else(|| missing("FiscalTransactionInformation"))?;
    let reader = call.reader(ask.user.as_ref(), &ask.inputs).await?;
    let cents = cents(&transaction)?;
    // A PIN that is shown must be right, here as anywhere.
    call.file(&reader).await?;
    let number = match FiscalAction::of(&transaction.action) {
        Some(FiscalAction::Assess) => charge(call, &reader, &transaction, cents).await?,
        Some(FiscalAction::Pay) => pay(call, &reader, &transaction, cents).await?,
        _ => {
            let detail =
                "ni remise ni remboursement par un partenaire / no waiver or refund by a partner";
            let problem = problem(General::CombinationForAgency, detail);
            return Err(about(problem, "FiscalActionType", Some(&transaction.action.text)).into());
        }
    };
    Ok(Body::from(CreateUserFiscalTransactionResponse {
        user: call.user_id(&reader.card),
        reference: FiscalReference {
            agency: call.our_agency(),
            value: number,
        },
    }))
}

fn cents(transaction: &FiscalTransaction) -> Result<i64, Failed> {
    let amount = transaction
        .amount
        .as_ref()
        .ok_or_else(|| missing("Amount"))?;
    let euros = amount
        .currency
        .as_ref()
        .is_none_or(|currency| currency.is("EUR"));
    if !euros || amount.value <= 0 {
        let detail = "un montant en euros, en centimes, plus grand que zéro / an amount in euros, in cents, above zero";
        return Err(about(problem(General::InvalidAmount, detail), "Amount", None).into());
    }
    Ok(amount.value)
}

/// What a message says of the money: the same again is the same money.
fn said(transaction: &FiscalTransaction, card: &str) -> [String; 4] {
    let of_request = transaction.request.as_ref().map(|request| &request.value);
    let of_item = transaction.item.as_ref().map(|item| &item.item.value);
    let reference = transaction
        .reference
        .as_ref()
        .map(|reference| &reference.value);
    [
        card.to_owned(),
        format!("{} {:?}", transaction.action.text, transaction.kind),
        format!("{:?}", transaction.amount),
        format!(
            "{of_request:?} {of_item:?} {reference:?} {:?}",
            transaction.description
        ),
    ]
}

async fn charge(
    call: &Call<'_>,
    reader: &Reader,
    transaction: &FiscalTransaction,
    cents: i64,
) -> Result<String, Failed> {
    let kind = match transaction
        .kind
        .as_ref()
        .and_then(FiscalTransactionKind::of)
    {
        Some(FiscalTransactionKind::Fine) => FeeKind::Late,
        Some(FiscalTransactionKind::Damage) => FeeKind::Damage,
        Some(FiscalTransactionKind::BookReplacementCharge) => FeeKind::Loss,
        _ => FeeKind::Other,
    };
    let note = transaction.description.clone().or_else(|| {
        let request = transaction.request.as_ref()?;
        Some(format!("PEB {}", request.value))
    });
    let parts = said(transaction, &reader.card);
    let answer = call
        .desk
        .charge(ChargeAsk {
            actor: call.actor(),
            card: reader.card.clone(),
            kind,
            cents,
            note: note.unwrap_or_default(),
            key: Some(call.key_of_the_day(&parts.each_ref().map(String::as_str))),
            at: call.at.clone(),
        })
        .await?;
    match &answer.outcome {
        Ok(charged) => Ok(charged.fee.to_string()),
        Err(refused) => Err(call.refused(&answer, refused)),
    }
}

async fn pay(
    call: &Call<'_>,
    reader: &Reader,
    transaction: &FiscalTransaction,
    cents: i64,
) -> Result<String, Failed> {
    let fee = transaction.related.first();
    let fee = match fee {
        Some(fee) => {
            let unknown = || {
                let refusal = Refusal::NothingOwed;
                crate::problem::plain_refusal(call.desk, call.service, &refusal, call.language())
            };
            Some(fee.value.parse().map_err(|_| unknown())?)
        }
        None => None,
    };
    let parts = said(transaction, &reader.card);
    let answer = call
        .desk
        .pay(PayAsk {
            actor: call.actor(),
            how: Settled::Paid,
            card: reader.card.clone(),
            cents,
            fee,
            key: Some(call.key_of_the_day(&parts.each_ref().map(String::as_str))),
            at: call.at.clone(),
        })
        .await?;
    match &answer.outcome {
        Ok(_) => Ok(answer
            .event
            .map(|event| event.to_string())
            .unwrap_or_else(|| "0".into())),
        Err(refused) => Err(call.refused(&answer, refused)),
    }
}
