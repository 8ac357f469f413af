//! A rule of a draft, as a form: what it is for, and what it sets.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use circulation::{
    BranchCode, CategoryCode, DocumentCode, Parameter, ParameterGroup, ParameterKind,
    ParameterValue, PolicyDocument, Rule, RuleId, Rulebook,
};
use desk::{Action, PolicyDraft};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    HERE, Trouble,
    draft::{base, then, told},
    number,
    shown::{Frame, page as shown},
    words::{Choice, branches, categories, documents},
};
use crate::{
    Door,
    access::{Form, Signed},
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "rules_rule.html")]
struct RulePage {
    frame: Frame,
    told: Option<(bool, String)>,
    base: String,
    name: String,
    version: i64,
    /// The rule that is changed; empty: a new one.
    id: String,
    is_for: String,
    /// The general rule: for everything, and it says everything.
    root: bool,
    branches: Vec<Choice>,
    categories: Vec<Choice>,
    documents: Vec<Choice>,
    /// Only for the branch where they work.
    only_here: bool,
    groups: Vec<(&'static str, Vec<Field>)>,
}

/// A parameter of the form.
#[derive(Debug)]
struct Field {
    name: &'static str,
    label: &'static str,
    /// What is written there.
    value: String,
    /// What may be chosen; empty: it is written.
    choices: Vec<Choice>,
    /// `number`, `text` or `date`.
    kind: &'static str,
    unit: &'static str,
    /// What the general rule says.
    general: String,
    wrong: bool,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Which {
    id: Option<String>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Trouble> {
    signed.require(Action::Policy)?;
    let draft = door.desk.policy_draft(number(&id)?).await?;
    let draft = draft.ok_or(Trouble::NotFound)?;
    let rule = match which.id.as_deref() {
        None | Some("") => None,
        Some(id) => Some(find(&draft.document, id).ok_or(Trouble::NotFound)?),
    };
    let sent = match rule {
        Some(rule) => written(rule),
        None => HashMap::new(),
    };
    show(&door, &signed, &draft, rule, &sent, None, &[])
}

fn find<'d>(document: &'d PolicyDocument, id: &str) -> Option<&'d Rule> {
    document.rules.iter().find(|rule| rule.id == *id)
}

/// A rule as its form has it.
fn written(rule: &Rule) -> HashMap<String, String> {
    let names = [
        ("branch", rule.branch.map(|code| code.to_string())),
        ("category", rule.category.map(|code| code.to_string())),
        ("document", rule.document.map(|code| code.to_string())),
    ];
    let values = Parameter::ALL.into_iter().filter_map(|parameter| {
        let value = serde_json::to_value(rule.set.get(parameter)?).ok()?;
        let text = match (parameter.kind(), value) {
            (ParameterKind::Day, Value::String(text)) if text.is_empty() => return None,
            (_, Value::String(text)) => text,
            (_, Value::Array(levels)) => {
                let levels: Vec<_> = levels.iter().map(ToString::to_string).collect();
                levels.join(", ")
            }
            (_, other) => other.to_string(),
        };
        Some((parameter.name().to_owned(), text))
    });
    names
        .into_iter()
        .filter_map(|(name, code)| Some((name.to_owned(), code?)))
        .chain(values)
        .collect()
}

fn show(
    door: &Door,
    signed: &Signed,
    draft: &PolicyDraft,
    rule: Option<&Rule>,
    sent: &HashMap<String, String>,
    told: Option<(bool, String)>,
    wrong: &[Parameter],
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let book = door.desk.rulebook();
    let root = rule.is_some_and(is_root);
    let general = draft.document.rules.iter().find(|rule| is_root(rule));
    let code = |name: &str| sent.get(name).map_or("", String::as_str);
    let only_here = !signed.member.may_everywhere(Action::Policy);
    let branch = match only_here {
        true => Some(signed.member.branch()),
        false => code("branch").parse().ok(),
    };
    let groups = ParameterGroup::ALL.into_iter().map(|group| {
        let fields = group.parameters().iter().map(|parameter| {
            let general = general
                .filter(|_| !root)
                .and_then(|rule| rule.set.get(*parameter))
                .map(|value| parameter.said(&value, t.0));
            Field {
                wrong: wrong.contains(parameter),
                general: general.unwrap_or_default(),
                ..field(t, *parameter, code(parameter.name()), root)
            }
        });
        (group.label(t.0), fields.collect())
    });
    let is_for = rule.map_or_else(
        || t.say("Nouvelle règle", "New rule").to_owned(),
        |rule| rule.is_for(t.0, &book),
    );
    shown(&RulePage {
        frame: Frame::of(signed, &is_for, HERE),
        told,
        base: base(draft.line.id),
        name: draft.line.name.clone(),
        version: draft.line.version,
        id: rule.map(|rule| rule.id.to_string()).unwrap_or_default(),
        root,
        branches: branches(&book, branch),
        categories: categories(&book, code("category").parse().ok().as_slice()),
        documents: documents(&book, code("document").parse().ok().as_slice()),
        only_here,
        groups: groups.collect(),
        is_for,
    })
}

fn is_root(rule: &Rule) -> bool {
    rule.branch.is_none() && rule.category.is_none() && rule.document.is_none()
}

fn field(t: Tongue, parameter: Parameter, value: &str, root: bool) -> Field {
    let choice = |code: &str, label: &str| Choice {
        code: code.to_owned(),
        label: label.to_owned(),
        chosen: code == value,
    };
    let open = (!root).then(|| choice("", t.say("comme ailleurs", "as elsewhere")));
    let (kind, unit, choices) = match parameter.kind() {
        ParameterKind::Flag => {
            let both = [
                choice("true", t.say("oui", "yes")),
                choice("false", t.say("non", "no")),
            ];
            ("", "", open.into_iter().chain(both).collect())
        }
        ParameterKind::Word(words) => {
            let said = words
                .iter()
                .map(|word| choice(word, parameter.word(word, t.0).unwrap_or(word)));
            ("", "", open.into_iter().chain(said).collect())
        }
        ParameterKind::Days => ("number", t.say("jours", "days"), Vec::new()),
        ParameterKind::Count => ("number", "", Vec::new()),
        ParameterKind::Cents => ("number", t.say("centimes", "cents"), Vec::new()),
        ParameterKind::Levels => (
            "text",
            t.say(
                "jours de retard, par exemple 14, 28, 42",
                "days late, for instance 14, 28, 42",
            ),
            Vec::new(),
        ),
        ParameterKind::Day => ("date", "", Vec::new()),
    };
    Field {
        name: parameter.name(),
        label: parameter.label(t.0),
        value: value.to_owned(),
        choices,
        kind,
        unit,
        general: String::new(),
        wrong: false,
    }
}

pub(super) async fn write(
    State(door): State<Arc<Door>>,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Policy)?;
    let t = signed.tongue();
    let sent: HashMap<String, String> = sent.into_iter().collect();
    let said = |name: &str| sent.get(name).map_or("", |text| text.trim());
    let version: i64 = number(said("version"))?;
    let draft = door.desk.policy_draft(number(&id)?).await?;
    let draft = draft.ok_or(Trouble::NotFound)?;
    let old = match said("id") {
        "" => None,
        id => Some(id),
    };
    let rule = old.and_then(|id| find(&draft.document, id));
    let mut document = draft.document.clone();
    let done = if said("do") == "remove" {
        document
            .rules
            .retain(|rule| old.is_none_or(|id| rule.id != *id));
        "removed"
    } else {
        let made = match made(&sent, rule, &signed, &document) {
            Ok(made) => made,
            Err(wrong) => {
                let labels: Vec<_> = wrong.iter().map(|one| one.label(t.0)).collect();
                let text = match labels.is_empty() {
                    true => t
                        .say(
                            "Choisissez dans les listes pour qui est la règle.",
                            "Choose from the lists what the rule is for.",
                        )
                        .to_owned(),
                    false => format!(
                        "{} {}. {}",
                        t.say("Valeur illisible pour :", "This cannot be read:"),
                        labels.join(", "),
                        t.say("Rien n’a été enregistré.", "Nothing was saved.")
                    ),
                };
                return show(
                    &door,
                    &signed,
                    &draft,
                    rule,
                    &sent,
                    Some((false, text)),
                    &wrong,
                );
            }
        };
        let same = |rule: &Rule| rule_names(rule) == rule_names(&made) && rule.set == made.set;
        if old.is_none() && document.rules.iter().any(same) {
            // It was sent before.
            return Ok(then(&base(draft.line.id), "saved"));
        }
        if let Some(text) = double(t, &document, &made, old, &door.desk.rulebook()) {
            return show(
                &door,
                &signed,
                &draft,
                rule,
                &sent,
                Some((false, text)),
                &[],
            );
        }
        match old.and_then(|id| document.rules.iter_mut().find(|rule| rule.id == *id)) {
            Some(place) => *place = made,
            None => document.rules.push(made),
        }
        "saved"
    };
    let written = door
        .desk
        .change_policy_draft(&signed.member, draft.line.id, version, document, &signed.at)
        .await?;
    match written {
        Ok(draft) => Ok(then(&base(draft.line.id), done)),
        Err(refused) => {
            let told = told(&door, &signed, &refused);
            show(&door, &signed, &draft, rule, &sent, Some(told), &[])
        }
    }
}

