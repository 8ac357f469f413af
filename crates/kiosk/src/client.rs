//! SIP2 as a kiosk speaks it.

mod error;
mod library_clock;
mod line;

use std::fmt;
use std::time::Duration;

pub use error::{ClientError, Trouble};
use library_clock::LibraryClock;
use line::Line;
use sip2::messages::{
    AcsStatus, Checkin, CheckinResponse, Checkout, CheckoutResponse, EndPatronSession,
    EndSessionResponse, ItemInformation, ItemInformationResponse, Login, LoginResponse,
    PatronInformation, PatronInformationResponse, PatronStatusRequest, PatronStatusResponse, Renew,
    RenewResponse, RequestError, ScStatus,
};
use sip2::value::{Language, Secret, SipDate, Summary};
use sip2::{Charset, Message};

/// The shortest and longest waiting time, in tenths of a second, that a library's 98 may ask for:
/// less starves it, more freezes us.
const SANE_TIMEOUT: (u16, u16) = (10, 300);
/// More retries than this only make a queue at the kiosk.
const MOST_RETRIES: u16 = 10;

/// How a library is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Host and port.
    pub address: String,
    /// How text is written on this line.
    pub charset: Charset,
    /// The language that patrons are to be answered in.
    pub language: Language,
    /// How long to wait for an answer, until the library's 98 says otherwise.
    pub timeout: Duration,
    /// How often to repeat a message, until the library's 98 says otherwise.
    pub retries: u32,
}

impl Settings {
    /// UTF-8, French, five seconds, three retries.
    pub fn new(address: &str) -> Self {
        Settings {
            address: address.to_owned(),
            charset: Charset::Utf8,
            language: Language::FRENCH,
            timeout: Duration::from_secs(5),
            retries: 3,
        }
    }
}

/// A card as the patron laid it down.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// SIP2 field AA.
    pub number: String,
    /// SIP2 field AD, if one was typed.
    pub pin: Option<Secret>,
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Card")
    }
}

/// A terminal's line to its library.
///
/// Every method sends one message and returns its answer, a refusal too; it repeats, asks again
/// and reconnects as need be. After [`Client::sc_status`], messages carry the library's own name
/// (AO) and time.
///
/// ```no_run
/// use relire_kiosk::client::{Card, Client, Settings};
///
/// let mut client = Client::connect(Settings::new("127.0.0.1:6001"))?;
/// client.login("kiosk-1", "sesame".into())?;
/// println!("{:?}", client.sc_status()?.library_name);
/// let card = Card { number: "0123456789".into(), pin: Some("1234".into()) };
/// let lent = client.checkout(&card, "3001234")?;
/// println!("{}, due {}", lent.title, lent.due_date);
/// # Ok::<(), relire_kiosk::ClientError>(())
/// ```
pub struct Client {
    line: Line,
    language: Language,
    institution: Option<String>,
    clock: Option<LibraryClock>,
}

impl Client {
    /// Connects, and says nothing yet.
    pub fn connect(settings: Settings) -> Result<Self, ClientError> {
        Ok(Client {
            language: settings.language,
            line: Line::open(settings)?,
            institution: None,
            clock: None,
        })
    }

    /// Says who this terminal is (93), now and on every later connection.
    pub fn login(&mut self, login: &str, password: Secret) -> Result<LoginResponse, ClientError> {
        self.line.log_in(Login {
            user: login.to_owned(),
            password: Some(password),
            ..Login::default()
        })
    }

    /// Asks what the library does for this terminal (99), and sets the terminal by it.
    pub fn sc_status(&mut self) -> Result<AcsStatus, ClientError> {
        let request = ScStatus {
            max_print_width: 80,
            ..ScStatus::default()
        };
        let status = self.ask(
            &request.to_message(self.line.charset()),
            AcsStatus::from_message,
        )?;
        let timeout = status
            .timeout
            .map(|tenths| tenths.clamp(SANE_TIMEOUT.0, SANE_TIMEOUT.1))
            .map(|tenths| Duration::from_millis(u64::from(tenths) * 100));
        let retries = status
            .retries
            .filter(|retries| *retries <= MOST_RETRIES)
            .map(u32::from);
        self.line.pace(timeout, retries);
        self.clock = status.clock.map(LibraryClock::set).or(self.clock);
        self.institution = Some(status.institution.clone()).filter(|name| !name.is_empty());
        Ok(status)
    }

