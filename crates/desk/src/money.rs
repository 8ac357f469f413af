//! Money: paid at a machine or a desk, asked for and let go by staff.

use std::sync::Arc;

use circulation::{Decision, Refusal, Refused, Trace};
use jiff::Zoned;
use store::{FeeKind, FeeLine, Locks, PatronFile, Settled};

use crate::{
    Actor, Answer, Desk, RequestKey,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    checkout::{Asked, refuse},
    request::{local_day, scanned},
};

/// A question to settle what a patron owes, or a part of it.
#[derive(Debug, Clone)]
pub struct PayAsk {
    /// Who asks; only staff lets anything go.
    pub actor: Actor,
    /// Paid or waived.
    pub how: Settled,
    /// The card number, as scanned.
    pub card: String,
    /// How much, in cents.
    pub cents: i64,
    /// The fee that it is for (SIP2 field CG); else the oldest first.
    pub fee: Option<i64>,
    /// The identity of the payment (of SIP2 field BK): with it a payment is taken once, however often it is sent.
    pub key: Option<RequestKey>,
    /// When.
    pub at: Zoned,
}

/// What was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// How much, in cents.
    pub cents: i64,
}

impl Desk {
    /// Takes a payment, or says why not: nothing is owed, or less than that. More than is owed is never taken, since
    /// nobody would give it back.
    pub async fn pay(self: &Arc<Self>, ask: PayAsk) -> Result<Answer<Paid>, crate::DeskError> {
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_pay(desk, way, ask.clone()))
            .await
    }

    /// Asks a patron for a fee.
    pub async fn charge(
        self: &Arc<Self>,
        actor: &Actor,
        card: &str,
        kind: FeeKind,
        cents: i64,
        note: &str,
        at: &Zoned,
    ) -> Result<Option<i64>, crate::DeskError> {
        let (_, file) = {
            let mut session = self.store.session().await?;
            session
                .patron_file(scanned(card), actor.branch(), local_day(at))
                .await?
        };
        let Some(file) = file else {
            return Ok(None);
        };
        let locks = Locks {
            household: Some(file.row.household_id),
            ..Locks::default()
        };
        let mut session = self.store.locked_session(locks).await?;
        let body = serde_json::json!({ "fee": kind, "cents": cents });
        let stamp = actor.stamp(at);
        let (fee, _) = session
            .charge(file.row.id, kind, cents, note, &stamp, &body)
            .await?;
        session.commit().await?;
        Ok(Some(fee))
    }
}

async fn try_pay(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<PayAsk>,
) -> Result<Tried<Answer<Paid>>, Trouble> {
    let branch = ask.actor.branch();
    let session = way.session().await?;
    let (version, file) = session
        .patron_file(scanned(&ask.card), branch, local_day(&ask.at))
        .await?;
    let book = desk.rulebook_at(version).await?;
    let asked = Asked {
        kind: match ask.how {
            Settled::Paid => "payment",
            Settled::Waived => "waiver",
        },
        actor: &ask.actor,
        at: &ask.at,
        dry: false,
    };
    let Some(file) = file else {
        let no: Decision<()> = refused_outright(Refused::from(Refusal::CardUnknown));
        return refuse(&mut way, &asked, &book, None, None, no, Default::default()).await;
    };
    let language = file.row.language;
    if let Some(answer) = taken_before(&mut way, &ask, &file).await? {
        return Ok(Tried::Done(answer));
    }
    let parts = match parts(&file.fees, ask.cents, ask.fee) {
        Ok(parts) => parts,
        Err(refusal) => {
            let no = refused_outright(Refused::from(refusal));
            let patron = Some(&file.row);
            return refuse(&mut way, &asked, &book, patron, None, no, language).await;
        }
    };
    let locks = Locks {
        household: Some(file.row.household_id),
        ..Locks::default()
    };
    if !way.holds(locks) {
        return Ok(Tried::Alone(locks));
    }
    let body = serde_json::json!({ "cents": ask.cents, "fees": parts });
    let key = ask.key.map(|key| key.0);
    let stamp = ask.actor.stamp(&ask.at);
    let session = way.session_to_write().await?;
    let event = session
        .settle(file.row.id, ask.how, &parts, key, &stamp, &body)
        .await
        .map_err(Trouble::during)?;
    way.commit().await?;
    Ok(Tried::Done(answer(&file, ask.cents, event, false)))
}

/// The same payment again: it was taken, and is not taken twice.
async fn taken_before(
    way: &mut Way,
    ask: &PayAsk,
    file: &PatronFile,
) -> Result<Option<Answer<Paid>>, Trouble> {
    let Some(key) = ask.key else {
        return Ok(None);
    };
    let payment = way.session().await?.payment(key.0).await?;
    Ok(payment
        .filter(|payment| payment.patron_id == file.row.id)
        .map(|payment| answer(file, payment.cents, payment.event, true)))
}

fn answer(file: &PatronFile, cents: i64, event: i64, replayed: bool) -> Answer<Paid> {
    Answer {
        outcome: Ok(Paid { cents }),
        trace: Trace::default(),
        event: Some(event),
        language: file.row.language,
        item: None,
        replayed,
    }
}

/// Which fees an amount settles, and how much of each: the one that is named, or the oldest first.
fn parts(fees: &[FeeLine], cents: i64, named: Option<i64>) -> Result<Vec<(i64, i64)>, Refusal> {
    let open = || {
        fees.iter()
            .filter(|fee| named.is_none_or(|named| fee.id == named))
    };
    let owed = open().map(|fee| fee.cents).sum();
    if owed == 0 || cents <= 0 {
        return Err(Refusal::NothingOwed);
    }
    if cents > owed {
        return Err(Refusal::LessOwed { cents: owed });
    }
    let mut left = cents;
    let mut parts = Vec::new();
    for fee in open() {
        let part = fee.cents.min(left);
        if part > 0 {
            parts.push((fee.id, part));
            left -= part;
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fee(id: i64, cents: i64) -> FeeLine {
        FeeLine {
            id,
            kind: FeeKind::Late,
            cents,
            note: String::new(),
        }
    }

    #[test]
    fn the_oldest_first_unless_one_is_named() {
        let fees = [fee(1, 150), fee(2, 300)];
        assert_eq!(parts(&fees, 100, None), Ok(vec![(1, 100)]));
        assert_eq!(parts(&fees, 200, None), Ok(vec![(1, 150), (2, 50)]));
        assert_eq!(parts(&fees, 450, None), Ok(vec![(1, 150), (2, 300)]));
        assert_eq!(parts(&fees, 300, Some(2)), Ok(vec![(2, 300)]));
    }

    #[test]
    fn never_more_than_is_owed() {
        let fees = [fee(1, 150)];
        assert_eq!(
            parts(&fees, 151, None),
            Err(Refusal::LessOwed { cents: 150 })
        );
        assert_eq!(parts(&fees, 10, Some(9)), Err(Refusal::NothingOwed));
        assert_eq!(parts(&[], 10, None), Err(Refusal::NothingOwed));
        assert_eq!(parts(&fees, 0, None), Err(Refusal::NothingOwed));
        assert_eq!(parts(&fees, -5, None), Err(Refusal::NothingOwed));
    }
}
