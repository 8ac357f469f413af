//! `relire import loans FILE.csv`: brought over, judged as a whole, written in short transactions.

use anyhow::Context;
use jiff::tz::TimeZone;
use people::{LoanRow, LoanTable, unlinked_before};
use store::StagedLoan;

use super::report::{Progress, Report, Tally, open};
use crate::{
    cli::{Common, PeopleFile},
    commands::{network_clock, quiet},
};

/// So many lines go to the server at once.
const AT_ONCE: usize = 20_000;
/// So many are written in one transaction: a second or less, for which the items of its open loans wait.
const A_TRANSACTION: i64 = 10_000;
/// So many rejected lines are fetched at once.
const REJECTED: i64 = 50_000;

const COLUMNS: [&str; 14] = [
    "read",
    "over",
    "open",
    "ends",
    "moved",
    "known",
    "unknown_item",
    "unknown_patron",
    "unknown_branch",
    "twice",
    "lent_again",
    "overlaps",
    "elsewhere",
    "unreadable",
];

pub(super) async fn run(common: &Common, options: &PeopleFile) -> anyhow::Result<()> {
    let (file, length) = open(&options.file)?;
    let mut table =
        LoanTable::open(file).with_context(|| format!("the file {}", options.file.display()))?;
    let mut report = Report::create(options)?;
    let mut tally = Tally::default();
    let database = quiet(common).await?;
    let clock = network_clock(common, &database).await?;
    let forget_before = unlinked_before(clock.now().date());

    let mut staging = database.owner.stage_loans().await?;
    let mut reading = Progress::of("reading", length);
    let mut lines = Vec::with_capacity(AT_ONCE);
    while let Some(row) = table.next_row()? {
        match row {
            Ok(row) => {
                let staged = staged(&row, clock.zone(), forget_before)
                    .with_context(|| format!("line {}", row.line))?;
                lines.push(staged);
            }
            Err(no) => {
                tally.count(&no.branch, "read", 1);
                tally.count(&no.branch, "unreadable", 1);
                report.line(no.line, &no.branch, &no.number, no.field, no.why)?;
            }
        }
        if lines.len() >= AT_ONCE {
            staging.add(&lines).await?;
            lines.clear();
            reading.at(table.bytes_read());
        }
    }
    staging.add(&lines).await?;
    eprintln!("read in {:.0} s", reading.seconds());

    let judging = Progress::of("comparing", 1);
    for came in staging.judge().await? {
        let branch = came.branch.to_string();
        tally.count(&branch, "read", came.lines);
        tally.count(&branch, came.fate.name(), came.lines);
    }
    eprintln!("compared in {:.0} s", judging.seconds());
    let mut after = 0;
    loop {
        let rejected = staging.rejected(after, REJECTED).await?;
        let Some((last, _)) = rejected.last() else {
            break;
        };
        after = *last;
        for (line, fate) in rejected {
            report.line(line, "", "", "", fate.name())?;
        }
    }

    if options.dry_run {
        eprintln!("dry run: nothing was written");
    } else {
        let last = staging.last().await?;
        let mut writing = Progress::of("writing", u64::try_from(last).unwrap_or_default());
        let (mut from, mut written) = (0, 0);
        while from < last {
            let to = (from + A_TRANSACTION).min(last);
            written += staging.write(from, to).await.context(
                "what is written so far stays; start the import again, and it goes on from there",
            )?;
            from = to;
            writing.at(u64::try_from(from).unwrap_or_default());
        }
        staging.finish().await?;
        eprintln!("wrote {written} loans in {:.0} s", writing.seconds());
    }
    tally.print(&COLUMNS);
    report.close()
}

fn staged(
    row: &LoanRow,
    zone: &TimeZone,
    forget_before: jiff::civil::Date,
) -> anyhow::Result<StagedLoan> {
    let moment = |local: jiff::civil::DateTime| -> anyhow::Result<jiff::Timestamp> {
        Ok(local.to_zoned(zone.clone())?.timestamp())
    };
    Ok(StagedLoan {
        line: row.line,
        lent: moment(row.lent)?,
        lent_on: row.lent.date(),
        due: row.due,
        back: row.returned.map(moment).transpose()?,
        back_on: row.returned.map(|returned| returned.date()),
        forget: row
            .returned
            .is_some_and(|returned| returned.date() < forget_before),
        lent_at: row.lent_at,
        back_to: row.returned_to,
        item_branch: row.item_branch,
        barcode: row.barcode.clone(),
        card: row.card.clone(),
        card_branch: row.patron_branch,
        renewals: row.renewals,
    })
}
