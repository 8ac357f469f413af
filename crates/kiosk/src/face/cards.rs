//! The library's answers as cards.

use sip2::messages::{
    AcsStatus, CheckinResponse, CheckoutResponse, ItemInformationResponse,
    PatronInformationResponse, RenewResponse,
};
use sip2::value::{Amount, CirculationStatus, Currency, SipDate};

use super::dates;
use super::paper::{Line, Style, WIDTH, width};
use super::words::Words;
use crate::ClientError;

/// `text` with its `{}` filled in.
pub(super) fn fill(text: &str, value: impl ToString) -> String {
    text.replacen("{}", &value.to_string(), 1)
}

/// Which branch this is and whether it works, side by side if there is room.
pub(super) fn header(
    words: &Words,
    status: &AcsStatus,
    now: Option<SipDate>,
) -> Vec<Vec<(Style, String)>> {
    let name = status
        .library_name
        .clone()
        .unwrap_or_else(|| status.institution.clone());
    let (style, word) = if status.online {
        (Style::Good, words.online)
    } else {
        (Style::Bad, words.offline)
    };
    let state = format!("● {word}");
    let mut lines = Vec::new();
    let room = WIDTH.saturating_sub(width(&name) + width(&state));
    if room > 1 {
        lines.push(vec![
            (Style::Strong, name),
            (Style::Plain, " ".repeat(room)),
            (style, state),
        ]);
    } else {
        lines.extend(
            super::paper::wrap(&name, WIDTH)
                .into_iter()
                .map(|part| vec![(Style::Strong, part)]),
        );
        lines.push(vec![(style, state)]);
    }
    if let Some(now) = now {
        let day = dates::long(words, &now);
        let day = day.strip_prefix(words.on).unwrap_or(&day);
        lines.push(vec![(
            Style::Dim,
            format!("{day}, {:02}:{:02}", now.hour, now.minute),
        )]);
    }
    lines
}

/// What the reader's screen says before the loans.
pub(super) fn standing(words: &Words, patron: &PatronInformationResponse) -> Vec<Line> {
    let mut lines = vec![Line::said(
        Style::Strong,
        fill(words.hello, &patron.patron_name),
    )];
    let told = patron.screen_messages.iter();
    if patron.status.is_good() {
        lines.push(Line::titled('✓', Style::Good, words.good_standing));
        lines.extend(told.map(|text| Line::said(Style::Plain, text)));
    } else {
        lines.push(Line::titled('✗', Style::Bad, words.in_the_way));
        // The library's own words say more than the flags.
        if patron.screen_messages.is_empty() {
            let flags = words.denials(patron.status);
            lines.extend(flags.map(|text| Line::said(Style::Bad, format!("· {text}"))));
        }
        lines.extend(told.map(|text| Line::said(Style::Bad, format!("· {text}"))));
    }
    if let Some(amount) = patron.fee_amount.filter(|amount| amount.cents() > 0) {
        let amount = money(words, amount, patron.currency);
        lines.push(Line::said(Style::Bad, fill(words.owed, amount)));
    }
    if let Some(ready) = patron.hold_items_count.filter(|count| *count > 0) {
        lines.push(Line::said(Style::Good, fill(words.holds_ready, ready)));
    }
    lines
}

/// Lent, or not.
pub(super) fn checkout(words: &Words, barcode: &str, answer: &CheckoutResponse) -> Vec<Line> {
    let title = title(words, &answer.title, barcode);
    if !answer.ok {
        return refusal(words, &title, &answer.screen_messages);
    }
    let title = if answer.renewal_ok {
        fill(words.renewed, title)
    } else {
        title
    };
    done(words, title, &answer.due_date, &answer.screen_messages)
}

/// Renewed, or not.
pub(super) fn renew(words: &Words, barcode: &str, answer: &RenewResponse) -> Vec<Line> {
    let title = title(words, &answer.title, barcode);
    if !answer.ok {
        return refusal(words, &title, &answer.screen_messages);
    }
    done(
        words,
        fill(words.renewed, title),
        &answer.due_date,
        &answer.screen_messages,
    )
}

