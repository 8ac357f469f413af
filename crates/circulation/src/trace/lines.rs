//! Traces in words, as `relire why` and the staff pages print them: what came out on the left,
//! the reasons beside it.

use super::{Chosen, Step, Trace};
use crate::calendar::{ClosedReason, ClosedSpan};
use crate::decide::{Lateness, Route};
use crate::language::Language;
use crate::policy::{Role, Whom};
use crate::refusal::Refusal;
use crate::rulebook::Rulebook;
use crate::words;

impl Trace {
    /// The trace for people, a line each, columns aligned with spaces.
    #[must_use]
    pub fn lines(&self, language: Language, book: &Rulebook) -> Vec<String> {
        let mut table = Table::default();
        let words = Words { language, book };
        words.dates(self, &mut table);
        words.counts(self, &mut table);
        for step in &self.steps {
            words.step(step, &mut table);
        }
        table.aligned()
    }
}

/// Rows of (what came out, one reason); an empty left side carries on the row above.
#[derive(Default)]
struct Table(Vec<(String, String)>);

impl Table {
    fn row(&mut self, left: impl Into<String>, right: impl Into<String>) {
        self.0.push((left.into(), right.into()));
    }

    fn aligned(self) -> Vec<String> {
        const GAP: usize = 3;
        let width = self
            .0
            .iter()
            .map(|(left, _)| left.chars().count())
            .max()
            .unwrap_or(0)
            + GAP;
        self.0
            .into_iter()
            .map(|(left, right)| format!("{left:<width$}{right}"))
            .collect()
    }
}

struct Words<'b> {
    language: Language,
    book: &'b Rulebook,
}

