//! What the daemon is to reach beside Zebra, and where it did not.

use super::question::Kind;

/// Times what Zebra answers in the same time.
const FASTER: f64 = 10.0;
/// Of an ISBN: Zebra's own work is so little there that connections and records decide.
const FASTER_ISBN: f64 = 2.0;
/// A large set sorted and its first ten records, for one who asks alone.
const SORTED_MS: f64 = 100.0;
/// For a thousand associations that are silent.
const IDLE_MB: f64 = 50.0;

/// Lines of this run, in order.
#[derive(Default)]
pub(crate) struct Aims {
    looked_at: usize,
    below: Vec<String>,
}

impl Aims {
    /// A line of a table: how often the daemon answers for each answer of Zebra.
    pub(crate) fn ratio(&mut self, door: &str, kind: Kind, connections: usize, ratio: f64) {
        let aim = match kind {
            // Its aim is a time.
            Kind::Sort => return,
            Kind::Isbn => FASTER_ISBN,
            _ => FASTER,
        };
        self.look(ratio >= aim, || {
            format!(
                "{door}, {} with {connections}: {ratio:.2} times Zebra, not {aim}",
                kind.name()
            )
        });
    }

    /// What one in a hundred took at most of those who asked for a large set sorted; so many hits.
    pub(crate) fn sorted(&mut self, door: &str, connections: usize, p99: f64, hits: f64) {
        // With more, what is measured is how long they wait for each other.
        if connections == 1 {
            self.look(p99 < SORTED_MS, || {
                format!("{door}, {hits:.0} hits sorted: {p99:.1} ms, not under {SORTED_MS}")
            });
        }
    }

    /// MB that silent associations added.
    pub(crate) fn idle(&mut self, associations: usize, more: f64) {
        let aim = IDLE_MB * associations as f64 / 1000.0;
        self.look(more <= aim, || {
            format!("{associations} silent associations: {more:.0} MB more, not {aim:.0}")
        });
    }

    fn look(&mut self, reached: bool, line: impl FnOnce() -> String) {
        self.looked_at += 1;
        if !reached {
            self.below.push(line());
        }
    }

    /// What to print at the end; nothing where nothing was looked at.
    pub(crate) fn lines(&self) -> Vec<String> {
        if self.looked_at == 0 {
            return Vec::new();
        }
        let reached = self.looked_at - self.below.len();
        let mut lines = vec![format!(
            "\n{reached} of {} figures reach their aim ({FASTER} times Zebra, {FASTER_ISBN} times for an ISBN, a large \
             set sorted in {SORTED_MS} ms, {IDLE_MB} MB for 1,000 silent associations)",
            self.looked_at
        )];
        lines.extend(self.below.iter().map(|line| format!("  BELOW: {line}")));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_isbn_has_an_aim_of_its_own_and_a_sort_has_a_time() {
        let mut aims = Aims::default();
        aims.ratio("SRU", Kind::Isbn, 8, 2.5);
        aims.ratio("SRU", Kind::Title, 8, 2.5);
        aims.ratio("SRU", Kind::Sort, 8, 2.5);
        aims.sorted("SRU", 1, 250.0, 46_000.0);
        aims.sorted("SRU", 8, 250.0, 46_000.0);
        let lines = aims.lines();
        assert!(lines[0].contains("1 of 3 figures"), "{}", lines[0]);
        assert_eq!(
            lines[1..],
            [
                "  BELOW: SRU, title word with 8: 2.50 times Zebra, not 10",
                "  BELOW: SRU, 46000 hits sorted: 250.0 ms, not under 100"
            ]
        );
    }

    #[test]
    fn silence_may_cost_in_proportion() {
        let mut aims = Aims::default();
        aims.idle(1000, 50.0);
        aims.idle(100, 6.0);
        assert_eq!(
            aims.lines()[1..],
            ["  BELOW: 100 silent associations: 6 MB more, not 5"]
        );
    }

    #[test]
    fn what_was_not_measured_is_not_judged() {
        assert!(Aims::default().lines().is_empty());
    }
}
