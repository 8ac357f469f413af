//! The list of loans on the reader's screen.

use sip2::value::SipDate;

use super::dates;
use super::paper::{Style, WIDTH, width, wrap};
use super::words::Words;

/// A loan as the list shows it.
#[derive(Debug, Clone)]
pub(super) struct Loan {
    pub(super) barcode: String,
    pub(super) title: String,
    pub(super) due: Option<SipDate>,
    pub(super) overdue: bool,
}

/// Wider barcodes push their title to the right.
const WIDEST_BARCODE: usize = 16;
/// `mer. 23 sept. 2026`.
const DUE: usize = 18;
const GAP: usize = 2;

/// The list: barcode, title, due date. Overdue loans are red and say so in words, for those who see
/// no red.
pub(super) fn lines(words: &Words, loans: &[Loan]) -> Vec<Vec<(Style, String)>> {
    let barcode_width = loans
        .iter()
        .map(|loan| width(&loan.barcode))
        .max()
        .unwrap_or(0)
        .min(WIDEST_BARCODE);
    let title_width = WIDTH.saturating_sub(barcode_width + GAP + GAP + DUE);
    loans
        .iter()
        .flat_map(|loan| rows(words, loan, barcode_width, title_width))
        .collect()
}

fn rows(
    words: &Words,
    loan: &Loan,
    barcode_width: usize,
    title_width: usize,
) -> Vec<Vec<(Style, String)>> {
    let titles = wrap(&loan.title, title_width);
    let mut dues = vec![
        loan.due
            .map(|date| dates::short(words, &date))
            .unwrap_or_default(),
    ];
    if loan.overdue {
        dues.push(words.overdue.to_owned());
    }
    let style = if loan.overdue {
        Style::Bad
    } else {
        Style::Plain
    };
    let row = |at: usize| {
        let barcode = if at == 0 { loan.barcode.as_str() } else { "" };
        let title = titles.get(at).map_or("", String::as_str);
        let due = dues.get(at).map_or("", String::as_str);
        vec![
            (Style::Dim, format!("{barcode:barcode_width$}{:GAP$}", "")),
            (style, format!("{title:title_width$}{:GAP$}", "")),
            (style, due.to_owned()),
        ]
    };
    (0..titles.len().max(dues.len())).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::words::FRENCH;

    #[test]
    fn columns_stay_columns() {
        let loan = |barcode: &str, title: &str, overdue| Loan {
            barcode: barcode.into(),
            title: title.into(),
            due: dates::due_date("20260923"),
            overdue,
        };
        let loans = [
            loan("3001234", "Le Horla", false),
            loan(
                "300123456789",
                "Vingt mille lieues sous les mers : édition intégrale illustrée",
                true,
            ),
        ];
        let shown: Vec<String> = lines(&FRENCH, &loans)
            .into_iter()
            .map(|parts| {
                parts
                    .into_iter()
                    .map(|(_, text)| text)
                    .collect::<String>()
                    .trim_end()
                    .to_owned()
            })
            .collect();
        assert_eq!(
            shown,
            [
                "3001234       Le Horla                                    mer. 23 sept. 2026",
                "300123456789  Vingt mille lieues sous les mers : édition  mer. 23 sept. 2026",
                "              intégrale illustrée                         en retard",
            ]
        );
        assert!(shown.iter().all(|line| width(line) <= WIDTH));
    }
}
