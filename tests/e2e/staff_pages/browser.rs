//! What a librarian does at a browser: read, type, scan, press keys.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::driver::Driver;

/// How long a page may take, on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_secs(120);
pub(super) const TAB: &str = "\u{e004}";
pub(super) const ENTER: &str = "\u{e007}";
/// Of a window.
pub(super) const HEIGHT: u32 = 800;
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser before the daemon.
pub(super) struct Browser {
    pub(super) driver: Driver,
    base: String,
}

impl Browser {
    /// `base` is where the daemon serves HTTP.
    pub(super) fn new(base: &str, language: &str, scripts: bool) -> Self {
        Self {
            driver: Driver::start(language, scripts),
            base: base.to_owned(),
        }
    }

    /// Opens a path of the daemon's, or a whole address.
    pub(super) fn open(&self, path: &str) {
        let url = match path.starts_with('/') {
            true => format!("{}{path}", self.base),
            false => path.to_owned(),
        };
        self.post("/url", json!({ "url": url }));
    }

    /// Goes back a page.
    pub(super) fn back(&self) {
        self.post("/back", json!({}));
    }

    /// Where it is: the path of an address of ours.
    pub(super) fn path(&self) -> String {
        let url = self.driver.ask("GET", "/url", Value::Null).unwrap();
        let url = url.as_str().unwrap();
        url.strip_prefix(&self.base).unwrap_or(url).to_owned()
    }

    pub(super) fn title(&self) -> String {
        let title = self.driver.ask("GET", "/title", Value::Null).unwrap();
        title.as_str().unwrap().to_owned()
    }

    /// All that can be read.
    pub(super) fn text(&self) -> String {
        // Between two pages there is none.
        let body = self.all("body");
        body.first()
            .map(|body| self.of(body, "text"))
            .unwrap_or_default()
    }

    /// Makes the window of this size, which may be smaller than any that a desktop lets a person make.
    pub(super) fn size(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.driver
            .devtools("Emulation.setDeviceMetricsOverride", size);
    }

    /// Runs a function's body in the page, by the tests' own hand: no policy of the page's stops it.
    pub(super) fn script(&self, script: &str) -> Value {
        self.post("/execute/sync", json!({ "script": script, "args": [] }))
    }

    /// The same, of a page that may be going away.
    pub(super) fn tried(&self, script: &str) -> Option<Value> {
        let body = json!({ "script": script, "args": [] });
        self.driver.ask("POST", "/execute/sync", body).ok()
    }

    /// The same, which ends when it calls its last argument.
    pub(super) fn script_that_waits(&self, script: &str) -> Value {
        self.post("/execute/async", json!({ "script": script, "args": [] }))
    }

    /// Presses one key and lets it go.
    pub(super) fn press(&self, key: &str) {
        self.keys(key);
    }

    /// As a barcode scanner does: all at once, Enter at the end.
    pub(super) fn scan(&self, text: &str) {
        self.keys(&format!("{text}{ENTER}"));
    }

