//! Reading what somebody types, and a PIN that nobody else may read.

use std::io::{self, BufRead};
use std::process::{Child, Command, Stdio};

/// Puts the terminal back as it was when our end of the pipe closes, which it does however we end:
/// by `q`, by Ctrl-C, by a crash. It must not be stopped or killed by what ends us.
const GUARDIAN: &str = r#"trap "" INT TERM HUP QUIT TTOU TTIN TSTP
while read -r _; do :; done
stty "$1" < /dev/tty 2> /dev/null"#;

/// Where the face reads.
pub(super) struct Keyboard<R> {
    input: R,
    interactive: bool,
}

impl<R: BufRead> Keyboard<R> {
    pub(super) fn new(input: R, interactive: bool) -> Self {
        Keyboard { input, interactive }
    }

    /// Whether what is typed is seen on the screen, its line end included.
    pub(super) fn echoes(&self) -> bool {
        self.interactive
    }

    /// The next line, without blanks around it; `None` when there is no more.
    pub(super) fn line(&mut self) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        self.input.read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&bytes);
        let typed: String = text.chars().filter(|c| !c.is_control()).collect();
        Ok(Some(typed.trim().to_owned()))
    }

    /// The same, unseen where somebody is at a terminal.
    pub(super) fn hidden_line(&mut self) -> io::Result<Option<String>> {
        let _hidden = if self.interactive {
            Hidden::begin()
        } else {
            None
        };
        self.line()
    }
}

/// The terminal shows nothing of what is typed, for as long as this lives.
struct Hidden {
    guardian: Child,
}

impl Hidden {
    /// `None` where there is no terminal to be hidden from.
    fn begin() -> Option<Self> {
        let asked = Command::new("stty")
            .arg("-g")
            .stdin(Stdio::inherit())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let before = String::from_utf8(asked.stdout)
            .ok()
            .filter(|_| asked.status.success())?;
        let guardian = Command::new("sh")
            .args(["-c", GUARDIAN, "sh", before.trim()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let hidden = Hidden { guardian };
        let done = Command::new("stty")
            .arg("-echo")
            .stdin(Stdio::inherit())
            .stderr(Stdio::null())
            .status()
            .ok()?;
        // Dropped here if that failed, which is as good as before.
        done.success().then_some(hidden)
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        drop(self.guardian.stdin.take());
        // What is typed next must be seen, so this waits until it will be.
        let _ = self.guardian.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_scanners_send_them() {
        let typed = b" 3001234 \r\n\n\x1b[A12\xFF\nlast".as_slice();
        let mut keyboard = Keyboard::new(typed, false);
        let mut lines = Vec::new();
        while let Some(line) = keyboard.line().unwrap() {
            lines.push(line);
        }
        assert_eq!(lines, ["3001234", "", "[A12\u{FFFD}", "last"]);
    }
}