/// Taken back, or not.
pub(super) fn checkin(words: &Words, barcode: &str, answer: &CheckinResponse) -> Vec<Line> {
    let title = title(words, answer.title.as_deref().unwrap_or_default(), barcode);
    if !answer.ok {
        return refusal(words, &title, &answer.screen_messages);
    }
    let mut lines = vec![
        Line::titled('✓', Style::Good, title),
        Line::said(Style::Plain, words.returned),
    ];
    if answer.alert {
        lines.push(Line::said(Style::Strong, words.hand_over));
    }
    if let Some(branch) = &answer.destination {
        lines.push(Line::said(Style::Plain, fill(words.goes_to, branch)));
    }
    lines.extend(
        answer
            .screen_messages
            .iter()
            .map(|text| Line::said(Style::Plain, text)),
    );
    lines
}

/// What an item is.
pub(super) fn item(words: &Words, barcode: &str, answer: &ItemInformationResponse) -> Vec<Line> {
    if answer.title.is_empty() {
        let mut told = answer.screen_messages.clone();
        if told.is_empty() {
            told.push(words.item_unknown.to_owned());
        }
        return refusal(words, &fill(words.untitled, barcode), &told);
    }
    let free = answer.circulation_status == CirculationStatus::Available;
    let style = if free { Style::Good } else { Style::Plain };
    let place = answer
        .current_location
        .as_ref()
        .or(answer.permanent_location.as_ref());
    let place = place
        .map(|branch| format!(" ({branch})"))
        .unwrap_or_default();
    let status = words.status(answer.circulation_status);
    let mut lines = vec![
        Line::titled(if free { '✓' } else { '·' }, Style::Strong, &answer.title),
        Line::said(style, format!("{status}{place}")),
    ];
    if let Some(due) = &answer.due_date {
        lines.push(Line::said(Style::Plain, due_text(words, due)));
    }
    if let Some(call_number) = &answer.call_number {
        lines.push(Line::said(
            Style::Plain,
            fill(words.shelf_mark, call_number),
        ));
    }
    if let Some(queue) = answer.hold_queue_length.filter(|queue| *queue > 0) {
        lines.push(Line::said(Style::Plain, fill(words.waiting, queue)));
    }
    lines.extend(
        answer
            .screen_messages
            .iter()
            .map(|text| Line::said(Style::Plain, text)),
    );
    lines
}

/// The line was worse than the client could mend.
pub(super) fn trouble(words: &Words, error: &ClientError) -> Vec<Line> {
    vec![
        Line::titled('✗', Style::Bad, words.no_answer),
        Line::said(Style::Plain, words.no_answer_why),
        Line::said(Style::Dim, error.to_string()),
    ]
}

/// No, with the library's reasons.
pub(super) fn refusal(words: &Words, title: &str, reasons: &[String]) -> Vec<Line> {
    let mut lines = vec![Line::titled('✗', Style::Bad, title)];
    if reasons.is_empty() {
        lines.push(Line::said(Style::Bad, words.refused_why));
    }
    lines.extend(reasons.iter().map(|text| Line::said(Style::Bad, text)));
    lines
}

/// `à rendre le mercredi 26 août 2026`, or the library's own words where they are no date.
pub(super) fn due_text(words: &Words, due: &str) -> String {
    let date = dates::due_date(due).map(|date| dates::long(words, &date));
    fill(words.due, date.unwrap_or_else(|| due.trim().to_owned()))
}

fn done(words: &Words, title: String, due: &str, told: &[String]) -> Vec<Line> {
    let mut lines = vec![Line::titled('✓', Style::Good, title)];
    if !due.trim().is_empty() {
        lines.push(Line::said(Style::Plain, due_text(words, due)));
    }
    lines.extend(told.iter().map(|text| Line::said(Style::Plain, text)));
    lines
}

fn title(words: &Words, title: &str, barcode: &str) -> String {
    match title.trim() {
        "" => fill(words.untitled, barcode),
        title => title.to_owned(),
    }
}

fn money(words: &Words, amount: Amount, currency: Option<Currency>) -> String {
    let number = amount.to_string().replace('.', &words.decimal.to_string());
    match currency {
        Some(Currency::EUR) => format!("{number} €"),
        Some(other) => format!("{number} {other}"),
        None => number,
    }
}
