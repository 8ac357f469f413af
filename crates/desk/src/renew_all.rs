//! Renewing everything that can be.

use std::sync::Arc;

use circulation::Refusal;

use crate::{Answer, Desk, DeskError, Lent, LoanLine, PatronAsk, PatronView, PinCheck, RenewAsk};

/// One loan, and what came of renewing it.
pub type Renewed = (LoanLine, Answer<Lent>);

impl Desk {
    /// Renews every loan of a patron, each as [`Desk::renew`] would by itself, the first due first. The refusal says
    /// why the card leads to nobody, or that the PIN is wrong.
    pub async fn renew_all(
        self: &Arc<Self>,
        ask: PatronAsk,
    ) -> Result<Result<(PatronView, Vec<Renewed>), Refusal>, DeskError> {
        let view = match self.patron(ask.clone()).await? {
            Ok(view) => view,
            Err(refusal) => return Ok(Err(refusal)),
        };
        match view.pin {
            PinCheck::Wrong => return Ok(Err(Refusal::PinWrong)),
            PinCheck::TooMany => return Ok(Err(Refusal::PinTooOften)),
            PinCheck::Right | PinCheck::NotGiven => {}
        }
        let mut renewed = Vec::with_capacity(view.loans.len());
        for line in &view.loans {
            let answer = self
                .renew(RenewAsk {
                    actor: ask.actor.clone(),
                    card: ask.card.clone(),
                    barcode: line.barcode.clone(),
                    pin: ask.pin.clone(),
                    visit: ask.visit.clone(),
                    at: ask.at.clone(),
                    // Each of them is known by its loan: one that was renewed a moment ago would not move.
                    key: None,
                    dry: false,
                })
                .await?;
            renewed.push((line.clone(), answer));
        }
        Ok(Ok((view, renewed)))
    }
}
