//! What a person sees who opens `/sru` in a browser.

use axum::{
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{IntoResponse, Response},
};
use questions::INDEXES;

use crate::settings::Settings;

const STYLE: &str = include_str!("page.css");
/// Nothing but our own style sheet, and the form back to here.
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A browser names HTML before all else; programs do not name it, or also take everything.
pub(crate) fn is_person(accept: Option<&HeaderValue>) -> bool {
    let accept = accept.and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.trim_start().starts_with("text/html"))
}

pub(crate) async fn style() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "max-age=3600"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, STYLE).into_response()
}

/// The page: what this address is, a question to try, and every index.
pub(crate) fn page(settings: &Settings, records: u64) -> Response {
    let rows: String = INDEXES
        .iter()
        .filter_map(|index| {
            let name = index.names.first()?;
            let uses: Vec<_> = index.uses.iter().map(i64::to_string).collect();
            Some(format!(
                "<tr><th scope=\"row\"><code>{name}</code></th><td>{}</td><td lang=\"en\">{}</td><td>{}</td><td>{}</td></tr>\n",
                escaped(index.title_fr),
                escaped(index.title_en),
                if index.scan { "oui" } else { "non" },
                uses.join(" "),
            ))
        })
        .collect();
    let html = include_str!("page.html")
        .replace("{title}", &escaped(&settings.title_fr))
        .replace("{title_en}", &escaped(&settings.title_en))
        .replace("{records}", &grouped(records))
        .replace("{indexes}", &rows);
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, html).into_response()
}

/// As French is written: `300 000`, with blanks that do not break.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_get_the_page_and_programs_the_description() {
        let accept = |text| HeaderValue::from_static(text);
        assert!(is_person(Some(&accept(
            "text/html,application/xhtml+xml,*/*;q=0.8"
        ))));
        assert!(!is_person(Some(&accept("*/*"))));
        assert!(!is_person(Some(&accept(
            "application/xml, text/html;q=0.5"
        ))));
        assert!(!is_person(None));
    }

    #[test]
    fn numbers_stand_in_groups() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(300_000), "300\u{202f}000");
    }
}
