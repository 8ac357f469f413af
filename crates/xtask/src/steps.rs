//! The steps of a run: a heading, the time taken, and a verdict that cannot be overlooked.

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::Result;

/// What was done so far.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    passed: usize,
    failed: Vec<&'static str>,
    left_out: Vec<String>,
}

impl Steps {
    /// Does one step; `None`: it failed, and says why.
    pub(crate) fn step<T>(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<T>,
    ) -> Option<T> {
        eprintln!("\n=== {name}");
        let start = Instant::now();
        let outcome = work();
        let took = in_words(start.elapsed());
        match outcome {
            Ok(value) => {
                self.passed += 1;
                eprintln!("=== {name}: passed in {took}");
                Some(value)
            }
            Err(error) => {
                self.failed.push(name);
                eprintln!("{error:#}\n=== {name}: FAILED after {took}");
                None
            }
        }
    }

    /// Notes what was not checked, and why.
    pub(crate) fn leave_out(&mut self, what: impl Into<String>) {
        let what = what.into();
        if !self.left_out.contains(&what) {
            self.left_out.push(what);
        }
    }

    /// Says how it went.
    pub(crate) fn close(self) -> ExitCode {
        eprintln!("\n{}", self.summary());
        if self.failed.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    fn summary(&self) -> String {
        let mut lines: Vec<String> = self
            .left_out
            .iter()
            .map(|what| format!("left out: {what}"))
            .collect();
        lines.extend(self.failed.iter().map(|name| format!("FAILED: {name}")));
        lines.push(format!(
            "steps: {} passed, {} failed",
            self.passed,
            self.failed.len()
        ));
        lines.join("\n")
    }
}

fn in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn the_summary_names_what_failed_and_what_was_left_out() {
        let mut steps = Steps::default();
        assert_eq!(steps.step("one", || Ok(1)), Some(1));
        assert_eq!(steps.step("two", || Err::<(), _>(anyhow!("no"))), None);
        steps.leave_out("three: not asked for");
        steps.leave_out("three: not asked for");
        assert_eq!(
            steps.summary(),
            "left out: three: not asked for\nFAILED: two\nsteps: 1 passed, 1 failed"
        );
    }

    #[test]
    fn times_read_as_people_say_them() {
        assert_eq!(in_words(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(in_words(Duration::from_secs(125)), "2 min 5 s");
    }
}
