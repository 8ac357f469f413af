//! Every page, in both languages, on a desk's screen and on a telephone: a new page is a line
//! in the list of its area.

mod calendar;
mod desk;
mod laboratory;
mod lists;
mod people;
mod programs;
mod readers;
mod rules;
mod stock;
mod work;

use super::{
    Served,
    browser::{Browser, HEIGHT},
    checks,
};

/// Who looks at it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Nobody,
    /// Who has charge of a branch.
    Librarian,
    /// Who runs the network.
    Network,
}

/// A page that is looked at.
pub(super) struct Page {
    /// For pictures and failures.
    pub(super) name: &'static str,
    /// Where; the ready line knows cards and barcodes.
    pub(super) path: fn(&Served) -> String,
    pub(super) by: By,
    /// What it comes with.
    pub(super) status: u16,
    /// The `lang` of the page for who reads French, and for who reads English.
    pub(super) languages: [&'static str; 2],
}

pub(super) const BOTH: [&str; 2] = ["fr", "en"];

/// All of them, by what they are about.
const AREAS: [&[Page]; 10] = [
    &desk::PAGES,
    &readers::PAGES,
    &lists::PAGES,
    &work::PAGES,
    &laboratory::PAGES,
    &people::PAGES,
    &stock::PAGES,
    &calendar::PAGES,
    &rules::PAGES,
    &programs::PAGES,
];

pub(super) fn all() -> impl Iterator<Item = &'static Page> {
    AREAS.into_iter().flatten()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_in_french() {
    look_at_all(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_in_english() {
    look_at_all(1).await;
}

async fn look_at_all(language: usize) {
    let served = Served::new().await;
    let browser = Browser::new(&served.base(), BOTH[language], true);
    let mut wrong = Vec::new();
    for by in [By::Nobody, By::Librarian, By::Network] {
        match by {
            By::Nobody => {}
            By::Librarian => served.sign_in(&browser, &served.librarians[language]),
            By::Network => served.sign_in(&browser, &served.network[language]),
        }
        for page in all().filter(|page| page.by == by) {
            for width in [1280, 320] {
                let place = format!("{}-{}-{width}", page.name, BOTH[language]);
                browser.size(width, HEIGHT);
                browser.open(&(page.path)(&served));
                browser.keep_picture(&place, width);
                // One document in either language: each is walked once, on another screen.
                let walked = (language == 0) == (width == 1280);
                let faults = look(&browser, page, language, walked);
                wrong.extend(faults.into_iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn look(browser: &Browser, page: &Page, language: usize, walked: bool) -> Vec<String> {
    let mut wrong = checks::silent_console(browser, page.status);
    wrong.extend(checks::language(browser, page.languages[language]));
    wrong.extend(checks::structure(browser));
    wrong.extend(checks::accessible(browser));
    if walked {
        wrong.extend(checks::keyboard(browser));
    }
    // What was done to the page so far has upset nothing.
    wrong.extend(checks::silent_console(browser, page.status));
    wrong
}

/// A check that finds nothing here would find nothing anywhere.
#[test]
fn the_checks_find_what_is_wrong() {
    let browser = Browser::new("", "fr", true);
    browser.size(320, HEIGHT);
    let open = |html: &str| {
        browser.open(&format!("data:text/html,{}", super::web::quoted(html)));
    };
    let found = |wrong: Vec<String>, expected: &[&str]| {
        for fault in expected {
            assert!(
                wrong.iter().any(|said| said.contains(fault)),
                "{fault}: {wrong:?}"
            );
        }
    };
    let hidden = "<style>:focus { outline: none }</style>";
    open(&format!(
        "<html lang=xx><title></title>{hidden}<p style='width:400px;color:#eee;background:#fff'>pale</p><input>\
         <button style='position:absolute;top:300px'>late</button><button id=early>early</button>"
    ));
    found(checks::language(&browser, "fr"), &["lang is \"xx\""]);
    found(
        checks::structure(&browser),
        &["0 h1", "no title", "px wide in a window of 320: <p style"],
    );
    found(
        checks::accessible(&browser),
        &["axe color-contrast", "axe label", "axe html-lang-valid"],
    );
    found(
        checks::keyboard(&browser),
        &[
            "early</button> comes after",
            "not seen on <button id=\"early\"",
        ],
    );
    // What takes every key for itself.
    open(
        "<h1>a</h1><button>first</button><script>onkeydown = (key) => key.preventDefault()</script>",
    );
    found(
        checks::keyboard(&browser),
        &["no Tab leads to <button>first"],
    );
    open(
        "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\"><script>1</script>\
         <img src=http://127.0.0.1:1/>",
    );
    found(
        checks::silent_console(&browser, 200),
        &["Content Security Policy", "127.0.0.1:1"],
    );
}
