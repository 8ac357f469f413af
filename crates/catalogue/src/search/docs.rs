//! Sets of documents of one segment: sorted lists, merged.

/// Ascending, each once.
pub(crate) type Docs = Vec<u32>;

/// In both. The longer list is leapt through where the other is much shorter.
pub(crate) fn both(left: &[u32], right: &[u32]) -> Docs {
    let (short, long) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    if short.len() * 16 < long.len() {
        let mut rest = long;
        return short
            .iter()
            .copied()
            .filter(|doc| {
                rest = leap(rest, *doc);
                rest.first() == Some(doc)
            })
            .collect();
    }
    let mut both = Docs::with_capacity(short.len());
    let (mut lefts, mut rights) = (
        left.iter().copied().peekable(),
        right.iter().copied().peekable(),
    );
    while let (Some(a), Some(b)) = (lefts.peek().copied(), rights.peek().copied()) {
        if a <= b {
            lefts.next();
        }
        if b <= a {
            rights.next();
        }
        if a == b {
            both.push(a);
        }
    }
    both
}

/// What is left of a list from a document on: doubling steps, then halving.
pub(crate) fn leap(list: &[u32], doc: u32) -> &[u32] {
    let mut step = 1;
    while list.get(step).is_some_and(|there| *there < doc) {
        step *= 2;
    }
    let (from, to) = (step / 2, list.len().min(step + 1));
    let near = list.get(from..to).unwrap_or_default();
    let at = from + near.partition_point(|there| *there < doc);
    list.get(at..).unwrap_or_default()
}

/// In either.
pub(crate) fn either(left: &[u32], right: &[u32]) -> Docs {
    let mut either = Docs::with_capacity(left.len() + right.len());
    let (mut lefts, mut rights) = (
        left.iter().copied().peekable(),
        right.iter().copied().peekable(),
    );
    loop {
        let next = match (lefts.peek().copied(), rights.peek().copied()) {
            (Some(a), Some(b)) => a.min(b),
            (Some(a), None) => a,
            (None, Some(b)) => b,
            (None, None) => return either,
        };
        lefts.next_if_eq(&next);
        rights.next_if_eq(&next);
        either.push(next);
    }
}

/// In the first only.
pub(crate) fn without(left: &[u32], right: &[u32]) -> Docs {
    let mut rest = right;
    let keeps = |doc: &u32| {
        rest = leap(rest, *doc);
        rest.first() != Some(doc)
    };
    left.iter()
        .copied()
        .filter({
            let mut keeps = keeps;
            move |doc| keeps(doc)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn docs() -> impl Strategy<Value = BTreeSet<u32>> {
        prop_oneof![
            prop::collection::btree_set(0_u32..60, 0..40),
            prop::collection::btree_set(0_u32..2000, 0..400)
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn merged_lists_are_sets(left in docs(), right in docs()) {
            let (a, b): (Docs, Docs) = (left.iter().copied().collect(), right.iter().copied().collect());
            prop_assert_eq!(both(&a, &b), left.intersection(&right).copied().collect::<Docs>());
            prop_assert_eq!(either(&a, &b), left.union(&right).copied().collect::<Docs>());
            prop_assert_eq!(without(&a, &b), left.difference(&right).copied().collect::<Docs>());
        }
    }
}
