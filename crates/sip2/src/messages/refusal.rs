//! A legal "no" to any request.

use super::*;
use crate::spec::Code;
use crate::value::SipDate;
use crate::{Charset, FieldId, Message};

impl Response {
    /// The answer that says no to a request, with a text for the patron, and echoes of it what the
    /// standard wants echoed. It works for requests that could not be read, too, so that a terminal
    /// always gets an answer of the code that it waits for.
    ///
    /// A 99 is answered by "off-line"; what asks for no answer of its own (97, an unknown code) by
    /// a 96.
    ///
    /// ```
    /// use relire_sip2::messages::Response;
    /// use relire_sip2::{Charset, Message};
    ///
    /// let request = Message::decode("17".into())?;
    /// let answer = Response::refusal(&request, Charset::Utf8, None, "Code-barres manquant");
    /// assert!(answer.to_message(Charset::Utf8).fixed.starts_with(b"010101"));
    /// # Ok::<(), relire_sip2::DecodeError>(())
    /// ```
    pub fn refusal(
        request: &Message,
        charset: Charset,
        now: Option<SipDate>,
        text: &str,
    ) -> Response {
        let echo = |id| {
            let value = request.get(id).map(|bytes| charset.decode(bytes));
            value
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        let institution = echo(FieldId::AO).unwrap_or_default();
        let card = echo(FieldId::AA).unwrap_or_default();
        let barcode = echo(FieldId::AB).unwrap_or_default();
        let transaction_date = now;
        let screen_messages: Vec<String> = Some(text.to_owned())
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect();
        match request.code {
            Code::PATRON_STATUS_REQUEST | Code::BLOCK_PATRON => PatronStatusResponse {
                status: all_denied(),
                transaction_date,
                institution,
                card,
                valid_patron: Some(false),
                valid_pin: Some(false),
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::CHECKOUT => CheckoutResponse {
                transaction_date,
                institution,
                card,
                barcode,
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::CHECKIN => CheckinResponse {
                alert: true,
                transaction_date,
                institution,
                barcode,
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::SC_STATUS => AcsStatus {
                clock: now,
                institution,
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::LOGIN => LoginResponse::default().into(),
            Code::PATRON_INFORMATION => PatronInformationResponse {
                status: all_denied(),
                transaction_date,
                institution,
                card,
                valid_patron: Some(false),
                valid_pin: Some(false),
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::END_PATRON_SESSION => EndSessionResponse {
                transaction_date,
                institution,
                card,
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::FEE_PAID => FeePaidResponse {
                transaction_date,
                institution,
                card,
                transaction_id: echo(FieldId::BK),
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::ITEM_INFORMATION => ItemInformationResponse {
                security_marker: crate::value::SecurityMarker::None,
                transaction_date,
                barcode,
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::ITEM_STATUS_UPDATE => ItemStatusUpdateResponse {
                transaction_date,
                barcode,
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::PATRON_ENABLE => PatronEnableResponse {
                status: all_denied(),
                transaction_date,
                institution,
                card,
                valid_patron: Some(false),
                valid_pin: Some(false),
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::HOLD => HoldResponse {
                transaction_date,
                institution,
                card,
                barcode: echo(FieldId::AB),
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::RENEW => RenewResponse {
                transaction_date,
                institution,
                card,
                barcode,
                screen_messages,
                ..Default::default()
            }
            .into(),
            Code::RENEW_ALL => RenewAllResponse {
                transaction_date,
                institution,
                screen_messages,
                ..Default::default()
            }
            .into(),
            _ => RequestScResend::default().into(),
        }
    }
}

/// What a patron may do of whom nothing is known: nothing.
fn all_denied() -> crate::value::PatronStatus {
    crate::value::PatronStatus {
        charge_denied: true,
        renewal_denied: true,
        recall_denied: true,
        hold_denied: true,
        ..Default::default()
    }
}
