//! What holds of any page, looked at inside the browser. Each check returns what is wrong, in words.

use std::{collections::HashMap, fs, path::PathBuf};

use serde::Deserialize;

use super::browser::{Browser, TAB, target};

/// Where axe-core's script is: named by `RELIRE_TEST_AXE`, else where `cargo xtask test` puts it.
fn axe() -> String {
    let path = std::env::var_os("RELIRE_TEST_AXE").map_or_else(
        || target().join("test-tools/browser/node_modules/axe-core/axe.min.js"),
        PathBuf::from,
    );
    fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}: `cargo xtask test` installs it",
            path.display()
        )
    })
}

/// Accessibility, as far as a program can judge it.
pub(super) fn accessible(browser: &Browser) -> Vec<String> {
    browser.script(&axe());
    words(browser.script_that_waits(include_str!("../../browser/judge.js")))
}

/// One heading, a title, nothing beyond the window's right edge.
pub(super) fn structure(browser: &Browser) -> Vec<String> {
    words(browser.script(include_str!("../../browser/structure.js")))
}

/// In this language, which screen readers speak.
pub(super) fn language(browser: &Browser, expected: &str) -> Vec<String> {
    let said = browser.script("return document.documentElement.lang");
    match said == expected {
        true => Vec::new(),
        false => vec![format!("lang is {said}, not {expected}")],
    }
}

/// Nothing on the console. That the page itself came with an error's status is told there, too.
pub(super) fn silent_console(browser: &Browser, status: u16) -> Vec<String> {
    let of_itself = format!("the server responded with a status of {status} ");
    let path = browser.path();
    let told = |line: &String| status >= 400 && line.contains(&of_itself) && line.contains(&path);
    let lines = browser.console().into_iter();
    lines.filter(|line| !told(line)).collect()
}

/// Where the focus is.
#[derive(Debug, Deserialize)]
struct Stop {
    at: i64,
    name: String,
    /// Elements of one kind are drawn by the same rules.
    kind: String,
    body: bool,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Stop {
    /// Whether people who read from the top left meet it after `other`.
    fn reads_before(&self, other: &Self) -> bool {
        // Positions are fractions of a pixel, and borders may touch.
        let above = self.bottom <= other.top + 1.0;
        let below = self.top >= other.bottom - 1.0;
        let left = self.right <= other.left + 1.0;
        let right = self.left >= other.right - 1.0;
        // Beside and higher is the next column.
        (above && !right) || (!above && !below && left)
    }
}

/// All that can be used is reached by Tab, in the order in which it is read, and shows that it has the focus.
pub(super) fn keyboard(browser: &Browser) -> Vec<String> {
    let expected = words(browser.script(include_str!("../../browser/begin_tabs.js")));
    let mut wrong = Vec::new();
    let mut stops: Vec<Stop> = Vec::new();
    // Two of a kind are looked at, the first and another: a page of a hundred links says no more.
    let mut looked = HashMap::<String, usize>::new();
    // Round once, from wherever the focus was, with a step outside of the page; a date has a stop for each of its parts.
    for _ in 0..2 * expected.len() + 20 {
        browser.press(TAB);
        let stop = browser.script(include_str!("../../browser/tab_stop.js"));
        let stop: Stop = serde_json::from_value(stop).unwrap();
        if stop.body {
            continue;
        }
        if stops
            .first()
            .is_some_and(|first| first.name == stop.name && first.at == stop.at)
        {
            break;
        }
        if stops
            .last()
            .is_some_and(|last| last.at == stop.at && last.name == stop.name)
        {
            continue;
        }
        let times = looked.entry(stop.kind.clone()).or_default();
        *times += 1;
        if *times <= 2 && !focus_shows(browser) {
            wrong.push(format!("the focus is not seen on {}", stop.name));
        }
        stops.push(stop);
    }
    for (at, name) in expected.iter().enumerate() {
        if !stops.iter().any(|stop| stop.at == at as i64) {
            wrong.push(format!("no Tab leads to {name}"));
        }
    }
    // The walk began somewhere: what comes first in the document begins it.
    let first = stops
        .iter()
        .position(|stop| stop.at == 0)
        .unwrap_or_default();
    stops.rotate_left(first);
    for pair in stops.windows(2) {
        if pair[1].reads_before(&pair[0]) {
            wrong.push(format!("{} comes after {}", pair[1].name, pair[0].name));
        }
    }
    wrong
}

/// Whether the page looks different with the focus where it is and without.
fn focus_shows(browser: &Browser) -> bool {
    let with = browser.picture();
    browser.script("window.held = document.activeElement; window.held.blur()");
    let without = browser.picture();
    browser.script("window.held.focus({ preventScroll: true, focusVisible: true })");
    with != without
}

fn words(said: serde_json::Value) -> Vec<String> {
    serde_json::from_value(said).unwrap()
}
