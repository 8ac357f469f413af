//! Writing for 80 columns: colours, wrapped text, cards.

use std::io::{self, Write};

/// What fits on the narrowest terminal that anyone uses, with a margin.
pub(super) const WIDTH: usize = 76;
/// What fits into a card beside its borders and mark.
const CARD_TEXT: usize = WIDTH - 6;
const MARGIN: &str = "  ";

/// What a text is, which a terminal with colours shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Strong,
    Good,
    Bad,
    Dim,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Strong => "\x1b[1m",
            Style::Good => "\x1b[1;32m",
            Style::Bad => "\x1b[1;31m",
            Style::Dim => "\x1b[2m",
        }
    }
}

/// One line of a card.
#[derive(Debug)]
pub(super) struct Line {
    /// One character in front: ✓, ✗ or nothing.
    pub(super) mark: char,
    pub(super) style: Style,
    pub(super) text: String,
}

impl Line {
    /// What it is about.
    pub(super) fn titled(mark: char, style: Style, text: impl Into<String>) -> Self {
        let text = text.into();
        Line { mark, style, text }
    }

    /// What is to be said of it.
    pub(super) fn said(style: Style, text: impl Into<String>) -> Self {
        Line::titled(' ', style, text)
    }
}

/// Where the face writes.
pub(super) struct Paper<W> {
    out: W,
    colour: bool,
}

impl<W: Write> Paper<W> {
    pub(super) fn new(out: W, colour: bool) -> Self {
        Paper { out, colour }
    }

