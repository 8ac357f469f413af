//! `relire import patrons FILE.csv`: readers with their households, cards and PINs, a household never in two
//! transactions; then the pairs of readers who may be one person.

use std::collections::{HashMap, HashSet};

use anyhow::Context;
use desk::hash_brought_pins;
use jiff::{Timestamp, civil::Date};
use people::{
    FIELDS, FieldDigests, PatronRow, PatronTable, field_digests, guarantor, household_key,
};
use store::{
    KnownPatron, PatronColumns, SourceAnswer, SourceAsk, SourceChange, SourceGuarantor,
    SourcePatron, Store,
};

use super::{
    doubts::propose,
    report::{Progress, Report, Tally, open},
};
use crate::{
    cli::{Common, PeopleFile},
    commands::{network_clock, quiet},
};

/// So many readers to a transaction, or a household more.
const A_TRANSACTION: usize = 1_000;

const COLUMNS: [&str; 7] = [
    "read",
    "new",
    "changed",
    "unchanged",
    "kept",
    "rejected",
    "no guarantor",
];

pub(super) async fn run(common: &Common, options: &PeopleFile) -> anyhow::Result<()> {
    let (file, _) = open(&options.file)?;
    let mut table =
        PatronTable::open(file).with_context(|| format!("the file {}", options.file.display()))?;
    let mut import = Import {
        report: Report::create(options)?,
        tally: Tally::default(),
        dry_run: options.dry_run,
    };
    let database = quiet(common).await?;
    let now = network_clock(common, &database).await?.now();
    let (rulebook, _) = database.owner.rulebook().await?;

    let mut rows = Vec::new();
    let (mut numbers, mut cards) = (HashSet::new(), HashSet::new());
    while let Some(row) = table.next_row()? {
        let row = match row {
            Ok(row) => row,
            Err(no) => {
                import.tally.count(&no.branch, "read", 1);
                import.tally.count(&no.branch, "rejected", 1);
                import
                    .report
                    .line(no.line, &no.branch, &no.number, no.field, no.why)?;
                continue;
            }
        };
        import.tally.count(row.branch.as_str(), "read", 1);
        if !rulebook.branches.contains_key(&row.branch) {
            import.reject(&row, "branch", "is no branch of this network")?;
        } else if !rulebook.categories.contains_key(&row.category) {
            import.reject(&row, "category", "is no category of this network")?;
        } else if !numbers.insert((row.branch, row.number.clone())) {
            import.reject(&row, "patron_id", "stands in an earlier line")?;
        } else if !cards.insert((row.branch, row.card.clone())) {
            import.reject(&row, "card", "stands in an earlier line")?;
        } else {
            rows.push(row);
        }
    }

    let at = now.timestamp();
    let mut progress = Progress::of("readers", u64::try_from(rows.len()).unwrap_or_default());
    let mut done = 0;
    for batch in batches(&rows) {
        import.take(&database.owner, &batch, now.date(), at).await?;
        done += batch.iter().map(Vec::len).sum::<usize>();
        progress.at(u64::try_from(done).unwrap_or_default());
    }
    eprintln!("{done} readers in {:.0} s", progress.seconds());
    if options.dry_run {
        eprintln!("dry run: nothing was written");
    } else {
        propose(&database.owner, at).await?;
    }
    import.tally.print(&COLUMNS);
    import.report.close()
}

/// Households, whole, as many as fit a transaction.
fn batches(rows: &[PatronRow]) -> Vec<Vec<Vec<&PatronRow>>> {
    let mut homes: Vec<Vec<&PatronRow>> = Vec::new();
    let mut places: HashMap<i64, usize> = HashMap::new();
    for row in rows {
        let known = household_key(row).map(|key| *places.entry(key).or_insert(homes.len()));
        match known.and_then(|place| homes.get_mut(place)) {
            Some(home) => home.push(row),
            None => homes.push(vec![row]),
        }
    }
    let mut batches = Vec::new();
    let (mut batch, mut size) = (Vec::new(), 0);
    for home in homes {
        size += home.len();
        batch.push(home);
        if size >= A_TRANSACTION {
            batches.push(std::mem::take(&mut batch));
            size = 0;
        }
    }
    batches.push(batch);
    batches
}

struct Import {
    report: Report,
    tally: Tally,
    dry_run: bool,
}

/// A row with what is known of it.
struct Met<'a> {
    row: &'a PatronRow,
    ask: SourceAsk,
    answer: SourceAnswer,
}

