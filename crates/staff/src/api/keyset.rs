//! Cursors of lists that go on after a line, whatever its place was.

use serde::{Serialize, de::DeserializeOwned};

use super::{problem::Problem, shown::MOST};

/// How many lines where nothing is said.
const USUAL: u32 = 50;

/// How many lines are asked for: what the desk tells at a time is less than what a list may be asked for.
pub(crate) fn most(limit: Option<u32>) -> Result<u32, Problem> {
    let limit = limit.unwrap_or(USUAL);
    let fits = usize::try_from(limit).is_ok_and(|limit| (1..=MOST).contains(&limit));
    fits.then_some(limit)
        .ok_or_else(|| Problem::unreadable("limit : de 1 à 100.", "limit: 1 to 100."))
}

/// The cursor that goes on after this key of a list.
pub(crate) fn cursor(list: &str, key: &impl Serialize) -> Option<String> {
    let key = serde_json::to_vec(key).ok()?;
    let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(format!("{list}.{digits}"))
}

/// The key that a cursor of a list stands for.
pub(crate) fn after<K: DeserializeOwned>(
    list: &str,
    cursor: Option<&str>,
) -> Result<Option<K>, Problem> {
    let Some(cursor) = cursor else {
        return Ok(None);
    };
    let key = cursor
        .strip_prefix(list)
        .and_then(|rest| rest.strip_prefix('.'))
        .filter(|digits| digits.len() <= 2_000)
        .and_then(bytes)
        .and_then(|key| serde_json::from_slice(&key).ok());
    key.map(Some).ok_or_else(Problem::cursor)
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            let plain = pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit());
            plain.then(|| u8::from_str_radix(pair, 16).ok()).flatten()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_key() {
        let key = (String::from("É"), 7_i64);
        let made = cursor("events", &key).unwrap();
        let read: Option<(String, i64)> = after("events", Some(&made)).unwrap();
        assert_eq!(read, Some(key));
        for wrong in [
            "",
            "events",
            "events.",
            "events.0",
            "events.zz",
            "events.+1",
            "audit.5b5d",
            "events.é",
        ] {
            assert!(
                after::<(String, i64)>("events", Some(wrong)).is_err(),
                "{wrong}"
            );
        }
        assert_eq!(after::<i64>("events", None).unwrap(), None);
    }

    #[test]
    fn a_list_tells_one_line_to_a_hundred() {
        assert_eq!(most(None).unwrap(), 50);
        assert!(most(Some(0)).is_err() && most(Some(101)).is_err());
    }
}
