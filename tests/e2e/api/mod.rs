//! The API of the real daemon, over HTTP.

mod calendar;
mod contract;
mod desk;
mod hostile;
mod laboratory;
mod machines;
mod once;
mod people;
mod person;
mod readers;
mod reads;
mod refusals;
mod rights;
mod rules;
mod stock;
mod tokens;

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use ::desk::Action;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{NewStaff, NewStaffToken};
use testkit::{Daemon, Database, Town};

/// The demonstration, served, and a town to make readers and items in.
struct Served {
    daemon: Daemon,
    town: Town,
    _database: Database,
    number: AtomicU64,
}

/// A program with a token.
#[derive(Debug, Clone)]
struct Program {
    address: String,
    token: String,
    id: i64,
}

/// An answer.
#[derive(Debug)]
struct Told {
    status: u16,
    head: String,
    body: String,
    json: Value,
}

impl Told {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (given, value) = line.split_once(':')?;
            given.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// It is a problem of this kind, told as the standard has it.
    #[track_caller]
    fn problem(&self, status: u16, kind: &str) -> &Value {
        assert_eq!(self.status, status, "{self:?}");
        let json = &self.json;
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json")
        );
        assert_eq!(json["type"], format!("/problems/{kind}"), "{json}");
        assert_eq!(json["status"], status);
        for text in ["title", "detail", "instance"] {
            assert!(
                json[text].as_str().is_some_and(|text| !text.is_empty()),
                "{json}"
            );
        }
        json
    }

    #[track_caller]
    fn fine(&self) -> &Value {
        assert_eq!(self.status, 200, "{self:?}");
        &self.json
    }
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
            number: AtomicU64::new(1),
        }
    }

    fn address(&self) -> String {
        self.daemon.text("/http").unwrap().replace("http://", "")
    }

    /// A program at LENS whose user and token have these actions there.
    async fn program(&self, actions: &[&str]) -> Program {
        self.program_at("LENS", actions, Some("LENS")).await
    }

    /// One that may do everything at LENS.
    async fn any(&self) -> Program {
        let all: Vec<_> = Action::all().map(Action::name).collect();
        self.program(&all).await
    }

    /// A program at a branch, whose user has these actions at another one, or everywhere.
    async fn program_at(&self, branch: &str, actions: &[&str], held_at: Option<&str>) -> Program {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let at = self.town.now().timestamp();
        let held_at = held_at.map(|code| code.parse().unwrap());
        let right = |action: &&str| ((*action).to_owned(), held_at);
        let user = NewStaff {
            login: format!("programme-{number}"),
            password_hash: String::new(),
            name: "Programme".into(),
            branch: branch.parse().unwrap(),
            rights: actions.iter().map(right).collect(),
            roles: Vec::new(),
            at,
        };
        let user_id = self.town.store.add_staff(&user).await.unwrap();
        let token = format!("{number:064x}");
        let actions: Vec<String> = actions.iter().map(ToString::to_string).collect();
        let new = NewStaffToken {
            digest: Sha256::digest(token.as_bytes()).into(),
            user_id,
            name: "essai",
            branch: branch.parse().unwrap(),
            actions: &actions,
            expires_at: "2026-07-01T00:00:00Z".parse().unwrap(),
            at,
        };
        let mut session = self.town.store.session().await.unwrap();
        let id = session.add_staff_token(&new).await.unwrap();
        let address = self.address();
        Program { address, token, id }
    }
}

impl Program {
    #[track_caller]
    fn get(&self, path: &str) -> Told {
        self.ask("GET", path, "", b"")
    }

    #[track_caller]
    fn post(&self, path: &str, body: Value) -> Told {
        self.keyed(path, body, "")
    }

    /// With a key of one's own.
    #[track_caller]
    fn keyed(&self, path: &str, body: Value, key: &str) -> Told {
        let key = match key {
            "" => String::new(),
            key => format!("Idempotency-Key: {key}\r\n"),
        };
        let headers = format!("Content-Type: application/json\r\n{key}");
        self.ask("POST", path, &headers, body.to_string().as_bytes())
    }

    #[track_caller]
    fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Told {
        let shown = format!("Authorization: Bearer {}\r\n{headers}", self.token);
        send(&self.address, method, path, &shown, body)
    }
}

/// Sends a question below `/api/v1`.
#[track_caller]
fn send(address: &str, method: &str, path: &str, headers: &str, body: &[u8]) -> Told {
    at(address, method, &format!("/api/v1{path}"), headers, body)
}

/// Sends a question and reads the answer to its end.
#[track_caller]
fn at(address: &str, method: &str, path: &str, headers: &str, body: &[u8]) -> Told {
    let mut peer = TcpStream::connect(address).unwrap();
    peer.set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
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
    Told {
        status: head
            .get(9..12)
            .and_then(|status| status.parse().ok())
            .unwrap_or(0),
        head: head.to_owned(),
        body: body.to_owned(),
        json: serde_json::from_str(body).unwrap_or_default(),
    }
}