impl Import {
    fn reject(&mut self, row: &PatronRow, field: &str, why: &str) -> anyhow::Result<()> {
        self.tally.count(row.branch.as_str(), "rejected", 1);
        self.report
            .line(row.line, row.branch.as_str(), &row.number, field, why)
    }

    async fn take(
        &mut self,
        store: &Store,
        homes: &[Vec<&PatronRow>],
        today: Date,
        at: Timestamp,
    ) -> anyhow::Result<()> {
        let asks: Vec<SourceAsk> = homes.iter().flatten().map(|row| ask(row)).collect();
        let mut answers = store.known_patrons(&asks).await?.into_iter();
        let mut asks = asks.into_iter();
        let (mut new, mut changes) = (Vec::new(), Vec::new());
        for (group, home) in homes.iter().enumerate() {
            let members: Vec<Met<'_>> = home
                .iter()
                .zip(asks.by_ref())
                .zip(answers.by_ref())
                .map(|((row, ask), answer)| Met { row, ask, answer })
                .collect();
            self.add(&members, group, today, &mut new)?;
            for met in members {
                if let Some(known) = met.answer.known {
                    changes.extend(self.change(met.row, met.ask, known, met.answer.card_holder)?);
                }
            }
        }
        if self.dry_run {
            return Ok(());
        }
        hash(
            new.iter_mut()
                .map(|(patron, pin)| (&mut patron.pin_hash, pin.take())),
        )
        .await?;
        hash(
            changes
                .iter_mut()
                .map(|(change, pin): &mut (SourceChange, Option<String>)| {
                    (&mut change.pin_hash, pin.take())
                }),
        )
        .await?;
        let new: Vec<SourcePatron> = new.into_iter().map(|(patron, _)| patron).collect();
        let changes: Vec<SourceChange> = changes.into_iter().map(|(change, _)| change).collect();
        let again =
            "what is written so far stays; start the import again, and it goes on from there";
        store.add_source_patrons(&new, at).await.context(again)?;
        let missed = store
            .change_source_patrons(&changes, at)
            .await
            .context(again)?;
        if missed > 0 {
            eprintln!(
                "{missed} readers were being changed by somebody: import the file again for them"
            );
        }
        Ok(())
    }

