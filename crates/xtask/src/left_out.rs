//! Runs the tests and hears what they could not check.
//!
//! A test that leaves something out writes a line `left out: what: why` to `std::io::stderr()`
//! itself, which the test runner does not capture as it does `eprintln!`.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Result, bail};

const MARK: &str = "left out: ";

/// Runs a command, shows its output as it comes, and collects those lines.
pub(crate) fn listen(command: &mut Command, heard: &mut Vec<String>) -> Result<()> {
    pass_through(command, heard, io::stdout(), io::stderr())
}

fn pass_through(
    command: &mut Command,
    heard: &mut Vec<String>,
    mut out: impl Write + Send,
    mut err: impl Write + Send,
) -> Result<()> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run the tests")?;
    let (output, errors) = child
        .stdout
        .take()
        .zip(child.stderr.take())
        .context("no pipe to the tests")?;
    thread::scope(|scope| {
        let output = scope.spawn(|| pass_on(output, &mut out));
        let errors = scope.spawn(|| pass_on(errors, &mut err));
        for side in [output, errors] {
            heard.extend(side.join().expect("passing lines on does not panic")?);
        }
        io::Result::Ok(())
    })?;
    let status = child.wait()?;
    if !status.success() {
        bail!("cargo test: {status}");
    }
    Ok(())
}

fn pass_on(from: impl Read, to: &mut impl Write) -> io::Result<Vec<String>> {
    let mut from = BufReader::new(from);
    let mut heard = Vec::new();
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        to.flush()?;
        if let Some(what) = String::from_utf8_lossy(&line).trim_end().strip_prefix(MARK) {
            heard.push(what.to_owned());
        }
        line.clear();
    }
    Ok(heard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_pass_and_marked_ones_are_kept() {
        let text = "running 1 test\nleft out: examples: ../shared is not there\nok\n";
        let mut shown = Vec::new();
        let heard = pass_on(text.as_bytes(), &mut shown).unwrap();
        assert_eq!(heard, ["examples: ../shared is not there"]);
        assert_eq!(shown, text.as_bytes());
    }

    #[test]
    fn a_failing_run_fails_and_is_still_heard() {
        let (mut heard, mut shown) = (Vec::new(), Vec::new());
        let script = "echo 'left out: all' >&2; exit 3";
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let run = pass_through(&mut command, &mut heard, io::sink(), &mut shown);
        assert_eq!(run.unwrap_err().to_string(), "cargo test: exit status: 3");
        assert_eq!(heard, ["all"]);
        assert_eq!(shown, b"left out: all\n");
    }
}
