//! Lists in pages: each goes on after the last line of the one before, and the address says after which.

use serde::{Serialize, de::DeserializeOwned};

use super::Trouble;

/// Lines of a page.
pub(crate) const LINES: u32 = 50;

/// Where a page of a list begins, as the address of the link before had it.
pub(crate) fn after<T: DeserializeOwned>(said: Option<&str>) -> Result<Option<T>, Trouble> {
    said.filter(|said| !said.is_empty())
        .map(|said| {
            serde_json::from_str(said).map_err(|error| Trouble::Unreadable(error.to_string()))
        })
        .transpose()
}

/// The value for the address of the next page.
pub(crate) fn next<T: Serialize>(after: Option<&T>) -> Option<String> {
    after.and_then(|after| serde_json::to_string(after).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_link_says_is_read_again() {
        let place = (7, "R ZOL".to_owned());
        let link = next(Some(&place)).unwrap();
        assert_eq!(after(Some(&link)).unwrap(), Some(place));
        assert_eq!(after::<u8>(None).unwrap(), None);
        assert_eq!(after::<u8>(Some("")).unwrap(), None);
        for wrong in ["x", "{", "300", "[1"] {
            assert!(after::<u8>(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
