//! What several commands write in one statement: a row each, in columns.

use crate::StoreError;

/// One column of what is written: a value a command.
pub(crate) fn column<'e, E, V>(effects: &'e [E], value: impl Fn(&'e E) -> V) -> Vec<V> {
    effects.iter().map(value).collect()
}

/// Whose row has come back has been written, and this is its event; the others' guards were missed.
pub(crate) fn outcomes(
    asked: usize,
    written: impl IntoIterator<Item = (i64, i64)>,
) -> Vec<Result<i64, StoreError>> {
    let mut outcomes: Vec<_> = (0..asked).map(|_| Err(StoreError::GuardMissed)).collect();
    for (number, event) in written {
        // Postgres counts from one.
        let place = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        if let Some(outcome) = place.and_then(|place| outcomes.get_mut(place)) {
            *outcome = Ok(event);
        }
    }
    outcomes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_gets_its_own_event_and_the_rest_were_overtaken() {
        let outcomes = outcomes(3, [(3, 70), (1, 71)]);
        let events: Vec<_> = outcomes.into_iter().map(Result::ok).collect();
        assert_eq!(events, [Some(71), None, Some(70)]);
    }
}
