//! Whether bytes are what a pattern says.

use crate::text::Part;

/// What a match has found, by name.
pub(crate) type Found = Vec<(String, String)>;

/// How many bytes a pattern without `*` stands for.
pub(crate) fn width(parts: &[Part]) -> Option<usize> {
    parts.iter().map(part_width).sum()
}

fn part_width(part: &Part) -> Option<usize> {
    match part {
        Part::Bytes(bytes) => Some(bytes.len()),
        Part::OneOf(_) => Some(1),
        Part::Any(count) => Some(*count),
        Part::Capture(_, width) => *width,
        Part::AnyNumber => None,
        // Filled in before.
        Part::Value(_) | Part::Now(_) | Part::Day(_) | Part::Sum => Some(0),
    }
}

/// Matches all bytes; the named captures, if they fit.
pub(crate) fn matches(parts: &[Part], bytes: &[u8]) -> Option<Found> {
    let Some((part, rest)) = parts.split_first() else {
        return bytes.is_empty().then(Found::new);
    };
    let Some(width) = part_width(part) else {
        // The shortest that lets the rest fit.
        return (0..=bytes.len()).find_map(|length| {
            let (taken, left) = bytes.split_at_checked(length)?;
            matches(rest, left).map(|found| with(part, taken, found))
        });
    };
    let (taken, left) = bytes.split_at_checked(width)?;
    if !fits(part, taken) {
        return None;
    }
    matches(rest, left).map(|found| with(part, taken, found))
}

/// How many bytes at the front fit, part by part: where a mismatch begins.
pub(crate) fn fitting(parts: &[Part], bytes: &[u8]) -> usize {
    let mut done = 0;
    for part in parts {
        let left = bytes.get(done..).unwrap_or_default();
        if let Part::Bytes(expected) = part {
            let same = expected.iter().zip(left).take_while(|(a, b)| a == b);
            let same = same.count();
            done += same;
            if same < expected.len() {
                return done;
            }
            continue;
        }
        let taken = part_width(part).and_then(|width| left.get(..width));
        match taken {
            Some(taken) if fits(part, taken) => done += taken.len(),
            _ => return done,
        }
    }
    done
}

fn fits(part: &Part, taken: &[u8]) -> bool {
    match part {
        Part::Bytes(bytes) => bytes == taken,
        Part::OneOf(ranges) => taken
            .first()
            .is_some_and(|byte| ranges.iter().any(|range| range.contains(byte))),
        _ => true,
    }
}

fn with(part: &Part, taken: &[u8], mut found: Found) -> Found {
    if let Part::Capture(name, _) = part {
        found.push((name.clone(), String::from_utf8_lossy(taken).into_owned()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn found(pattern: &str, bytes: &str) -> Option<Found> {
        matches(&Text::pattern(pattern).unwrap().0, bytes.as_bytes())
    }

    #[test]
    fn wildcards_and_captures() {
        assert!(found("121[YN]?#", "121YU7").is_some());
        assert!(found("121[YN]", "121U").is_none());
        assert!(found("?*", "").is_none());
        assert!(found("?*", "Le Horla").is_some());
        assert!(found("*.50", "12.50").is_some());
        assert!(found("\\*\\?", "*?").is_some());
        assert!(found("{date}", "20261122    153012").is_some());
        assert!(found("{date}", "20261122   Z153012").is_some());
        assert!(found("{date}", "20261122153012    ").is_none());
        let captured = found("{count:4}{rest:*}", "0001AO").unwrap();
        assert!(captured.contains(&("count".into(), "0001".into())));
        assert!(captured.contains(&("rest".into(), "AO".into())));
    }

    #[test]
    fn where_a_mismatch_begins() {
        let parts = Text::pattern("121N#{any 2}x").unwrap().0;
        assert_eq!(width(&parts), Some(8));
        assert_eq!(fitting(&parts, b"121NU"), 4);
        assert_eq!(fitting(&parts, b"120N"), 2);
        assert_eq!(fitting(&parts, b"121N5abx"), 8);
    }
}
