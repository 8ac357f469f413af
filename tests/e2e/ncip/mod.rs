//! The NCIP door of the real daemon, over HTTP and raw TCP.

mod cycles;
mod hostile;
mod kinds;
mod partners;
mod quirks;
mod race;
mod refusals;
mod samples;
mod schema;

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use testkit::{Daemon, Database, Town};

const NAMESPACE: &str = "http://www.niso.org/2008/ncip";
const V2_02: &str = "http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd";

/// The demonstration, served, and a town to make readers and items in. Every answer that comes is judged.
struct Served {
    daemon: Daemon,
    town: Town,
    _database: Database,
    judge: Judge,
}

impl Served {
    async fn new() -> Self {
        let database = Database::demo().await.unwrap();
        let daemon = Daemon::demo(&database.url).unwrap();
        let town = Town::new(&database).await.unwrap();
        Self {
            daemon,
            town,
            _database: database,
            judge: Judge::default(),
        }
    }

    fn partner(&self, kind: &str) -> &serde_json::Value {
        let partners = self.daemon.ready["demo"]["partners"].as_array().unwrap();
        partners
            .iter()
            .find(|partner| partner["kind"] == kind)
            .unwrap()
    }

    /// Sends a body over HTTP to the path of a kind of partner; the head of the answer and its document.
    fn send(&self, path: &str, headers: &str, body: &[u8]) -> (String, String) {
        let address = self.daemon.text("/http").unwrap().replace("http://", "");
        let mut peer = TcpStream::connect(address).unwrap();
        peer.set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
            body.len()
        );
        // Who is told to stop may find the line closed while still sending.
        let _ = peer
            .write_all(head.as_bytes())
            .and_then(|()| peer.write_all(body));
        let mut answer = Vec::new();
        let _ = peer.read_to_end(&mut answer);
        let answer = String::from_utf8(answer).expect("UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        (head.to_owned(), body.to_owned())
    }

    fn path(&self, kind: &str) -> String {
        let url = self.partner(kind)["url"].as_str().unwrap();
        url[url.find("/ncip").unwrap()..].to_owned()
    }

    /// Asks as a partner of this kind, in a document of one's own.
    #[track_caller]
    fn raw(&self, kind: &str, document: &str) -> String {
        let xml = "Content-Type: application/xml; charset=\"utf-8\"\r\n";
        let (head, body) = self.send(&self.path(kind), xml, document.as_bytes());
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        assert!(
            head.to_lowercase()
                .contains("content-type: application/xml; charset=\"utf-8\""),
            "{head}"
        );
        self.judge.valid(&body);
        body
    }

    /// Asks in 2.02, default namespace; `inner` is what stands in the service's element.
    #[track_caller]
    fn ask(&self, kind: &str, service: &str, inner: &str) -> String {
        self.raw(kind, &in_2_02(service, inner))
    }

    /// Sends over raw TCP and reads one answer, which ends in a newline after its root.
    #[track_caller]
    fn tcp(&self, document: &str) -> String {
        let mut peer = TcpStream::connect(self.daemon.text("/ncip_tcp").unwrap()).unwrap();
        peer.set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        peer.write_all(document.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let mut chunk = [0; 4096];
        while !answer.ends_with(b"</NCIPMessage>\n") && !answer.ends_with(b":NCIPMessage>\n") {
            let read = peer.read(&mut chunk).unwrap();
            assert!(read > 0, "the line closed before the answer's end");
            answer.extend_from_slice(&chunk[..read]);
        }
        let answer = String::from_utf8(answer).unwrap();
        self.judge.valid(&answer);
        answer
    }
}

fn in_2_02(service: &str, inner: &str) -> String {
    format!(
        "<NCIPMessage xmlns=\"{NAMESPACE}\" version=\"{V2_02}\"><{service}>{inner}</{service}></NCIPMessage>"
    )
}

fn user(card: &str) -> String {
    format!("<UserId><UserIdentifierValue>{card}</UserIdentifierValue></UserId>")
}

fn item(barcode: &str) -> String {
    format!("<ItemId><ItemIdentifierValue>{barcode}</ItemIdentifierValue></ItemId>")
}

fn request(number: &str) -> String {
    format!("<RequestId><RequestIdentifierValue>{number}</RequestIdentifierValue></RequestId>")
}

fn shown(kind: &str, data: &str) -> String {
    format!(
        "<AuthenticationInput><AuthenticationInputData>{data}</AuthenticationInputData><AuthenticationDataFormatType>text\
         </AuthenticationDataFormatType><AuthenticationInputType>{kind}</AuthenticationInputType></AuthenticationInput>"
    )
}

/// The text of the first element of this name, whatever its prefix.
fn text<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    answer.split('<').skip(1).find_map(|piece| {
        let (tag, content) = piece.split_once('>')?;
        let full = tag.split([' ', '/']).next()?;
        let local = full.split(':').next_back()?;
        (local == name).then_some(content)
    })
}

#[track_caller]
fn problem(answer: &str, kind: &str) {
    assert_eq!(text(answer, "ProblemType"), Some(kind), "{answer}");
}

#[track_caller]
fn fine(answer: &str) {
    assert!(text(answer, "ProblemType").is_none(), "{answer}");
}

/// Holds every answer to the structure of its schema, and at the end to the schema itself, where that is there.
#[derive(Default)]
struct Judge {
    answers: std::sync::Mutex<Vec<String>>,
}

impl Judge {
    #[track_caller]
    fn valid(&self, answer: &str) {
        // The one answer that no schema has: LookupVersion within NCIPMessage, as one server's clients ask for it.
        if answer.contains("LookupVersionResponse") && answer.contains("NCIPMessage") {
            return;
        }
        schema::follows(answer);
        if let Some(kind) = text(answer, "ProblemType") {
            assert!(
                kinds::KINDS.contains(&kind),
                "{kind:?} is in no list of the standard's"
            );
        }
        self.answers.lock().unwrap().push(answer.to_owned());
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            schema::validate(&self.answers.lock().unwrap());
        }
    }
}
