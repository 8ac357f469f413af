//! Requests as partners name them.

use desk::{PartnerRequest, RequestState, RequestView};
use ncip::{
    Value,
    lists::RequestStatus,
    model::{Problem, RequestId},
};

use super::{Call, Failed};
use crate::problem::{about, problem};

impl Call<'_> {
    /// A request as its partner calls it: with the agency that it gives, or as ours.
    pub(super) fn named(&self, request: &RequestId) -> PartnerRequest {
        let agency = request.agency.as_ref().map(|agency| agency.text.clone());
        PartnerRequest {
            // Our own name, given or left out, is the same.
            agency: agency
                .filter(|agency| !agency.eq_ignore_ascii_case(self.partner.our_agency()))
                .unwrap_or_default(),
            number: request.value.clone(),
        }
    }

    /// A request in its partner's own name.
    pub(super) fn request_named(&self, name: &PartnerRequest) -> RequestId {
        let own = Some(Value::plain(name.agency.clone())).filter(|_| !name.agency.is_empty());
        RequestId {
            agency: own.or_else(|| Some(self.our_agency())),
            ..self.request_id(&name.number)
        }
    }

    /// What is known of it; `None`: this partner has made no such request.
    pub(super) async fn request(&self, request: &RequestId) -> Result<Option<RequestView>, Failed> {
        Ok(self
            .desk
            .partner_request(self.terminal(), &self.named(request))
            .await?)
    }

    pub(super) async fn known_request(&self, request: &RequestId) -> Result<RequestView, Failed> {
        self.request(request)
            .await?
            .ok_or_else(|| self.unknown_request(Some(request)).into())
    }

    pub(super) fn unknown_request(&self, request: Option<&RequestId>) -> Problem {
        let told = self.language().pick(
            "Aucune demande de ce numéro, de ce partenaire ou de ce lecteur.",
            "No request of this number, by this partner or for this reader.",
        );
        let problem = problem(self.of("Unknown Request"), told);
        match request {
            Some(request) => about(problem, "RequestId", Some(&request.value)),
            None => about(problem, "ItemId", None),
        }
    }

    /// How far a request is, in the standard's six words.
    pub(super) fn status(&self, state: &RequestState) -> Value {
        match state {
            RequestState::Ready(_) => RequestStatus::AvailableForPickup,
            RequestState::Waiting | RequestState::OnItsWay | RequestState::Collected => {
                RequestStatus::InProcess
            }
            RequestState::Ended => RequestStatus::CannotFulfill,
        }
        .into()
    }
}
