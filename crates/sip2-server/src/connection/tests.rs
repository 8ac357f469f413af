//! Over a pipe, with an operator that needs no desk.

mod changes;
mod telnet;
mod undecided;
mod waiting;

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use sip2::{
    Charset, Code,
    messages::{AcsStatus, EndSessionResponse, ItemInformationResponse},
};
use tokio::{
    io::{DuplexStream, duplex},
    task::JoinHandle,
};

use bytes::Bytes;

use super::*;
use crate::{
    fixtures::{checked, profile_with},
    manners::{CharsetName, LineEnd, Manners},
};

/// Says yes to a 35, names an item with accents, and has trouble where it is asked for.
struct Stub {
    meters: Meters,
    done: AtomicUsize,
    manners: Mutex<Manners>,
    messages: &'static [&'static str],
    changes: watch::Sender<Arc<Terminals>>,
    gone: Mutex<Option<NotAdmitted>>,
    lasts: Option<Duration>,
    prompts: bool,
}

impl Default for Stub {
    fn default() -> Self {
        Self {
            meters: Meters::new(),
            done: AtomicUsize::new(0),
            manners: Mutex::default(),
            messages: &["11", "17", "35"],
            changes: watch::Sender::default(),
            gone: Mutex::default(),
            lasts: None,
            prompts: false,
        }
    }
}

impl Stub {
    fn with(manners: Manners) -> Self {
        Self {
            manners: Mutex::new(manners),
            ..Self::default()
        }
    }

    fn profile(&self) -> Arc<Profile> {
        let manners = self.manners.lock().unwrap().clone();
        Arc::new(profile_with(self.messages, manners))
    }

    /// From now on terminals have these manners.
    fn change(&self, manners: Manners) {
        *self.manners.lock().unwrap() = manners;
        self.changes.send_replace(Arc::default());
    }

    /// From now on nobody may stay.
    fn revoke(&self, why: NotAdmitted) {
        *self.gone.lock().unwrap() = Some(why);
        self.changes.send_replace(Arc::default());
    }
}

impl Operator for Stub {
    fn now(&self) -> SipDate {
        SipDate::parse(b"20261122    153012").unwrap()
    }

    fn second(&self) -> i64 {
        0
    }

    fn meters(&self) -> &Meters {
        &self.meters
    }

    fn changes(&self) -> watch::Receiver<Arc<Terminals>> {
        self.changes.subscribe()
    }

    fn lasts(&self, _origin: &Origin) -> Option<Duration> {
        self.lasts
    }

    fn look(&self, _origin: &Origin, profile: Option<&Profile>) -> Look {
        match (*self.gone.lock().unwrap(), profile) {
            (Some(why), _) => Look::Gone(why),
            (None, Some(_)) => Look::Anew(self.profile()),
            (None, None) => Look::Same,
        }
    }

    fn prompts(&self, _address: IpAddr) -> bool {
        self.prompts
    }

    async fn log_in(
        &self,
        _origin: &Origin,
        login: &Message,
    ) -> Result<Option<Arc<Profile>>, DeskError> {
        match login
            .get(sip2::FieldId::CO)
            .map(|password| password.as_ref())
        {
            Some(b"right") => Ok(Some(self.profile())),
            Some(b"slow") => std::future::pending().await,
            Some(b"away") => Err(DeskError::Unavailable("no database".into())),
            _ => Ok(None),
        }
    }

    async fn status(&self, profile: Option<&Profile>, _asked: &Message) -> Response {
        AcsStatus {
            online: true,
            checkin_ok: profile.is_some(),
            ..Default::default()
        }
        .into()
    }

    async fn answer(&self, _profile: &Profile, asked: &Message) -> Result<Response, DeskError> {
        self.done.fetch_add(1, Ordering::SeqCst);
        let echo = |id| String::from_utf8(asked.get(id).unwrap().to_vec()).unwrap();
        match asked.code {
            Code::END_PATRON_SESSION => {
                let institution = echo(sip2::FieldId::AO);
                Ok(EndSessionResponse {
                    ended: true,
                    institution,
                    ..Default::default()
                }
                .into())
            }
            Code::ITEM_INFORMATION => match echo(sip2::FieldId::AB).as_str() {
                "unknown" => Err(DeskError::OutcomeUnknown("lost".into())),
                "away" => Err(DeskError::Unavailable("no database".into())),
                "slow" => std::future::pending().await,
                "short" => {
                    tokio::time::sleep(Duration::from_secs(5)).await;
                    Ok(ItemInformationResponse {
                        title: "Enfin".into(),
                        ..Default::default()
                    }
                    .into())
                }
                _ => Ok(ItemInformationResponse {
                    title: "L’Été d’Œdipe".into(),
                    ..Default::default()
                }
                .into()),
            },
            _ => std::future::pending().await,
        }
    }
}

const CHECKOUT: &[u8] = b"11YN20261122    153030                  AO|AA26200|AB36200|AC|\r";

