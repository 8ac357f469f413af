//! The staff door of the real daemon, as a browser speaks to it.

mod again;
mod door;
mod figures;
mod machines;
mod readers;
mod rights;
mod rules;
mod scan;
mod users;
mod work;

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use circulation::BranchCode;
use desk::hash_password;
use store::NewStaff;
use testkit::{Daemon, Database, Reader, Town};

/// The demonstration, served, and a town to make readers, items and staff in.
struct Served {
    daemon: Daemon,
    town: Town,
    _database: Database,
}

/// An answer: its status, head and page.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    page: String,
}

/// A browser with one cookie and the page that it shows.
struct Browser {
    address: String,
    cookie: String,
    page: String,
}

const PASSWORD: &str = "Bibliothèque 2026";

impl Served {
    async fn new() -> Self {
        let database = Database::demo().await.unwrap();
        let daemon = Daemon::demo(&database.url).unwrap();
        let town = Town::new(&database).await.unwrap();
        Self {
            daemon,
            town,
            _database: database,
        }
    }

    fn browser(&self) -> Browser {
        let address = self.daemon.text("/http").unwrap().replace("http://", "");
        Browser {
            address,
            cookie: String::new(),
            page: String::new(),
        }
    }

    /// Somebody new, with these actions at LENS, signed in.
    async fn staff(&self, login: &str, actions: &[&str]) -> Browser {
        let at: BranchCode = "LENS".parse().unwrap();
        let rights = actions.iter().map(|action| ((*action).into(), Some(at)));
        let new = NewStaff {
            login: login.into(),
            password_hash: hash_password(PASSWORD).unwrap(),
            name: "Anne Onyme".into(),
            branch: at,
            rights: rights.collect(),
            roles: Vec::new(),
            at: self.town.now().timestamp(),
        };
        self.town.store.add_staff(&new).await.unwrap();
        let mut browser = self.browser();
        let answer = browser.sign_in(login, PASSWORD);
        assert_eq!(answer.status, 303, "{answer:?}");
        browser.get("/staff");
        browser
    }

    async fn count(&self, query: &str) -> i64 {
        self.town.store.count(query).await.unwrap()
    }

    async fn loans_of(&self, reader: &Reader) -> i64 {
        let card = &reader.card;
        let query = format!(
            "SELECT count(*) FROM custody u JOIN card c ON c.patron_id = u.patron_id
              WHERE u.kind = 'loan' AND u.until IS NULL AND c.number = '{card}'"
        );
        self.count(&query).await
    }
}

impl Browser {
    fn ask(&mut self, head: &str, body: &str) -> Answer {
        let mut peer = TcpStream::connect(&self.address).unwrap();
        let patience = Some(Duration::from_secs(30));
        peer.set_read_timeout(patience).unwrap();
        let cookie = match self.cookie.as_str() {
            "" => String::new(),
            cookie => format!("Cookie: {cookie}\r\n"),
        };
        let length = body.len();
        let address = &self.address;
        let head = format!(
            "{head}\r\nHost: {address}\r\nConnection: close\r\n{cookie}Content-Length: {length}\r\n\r\n"
        );
        peer.write_all(head.as_bytes()).unwrap();
        peer.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        peer.read_to_string(&mut answer).unwrap();
        let (head, page) = answer.split_once("\r\n\r\n").unwrap();
        let head = head.to_owned();
        if let Some(set) = header(&head, "set-cookie") {
            self.cookie = set.split(';').next().unwrap().to_owned();
        }
        Answer {
            status: head[9..12].parse().unwrap(),
            page: page.to_owned(),
            head,
        }
    }

    fn get(&mut self, path: &str) -> Answer {
        let answer = self.ask(&format!("GET {path} HTTP/1.1"), "");
        self.page.clone_from(&answer.page);
        answer
    }

    /// Sends a form as it stands here, without the page's own marks.
    fn send(&mut self, path: &str, more: &str, fields: &[(&str, &str)]) -> Answer {
        let body = encoded(fields);
        let head = format!(
            "POST {path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded{more}"
        );
        self.ask(&head, &body)
    }

    /// Sends a form of the page that is shown, with its marks; the answer is shown then.
    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let (key, once) = (self.field("form_key"), self.field("once"));
        let marks = [("form_key", key.as_str()), ("once", once.as_str())];
        let all: Vec<_> = marks.into_iter().chain(fields.iter().copied()).collect();
        let answer = self.send(path, "", &all);
        if answer.status == 200 {
            self.page.clone_from(&answer.page);
        }
        answer
    }

    fn scan(&mut self, text: &str, card: &str) -> Answer {
        self.post("/staff/scan", &[("q", text), ("card", card)])
    }

    fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        self.send(
            "/staff/sign-in",
            "",
            &[("login", login), ("password", password)],
        )
    }

    /// The value of a hidden field of the page that is shown.
    fn field(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let after = self.page.split_once(&mark).map_or("", |(_, after)| after);
        after.split('"').next().unwrap_or_default().to_owned()
    }

    /// What the page says came of the last question, with the marks of HTML taken out.
    fn told(&self) -> String {
        let Some((_, after)) = self.page.split_once("<section class=\"told ") else {
            return String::new();
        };
        let section = after.split("</section>").next().unwrap_or_default();
        text(section.split_once('>').map_or("", |(_, text)| text))
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// The text of a piece of HTML, on one line.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut within = false;
    for char in html.chars() {
        match char {
            '<' => within = true,
            '>' => {
                within = false;
                text.push(' ');
            }
            char if !within => text.push(char),
            _ => {}
        }
    }
    let plain = text
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let one = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' | b'.' => {
                    char::from(byte).to_string()
                }
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<_> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", one(name), one(value)))
        .collect();
    pairs.join("&")
}
