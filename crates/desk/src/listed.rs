//! A page of a list that may be long.

use serde::Serialize;

/// How many lines a page has at most, whatever is asked for.
pub(crate) const PAGE: u32 = 50;

/// A page of a list, and where the next one begins.
///
/// A page goes on after a line, not after a number of lines: what comes, goes or moves between two pages makes none of the
/// others be told twice or left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed<T, K> {
    /// The lines, in the list's order.
    pub lines: Vec<T>,
    /// What the next page is asked with; none: this was the last.
    pub next: Option<K>,
}

impl<T, K> Listed<T, K> {
    /// Of one line more than a page has, which says whether there are more.
    pub(crate) fn cut(mut lines: Vec<T>, most: usize, key: impl Fn(&T) -> K) -> Self {
        let more = lines.len() > most;
        lines.truncate(most);
        let next = lines.last().filter(|_| more).map(key);
        Self { lines, next }
    }
}

/// How many lines a page is to have, 1 to [`PAGE`]; and how many are read to know whether there are more.
pub(crate) fn page(most: u32) -> (usize, i64) {
    let most = most.clamp(1, PAGE);
    (
        usize::try_from(most).unwrap_or(usize::MAX),
        i64::from(most) + 1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_more_says_that_there_are_more() {
        let cut = |lines: &[i32]| Listed::cut(lines.to_vec(), 2, |line| *line);
        assert_eq!(cut(&[]).next, None);
        assert_eq!(cut(&[1, 2]).next, None);
        let page = cut(&[1, 2, 3]);
        assert_eq!((page.lines, page.next), (vec![1, 2], Some(2)));
    }

    #[test]
    fn a_page_has_at_least_one_line_and_at_most_fifty() {
        assert_eq!(page(0), (1, 2));
        assert_eq!(page(20), (20, 21));
        assert_eq!(page(1_000), (50, 51));
    }
}