    /// Types where the focus is.
    pub(super) fn keys(&self, text: &str) {
        let stroke =
            |key: char| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key }));
        let strokes: Vec<Value> = text.chars().flat_map(stroke).collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.post("/actions", json!({ "actions": [keyboard] }));
    }

    /// Clicks what has this role and name, as the browser tells them to a screen reader.
    pub(super) fn click(&self, role: &str, name: &str) {
        let element = self.find(role, name);
        self.post(&format!("/element/{element}/click"), json!({}));
    }

    /// Presses Tab until what has this role and name has the focus.
    pub(super) fn tab_to(&self, role: &str, name: &str) {
        let mut passed = Vec::new();
        while passed.len() < 200 {
            let now = self.focused();
            if now == (role.to_owned(), name.to_owned()) {
                return;
            }
            passed.push(now);
            self.press(TAB);
        }
        panic!("no Tab leads to {role} {name:?}: {passed:?}");
    }

    /// Role and name of what has the focus.
    pub(super) fn focused(&self) -> (String, String) {
        let active = self.driver.ask("GET", "/element/active", Value::Null);
        let element = active.unwrap()[ELEMENT].as_str().unwrap().to_owned();
        self.role_and_name(&element)
    }

    /// What has this role and name, once it is there.
    pub(super) fn find(&self, role: &str, name: &str) -> String {
        let mut found = None;
        self.until(&format!("{role} {name:?}"), || {
            let candidates = self.all("a, button, input, select, textarea, summary, [role]");
            let wanted = (role.to_owned(), name.to_owned());
            found = candidates
                .into_iter()
                .find(|element| self.role_and_name(element) == wanted);
            found.is_some()
        });
        found.unwrap()
    }

    /// Waits for a condition by asking again: each question is a round trip to the browser.
    #[track_caller]
    pub(super) fn until(&self, what: &str, mut condition: impl FnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !condition() {
            assert!(
                Instant::now() < deadline,
                "{what}: not at {}, where it says\n{}",
                self.path(),
                self.text()
            );
        }
    }

    /// Waits until it is there, and all of it: nobody can look at a page that the browser is still changing to.
    #[track_caller]
    pub(super) fn until_at(&self, path: &str) {
        let ready = json!({ "script": "return document.readyState", "args": [] });
        self.until(path, || {
            let ready = self.driver.ask("POST", "/execute/sync", ready.clone());
            ready.is_ok_and(|ready| ready == "complete") && self.path() == path
        });
    }

    /// What the console was told since the last time, complaints about the page's policy included.
    pub(super) fn console(&self) -> Vec<String> {
        let lines = self.post("/se/log", json!({ "type": "browser" }));
        let line = |line: &Value| format!("{} {}", line["level"], line["message"]);
        lines.as_array().unwrap().iter().map(line).collect()
    }

    /// What can be seen, as text; the same text is the same picture.
    pub(super) fn picture(&self) -> String {
        let mut picture = Err(String::new());
        // Of a page that it has just come to, the browser may not have drawn anything yet.
        self.until("a picture", || {
            picture = self.driver.ask("GET", "/screenshot", Value::Null);
            picture.is_ok()
        });
        picture.unwrap().as_str().unwrap().to_owned()
    }

    /// Keeps a picture of the whole page beside what is built, for people to look at.
    pub(super) fn keep_picture(&self, name: &str, width: u32) {
        let height = self.script("return document.documentElement.scrollHeight");
        let height = u32::try_from(height.as_u64().unwrap()).unwrap();
        self.size(width, height.max(HEIGHT));
        let bytes = base64(&self.picture());
        self.size(width, HEIGHT);
        let folder = target().join("screenshots");
        fs::create_dir_all(&folder).unwrap();
        assert!(bytes.starts_with(b"\x89PNG"), "{name} is no picture");
        fs::write(folder.join(format!("{name}.png")), bytes).unwrap();
    }

    fn post(&self, path: &str, body: Value) -> Value {
        self.driver.ask("POST", path, body).unwrap()
    }

    fn all(&self, selector: &str) -> Vec<String> {
        let found = self.post(
            "/elements",
            json!({ "using": "css selector", "value": selector }),
        );
        let element = |found: &Value| found[ELEMENT].as_str().unwrap().to_owned();
        found.as_array().unwrap().iter().map(element).collect()
    }

    fn role_and_name(&self, element: &str) -> (String, String) {
        (
            self.of(element, "computedrole"),
            self.of(element, "computedlabel"),
        )
    }

    /// Something of an element; nothing where the page has gone meanwhile.
    fn of(&self, element: &str, what: &str) -> String {
        let path = format!("/element/{element}/{what}");
        let said = self.driver.ask("GET", &path, Value::Null);
        said.ok()
            .and_then(|said| Some(said.as_str()?.to_owned()))
            .unwrap_or_default()
    }
}

/// The folder that cargo builds in.
pub(super) fn target() -> PathBuf {
    // target/<profile>/deps/<test>
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = text.bytes().filter(|letter| *letter != b'=');
    let sixes: Vec<u32> = letters
        .map(|letter| LETTERS.iter().position(|known| *known == letter).unwrap() as u32)
        .collect();
    let three = |four: &[u32]| {
        let whole = (0..4).fold(0, |all, at| all << 6 | four.get(at).unwrap_or(&0));
        whole.to_be_bytes()[1..four.len()].to_vec()
    };
    sixes.chunks(4).flat_map(three).collect()
}

#[test]
fn pictures_are_read_as_they_were_written() {
    assert_eq!(base64("cmVsaXJl"), b"relire");
    assert_eq!(base64("cmVsaXI="), b"relir");
    assert_eq!(base64("cmVsaQ=="), b"reli");
}
