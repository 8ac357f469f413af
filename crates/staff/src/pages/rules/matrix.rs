//! The rules of a branch as a table: document types down, categories of readers across.

use circulation::{BranchCode, Case, Parameter, ParameterGroup, ParameterValue, Policy, Rulebook};
use serde::Deserialize;

use super::{
    case,
    words::{Choice, branch_name, branches, short},
};
use crate::{access::Signed, pages::Trouble, tongue::Tongue};

/// What of the table is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    branch: Option<String>,
    show: Option<String>,
}

/// What a cell shows: the most looked for, or one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    Main,
    One(Parameter),
}

/// What a cell of the most looked for depends on.
const MAIN: [Parameter; 5] = [
    Parameter::Loanable,
    Parameter::LoanDays,
    Parameter::LoanUntil,
    Parameter::Renewals,
    Parameter::Holdable,
];

/// The table, with the form that chooses what it shows.
#[derive(Debug)]
pub(super) struct Matrix {
    pub(super) branch_name: String,
    pub(super) branches: Vec<Choice>,
    pub(super) shows: Vec<(&'static str, Vec<Choice>)>,
    /// What it shows, in words.
    pub(super) caption: String,
    /// Categories, by their labels.
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// How many cells are other than in the version that it is compared with.
    pub(super) changed: usize,
    /// Whether some cells are exceptions of the branch.
    pub(super) has_local: bool,
}

#[derive(Debug)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) cells: Vec<Cell>,
}

/// What a reader of a category may do with a document type.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) href: String,
    pub(super) text: String,
    pub(super) small: String,
    /// An exception of the branch from the network's rules.
    pub(super) local: bool,
    /// It cannot be borrowed.
    pub(super) shut: bool,
    /// What it was in the version that it is compared with, where that is something else.
    pub(super) was: Option<String>,
}

impl Matrix {
    /// Of rules, compared with others if these are given. `base` is the address that cells lead below.
    pub(super) fn of(
        signed: &Signed,
        book: &Rulebook,
        policy: &Policy,
        before: Option<&Policy>,
        wanted: &Wanted,
        base: &str,
    ) -> Result<Self, Trouble> {
        let t = signed.tongue();
        let branch = match wanted.branch.as_deref() {
            None | Some("") => signed.member.branch(),
            Some(code) => code.parse().map_err(|_| Trouble::NotFound)?,
        };
        if !book.branches.contains_key(&branch) {
            return Err(Trouble::NotFound);
        }
        let show = match wanted.show.as_deref() {
            None | Some("" | "main") => Show::Main,
            Some(name) => Show::One(name.parse().map_err(|_| Trouble::NotFound)?),
        };
        let mut table = Self {
            branch_name: branch_name(book, branch),
            branches: branches(book, Some(branch)),
            shows: shows(t, show),
            caption: caption(t, show).to_owned(),
            heads: book
                .categories
                .values()
                .map(|category| short(&category.label).to_owned())
                .collect(),
            rows: Vec::with_capacity(book.documents.len()),
            changed: 0,
            has_local: false,
        };
        for kind in book.documents.values() {
            let cells: Vec<Cell> = book
                .categories
                .keys()
                .map(|category| {
                    let case = case(branch, *category, kind.code);
                    let mut cell = cell(t, policy, show, &case);
                    cell.href = format!(
                        "{base}/why?branch={branch}&category={category}&document={}",
                        kind.code
                    );
                    cell.was = before.and_then(|before| was(t, policy, before, show, &case));
                    cell
                })
                .collect();
            table.changed += cells.iter().filter(|cell| cell.was.is_some()).count();
            table.has_local |= cells.iter().any(|cell| cell.local);
            table.rows.push(Row {
                label: short(&kind.label).to_owned(),
                cells,
            });
        }
        Ok(table)
    }
}

fn caption(t: Tongue, show: Show) -> &'static str {
    match show {
        Show::Main => t.say(
            "L’essentiel : durée, prolongations, réservation",
            "In short: length, renewals, holds",
        ),
        Show::One(parameter) => parameter.label(t.0),
    }
}

/// What may be chosen, in groups.
fn shows(t: Tongue, show: Show) -> Vec<(&'static str, Vec<Choice>)> {
    let main = Choice {
        code: "main".into(),
        label: caption(t, Show::Main).into(),
        chosen: show == Show::Main,
    };
    let groups = ParameterGroup::ALL.into_iter().map(|group| {
        let choices = group.parameters().iter().map(|parameter| Choice {
            code: parameter.name().into(),
            label: parameter.label(t.0).into(),
            chosen: show == Show::One(*parameter),
        });
        (group.label(t.0), choices.collect())
    });
    std::iter::once((t.say("En bref", "In short"), vec![main]))
        .chain(groups)
        .collect()
}

