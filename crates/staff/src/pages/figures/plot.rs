//! Bars, laid out: numbers become places, and nothing else is drawn than what they say.

/// A bar of a plot, with the text at its foot or before it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) value: i64,
    /// In units of the drawing.
    pub(super) from: f64,
    pub(super) length: f64,
    /// The value as it is written.
    pub(super) written: String,
}

/// A line of the scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    pub(super) at: f64,
    pub(super) written: String,
}

/// A plot of bars that stand.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plot {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// What the first column of its table is.
    pub(super) head: &'static str,
    pub(super) bars: Vec<Bar>,
    pub(super) ticks: Vec<Tick>,
    pub(super) width: f64,
    pub(super) step: f64,
    pub(super) total: String,
}

/// Height of the bars' field, and room for the scale's numbers at its left.
pub(super) const HEIGHT: f64 = 160.0;
const LEFT: f64 = 56.0;
const STEP: f64 = 26.0;

impl Plot {
    /// A bar for each, the highest as high as the scale allows.
    pub(super) fn new(
        id: &'static str,
        title: &'static str,
        head: &'static str,
        values: Vec<(String, i64)>,
        french: bool,
    ) -> Self {
        let most = values
            .iter()
            .map(|(_, value)| *value)
            .max()
            .unwrap_or(0)
            .max(0);
        let (top, every) = scale(most);
        let high = |value: i64| HEIGHT * share(value.max(0), top);
        let total = values.iter().map(|(_, value)| value).sum();
        let bars: Vec<_> = values
            .into_iter()
            .enumerate()
            .map(|(place, (label, value))| Bar {
                label,
                value,
                from: LEFT + STEP * count(place),
                length: high(value),
                written: grouped(value, french),
            })
            .collect();
        let ticks = (0..=top / every)
            .map(|step| Tick {
                at: HEIGHT - high(step * every),
                written: grouped(step * every, french),
            })
            .collect();
        Self {
            id,
            title,
            head,
            width: LEFT + STEP * count(bars.len()),
            bars,
            ticks,
            step: STEP - 6.0,
            total: grouped(total, french),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bars.iter().all(|bar| bar.value == 0)
    }
}

fn share(value: i64, of: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a drawing is not that fine")]
    let (value, of) = (value as f64, of as f64);
    value / of
}

fn count(number: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a drawing is not that wide")]
    let count = number as f64;
    count
}

/// The top of the scale and the distance of its lines: round numbers, two to five lines.
fn scale(most: i64) -> (i64, i64) {
    let mut every: i64 = 1;
    loop {
        for factor in [1, 2, 5] {
            let step = every.saturating_mul(factor);
            let lines = most.saturating_add(step - 1) / step;
            if lines <= 4 {
                return (lines.max(1).saturating_mul(step), step);
            }
        }
        every = every.saturating_mul(10);
    }
}

/// Thousands apart: by a thin space that does not break in French, by a comma in English.
pub(super) fn grouped(value: i64, french: bool) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut written = String::new();
    if value < 0 {
        written.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(if french { '\u{202f}' } else { ',' });
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plot(values: &[i64]) -> Plot {
        let values = values.iter().map(|value| (value.to_string(), *value));
        Plot::new("p", "P", "x", values.collect(), true)
    }

    #[test]
    fn the_scale_is_round_and_above_every_bar() {
        for (most, expected) in [
            (0, (1, 1)),
            (1, (1, 1)),
            (4, (4, 1)),
            (5, (6, 2)),
            (17, (20, 5)),
            (100, (100, 50)),
            (2_431, (3_000, 1_000)),
        ] {
            assert_eq!(scale(most), expected, "{most}");
        }
        let (top, every) = scale(i64::MAX);
        assert!(top > i64::MAX / 2 && every > 0);
    }

    #[test]
    fn bars_stand_side_by_side_inside_of_the_drawing() {
        for values in [&[][..], &[0, 0], &[7], &[1, 2, 3, i64::MAX / 2], &[-3, 5]] {
            let plot = plot(values);
            for pair in plot.bars.windows(2) {
                assert!(pair[0].from + plot.step <= pair[1].from);
            }
            for bar in &plot.bars {
                assert!((0.0..=HEIGHT).contains(&bar.length), "{bar:?}");
                assert!(bar.from + plot.step <= plot.width, "{bar:?}");
            }
        }
        assert!(plot(&[]).is_empty() && plot(&[0]).is_empty() && !plot(&[1]).is_empty());
    }

    #[test]
    fn thousands_are_apart() {
        assert_eq!(grouped(1_234_567, false), "1,234,567");
        assert_eq!(grouped(-1_234, true), "-1\u{202f}234");
        assert_eq!(grouped(999, true), "999");
        assert_eq!(grouped(i64::MIN, false), "-9,223,372,036,854,775,808");
    }
}