struct Kiosk {
    line: DuplexStream,
    ended: JoinHandle<Ending>,
    stub: Arc<Stub>,
    shutdown: CancellationToken,
}

impl Kiosk {
    fn connect(stub: Stub) -> Self {
        Self::connect_over(stub, 64 * 1024)
    }

    fn connect_over(stub: Stub, width: usize) -> Self {
        let (line, far) = duplex(width);
        let (stub, shutdown) = (Arc::new(stub), CancellationToken::new());
        let (operator, token) = (stub.clone(), shutdown.clone());
        let ended = tokio::spawn(async move {
            serve(
                far,
                &*operator,
                &Settings::default(),
                &Origin::plain(IpAddr::from([127, 0, 0, 1])),
                &token,
            )
            .await
        });
        Self {
            line,
            ended,
            stub,
            shutdown,
        }
    }

    async fn logged_in(stub: Stub) -> Self {
        let mut kiosk = Self::connect(stub);
        kiosk.say(b"9300CNkiosk|COright|\r").await;
        assert!(kiosk.hear().await.starts_with(b"941"));
        kiosk
    }

    async fn say(&mut self, bytes: &[u8]) {
        self.line.write_all(bytes).await.unwrap();
    }

    /// One answer with its line end; empty if the line is closed.
    async fn hear(&mut self) -> Vec<u8> {
        let mut answer = Vec::new();
        while let Ok(byte) = self.line.read_u8().await {
            answer.push(byte);
            if byte == b'\r' {
                break;
            }
        }
        answer
    }

    async fn ask(&mut self, text: &str) -> String {
        self.say(text.as_bytes()).await;
        self.say(b"\r").await;
        String::from_utf8(self.hear().await)
            .unwrap()
            .trim_end()
            .to_owned()
    }

    async fn ending(mut self) -> Ending {
        assert!(self.hear().await.is_empty(), "nothing more is said");
        self.ended.await.unwrap()
    }

