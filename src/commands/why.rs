//! `relire why EVENT`: the rule, the date and the closure behind an answer.

use anyhow::bail;
use circulation::Language;
use desk::{Desk, Why};

use super::{network_clock, quiet};
use crate::cli::Common;

#[expect(
    clippy::print_stdout,
    reason = "the explanation is this command's output"
)]
pub(super) async fn run(common: &Common, event: i64, english: bool) -> anyhow::Result<()> {
    let database = quiet(common).await?;
    let clock = network_clock(common, &database).await?;
    let zone = clock.zone().clone();
    let desk = Desk::open(database.store.clone(), clock).await?;
    let language = if english {
        Language::English
    } else {
        Language::French
    };
    let Some(why) = desk.why(event, language).await? else {
        bail!(
            "there is no event {event}: the number stands on the kiosk's screen or slip, and in the log"
        );
    };
    for line in lines(&why, language, &zone) {
        println!("{line}");
    }
    Ok(())
}

/// The explanation, a line each.
pub(super) fn lines(why: &Why, language: Language, zone: &jiff::tz::TimeZone) -> Vec<String> {
    let event = &why.event;
    let (title, done, refused, by, reason) = match language {
        Language::French => ("événement", "fait", "refusé", "par", "dérogation"),
        Language::English => ("event", "done", "refused", "by", "override"),
    };
    let at = event
        .at
        .to_zoned(zone.clone())
        .strftime("%Y-%m-%d %H:%M:%S");
    let mut lines = vec![format!(
        "{title} {}  {}  {}  {at}",
        event.id,
        event.kind,
        if event.done { done } else { refused }
    )];
    let place = event
        .branch
        .map(|branch| branch.to_string())
        .unwrap_or_default();
    let actor = event
        .terminal
        .iter()
        .chain(&event.staff)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if !place.is_empty() || !actor.is_empty() {
        lines.push(format!("  {place}  {by} {actor}"));
    }
    if let Some((barcode, title)) = &event.item {
        lines.push(format!("  {barcode}  {title}"));
    }
    lines.extend(why.told.iter().map(|text| format!("  « {text} »")));
    lines.extend(why.lifted_by.iter().map(|way| format!("  possible {way}")));
    if let Some(text) = &why.reason {
        lines.push(format!("  {reason}: {text}"));
    }
    lines.extend(why.lines.iter().map(|line| format!("  {line}")));
    lines
}
