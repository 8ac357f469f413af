//! How many slips of the fingers lie between two texts.

/// Whether at most `limit` letters were dropped, doubled, changed or exchanged with their
/// neighbour (optimal string alignment). Costs a band around the diagonal, not the square.
pub(crate) fn within(a: &str, b: &str, limit: usize) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return false;
    }
    let far = limit + 1;
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(far);
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![far; b.len() + 1];
        let (first, last) = (i.saturating_sub(limit), (i + limit + 1).min(b.len()));
        if let (0, Some(start)) = (first, row.first_mut()) {
            *start = i + 1;
        }
        let mut least = at(&row, 0);
        for (j, other) in b.iter().enumerate().take(last).skip(first) {
            let mut cost = (at(&above, j) + usize::from(letter != other))
                .min(at(&above, j + 1) + 1)
                .min(at(&row, j) + 1);
            let swapped =
                i > 0 && j > 0 && a.get(i - 1) == Some(other) && b.get(j - 1) == Some(letter);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            least = least.min(cost);
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = cost.min(far);
            }
        }
        if least > limit {
            return false;
        }
        before = std::mem::replace(&mut above, row);
    }
    at(&above, b.len()) <= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        assert!(within("miserables", "misreables", 1));
        assert!(within("miserables", "misrables", 1));
        assert!(within("miserables", "miiserables", 1));
        assert!(!within("miserables", "misere", 2));
        assert!(within("miserables", "imserablse", 2));
        assert!(!within("miserables", "imserablse", 1));
        assert!(within("", "ab", 2) && !within("", "abc", 2));
    }
}
