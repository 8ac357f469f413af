//! The staff pages of the real daemon: in a real browser, and as somebody who means no good asks for them.

mod browser;
mod checks;
mod counter;
mod day;
mod driver;
mod laboratory;
mod librarian;
mod pages;
mod rules;
mod security;
mod try_out;
mod web;

use std::process::Command;

use testkit::{CLOCK, Daemon, Database};

use self::{
    browser::Browser,
    web::{Answer, Ask},
};

const HOME: &str = "/staff";
const SIGN_IN: &str = "/staff/sign-in";

/// Who works at Lens.
#[derive(Debug, Clone)]
struct Librarian {
    login: String,
    password: String,
}

/// The demonstration, served, with librarians who read French and English, in charge of Lens and of the network.
struct Served {
    daemon: Daemon,
    database: Database,
    librarians: [Librarian; 2],
    network: [Librarian; 2],
}

/// Somebody who is in, as a program that keeps the cookie.
struct Session {
    cookie: String,
    form_key: String,
}

impl Served {
    async fn new() -> Self {
        let database = Database::demo().await.unwrap();
        let daemon = Daemon::demo(&database.url).unwrap();
        let text = |path: &str| daemon.text(path).unwrap().to_owned();
        let shown = |place: usize| Librarian {
            login: text(&format!("/demo/staff/{place}/login")),
            password: text(&format!("/demo/staff/{place}/password")),
        };
        let [librarian, network] = [shown(0), shown(1)];
        let in_english = [
            english(&database, "lens-english", "head@LENS"),
            english(&database, "network-english", "network"),
        ];
        let served = Self {
            daemon,
            librarians: [librarian, in_english[0].clone()],
            network: [network, in_english[1].clone()],
            database,
        };
        served
            .sql("UPDATE staff_user SET language = 'en' WHERE login LIKE '%-english'")
            .await;
        served
    }

    /// What no page does yet, done to the database.
    async fn sql(&self, statement: &str) {
        let store = self.database.store().await.unwrap();
        store.run_sql(statement).await.unwrap();
        store.close().await;
    }

    /// The same database, served by a daemon that begins at another moment.
    fn restart_at(&mut self, clock: &str) {
        assert!(self.daemon.stop().unwrap());
        let url = [("RELIRE_DATABASE_URL", self.database.url.as_str())];
        self.daemon = Daemon::start(&["demo", "--clock", clock], &url).unwrap();
    }

    /// Where HTTP is served.
    fn base(&self) -> String {
        let url = self.daemon.text("/http").unwrap();
        url.trim_end_matches('/').to_owned()
    }

    /// Something of the demonstration, by its place in the ready line.
    fn demo(&self, place: &str) -> String {
        let place = format!("/demo{place}");
        self.daemon.text(&place).unwrap().to_owned()
    }

    fn ask(&self, ask: &Ask) -> Answer {
        let base = self.base();
        ask.to(base.strip_prefix("http://").unwrap())
    }

    /// Tries a login and a password.
    fn try_in(&self, login: &str, password: &str) -> Answer {
        let fields = [("login", login), ("password", password), ("next", "")];
        self.ask(&Ask::form(SIGN_IN, &fields))
    }

    /// Comes in as a program.
    fn session(&self, who: &Librarian) -> Session {
        let answer = self.try_in(&who.login, &who.password);
        assert_eq!(answer.status, 303, "{}", answer.body);
        self.session_of(&answer)
    }

    /// What an answer that let somebody in gave them.
    fn session_of(&self, answer: &Answer) -> Session {
        let cookie = answer.header("set-cookie").unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let home = self.ask(&Ask::get(HOME).with("Cookie", &cookie));
        assert_eq!(home.status, 200, "{}", home.body);
        let (_, rest) = home.body.split_once("name=\"form_key\" value=\"").unwrap();
        Session {
            cookie,
            form_key: rest.split('"').next().unwrap().to_owned(),
        }
    }

    /// Whether a cookie opens the first page.
    fn lets_in(&self, cookie: &str) -> bool {
        let answer = self.ask(&Ask::get(HOME).with("Cookie", cookie));
        match answer.status {
            200 => true,
            303 if answer.location().starts_with(SIGN_IN) => false,
            other => panic!("{other}: {}", answer.body),
        }
    }

    /// The branch where somebody works at the moment, as their page tells it.
    fn works_at(&self, session: &Session) -> String {
        let home = self.ask(&session.shown(Ask::get(HOME)));
        let option = home.body.split("<option value=\"").find(|option| {
            option
                .split('>')
                .next()
                .is_some_and(|tag| tag.contains("selected"))
        });
        option.unwrap().split('"').next().unwrap().to_owned()
    }

    /// Comes in at a browser.
    fn sign_in(&self, browser: &Browser, who: &Librarian) {
        browser.open(SIGN_IN);
        let [login, password] = match browser.script("return document.documentElement.lang") == "en"
        {
            true => ["Login", "Password"],
            false => ["Identifiant", "Mot de passe"],
        };
        browser.click("textbox", login);
        browser.keys(&who.login);
        browser.click("textbox", password);
        browser.scan(&who.password);
        browser.until_at(HOME);
    }
}

/// Somebody of Lens with a role, added by the command line.
fn english(database: &Database, login: &str, role: &str) -> Librarian {
    let who = Librarian {
        login: login.into(),
        password: "a password of twenty letters".into(),
    };
    let output = Command::new(testkit::binary().unwrap())
        .args(["user", "add", &who.login, "--branch", "LENS"])
        .args(["--name", "Desk in English", "--role", role])
        .args(["--clock", CLOCK])
        .env("RELIRE_USER_PASSWORD", &who.password)
        .env("RELIRE_DATABASE_URL", &database.url)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    who
}

impl Session {
    /// A question of theirs.
    fn shown(&self, ask: Ask) -> Ask {
        ask.with("Cookie", &self.cookie)
    }

    /// A form of theirs, with its key.
    fn form(&self, path: &str, fields: &[(&str, &str)]) -> Ask {
        let key = ("form_key", self.form_key.as_str());
        let fields: Vec<_> = fields.iter().copied().chain([key]).collect();
        self.shown(Ask::form(path, &fields))
    }
}
