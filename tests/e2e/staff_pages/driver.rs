//! WebDriver, as far as these tests speak it: <https://www.w3.org/TR/webdriver2/>.
//!
//! It is JSON over HTTP on this machine, one question at a time. A library for it would bring some forty crates to
//! every build for what is said here in a page.

use std::{
    io::{BufRead, BufReader},
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use super::web::Ask;

/// A browser of one's own, with a profile that is gone afterwards.
pub(super) struct Driver {
    process: Child,
    // It goes on writing to it.
    _said: BufReader<ChildStdout>,
    address: String,
    session: String,
    _profile: tempfile::TempDir,
}

impl Driver {
    /// Starts chromium, which speaks this language; without `scripts` it runs none of a page's.
    pub(super) fn start(language: &str, scripts: bool) -> Self {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver runs: `cargo xtask test` installs it");
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert!(said.read_line(&mut line).unwrap() > 0, "chromedriver ended");
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break format!("127.0.0.1:{}", port.trim().trim_end_matches('.'));
            }
        };
        let profile = tempfile::Builder::new()
            .prefix("relire-browser-")
            .tempdir()
            .unwrap();
        let mut driver = Self {
            process,
            _said: said,
            address,
            session: String::new(),
            _profile: profile,
        };
        let capabilities = driver.capabilities(language, scripts);
        let begun = driver
            .ask("POST", "", json!({ "capabilities": capabilities }))
            .unwrap();
        driver.session = format!("/{}", begun["sessionId"].as_str().unwrap());
        driver
    }

    fn capabilities(&self, language: &str, scripts: bool) -> Value {
        let profile = self._profile.path().display();
        let arguments = [
            "--headless=new".into(),
            // These run as root in containers, where chromium has no sandbox; they open nothing but our own pages.
            "--no-sandbox".into(),
            "--disable-dev-shm-usage".into(),
            "--disable-gpu".into(),
            "--no-first-run".into(),
            "--disable-sync".into(),
            "--disable-background-networking".into(),
            "--disable-component-update".into(),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1".into(),
            format!("--lang={language}"),
            format!("--user-data-dir={profile}"),
        ];
        let mut preferences = json!({
            "intl.accept_languages": language,
            "credentials_enable_service": false,
        });
        if !scripts {
            // What the settings page writes where scripts are blocked everywhere.
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        json!({ "alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": { "args": arguments, "prefs": preferences },
        }})
    }

    /// Asks; the driver's own word where it cannot.
    pub(super) fn ask(
        &self,
        method: &'static str,
        path: &str,
        body: Value,
    ) -> Result<Value, String> {
        let path = format!("/session{}{path}", self.session);
        let ask = Ask::new(method, &path);
        let ask = match method {
            "POST" => ask
                .with("Content-Type", "application/json; charset=utf-8")
                .body(body.to_string()),
            _ => ask,
        };
        let answer = ask.to(&self.address);
        let mut said: Value = serde_json::from_str(&answer.body).unwrap();
        match answer.status {
            200 => Ok(said["value"].take()),
            _ => Err(format!("{path}: {}", said["value"]["message"])),
        }
    }

    /// The browser's own language, for what WebDriver has no word for.
    pub(super) fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.ask("POST", "/goog/cdp/execute", body).unwrap()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The browser goes with its session.
        if !self.session.is_empty() {
            let ended = std::panic::catch_unwind(|| self.ask("DELETE", "", Value::Null));
            drop(ended);
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
