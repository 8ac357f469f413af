//! 35 → 36.

use sip2::messages::{EndPatronSession, EndSessionResponse, Response};

use super::Call;

/// Ends the session: a PIN that was found right has to be typed again. There is always a session
/// to end, whoever it was.
pub(super) fn answer(call: &Call<'_>, asked: EndPatronSession) -> Response {
    call.profile.kept.visit.forget();
    let head = call.head();
    EndSessionResponse {
        ended: true,
        transaction_date: Some(head.now),
        institution: head.institution,
        card: asked.card.unwrap_or_default(),
        ..Default::default()
    }
    .into()
}