impl Words<'_> {
    fn say(&self, french: &'static str, english: &'static str) -> &'static str {
        self.language.pick(french, english)
    }

    /// The due date, or a hold's last day, with everything that led to it.
    fn dates(&self, trace: &Trace, table: &mut Table) {
        let due = trace.steps.iter().find_map(|step| match step {
            Step::Due { on } => Some(format!("{} {on}", self.say("à rendre le", "due"))),
            Step::Lapses { on } => Some(format!(
                "{} {on}",
                self.say("réservé jusqu'au", "held until")
            )),
            _ => None,
        });
        let reasons = trace.steps.iter().filter_map(|step| self.date_reason(step));
        let mut left = due.unwrap_or_default();
        for reason in reasons {
            table.row(std::mem::take(&mut left), reason);
        }
        if !left.is_empty() {
            table.row(left, "");
        }
    }

    fn date_reason(&self, step: &Step) -> Option<String> {
        Some(match step {
            Step::Period { by, from, to } => {
                format!(
                    "{} {} {from} → {to}",
                    self.chosen(by),
                    self.say("depuis le", "from")
                )
            }
            Step::Until { by } => self.chosen(by),
            Step::Moved { branch, over, to } => format!(
                "{} {branch} {} → {} {}",
                self.say("fermé", "closed"),
                self.closures(over),
                self.say("prochaine ouverture le", "next opening"),
                words::day_and_month(*to, self.language),
            ),
            Step::ReturnBy { on } => format!(
                "{} {on}",
                self.say("à rendre au prêteur le", "wanted back by its lender on")
            ),
            Step::Desired { on } => {
                format!("{} {on}", self.say("demandé jusqu'au", "asked for until"))
            }
            Step::NeverShorter { due } => format!(
                "{} {due}",
                self.say(
                    "jamais avant l'échéance présente,",
                    "never before the present due date,"
                )
            ),
            Step::NeededUntil { on } => {
                format!("{} {on}", self.say("demandé jusqu'au", "needed until"))
            }
            Step::OpensTooSeldom { branch } => format!(
                "{} {branch}",
                self.say(
                    "attention : ouvert trop rarement, compte arrêté après deux ans :",
                    "warning: opens too seldom, count ended after two years:"
                )
            ),
            Step::NoOpeningsKnown { branch } => format!(
                "{} {branch}",
                self.say(
                    "attention : aucun horaire connu, donc toujours ouvert :",
                    "warning: no opening hours known, so taken as always open:"
                )
            ),
            Step::NoOpeningFound { branch } => format!(
                "{} {branch}",
                self.say(
                    "attention : aucune ouverture trouvée, date gardée :",
                    "warning: no opening found, date kept:"
                )
            ),
            _ => return None,
        })
    }

    /// Days of the week without opening are told only where nothing else closes the branch.
    fn closures(&self, over: &[ClosedSpan]) -> String {
        let weekly = |span: &&ClosedSpan| span.reason == ClosedReason::Weekday;
        let only_weekly = over.iter().all(|span| weekly(&span));
        let told = over.iter().filter(|span| only_weekly || !weekly(span));
        let short = |span: &ClosedSpan| {
            let days = if span.first == span.last {
                span.first.strftime("%m-%d").to_string()
            } else {
                format!(
                    "{}…{}",
                    span.first.strftime("%m-%d"),
                    span.last.strftime("%m-%d")
                )
            };
            format!("{days} ({})", span.reason.text(self.language))
        };
        told.map(short).collect::<Vec<_>>().join(", ")
    }

    /// Limits that were counted and not reached, in one row.
    fn counts(&self, trace: &Trace, table: &mut Table) {
        let of = self.say("sur", "of");
        let counted = trace.steps.iter().filter_map(|step| match step {
            Step::Counted {
                id, counted, max, ..
            } => Some(format!("{id} {counted} {of} {max}")),
            _ => None,
        });
        let counted = counted.collect::<Vec<_>>().join(", ");
        if !counted.is_empty() {
            table.row(self.say("limites", "limits"), counted);
        }
    }

    fn step(&self, step: &Step, table: &mut Table) {
        match step {
            Step::Chosen(chosen) => table.row(self.say("règle", "rule"), self.chosen(chosen)),
            Step::Late(late) => table.row(self.say("retard", "late"), self.late(late)),
            Step::Goes(Route::Stay { branch }) => {
                table.row(
                    self.say("reste", "stays"),
                    format!("{} {branch}", self.say("à", "at")),
                );
            }
            Step::Goes(Route::Transit { from, to }) => {
                table.row(self.say("part", "travels"), format!("{from} → {to}"));
            }
            Step::Goes(Route::HoldShelf { branch, until }) => {
                let where_and_when = format!("{branch} {} {until}", self.say("jusqu'au", "until"));
                table.row(self.say("mis de côté", "set aside"), where_and_when);
            }
            Step::Captured { passed_over: 0 } => table.row(
                self.say("réservé", "held"),
                self.say(
                    "la première réservation de la file l'obtient",
                    "the first hold in the queue gets it",
                ),
            ),
            Step::Captured { passed_over } => {
                let before = self.say(
                    "avant elle dans la file : en pause, échues, ou que ce document ne peut servir",
                    "passed over in the queue: suspended, lapsed, or not to be served with this item",
                );
                table.row(
                    self.say("réservé", "held"),
                    format!("{passed_over} {before}"),
                );
            }
            Step::New { until } => table.row(
                self.say("nouveauté", "new"),
                format!("{} {until}", self.say("avant le", "before")),
            ),
            Step::ToStaff => table.row(
                self.say("au personnel", "to staff"),
                self.say("une personne doit le voir", "a person must look at it"),
            ),
            Step::NoPolicy { on } => table.row(
                self.say("attention", "warning"),
                format!(
                    "{} {on}",
                    self.say("aucune règle en vigueur le", "no policy in force on")
                ),
            ),
            Step::Overridden(refusal) => {
                let mut what = self.refusal(refusal);
                if let Some(right) = refusal.right() {
                    what = format!("{what} ({})", right.name());
                }
                table.row(self.say("passé outre", "overridden"), what);
            }
            Step::Refused(refusal) => {
                table.row(self.say("refusé", "refused"), self.refusal(refusal));
                if let Some(way_out) = self.way_out(refusal) {
                    table.row("", way_out);
                }
            }
            // Told already, with the due date and the limits.
            Step::Period { .. }
            | Step::Until { .. }
            | Step::Moved { .. }
            | Step::NoOpeningsKnown { .. }
            | Step::NoOpeningFound { .. }
            | Step::NeverShorter { .. }
            | Step::Due { .. }
            | Step::NeededUntil { .. }
            | Step::Lapses { .. }
            | Step::OpensTooSeldom { .. }
            | Step::ReturnBy { .. }
            | Step::Desired { .. }
            | Step::Counted { .. } => {}
        }
    }

    /// "loan_days 14 (X-LENS-JVI, checkout branch LENS)". The branch is told where it matters.
    fn chosen(&self, chosen: &Chosen) -> String {
        let Chosen {
            parameter,
            value,
            rule,
            level,
            role,
            branch,
        } = chosen;
        if !level.names_branch() {
            return format!("{parameter} {value} ({rule})");
        }
        let role = match role {
            Role::Checkout => self.say("site de prêt", "checkout branch"),
            Role::Owner => self.say("site propriétaire", "owner"),
            Role::Pickup => self.say("site de retrait", "pickup branch"),
        };
        format!("{parameter} {value} ({rule}, {role} {branch})")
    }

    fn late(&self, late: &Lateness) -> String {
        let days = words::count(
            late.late_days,
            self.say("jour", "day"),
            self.say("jours", "days"),
            self.language,
        );
        let grace = format!("grace_days {} ({})", late.grace_days, late.grace_rule);
        if late.late_days <= late.grace_days {
            let within = self.say("sans suite :", "no consequence:");
            return format!("{days}, {within} {grace}");
        }
        let mut text = format!("{days}, {grace}");
        if let Some(suspension) = &late.suspension {
            text += &format!(
                " → {} {} ({}), {} {}",
                self.say("suspension de", "suspended for"),
                words::count(
                    suspension.days,
                    self.say("jour", "day"),
                    self.say("jours", "days"),
                    self.language
                ),
                suspension.rule,
                self.say("libre le", "free on"),
                suspension.free_on,
            );
        }
        if late.fine_cents > 0 {
            text += &format!(
                " → {} {} c",
                self.say("amende de", "fine of"),
                late.fine_cents
            );
        }
        text
    }

    fn refusal(&self, refusal: &Refusal) -> String {
        let Refusal::Limit {
            id,
            of,
            max,
            counted,
            documents,
            novelty,
            holds,
            at,
            ..
        } = refusal
        else {
            return refusal.text(self.language, self.book);
        };
        let who = match of {
            Whom::Patron => self.say("le lecteur", "patron"),
            Whom::Household => self.say("le foyer", "household"),
        };
        let what = match (documents.is_empty(), novelty, holds) {
            (true, false, false) => self.say("documents", "items").to_owned(),
            (true, true, false) => self.say("nouveautés", "new items").to_owned(),
            (true, false, true) => self.say("réservations", "holds").to_owned(),
            (true, true, true) => self
                .say("réservations de nouveautés", "holds on new items")
                .to_owned(),
            (false, _, false) => words::labels(documents, self.book),
            (false, _, true) => format!(
                "{} {}",
                self.say("réservations de", "holds on"),
                words::labels(documents, self.book)
            ),
        };
        let places: Vec<_> = at
            .iter()
            .map(|(branch, count)| format!("{count} {} {branch}", self.say("à", "at")))
            .collect();
        let places = if places.is_empty() {
            String::new()
        } else {
            format!(" ({})", places.join(", "))
        };
        format!(
            "{} {id}{} {who} {} {counted} {} {max} {what}{places}",
            self.say("limite", "limit"),
            self.say(" :", ":"),
            self.say("a", "has"),
            self.say("sur", "of"),
        )
    }

    /// From when it would be allowed, or by what.
    fn way_out(&self, refusal: &Refusal) -> Option<String> {
        let from = match refusal {
            Refusal::Suspended { free_on } => Some(free_on.to_string()),
            Refusal::CardExpired { .. } => Some(
                self.say("renouvellement de la carte", "renewal of the card")
                    .to_owned(),
            ),
            Refusal::RecallBlocked { .. } => Some(
                self.say("retour de ce prêt", "return of that loan")
                    .to_owned(),
            ),
            Refusal::NotAtMachine { .. } => Some(self.say("l'accueil", "the desk").to_owned()),
            Refusal::Limit {
                max,
                counted,
                holds: false,
                ..
            } if *max > 0 => {
                Some(self.returns(counted.saturating_sub(*max).saturating_add(1), *counted))
            }
            _ => None,
        };
        let from =
            from.map(|from| format!("{} {from}", self.say("possible dès :", "allowed from:")));
        let force = refusal.right().map(|right| {
            format!(
                "{} {}",
                right.name(),
                self.say("peut passer outre", "may force")
            )
        });
        match (from, force) {
            (Some(from), Some(force)) => Some(format!("{from}{} {force}", self.say(" ;", ";"))),
            (from, force) => from.or(force),
        }
    }

    fn returns(&self, needed: u32, counted: u32) -> String {
        match (needed, counted) {
            (1, 1) => self.say("son retour", "its return").to_owned(),
            (1, 2) => self
                .say("retour de l'un des deux", "return of either")
                .to_owned(),
            (1, _) => self
                .say("retour de l'un d'eux", "return of one of them")
                .to_owned(),
            _ => format!(
                "{} {needed} {}",
                self.say("retour de", "return of"),
                self.say("d'entre eux", "of them")
            ),
        }
    }
}
