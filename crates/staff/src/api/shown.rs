//! What is read: in pages, and not sent again to whoever has it.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::problem::{FAULT, Problem};

/// How many of a list at most, and how many where nothing is said.
pub(crate) const MOST: usize = 100;
const USUAL: usize = 50;

/// The parameters of a list.
pub(crate) const PAGED: &[(&str, &str)] = &[
    ("limit", "At most so many, 1 to 100; 50 if nothing is said."),
    (
        "cursor",
        "Where to go on: `next` of the page before, as it was given.",
    ),
];

/// An answer with its tag, or, to whoever has it already, that it is the same.
pub(crate) fn shown(headers: &HeaderMap, value: &impl Serialize) -> Result<Response, Problem> {
    let body = serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written");
        Problem::new(FAULT, "Erreur du serveur.", "A fault of the server.")
    })?;
    let tag = tag(&body);
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|tags| tags.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|known| known == tag || known == "*");
    let etag = HeaderValue::try_from(tag).ok();
    let mut response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
    };
    if let Some(etag) = etag {
        response.headers_mut().insert(header::ETAG, etag);
    }
    Ok(response)
}

/// The tag that a value is answered with.
pub(crate) fn tag_of(value: &impl Serialize) -> Result<String, Problem> {
    let body = serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written");
        Problem::new(FAULT, "Erreur du serveur.", "A fault of the server.")
    })?;
    Ok(tag(&body))
}

fn tag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let hex: String = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{hex}\"")
}

/// Which page of a list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    cursor: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// What is on it, in the list’s order.
    pub(crate) items: Vec<T>,
    /// Where the next one begins; none: this is the last.
    pub(crate) next: Option<String>,
}

impl Asked {
    /// How many are asked for.
    pub(crate) fn limit(&self) -> Result<usize, Problem> {
        let limit = self.limit.unwrap_or(USUAL);
        match (1..=MOST).contains(&limit) {
            true => Ok(limit),
            false => Err(Problem::unreadable(
                "limit : de 1 à 100.",
                "limit: 1 to 100.",
            )),
        }
    }

    /// Where the page begins, of a list that this program counts in numbers.
    pub(crate) fn after(&self, list: &str) -> Result<Option<i64>, Problem> {
        let Some(cursor) = &self.cursor else {
            return Ok(None);
        };
        let place = cursor
            .strip_prefix(list)
            .and_then(|rest| rest.strip_prefix('.'))
            .and_then(|rest| i64::from_str_radix(rest, 36).ok())
            .filter(|place| (0..=1 << 48).contains(place));
        place.map(Some).ok_or_else(Problem::cursor)
    }

    /// The page of a list that is there as a whole.
    pub(crate) fn page<T>(&self, list: &str, all: Vec<T>) -> Result<Page<T>, Problem> {
        let (limit, after) = (self.limit()?, self.after(list)?.unwrap_or(0));
        let skipped = usize::try_from(after).unwrap_or(usize::MAX);
        let next = skipped.saturating_add(limit);
        let more = all.len() > next;
        Ok(Page {
            items: all.into_iter().skip(skipped).take(limit).collect(),
            next: more.then(|| cursor(list, i64::try_from(next).unwrap_or(i64::MAX))),
        })
    }
}

/// The cursor of a place in a list.
pub(crate) fn cursor(list: &str, place: i64) -> String {
    let mut digits = Vec::new();
    let mut left = place.unsigned_abs();
    while left > 0 || digits.is_empty() {
        let digit = u32::try_from(left % 36).unwrap_or_default();
        digits.push(char::from_digit(digit, 36).unwrap_or('0'));
        left /= 36;
    }
    let digits: String = digits.iter().rev().collect();
    format!("{list}.{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(limit: Option<usize>, cursor: Option<&str>) -> Asked {
        Asked {
            limit,
            cursor: cursor.map(ToOwned::to_owned),
        }
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let all: Vec<_> = (0..125).collect();
        let (mut seen, mut at) = (Vec::new(), None);
        loop {
            let page = asked(None, at.as_deref())
                .page("pull", all.clone())
                .unwrap();
            seen.extend(page.items);
            at = page.next;
            if at.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
        assert_eq!(
            asked(None, Some(&cursor("pull", 7_777)))
                .after("pull")
                .unwrap(),
            Some(7_777)
        );
    }

    #[test]
    fn what_is_no_cursor_of_ours_is_refused() {
        for wrong in [
            "",
            "pull",
            "pull.",
            "pull.-1",
            "other.1",
            "pull.zzzzzzzzzzzz",
            "pull.é",
        ] {
            assert!(asked(None, Some(wrong)).after("pull").is_err(), "{wrong}");
        }
        assert!(asked(Some(0), None).limit().is_err());
        assert!(asked(Some(101), None).limit().is_err());
    }

    #[test]
    fn who_has_it_is_not_sent_it_again() {
        let first = shown(&HeaderMap::new(), &"a").unwrap();
        let tag = first.headers()[header::ETAG].clone();
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, tag);
        assert_eq!(
            shown(&headers, &"a").unwrap().status(),
            StatusCode::NOT_MODIFIED
        );
        assert_eq!(shown(&headers, &"b").unwrap().status(), StatusCode::OK);
    }
}
