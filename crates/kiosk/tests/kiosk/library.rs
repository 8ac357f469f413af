//! A library of one reader and four items, that can be told to behave badly.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use bytes::BytesMut;
use sip2::frame::{Framed, Framer, Limits, Terminator};
use sip2::messages::*;
use sip2::value::{
    Amount, CirculationStatus, Currency, Language, PatronStatus, SipDate, Summary,
    SupportedMessages,
};
use sip2::{Charset, Code, ErrorDetection, Message};

/// The reader's card.
pub(crate) const CARD: &str = "0123456789";
/// The reader's PIN.
pub(crate) const PIN: &str = "1234";

/// What the library does with a message.
pub(crate) enum Reply {
    /// What it should.
    Normal,
    /// Answers with something else.
    Say(Box<Response>),
    /// Answers, and a bit tips over on the way.
    Damaged,
    /// Can't read it.
    SendAgain,
    /// Says nothing.
    Silence,
    /// Hangs up without a word.
    HangUp,
    /// Answers twice, as to a message that came twice.
    Twice,
}

/// A library on a free port, for as long as the test runs.
pub(crate) struct Library {
    pub(crate) address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Library {
    /// `behave` is asked for each message, with the number of those before it.
    pub(crate) fn open(behave: impl Fn(&Request, usize) -> Reply + Send + 'static) -> Library {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = heard.clone();
        std::thread::spawn(move || {
            let mut behave = behave;
            while let Ok((stream, _)) = listener.accept() {
                serve(stream, &log, &mut behave);
            }
        });
        Library { address, heard }
    }

    /// A library without faults.
    pub(crate) fn good() -> Library {
        Library::open(|_, _| Reply::Normal)
    }

    /// Every message that came, on whatever connection.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// Those that begin with this code.
    pub(crate) fn heard_of(&self, code: &str) -> Vec<String> {
        self.heard()
            .into_iter()
            .filter(|line| line.starts_with(code))
            .collect()
    }
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<String>>,
    behave: &mut impl FnMut(&Request, usize) -> Reply,
) {
    let mut framer = Framer::new(Limits::default());
    let mut buffer = BytesMut::new();
    let mut last: Option<Message> = None;
    let mut chunk = [0; 512];
    loop {
        while let Some(Framed::Message(frame)) = framer.next(&mut buffer) {
            let count = {
                let mut log = log.lock().unwrap();
                log.push(String::from_utf8(frame.to_vec()).unwrap());
                log.len() - 1
            };
            let message = Message::decode(frame).expect("a kiosk's checksum is right");
            let request =
                Request::parse(&message, Charset::Utf8).expect("a kiosk's message is whole");
            let reply = behave(&request, count);
            if message.code == Code::REQUEST_ACS_RESEND && matches!(reply, Reply::Normal) {
                match &last {
                    Some(answer) => send(&mut stream, answer, ErrorDetection::Checksum),
                    None => send_again(&mut stream),
                }
                continue;
            }
            let answer = match &reply {
                Reply::Say(answer) => answer.to_message(Charset::Utf8),
                Reply::SendAgain => {
                    send_again(&mut stream);
                    continue;
                }
                Reply::Silence => continue,
                Reply::HangUp => return,
                Reply::Normal | Reply::Damaged | Reply::Twice => {
                    answer(&request).to_message(Charset::Utf8)
                }
            };
            if matches!(reply, Reply::Damaged) {
                let mut bytes = BytesMut::new();
                answer.encode(&mut bytes, message.error_detection);
                bytes[3] ^= 1;
                Terminator::Cr.put(&mut bytes);
                stream.write_all(&bytes).unwrap();
            } else {
                send(&mut stream, &answer, message.error_detection);
            }
            if matches!(reply, Reply::Twice) {
                send(&mut stream, &answer, message.error_detection);
            }
            last = Some(answer);
        }
        match stream.read(&mut chunk) {
            Ok(length @ 1..) => buffer.extend_from_slice(&chunk[..length]),
            _ => return,
        }
    }
}

fn send_again(stream: &mut TcpStream) {
    send(
        stream,
        &RequestScResend::default().to_message(Charset::Utf8),
        ErrorDetection::Checksum,
    );
}

fn send(stream: &mut TcpStream, message: &Message, mode: ErrorDetection) {
    let mut bytes = BytesMut::new();
    message.encode(&mut bytes, mode);
    Terminator::Cr.put(&mut bytes);
    stream.write_all(&bytes).unwrap();
}

/// What a good library answers.
pub(crate) fn answer(request: &Request) -> Response {
    match request {
        Request::Login(login) => LoginResponse {
            ok: login.user == "kiosk-1",
            ..Default::default()
        }
        .into(),
        Request::ScStatus(_) => AcsStatus {
            online: true,
            checkin_ok: true,
            checkout_ok: true,
            clock: SipDate::parse(b"20260701    100000"),
            institution: "LENS".into(),
            library_name: Some("Médiathèque Robert Cousin".into()),
            supported: SupportedMessages::ALL,
            ..Default::default()
        }
        .into(),
        Request::PatronInformation(asked) => patron(asked).into(),
        Request::PatronStatus(asked) => PatronStatusResponse {
            card: asked.card.clone(),
            patron_name: "Ada MARTIN".into(),
            language: Language::FRENCH,
            valid_patron: Some(true),
            ..Default::default()
        }
        .into(),
        Request::ItemInformation(asked) => ItemInformationResponse {
            circulation_status: if due(&asked.barcode).is_empty() {
                CirculationStatus::Available
            } else {
                CirculationStatus::Charged
            },
            barcode: asked.barcode.clone(),
            title: title(&asked.barcode).into(),
            due_date: Some(due(&asked.barcode).into()).filter(|due: &String| !due.is_empty()),
            permanent_location: Some("LENS".into()),
            call_number: Some("R MAU".into()),
            ..Default::default()
        }
        .into(),
        Request::Checkout(asked) if asked.barcode == "3001237" => CheckoutResponse {
            barcode: asked.barcode.clone(),
            title: title(&asked.barcode).into(),
            screen_messages: vec![
                "Votre foyer a déjà deux jeux vidéo.".into(),
                "Rapportez-en un pour emprunter celui-ci.".into(),
            ],
            print_lines: vec!["Réf. 1234".into()],
            ..Default::default()
        }
        .into(),
        Request::Checkout(asked) => CheckoutResponse {
            ok: true,
            barcode: asked.barcode.clone(),
            title: title(&asked.barcode).into(),
            due_date: "20260826    235959".into(),
            ..Default::default()
        }
        .into(),
        Request::Renew(asked) => RenewResponse {
            ok: asked.barcode.as_deref() == Some("3001234"),
            barcode: asked.barcode.clone().unwrap_or_default(),
            title: title(asked.barcode.as_deref().unwrap_or_default()).into(),
            due_date: "20260902    235959".into(),
            screen_messages: vec!["Quelqu’un l’a réservé.".into()]
                .into_iter()
                .filter(|_| asked.barcode.as_deref() != Some("3001234"))
                .collect(),
            ..Default::default()
        }
        .into(),
        Request::Checkin(asked) => CheckinResponse {
            ok: true,
            alert: true,
            barcode: asked.barcode.clone(),
            permanent_location: "BIB03".into(),
            title: Some(title(&asked.barcode).into()),
            destination: Some("GREN".into()),
            ..Default::default()
        }
        .into(),
        Request::EndPatronSession(asked) => EndSessionResponse {
            ended: true,
            card: asked.card.clone().unwrap_or_default(),
            ..Default::default()
        }
        .into(),
        _ => RequestScResend::default().into(),
    }
}

fn patron(asked: &PatronInformation) -> PatronInformationResponse {
    let right = asked.pin.as_ref().is_some_and(|pin| pin.expose() == PIN);
    let known = asked.card == CARD;
    let list = |summary, barcodes: &[&str]| {
        let wished = asked.summary == Some(summary) && right && known;
        barcodes
            .iter()
            .filter(|_| wished)
            .map(|barcode| (*barcode).to_owned())
            .collect()
    };
    PatronInformationResponse {
        status: PatronStatus {
            charge_denied: true,
            ..PatronStatus::default()
        },
        charged_items_count: Some(2),
        overdue_items_count: Some(1),
        institution: "LENS".into(),
        card: asked.card.clone(),
        patron_name: "Ada MARTIN".into(),
        valid_patron: Some(known),
        valid_pin: Some(right),
        currency: Some(Currency::EUR),
        fee_amount: Some(Amount::from_cents(150)),
        charged_items: list(Summary::ChargedItems, &["3001234", "3001235"]),
        overdue_items: list(Summary::OverdueItems, &["3001235"]),
        screen_messages: vec!["Un document est en retard.".into()]
            .into_iter()
            .filter(|_| known && right)
            .collect(),
        ..Default::default()
    }
}

fn title(barcode: &str) -> &'static str {
    match barcode {
        "3001234" => "Le Horla",
        "3001235" => "Vingt mille lieues sous les mers : édition intégrale illustrée",
        "3001236" => "Germinal",
        "3001237" => "Un jeu vidéo",
        _ => "",
    }
}

fn due(barcode: &str) -> &'static str {
    match barcode {
        "3001234" => "20260715    235959",
        "3001235" => "20260601    235959",
        _ => "",
    }
}
