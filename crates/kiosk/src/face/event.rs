//! The number of the event behind a refusal.

/// The number under which the library keeps why it said no: `Réf. 1234` or `Ref. 1234` among the
/// lines to be printed (AG), else its number for the transaction (BK).
pub(super) fn event_number(print_lines: &[String], transaction_id: Option<&str>) -> Option<i64> {
    let printed = print_lines.iter().find_map(|line| {
        let (_, after) = line
            .split_once("Réf.")
            .or_else(|| line.split_once("Ref."))?;
        let digits: String = after
            .trim_start()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse().ok()
    });
    printed.or_else(|| transaction_id?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_both_languages() {
        let number = |lines: &[&str]| {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            event_number(&lines, None)
        };
        assert_eq!(number(&["Réf. 1234"]), Some(1234));
        assert_eq!(number(&["Médiathèque", "Ref. 98."]), Some(98));
        assert_eq!(number(&["Refus 12", "Réf. ", "Réf. x1"]), None);
        assert_eq!(number(&[]), None);
    }

    #[test]
    fn as_transaction() {
        assert_eq!(event_number(&[], Some("512")), Some(512));
        assert_eq!(event_number(&["Réf. 7".into()], Some("512")), Some(7));
        assert_eq!(event_number(&[], Some("TPE-88")), None);
    }
}