    fn done(&self) -> usize {
        self.stub.done.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn a_log_in_with_error_detection() {
    let mut kiosk = Kiosk::connect(Stub::default());
    let login = "9300CNkiosk|COright|AY5AZ";
    let sum = sip2::message::checksum(login.as_bytes());
    assert_eq!(
        kiosk.ask(&format!("{login}{sum:04X}")).await,
        "941AY5AZFDF8"
    );
    assert_eq!(
        kiosk.ask("3520261122    153030AO").await,
        "36Y                  AOLENS|AA|",
        "and without, in kind"
    );
}

#[tokio::test]
async fn byte_by_byte_and_all_at_once() {
    let mut kiosk = Kiosk::connect(Stub::default());
    for byte in b"\r\n\n9300CNkiosk|COright|\r\n" {
        kiosk.say(&[*byte]).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(kiosk.hear().await, b"941\r");
    kiosk.say(b"3520261122    153030AOa|\r\n3520261122    153030AOb|\n\r9900802.00\r3520261122    153030AOc|\r").await;
    for start in [
        "36Y                  AOa|",
        "36Y                  AOb|",
        "98YY",
        "36Y                  AOc|",
    ] {
        let heard = String::from_utf8(kiosk.hear().await).unwrap();
        assert!(heard.starts_with(start), "{heard}");
    }
}

#[tokio::test]
async fn before_log_in_there_is_no_data() {
    let mut kiosk = Kiosk::connect(Stub::default());
    assert!(kiosk.ask("9900802.00").await.starts_with("98YN"));
    let again = kiosk.ask("97AZFEF5").await;
    assert!(
        again.starts_with("98YN") && again.contains("|AZ"),
        "{again}"
    );
    let told = kiosk
        .ask("11YN20261122    153030                  AOx|AA26200|AB36200|AC|")
        .await;
    assert!(
        told.starts_with("120NUN20261122    153012AOx|AA26200|AB36200|AJ|AH|AFCet appareil"),
        "{told}"
    );
    let told = kiosk.ask("23001                  AO|AA26200|AC|AD|").await;
    assert!(told.contains("|AE|BLN|CQN|"), "{told}");
    assert_eq!(kiosk.done(), 0);
}

#[tokio::test]
async fn a_fresh_connection_has_nothing_to_repeat() {
    let mut kiosk = Kiosk::connect(Stub::default());
    assert_eq!(kiosk.ask("97AZFEF5").await, "96AZFEF6");
    kiosk.say(b"GET / HTTP/1.1\r\n").await;
    assert_eq!(kiosk.ending().await, Ending::NotSip2);
}

#[tokio::test]
async fn three_wrong_log_ins_are_answered_alike_and_end_it() {
    let mut kiosk = Kiosk::connect(Stub::default());
    for frame in ["9300CNkiosk|COwrong|", "9300CNkiosk|CO|", "93"] {
        assert_eq!(kiosk.ask(frame).await, "940");
    }
    assert_eq!(kiosk.ending().await, Ending::WrongLogIns);
}

#[tokio::test]
async fn a_log_in_without_a_database_is_refused_and_no_strike() {
    let mut kiosk = Kiosk::logged_in(Stub::default()).await;
    for _ in 0..5 {
        assert_eq!(kiosk.ask("9300CNkiosk|COaway|").await, "940");
    }
    assert!(
        kiosk
            .ask("3520261122    153030AO|")
            .await
            .starts_with("36N"),
        "nobody is logged in"
    );
    assert_eq!(kiosk.ask("9300CNkiosk|COright|").await, "941");
}

#[tokio::test]
async fn a_lost_answer_is_given_again_and_nothing_done_twice() {
    let mut kiosk = Kiosk::logged_in(Stub::default()).await;
    let asked =
        String::from_utf8(checked("3520261122    153030AOCAGL|AA26200|AC|", 4).to_vec()).unwrap();
    let first = kiosk.ask(&asked).await;
    assert!(first.contains("AY4AZ"), "{first}");
    assert_eq!(kiosk.ask(&asked).await, first, "byte for byte");
    assert_eq!(kiosk.done(), 1);
    let again = kiosk.ask("97AZFEF5").await;
    let (body, sum) = again.split_at(again.len() - 4);
    assert_eq!(body, "36Y                  AOCAGL|AA|AZ");
    assert_eq!(
        sum,
        format!("{:04X}", sip2::message::checksum(body.as_bytes()))
    );
    assert_eq!(kiosk.done(), 1);
}

#[tokio::test]
async fn a_bad_line_is_borne_for_a_while() {
    let mut kiosk = Kiosk::logged_in(Stub::default()).await;
    kiosk.say(&vec![b'x'; 9000]).await;
    assert_eq!(kiosk.ask("").await, "96AZFEF6", "too long");
    for frame in [
        "3520261122    153030AO|AY1AZ0000",
        "@#3520261122    153030AO|",
        "9900802.00AY10AZFFFF",
    ] {
        assert_eq!(kiosk.ask(frame).await, "96AZFEF6", "{frame}");
    }
    assert_eq!(kiosk.ask("77").await, "96", "in kind");
    assert!(
        kiosk
            .ask("3520261122    153030AO|")
            .await
            .starts_with("36Y")
    );
    for _ in 0..10 {
        assert_eq!(kiosk.ask("97AZ0000").await, "96AZFEF6");
    }
    kiosk.say(b"97AZ0000\r").await;
    assert_eq!(kiosk.ending().await, Ending::Repetitions);
}

#[tokio::test]
async fn what_is_not_allowed_is_refused_legally() {
    let mut kiosk = Kiosk::logged_in(Stub::default()).await;
    let told = kiosk
        .ask("09N                                    AP|AO|AB36200|AC|")
        .await;
    assert_eq!(
        told,
        "100NUY20261122    153012AOLENS|AB36200|AQ|AFCette opération n'est pas permise sur cet appareil.|"
    );
}

#[tokio::test]
async fn the_terminals_charset_and_line_end() {
    let mut kiosk = Kiosk::connect(Stub::with(Manners {
        charset: CharsetName::Cp850,
        line_end: LineEnd::CrLf,
        ..Manners::default()
    }));
    kiosk.say(b"9300CNkiosk|COright|\r").await;
    assert_eq!(kiosk.hear().await, b"941\r", "and then");
    assert_eq!(kiosk.line.read_u8().await.unwrap(), b'\n');
    kiosk.say(&checked("17                  AO|AB1|", 0)).await;
    kiosk.say(b"\r").await;
    let answer = kiosk.hear().await;
    assert_eq!(kiosk.line.read_u8().await.unwrap(), b'\n');
    let frame = Bytes::copy_from_slice(answer.strip_suffix(b"\r").unwrap());
    let message = Message::decode(frame).expect("the checksum is that of the bytes sent");
    let title = message.get(sip2::FieldId::AJ).unwrap();
    assert_eq!(title.as_ref(), b"L'\x90t\x82 d'OEdipe");
    assert_eq!(Charset::Cp850.decode(title), "L'Été d'OEdipe");
}

#[tokio::test]
async fn where_the_outcome_is_unknown_nothing_is_said() {
    let mut kiosk = Kiosk::logged_in(Stub::default()).await;
    kiosk.say(b"17                  AO|ABunknown|\r").await;
    assert_eq!(kiosk.ending().await, Ending::OutcomeUnknown);
}

#[tokio::test]
async fn trouble_is_told_legally() {
    let mut kiosk = Kiosk::logged_in(Stub::default()).await;
    let told = kiosk.ask("17                  AO|ABaway|").await;
    assert!(
        told.starts_with("1801010120261122    153012ABaway|AJ|AFLe système est"),
        "{told}"
    );
    assert!(
        kiosk
            .ask("17                  AO|AB1|")
            .await
            .contains("Œdipe")
    );
}