    /// Who is not known comes in, with the household that others of the same name and address have.
    fn add(
        &mut self,
        home: &[Met<'_>],
        group: usize,
        today: Date,
        new: &mut Vec<(SourcePatron, Option<String>)>,
    ) -> anyhow::Result<()> {
        let rows: Vec<&PatronRow> = home.iter().map(|met| met.row).collect();
        let mut places: Vec<Option<SourceGuarantor>> = home
            .iter()
            .map(|met| {
                met.answer
                    .known
                    .as_ref()
                    .filter(|known| !known.closed)
                    .map(|known| SourceGuarantor::Patron(known.patron_id))
            })
            .collect();
        for (met, place) in home.iter().zip(&mut places) {
            if met.answer.known.is_some() {
                continue;
            }
            if met.answer.card_holder.is_some() {
                self.reject(met.row, "card", "is another reader's here")?;
                continue;
            }
            *place = Some(SourceGuarantor::InBatch(new.len()));
            let columns = columns(met.row);
            let household_id = home.iter().find_map(|other| {
                let known = other.answer.known.as_ref().filter(|known| !known.closed);
                let known = known.map(|known| known.household_id);
                known.or(other.answer.household_id)
            });
            let fields = digests(met.row, &columns, &met.row.card, met.row.blocked);
            self.tally.count(met.row.branch.as_str(), "new", 1);
            let patron = SourcePatron {
                source: met.ask.clone(),
                columns,
                household_id,
                group,
                guarantor: None,
                pin_hash: None,
                owed_cents: met.row.owed_cents,
                blocked: met.row.blocked,
                fields: fields.as_bytes().to_vec(),
            };
            new.push((patron, met.row.pin.clone()));
        }
        for (met, place) in home.iter().zip(&places) {
            let Some(SourceGuarantor::InBatch(place)) = place else {
                continue;
            };
            let answers_for = guarantor(met.row, &rows, today);
            let found = answers_for.and_then(|index| places.get(index).copied().flatten());
            if let Some((patron, _)) = new.get_mut(*place) {
                patron.guarantor = found;
            }
            if found.is_none() && is_minor(met.row, today) {
                self.tally.count(met.row.branch.as_str(), "no guarantor", 1);
                self.report.line(
                    met.row.line,
                    met.row.branch.as_str(),
                    &met.row.number,
                    "birthdate",
                    "is a minor's, and no adult of the same name lives at the same address: came in without a guarantor",
                )?;
            }
        }
        Ok(())
    }

    /// A field is written where the file says something else than last time, and what stands here is what it said
    /// last time. What staff or the reader changed here stays, and is reported.
    fn change(
        &mut self,
        row: &PatronRow,
        ask: SourceAsk,
        known: KnownPatron,
        card_holder: Option<i64>,
    ) -> anyhow::Result<Option<(SourceChange, Option<String>)>> {
        let branch = row.branch.as_str();
        let said = FieldDigests::from_bytes(known.fields.clone());
        let wanted = columns(row);
        let says = digests(row, &wanted, &row.card, row.blocked);
        let stands = digests(
            row,
            &known.now,
            known.card.as_deref().unwrap_or_default(),
            known.blocked,
        );
        let pin = row.pin.clone().filter(|_| !known.has_pin);
        if known.closed || said == says && pin.is_none() {
            self.tally.count(branch, "unchanged", 1);
            return Ok(None);
        }
        if card_holder.is_some_and(|holder| holder != known.patron_id) {
            self.reject(row, "card", "is another reader's here")?;
            return Ok(None);
        }
        let mut take = [false; FIELDS.len()];
        let mut kept = false;
        for (index, (name, take)) in FIELDS.iter().zip(&mut take).enumerate() {
            if says.same(&said, index) || says.same(&stands, index) {
                continue;
            }
            *take = stands.same(&said, index);
            if !*take {
                kept = true;
                self.report.line(
                    row.line,
                    branch,
                    &row.number,
                    name,
                    "was changed here since: kept as it is here",
                )?;
            }
        }
        self.tally
            .count(branch, if kept { "kept" } else { "changed" }, 1);
        let [
            family,
            given,
            born,
            address,
            email,
            phone,
            category,
            expires,
            card,
            status,
        ] = take;
        let now = known.now.clone();
        let either = |take: bool, wanted: String, now: String| if take { wanted } else { now };
        let columns = PatronColumns {
            family_name: either(family, wanted.family_name, now.family_name),
            given_name: either(given, wanted.given_name, now.given_name),
            born_on: if born { wanted.born_on } else { now.born_on },
            address: either(address, wanted.address, now.address),
            email: either(email, wanted.email, now.email),
            phone: either(phone, wanted.phone, now.phone),
            category: if category {
                wanted.category
            } else {
                now.category
            },
            expires_on: if expires {
                wanted.expires_on
            } else {
                now.expires_on
            },
        };
        let change = SourceChange {
            source: ask,
            known,
            columns,
            card: card.then(|| row.card.clone()),
            block: status.then_some(row.blocked),
            pin_hash: None,
            fields: says.as_bytes().to_vec(),
        };
        Ok(Some((change, pin)))
    }
}

fn is_minor(row: &PatronRow, today: Date) -> bool {
    row.born_on
        .is_some_and(|born| born > today.saturating_sub(jiff::Span::new().years(18)))
}

fn ask(row: &PatronRow) -> SourceAsk {
    SourceAsk {
        branch: row.branch,
        number: row.number.clone(),
        card: row.card.clone(),
        household: household_key(row),
    }
}

fn columns(row: &PatronRow) -> PatronColumns {
    PatronColumns {
        family_name: row.family_name.clone(),
        given_name: row.given_name.clone(),
        born_on: row.born_on,
        address: row.address(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        category: row.category,
        expires_on: row.expires_on,
    }
}

/// In the order of [`FIELDS`].
fn digests(row: &PatronRow, columns: &PatronColumns, card: &str, blocked: bool) -> FieldDigests {
    let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    let values = [
        columns.family_name.clone(),
        columns.given_name.clone(),
        day(columns.born_on),
        columns.address.clone(),
        columns.email.clone(),
        columns.phone.clone(),
        columns.category.to_string(),
        day(columns.expires_on),
        card.to_owned(),
        blocked.to_string(),
    ];
    field_digests(row.branch.as_str(), &row.number, &values)
}

/// Hashes the PINs that there are, on every core, and puts each where it belongs.
async fn hash<'a>(
    wanted: impl Iterator<Item = (&'a mut Option<String>, Option<String>)>,
) -> anyhow::Result<()> {
    let (places, pins): (Vec<_>, Vec<String>) = wanted
        .filter_map(|(place, pin)| Some((place, pin?)))
        .unzip();
    let hashes = tokio::task::spawn_blocking(move || hash_brought_pins(&pins)).await??;
    for (place, hash) in places.into_iter().zip(hashes) {
        *place = Some(hash);
    }
    Ok(())
}
