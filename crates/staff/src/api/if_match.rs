//! A change of what was read before: done only while it is still that.

use axum::http::{HeaderMap, header};
use serde::Serialize;

use super::{
    problem::{CHANGED, Problem},
    route::Parameter,
    shown::tag_of,
};

/// The parameter of such a change.
pub(crate) const IF_MATCH: &[Parameter] = &[(
    "If-Match",
    "The `ETag` of it as you have read it: if somebody changed it since, nothing is done.",
)];

/// Whether what the caller has read is as it is now, which is answered with this value.
pub(crate) fn if_match(headers: &HeaderMap, now: &impl Serialize) -> Result<(), Problem> {
    let mut given = headers.get_all(header::IF_MATCH).iter();
    let (Some(tag), None) = (given.next(), given.next()) else {
        return Err(Problem::unreadable(
            "If-Match : l’ETag de ce que vous avez lu, une seule fois.",
            "If-Match: the ETag of what you have read, once.",
        ));
    };
    let now = tag_of(now)?;
    match tag.to_str().is_ok_and(|tag| tag == now) {
        true => Ok(()),
        false => Err(Problem::new(
            CHANGED,
            "Ce n’est plus ce que vous avez lu : rien n’a été fait.",
            "It is not any more what you have read: nothing was done.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_what_is_as_it_was_read_is_changed() {
        let with = |tags: &[String]| {
            let mut headers = HeaderMap::new();
            for tag in tags {
                headers.append(header::IF_MATCH, HeaderValue::from_str(tag).unwrap());
            }
            if_match(&headers, &"a").is_ok()
        };
        let (a, b) = (tag_of(&"a").unwrap(), tag_of(&"b").unwrap());
        assert!(with(std::slice::from_ref(&a)));
        for wrong in [vec![], vec![b], vec![a.clone(), a], vec!["*".into()]] {
            assert!(!with(&wrong), "{wrong:?}");
        }
    }
}
