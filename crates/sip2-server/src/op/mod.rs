//! What the server does with each message: one file a message, named as in `sip2::messages`.

mod block_patron;
mod checkin;
mod checkout;
mod end_patron_session;
mod fee_paid;
mod hold;
mod item_information;
mod item_status_update;
pub(crate) mod login;
mod offline;
mod patron;
mod patron_information;
mod patron_status;
mod renew;
mod renew_all;
pub(crate) mod status;

#[cfg(test)]
pub(crate) use checkout::tests as twelve;

use std::sync::Arc;

use circulation::{Language, Refusal, Refused};
use desk::{Actor, Desk, DeskError, Pin, RequestKey};
use jiff::{Zoned, civil::Date};
use sip2::{
    FieldId, Message,
    messages::{Request, Response},
    value::{MediaType, Secret, SipDate},
};

use crate::{
    counts,
    counts::Bad,
    manners::{DueDate, OffLine, Persons},
    moment::{due, moment},
    profile::Profile,
    screen::Screen,
};

/// One message of one terminal, to be answered.
pub(crate) struct Call<'a> {
    pub(crate) desk: &'a Arc<Desk>,
    pub(crate) profile: &'a Profile,
    /// The message, with an AO.
    pub(crate) asked: &'a Message,
    pub(crate) at: Zoned,
}

/// What most answers begin with.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// AO: that of the request, or the terminal's branch.
    pub(crate) institution: String,
    pub(crate) now: SipDate,
    /// How this terminal wants its due dates.
    pub(crate) due_form: DueDate,
}

impl Head {
    /// AH.
    pub(crate) fn due(&self, day: Date) -> String {
        due(day, self.due_form)
    }
}

/// Answers every request but 93, 97 and 99.
pub(crate) async fn answer(call: &Call<'_>) -> Result<Response, DeskError> {
    let asked = Request::parse(call.asked, call.profile.charset);
    if let Some(no) = asked
        .as_ref()
        .ok()
        .and_then(|asked| beforehand(call, asked))
    {
        return Ok(no);
    }
    match asked {
        Ok(Request::Checkout(asked)) => checkout::answer(call, asked).await,
        Ok(Request::Checkin(asked)) => checkin::answer(call, asked).await,
        Ok(Request::Renew(asked)) => renew::answer(call, asked).await,
        Ok(Request::RenewAll(asked)) => renew_all::answer(call, asked).await,
        Ok(Request::Hold(asked)) => hold::answer(call, asked).await,
        Ok(Request::ItemInformation(asked)) => item_information::answer(call, asked).await,
        Ok(Request::PatronStatus(asked)) => patron_status::answer(call, asked).await,
        Ok(Request::PatronInformation(asked)) => patron_information::answer(call, asked).await,
        Ok(Request::EndPatronSession(asked)) => Ok(end_patron_session::answer(call, asked)),
        Ok(Request::BlockPatron(asked)) => block_patron::block(call, asked).await,
        Ok(Request::PatronEnable(asked)) => block_patron::enable(call, asked).await,
        Ok(Request::FeePaid(asked)) => fee_paid::answer(call, asked).await,
        Ok(Request::ItemStatusUpdate(asked)) => item_status_update::answer(call, asked).await,
        // 93, 97 and 99 are the session's own, and it asks for what is none of ours again.
        Ok(_) => Ok(call.refuse(Bad::NotServed, Screen::NotServed)),
        Err(error) => {
            // Asking for it again would bring it again as it is.
            tracing::warn!(terminal = call.profile.login(), %error, "a message is incomplete");
            Ok(call.refuse(Bad::Incomplete, Screen::Incomplete))
        }
    }
}

/// What the terminal's settings say before the desk is asked: the no, if it is one.
fn beforehand(call: &Call<'_>, asked: &Request) -> Option<Response> {
    // An undo gives nothing to anybody, and the kiosk that sends it has no one before it any more.
    let undo = |cancel: Option<bool>| cancel == Some(true);
    let (pin, no_block) = match asked {
        Request::Checkout(asked) if !undo(asked.cancel) => (Some(&asked.pin), asked.no_block),
        Request::Renew(asked) => (Some(&asked.pin), asked.no_block),
        Request::RenewAll(asked) => (Some(&asked.pin), false),
        Request::Hold(asked) => (Some(&asked.pin), false),
        Request::Checkin(asked) => (None, asked.no_block),
        _ => (None, false),
    };
    let manners = &call.profile.manners;
    if no_block {
        call.profile.kept.meters.trouble("offline");
    }
    if matches!(asked, Request::RenewAll(_)) && manners.persons == Persons::Never {
        // A 66 lists what somebody has.
        return Some(call.refuse(Bad::NotAllowed, Screen::NotAllowed));
    }
    let lists = matches!(asked, Request::RenewAll(_)) && manners.persons != Persons::Always;
    // What has happened off-line cannot be asked for a PIN any more.
    let has_happened = no_block && manners.off_line == OffLine::Honour;
    let missing = pin.is_some_and(|pin| typed(pin.as_ref()).is_none());
    ((manners.loans_need_pin || lists) && missing && !has_happened)
        .then(|| call.refuse(Bad::Incomplete, Screen::PinNeeded))
}

impl Call<'_> {
    fn head(&self) -> Head {
        let institution = self
            .asked
            .get(FieldId::AO)
            .map(|value| self.profile.charset.decode(value).into_owned());
        Head {
            institution: institution.unwrap_or_default(),
            now: moment(&self.at),
            due_form: self.profile.manners.due_date,
        }
    }

    fn actor(&self) -> Actor {
        Actor::kiosk(self.profile.terminal())
    }

    /// A legal no with a text of ours.
    fn refuse(&self, why: Bad, screen: Screen<'_>) -> Response {
        counts::bad(why);
        let text = screen.text(self.profile.language());
        Response::refusal(
            self.asked,
            self.profile.charset,
            Some(moment(&self.at)),
            &text,
        )
    }

    /// All reasons of a refusal, in the language of whoever stands there.
    fn told(&self, refused: &Refused, patrons: Language) -> Vec<String> {
        // Nobody is known by this card, so that the answer's language is nobody's.
        let nobody = matches!(
            refused.headline(),
            Refusal::CardUnknown | Refusal::CardAmbiguous { .. }
        );
        let language = if nobody {
            self.profile.language()
        } else {
            patrons
        };
        refused
            .all()
            .iter()
            .map(|refusal| self.desk.tell(refusal, language))
            .collect()
    }

    /// The identity of a request. Without a date of its own, a second request would be taken for
    /// the first one's repetition: then it has none.
    fn key(
        &self,
        card: &str,
        barcode: &str,
        flags: [bool; 2],
        date: Option<SipDate>,
    ) -> Option<RequestKey> {
        let letter = |flag: bool| if flag { "Y" } else { "N" };
        let [no_block, cancel] = flags.map(letter);
        let date = date?.to_string();
        let parts = [
            self.asked.code.as_str(),
            card,
            barcode,
            no_block,
            cancel,
            &date,
        ];
        Some(RequestKey::new(self.profile.terminal().id, &parts))
    }
}

/// A PIN, where one was typed.
fn typed(pin: Option<&Secret>) -> Option<Pin> {
    pin.and_then(|pin| Pin::typed(pin.expose()))
}

/// CK of an item.
fn media(item: &desk::ItemShown) -> Option<MediaType> {
    MediaType::parse(item.media_type.as_bytes())
}
