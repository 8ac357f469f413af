//! What the door answers: a file for each service, under its name.

mod accept_item;
mod cancel_request_item;
mod check_in_item;
mod check_out_item;
mod create_user_fiscal_transaction;
mod delete_item;
mod lookup_agency;
mod lookup_item;
mod lookup_item_set;
mod lookup_request;
mod lookup_user;
mod reader;
mod renew_item;
mod request_item;
mod requests;
mod undo_check_out_item;
mod update_request_item;
mod update_user;

use std::sync::Arc;

use circulation::{BranchCode, Language, Refused, Rulebook};
use desk::{Actor, Answer, Desk, DeskError, RequestKey};
use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use ncip::{
    Moment, Value,
    lists::{General, ItemIdentifier, ProblemType, UserIdentifier},
    message::{Body, Question, Service},
    model::{ItemId, Problem, RequestId, UserId},
};

use crate::{
    partner::Partner,
    problem::{self, problem},
};

/// One question of one partner, to be answered.
pub(crate) struct Call<'a> {
    pub(crate) desk: &'a Arc<Desk>,
    pub(crate) partner: &'a Partner,
    pub(crate) service: Service,
    /// Where it is done: the branch that `ToAgencyId` names, else the partner's own.
    pub(crate) branch: BranchCode,
    pub(crate) book: Arc<Rulebook>,
    pub(crate) at: Zoned,
}

/// Why there is nothing to say but this.
#[derive(Debug)]
pub(crate) enum Failed {
    Problem(Box<Problem>),
    Desk(DeskError),
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<DeskError> for Failed {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

/// What an answer says, or why not.
pub(crate) type Told = Result<Body, Failed>;

/// Answers every question but `LookupVersion`.
pub(crate) async fn answer(call: &Call<'_>, question: Question) -> Told {
    match question {
        Question::LookupUser(ask) => lookup_user::answer(call, *ask).await,
        Question::LookupItem(ask) => lookup_item::answer(call, *ask).await,
        Question::LookupItemSet(ask) => lookup_item_set::answer(call, *ask).await,
        Question::LookupRequest(ask) => lookup_request::answer(call, *ask).await,
        Question::LookupAgency(ask) => lookup_agency::answer(call, *ask),
        Question::CheckOutItem(ask) => check_out_item::answer(call, *ask).await,
        Question::CheckInItem(ask) => check_in_item::answer(call, *ask).await,
        Question::UndoCheckOutItem(ask) => undo_check_out_item::answer(call, *ask).await,
        Question::RenewItem(ask) => renew_item::answer(call, *ask).await,
        Question::RequestItem(ask) => request_item::answer(call, *ask).await,
        Question::CancelRequestItem(ask) => cancel_request_item::answer(call, *ask).await,
        Question::UpdateRequestItem(ask) => update_request_item::answer(call, *ask).await,
        Question::AcceptItem(ask) => accept_item::answer(call, *ask).await,
        Question::DeleteItem(ask) => delete_item::answer(call, *ask).await,
        Question::CreateUserFiscalTransaction(ask) => {
            create_user_fiscal_transaction::answer(call, *ask).await
        }
        Question::UpdateUser(ask) => update_user::answer(call, *ask).await,
        Question::Told(service, _) if service.is_notification() => {
            // Nothing here hangs on what happened elsewhere; who waits for an answer gets one.
            tracing::debug!(
                partner = call.partner.login(),
                service = service.name(),
                "heard"
            );
            Ok(Body::Heard)
        }
        Question::Told(..) | Question::LookupVersion(..) => Err(unsupported(call.service).into()),
    }
}

/// A service that nobody serves, or this partner may not ask for.
pub(crate) fn unsupported(service: Service) -> Problem {
    let detail = match service {
        Service::RecallItem | Service::CancelRecallItem => {
            "aucune règle n'abrège un prêt : réserver (RequestItem) / no rule shortens a loan: place a hold (RequestItem)"
        }
        _ => "ce service n'est pas rendu / this service is not offered",
    };
    problem::about(
        problem(General::UnsupportedService, detail),
        service.name(),
        None,
    )
}

impl Call<'_> {
    fn actor(&self) -> Actor {
        let mut terminal = self.partner.terminal().clone();
        terminal.branch = self.branch;
        Actor::partner(&terminal)
    }

    fn language(&self) -> Language {
        self.partner.manners.language.into()
    }

    fn terminal(&self) -> i64 {
        self.partner.terminal().id
    }

    fn zone(&self) -> &TimeZone {
        self.at.time_zone()
    }

    fn of(&self, text: &'static str) -> ProblemType {
        ProblemType::Of(self.service, text)
    }

    /// The problem of a refusal.
    fn refused<T>(&self, answer: &Answer<T>, refused: &Refused) -> Failed {
        problem::refusal(self.desk, self.service, answer, refused, self.language()).into()
    }

    /// A day that something lasts to: its last second, where the network is.
    pub(crate) fn end_of(&self, day: Date) -> Moment {
        let end = day.at(23, 59, 59, 0).to_zoned(self.zone().clone());
        end.map_or(Moment::Day(day), |end| Moment::Instant(end.timestamp()))
    }

    /// A moment of the network's clock.
    pub(crate) fn moment(&self, at: Timestamp) -> Moment {
        // To the second, as it is written.
        Moment::Instant(Timestamp::from_second(at.as_second()).unwrap_or(at))
    }

    pub(crate) fn our_agency(&self) -> Value {
        Value::plain(self.partner.our_agency())
    }

    pub(crate) fn agency_of(&self, branch: BranchCode) -> Value {
        Value::plain(self.partner.their_name(branch))
    }

    pub(crate) fn user_id(&self, card: &str) -> UserId {
        UserId {
            agency: Some(self.our_agency()),
            kind: Some(UserIdentifier::BarcodeId.into()),
            value: card.to_owned(),
        }
    }

    pub(crate) fn item_id(&self, barcode: &str) -> ItemId {
        ItemId {
            agency: Some(self.our_agency()),
            kind: Some(ItemIdentifier::Barcode.into()),
            value: barcode.to_owned(),
        }
    }

    pub(crate) fn request_id(&self, number: &str) -> RequestId {
        RequestId {
            agency: Some(self.our_agency()),
            kind: None,
            value: number.to_owned(),
        }
    }

    /// What a question is known by when it comes again: what it asks, by whom, and on which day. A day ends at four in the
    /// morning, so that no retry falls across its end.
    fn key_of_the_day(&self, parts: &[&str]) -> RequestKey {
        let day = self
            .at
            .saturating_sub(jiff::SignedDuration::from_hours(4))
            .date();
        let day = day.to_string();
        let all: Vec<&str> = [self.service.name(), &day]
            .into_iter()
            .chain(parts.iter().copied())
            .collect();
        RequestKey::new(self.terminal(), &all)
    }

    /// Which branch a place is; unknown ones are refused, and never taken for another.
    fn place(&self, code: &str, element: &'static str) -> Result<BranchCode, Problem> {
        let known = |branch: BranchCode| self.book.branches.contains_key(&branch);
        self.partner.place(code, &known).ok_or_else(|| {
            let detail = "lieu inconnu : ce partenaire ne l'a pas parmi ses « places » / place not known: it is not among this partner's places";
            problem::about(problem(self.of("Element Rule Violated"), detail), element, Some(code))
        })
    }
}
