//! A client for SRU that only measures: one connection, kept open, HTTP/1.1.

use std::{fmt::Write as _, net::SocketAddr};

use anyhow::{Context, ensure};

use super::{
    load::Answer,
    question::{Question, Then},
};
use crate::http;

pub(crate) struct Connection {
    line: http::Connection,
    path: &'static str,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr, path: &'static str) -> anyhow::Result<Self> {
        let line = http::Connection::open(address).await?;
        Ok(Self { line, path })
    }

    pub(crate) async fn answer(&mut self, question: &Question) -> anyhow::Result<Answer> {
        let query = escaped(&question.to_string());
        if question.then == Then::Scan {
            let page = self
                .get(&format!(
                    "operation=scan&version=1.2&scanClause={query}&maximumTerms=20"
                ))
                .await?;
            let terms = count(&page, "displayTerm>").max(count(&page, "numberOfRecords>")) / 2;
            ensure!(terms > 0, "the scan failed: {}", beginning(&page));
            return Ok(Answer {
                hits: terms,
                records: terms.min(10),
            });
        }
        let page = self
            .get(&format!(
                "operation=searchRetrieve&version=1.2&query={query}&maximumRecords=10&recordSchema=marcxml"
            ))
            .await?;
        let hits = between(&page, "numberOfRecords>")
            .and_then(|number| number.parse().ok())
            .with_context(|| format!("no number of records: {}", beginning(&page)))?;
        // Start and end of the element; and the record inside is one of MARCXML.
        let records = (count(&page, "recordData>") / 2).min(count(&page, "leader>") / 2);
        ensure!(
            !page.contains("diagnostic>"),
            "the search failed: {}",
            beginning(&page)
        );
        Ok(Answer { hits, records })
    }

    async fn get(&mut self, parameters: &str) -> anyhow::Result<String> {
        let target = format!("{}?{parameters}", self.path);
        let answer = self.line.ask("GET", &target, "", "").await?;
        ensure!(
            answer.status == 200,
            "the server says {}",
            beginning(&answer.head)
        );
        answer.text()
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~*".contains(&byte) {
            escaped.push(byte.into());
        } else {
            // Writing to a string does not fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

fn count(page: &str, what: &str) -> u64 {
    page.matches(what).count() as u64
}

/// What stands between the first such tag, whatever its prefix, and the next one.
fn between<'a>(page: &'a str, tag: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(tag)?;
    rest.split('<').next()
}

fn beginning(page: &str) -> String {
    page.chars().take(600).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_escaped() {
        assert_eq!(escaped("dc.title=été*"), "dc.title%3D%C3%A9t%C3%A9*");
    }

    #[test]
    fn a_number_is_read_whatever_the_prefix() {
        let page = "<a:numberOfRecords>17</a:numberOfRecords>";
        assert_eq!(between(page, "numberOfRecords>"), Some("17"));
    }
}