/// The rule that a form says, or the parameters that it says wrongly; none of them: what it is for is wrong.
fn made(
    sent: &HashMap<String, String>,
    old: Option<&Rule>,
    signed: &Signed,
    document: &PolicyDocument,
) -> Result<Rule, Vec<Parameter>> {
    let mut rule = Map::new();
    let mut wrong = Vec::new();
    for name in ["branch", "category", "document"] {
        if let Some(code) = sent.get(name) {
            rule.insert(name.to_owned(), code.trim().into());
        }
    }
    if !signed.member.may_everywhere(Action::Policy) {
        rule.insert("branch".to_owned(), signed.member.branch().as_str().into());
    }
    for parameter in Parameter::ALL {
        let mut text = sent.get(parameter.name()).map_or("", |text| text.trim());
        if text.is_empty() && parameter.kind() == ParameterKind::Day && says_no_day(old, parameter)
        {
            text = "none";
        }
        if text.is_empty() {
            continue;
        }
        match parameter.read(text) {
            Some(value) => {
                rule.insert(parameter.name().to_owned(), value);
            }
            None => wrong.push(parameter),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    rule.insert("id".to_owned(), "new".into());
    let mut rule: Rule = serde_json::from_value(Value::Object(rule)).map_err(|_| Vec::new())?;
    rule.id = match old {
        Some(old) => old.id.clone(),
        None => new_id(&rule, document),
    };
    Ok(rule)
}

/// A date that is left empty means none where the rule said so before, and in the general rule.
fn says_no_day(old: Option<&Rule>, parameter: Parameter) -> bool {
    let said = |rule: &Rule| match rule.set.get(parameter) {
        Some(ParameterValue::Day(_)) | None => is_root(rule),
        Some(_) => true,
    };
    old.is_some_and(said)
}

/// Named after what it is for: nobody has to think of a name.
fn new_id(rule: &Rule, document: &PolicyDocument) -> RuleId {
    let first = if rule.branch.is_some() { "X" } else { "R" };
    let names = [
        rule.branch.map(|code| code.to_string()),
        rule.category.map(|code| code.to_string()),
        rule.document.map(|code| code.to_string()),
    ];
    let parts: Vec<String> = names.into_iter().flatten().collect();
    let base = match parts.is_empty() {
        true => "R0".to_owned(),
        false => format!("{first}-{}", parts.join("-")),
    };
    let taken = |id: &str| {
        let rules = document.rules.iter().map(|rule| &rule.id);
        let limits = document.limits.iter().map(|limit| &limit.id);
        rules.chain(limits).any(|other| *other == *id)
    };
    let mut id = base.clone();
    let mut number = 1;
    while taken(&id) {
        number += 1;
        id = format!("{base}-{number}");
    }
    RuleId::from(id.as_str())
}

const fn rule_names(
    rule: &Rule,
) -> (
    Option<BranchCode>,
    Option<CategoryCode>,
    Option<DocumentCode>,
) {
    (rule.branch, rule.category, rule.document)
}

/// Says that another rule is for the same.
fn double(
    t: Tongue,
    document: &PolicyDocument,
    rule: &Rule,
    old: Option<&str>,
    book: &Rulebook,
) -> Option<String> {
    document
        .rules
        .iter()
        .find(|other| rule_names(other) == rule_names(rule) && old.is_none_or(|id| other.id != *id))
        .map(|other| {
            format!(
                "{} « {} ». {}",
                t.say("Il y a déjà une règle pour", "There is a rule already for"),
                other.is_for(t.0, book),
                t.say("Modifiez celle-là.", "Change that one.")
            )
        })
}