    /// Asks who a patron is and what they may not do (23).
    pub fn patron_status(&mut self, card: &Card) -> Result<PatronStatusResponse, ClientError> {
        let request = PatronStatusRequest {
            language: self.language,
            transaction_date: self.now(),
            institution: self.institution.clone(),
            card: card.number.clone(),
            pin: card.pin.clone(),
            ..PatronStatusRequest::default()
        };
        self.ask(
            &request.to_message(self.line.charset()),
            PatronStatusResponse::from_message,
        )
    }

    /// Asks the same and more, with one list if wished (63).
    pub fn patron_information(
        &mut self,
        card: &Card,
        summary: Option<Summary>,
    ) -> Result<PatronInformationResponse, ClientError> {
        let request = PatronInformation {
            language: self.language,
            transaction_date: self.now(),
            summary,
            institution: self.institution.clone(),
            card: card.number.clone(),
            pin: card.pin.clone(),
            ..PatronInformation::default()
        };
        self.ask(
            &request.to_message(self.line.charset()),
            PatronInformationResponse::from_message,
        )
    }

    /// Asks what an item is and where it stands (17).
    pub fn item_information(
        &mut self,
        barcode: &str,
    ) -> Result<ItemInformationResponse, ClientError> {
        let request = ItemInformation {
            transaction_date: self.now(),
            institution: self.institution.clone(),
            barcode: barcode.to_owned(),
            ..ItemInformation::default()
        };
        self.ask(
            &request.to_message(self.line.charset()),
            ItemInformationResponse::from_message,
        )
    }

    /// Lends an item (11); renews it, if the patron has it already.
    pub fn checkout(
        &mut self,
        card: &Card,
        barcode: &str,
    ) -> Result<CheckoutResponse, ClientError> {
        let request = Checkout {
            renewal_allowed: true,
            transaction_date: self.now(),
            institution: self.institution.clone(),
            card: card.number.clone(),
            barcode: barcode.to_owned(),
            pin: card.pin.clone(),
            ..Checkout::default()
        };
        self.ask(
            &request.to_message(self.line.charset()),
            CheckoutResponse::from_message,
        )
    }

    /// Takes an item back (09).
    pub fn checkin(&mut self, barcode: &str) -> Result<CheckinResponse, ClientError> {
        let now = self.now();
        let request = Checkin {
            transaction_date: now,
            return_date: now,
            institution: self.institution.clone(),
            barcode: barcode.to_owned(),
            ..Checkin::default()
        };
        self.ask(
            &request.to_message(self.line.charset()),
            CheckinResponse::from_message,
        )
    }

    /// Lets a patron keep an item for longer (29).
    pub fn renew(&mut self, card: &Card, barcode: &str) -> Result<RenewResponse, ClientError> {
        let request = Renew {
            transaction_date: self.now(),
            institution: self.institution.clone(),
            card: card.number.clone(),
            pin: card.pin.clone(),
            barcode: Some(barcode.to_owned()),
            ..Renew::default()
        };
        self.ask(
            &request.to_message(self.line.charset()),
            RenewResponse::from_message,
        )
    }

    /// Says that the patron has gone (35).
    pub fn end_session(&mut self, card: &Card) -> Result<EndSessionResponse, ClientError> {
        let request = EndPatronSession {
            transaction_date: self.now(),
            institution: self.institution.clone(),
            card: Some(card.number.clone()),
            pin: card.pin.clone(),
            ..EndPatronSession::default()
        };
        self.ask(
            &request.to_message(self.line.charset()),
            EndSessionResponse::from_message,
        )
    }

    /// The library's time; `None` until it told.
    pub fn now(&self) -> Option<SipDate> {
        self.clock.map(|clock| clock.now())
    }

    fn ask<A>(
        &mut self,
        request: &Message,
        read: impl FnOnce(&Message, Charset) -> Result<A, RequestError>,
    ) -> Result<A, ClientError> {
        let answer = self.line.ask(request)?;
        Ok(read(&answer, self.line.charset())?)
    }
}