fn cell(t: Tongue, policy: &Policy, show: Show, case: &Case) -> Cell {
    let shut = !policy.loanable(case).value;
    let by_branch = |parameter| policy.resolve_value(parameter, case).level.names_branch();
    let (text, small, local) = match show {
        Show::One(parameter) => {
            let decides = match shut && is_of_loans(parameter) {
                true => Parameter::Loanable,
                false => parameter,
            };
            let text = alone(t, policy, parameter, case);
            (text, String::new(), by_branch(decides))
        }
        Show::Main => {
            let (text, small) = in_short(t, policy, case);
            let looked_at: &[Parameter] = match shut {
                true => &[Parameter::Loanable, Parameter::Holdable],
                false => &MAIN,
            };
            let local = looked_at.iter().any(|parameter| by_branch(*parameter));
            (text, small, local)
        }
    };
    Cell {
        href: String::new(),
        shut: shut
            && match show {
                Show::Main => true,
                Show::One(parameter) => parameter == Parameter::Loanable || is_of_loans(parameter),
            },
        text,
        small,
        local,
        was: None,
    }
}

/// Whether a parameter says nothing of what is not lent.
fn is_of_loans(parameter: Parameter) -> bool {
    let of = |group: ParameterGroup| group.parameters().contains(&parameter);
    parameter != Parameter::Loanable && (of(ParameterGroup::Loan) || of(ParameterGroup::Renewal))
}

/// One value; of what is not lent no length of a loan is told.
fn alone(t: Tongue, policy: &Policy, parameter: Parameter, case: &Case) -> String {
    match is_of_loans(parameter) && !policy.loanable(case).value {
        true => t.say(NOT_LENT.0, NOT_LENT.1).to_owned(),
        false => parameter.said_shortly(&value(policy, parameter, case), t.0),
    }
}

const NOT_LENT: (&str, &str) = ("pas de prêt", "not lent");

/// "28 j", "1 prol."; what cannot be borrowed says so.
fn in_short(t: Tongue, policy: &Policy, case: &Case) -> (String, String) {
    let no_hold = (!policy.holdable(case).value).then(|| t.say("sans rés.", "no holds"));
    if !policy.loanable(case).value {
        let text = t.say(NOT_LENT.0, NOT_LENT.1).to_owned();
        return (text, String::new());
    }
    let days = value(policy, Parameter::LoanDays, case);
    let text = match policy.loan_until(case).value.0 {
        Some(day) => t.day(&day),
        None => Parameter::LoanDays.said_shortly(&days, t.0),
    };
    let renewals = policy.renewals(case).value;
    let renewals = match renewals {
        0 => t.say("sans prol.", "no renewal").to_owned(),
        1 => t.say("1 prol.", "1 renewal").to_owned(),
        many => format!("{many} {}", t.say("prol.", "renewals")),
    };
    let small: Vec<_> = std::iter::once(renewals.as_str()).chain(no_hold).collect();
    (text, small.join(", "))
}

/// What the cell was, where something that it shows is other.
fn was(t: Tongue, policy: &Policy, before: &Policy, show: Show, case: &Case) -> Option<String> {
    match show {
        Show::One(parameter) => {
            let old = alone(t, before, parameter, case);
            (old != alone(t, policy, parameter, case)).then_some(old)
        }
        Show::Main => {
            let old = in_short(t, before, case);
            (old != in_short(t, policy, case)).then(|| match old {
                (text, small) if small.is_empty() => text,
                (text, small) => format!("{text}, {small}"),
            })
        }
    }
}

/// The value of a parameter in a case, as it is said.
pub(super) fn value(policy: &Policy, parameter: Parameter, case: &Case) -> ParameterValue {
    let contenders = policy.contenders(parameter, case);
    contenders
        .into_iter()
        .next()
        .map_or(ParameterValue::Flag(false), |winner| winner.value)
}

/// A branch of the network, by its code.
pub(super) fn known_branch(book: &Rulebook, code: &str) -> Result<BranchCode, Trouble> {
    let branch = code.parse().map_err(|_| Trouble::NotFound)?;
    match book.branches.contains_key(&branch) {
        true => Ok(branch),
        false => Err(Trouble::NotFound),
    }
}