    /// A line in the margin, broken where it is full.
    pub(super) fn line(&mut self, style: Style, text: &str) -> io::Result<()> {
        for line in wrap(text, WIDTH) {
            self.out.write_all(MARGIN.as_bytes())?;
            self.styled(style, &line)?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// A remark under a card, its further lines set in.
    pub(super) fn remark(&mut self, text: &str) -> io::Result<()> {
        let indent = (text.len() - text.trim_start().len()).min(WIDTH / 2);
        for (at, line) in wrap(text, WIDTH - indent - 4).into_iter().enumerate() {
            let margin = if at == 0 { 2 } else { indent + 4 };
            self.line(Style::Dim, &format!("{:margin$}{line}", ""))?;
        }
        Ok(())
    }

    /// A line of parts side by side.
    pub(super) fn parts(&mut self, parts: &[(Style, String)]) -> io::Result<()> {
        self.out.write_all(MARGIN.as_bytes())?;
        for (style, text) in parts {
            self.styled(*style, text)?;
        }
        self.out.write_all(b"\n")
    }

    pub(super) fn blank(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// A line across.
    pub(super) fn rule(&mut self) -> io::Result<()> {
        self.line(Style::Dim, &"─".repeat(WIDTH))
    }

    /// A block with a border, so that one answer is told from the next.
    pub(super) fn card(&mut self, lines: &[Line]) -> io::Result<()> {
        let across = "─".repeat(WIDTH - 2);
        self.line(Style::Dim, &format!("┌{across}┐"))?;
        for Line { mark, style, text } in lines {
            for (at, part) in wrap(text, CARD_TEXT).into_iter().enumerate() {
                let mark = if at == 0 { *mark } else { ' ' };
                let room = " ".repeat(CARD_TEXT.saturating_sub(width(&part)));
                self.parts(&[
                    (Style::Dim, "│ ".into()),
                    (*style, format!("{mark} {part}")),
                    (Style::Dim, format!("{room} │")),
                ])?;
            }
        }
        self.line(Style::Dim, &format!("└{across}┘"))
    }

    /// A question, with the cursor behind it.
    pub(super) fn prompt(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(MARGIN.as_bytes())?;
        self.styled(Style::Strong, text)?;
        self.out.write_all(" ▸ ".as_bytes())?;
        self.out.flush()
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn styled(&mut self, style: Style, text: &str) -> io::Result<()> {
        let text = harmless(text);
        if self.colour && style != Style::Plain && !text.trim().is_empty() {
            write!(self.out, "{}{text}\x1b[0m", style.code())
        } else {
            self.out.write_all(text.as_bytes())
        }
    }
}

/// Text that can't move the cursor or change the terminal: titles come from far away.
fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// How many columns a text takes, roughly: one for each character.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// The text in lines of at most `columns`, broken at blanks; a word that is longer is cut. Blanks
/// are kept where nothing is broken. Never empty.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some((full, next)) = rest.char_indices().nth(columns) {
        // A blank in the column after the last is as good a place as any before.
        let reach = rest.get(..full + next.len_utf8()).unwrap_or(rest);
        let at = reach
            .rfind(' ')
            .filter(|at| !rest.get(..*at).unwrap_or_default().trim().is_empty())
            .unwrap_or(full);
        let (line, after) = rest.split_at(at);
        lines.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    if !rest.is_empty() || lines.is_empty() {
        lines.push(rest.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(colour: bool, write: impl FnOnce(&mut Paper<&mut Vec<u8>>)) -> String {
        let mut out = Vec::new();
        write(&mut Paper::new(&mut out, colour));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn long_titles_are_wrapped() {
        assert_eq!(wrap("Le Horla", 8), ["Le Horla"]);
        assert_eq!(
            wrap("Le Horla et autres contes", 10),
            ["Le Horla", "et autres", "contes"]
        );
        assert_eq!(
            wrap("anticonstitutionnellement", 10),
            ["anticonsti", "tutionnell", "ement"]
        );
        assert_eq!(wrap("été été", 3), ["été", "été"], "letters, not bytes");
        assert_eq!(wrap("à la date prévue", 10), ["à la date", "prévue"]);
        assert_eq!(
            wrap("une date été, hiver", 9),
            ["une date", "été,", "hiver"]
        );
        assert_eq!(wrap("", 3), [""]);
        assert_eq!(
            wrap("due 2026-08-26   loan_days 28", 16),
            ["due 2026-08-26", "loan_days 28"]
        );
        assert_eq!(wrap("  a   b c", 7), ["  a   b", "c"]);
    }

    #[test]
    fn nothing_is_too_wide_and_nothing_is_lost() {
        let text = "  refusé   « Prêt déjà prolongé 1 fois, à la dâte prévue » (règle R0)";
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        for columns in 1..=70 {
            let lines = wrap(text, columns);
            assert!(lines.iter().all(|line| width(line) <= columns), "{lines:?}");
            assert_eq!(letters(&lines.concat()), letters(text));
        }
        for indent in [0, 7, 200] {
            let text = format!("{:indent$}{text}", "");
            let remark = written(false, |paper| paper.remark(&text).unwrap());
            assert!(remark.lines().all(|line| width(line) <= WIDTH + 2));
        }
    }

    #[test]
    fn cards_have_straight_borders() {
        let title = "Vingt mille lieues sous les mers : édition intégrale illustrée, avec les gravures de l’édition de 1871";
        let card = written(false, |paper| {
            paper
                .card(&[
                    Line::titled('✓', Style::Good, title),
                    Line::said(Style::Plain, "à rendre"),
                ])
                .unwrap();
        });
        let widths: Vec<usize> = card.lines().map(width).collect();
        assert_eq!(widths, [WIDTH + 2; 5]);
        assert!(card.contains("│ ✓ Vingt mille"), "{card}");
    }

    #[test]
    fn colours_only_where_wanted() {
        let loud = written(true, |paper| paper.line(Style::Bad, "non").unwrap());
        assert_eq!(loud, "  \x1b[1;31mnon\x1b[0m\n");
        let quiet = written(false, |paper| paper.line(Style::Bad, "non").unwrap());
        assert_eq!(quiet, "  non\n");
    }

    #[test]
    fn nothing_that_a_library_sends_moves_the_cursor() {
        let shown = written(true, |paper| {
            paper.line(Style::Plain, "a\x1b[2Jb\u{9b}c\u{7}").unwrap()
        });
        assert_eq!(shown, "  a [2Jb c \n");
    }
}
