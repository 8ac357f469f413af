//! The OpenAPI document, made of the table of routes and of the types that they take and give.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use axum::{
    Router,
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use serde_json::{Map, Value, json};

use super::{
    caller::FORM_KEY_HEADER,
    problem::{
        CHANGED, CURSOR, Details, FAULT, FORM_KEY, INVALID, KEY_REUSED, Kind, MEDIA_TYPE,
        MISSING_RIGHT, NO_OVERRIDE, NOT_FOUND, OUTCOME_UNKNOWN, Problem, REFUSED, SESSION_ONLY,
        SIGN_IN, TOO_LARGE, TOO_MANY, UNAVAILABLE, UNFIT, UNREADABLE,
    },
    route::{Needs, Route, Shape},
    shown::shown,
    table,
};
use crate::Door;

const ABOUT: &str = "Everything that staff do at a desk, for programs: the same rules, the same reasons, the same log. \
    Every problem is told as RFC 9457 has it, in French and in English. A rule’s refusal is 409 and names each reason, \
    what would lift it, and the right that may override it. A command with an `Idempotency-Key` is done once. \
    `x-relire-action` is the action that a route takes of who asks; see `/me` for yours.";

static DOCUMENT: LazyLock<Value> = LazyLock::new(document);

/// Where the document is read. It holds no secret, and nobody has to be in.
pub(crate) fn routes() -> Router<Arc<Door>> {
    Router::new().route("/api/v1/openapi.json", get(read))
}

async fn read(headers: HeaderMap) -> Result<Response, Problem> {
    shown(&headers, &*DOCUMENT)
}

/// The document, made anew.
pub(super) fn document() -> Value {
    let routes = table::routes();
    let mut paths = BTreeMap::<&str, Map<String, Value>>::new();
    let mut schemas = Map::new();
    add(&mut schemas, &Shape::of::<Details>(""));
    for route in &routes {
        for shape in route.takes.iter() {
            add(&mut schemas, shape);
        }
        nested(&mut schemas, &route.gives);
        let method = route.method.as_str().to_lowercase();
        paths
            .entry(route.path)
            .or_default()
            .insert(method, operation(route));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Relire",
            "version": "1",
            "description": ABOUT,
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": "/api/v1" }],
        "security": [{ "token": [] }, { "session": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A program’s token: 64 hexadecimal digits. It works where it was made for, and nowhere else.",
                },
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-relire",
                    "description": format!(
                        "A browser’s session (`relire` where the line is not encrypted). What changes something also needs \
                         the page’s form key in `{FORM_KEY_HEADER}`."
                    ),
                },
            },
        },
    })
}

/// A type, and those that it is made of.
fn add(schemas: &mut Map<String, Value>, shape: &Shape) {
    keep(
        schemas,
        (shape.name)().into_owned(),
        value(&(shape.schema)()),
    );
    nested(schemas, shape);
}

fn nested(schemas: &mut Map<String, Value>, shape: &Shape) {
    let mut found = Vec::new();
    (shape.schemas)(&mut found);
    for (name, schema) in found {
        keep(schemas, name, value(&schema));
    }
}

/// Two types of one name would be one in the document, and one of them told wrongly.
fn keep(schemas: &mut Map<String, Value>, name: String, schema: Value) {
    let known = schemas.insert(name.clone(), schema);
    debug_assert!(
        known.is_none_or(|known| Some(&known) == schemas.get(&name)),
        "two types are called {name}"
    );
}

fn value(part: &impl serde::Serialize) -> Value {
    serde_json::to_value(part).unwrap_or_default()
}

/// An example as the table has it; a test reads all of them.
fn example(shape: &Shape) -> Value {
    serde_json::from_str(shape.example).unwrap_or_default()
}

fn operation(route: &Route) -> Value {
    let mut operation = json!({
        "operationId": route.name,
        "summary": route.summary,
        "description": description(route),
        "parameters": parameters(route),
        "responses": responses(route),
    });
    if let Some(told) = operation.as_object_mut() {
        if let Some(shape) = &route.takes {
            let reference = format!("#/components/schemas/{}", (shape.name)());
            let content = json!({ "schema": { "$ref": reference }, "example": example(shape) });
            told.insert(
                "requestBody".into(),
                json!({
                    "required": route.method != Method::DELETE,
                    "content": { "application/json": content },
                }),
            );
        }
        if let Some(action) = route.needs.action() {
            told.insert("x-relire-action".into(), action.name().into());
        }
    }
    operation
}

fn description(route: &Route) -> String {
    let needs = match route.needs {
        Needs::SignedIn => String::new(),
        Needs::Here(action) => format!(" Needs `{}` where you work.", action.name()),
        Needs::AtBranch(action) => format!(" Needs `{}` at that branch.", action.name()),
    };
    format!("{}{needs}", route.text)
}

fn parameters(route: &Route) -> Vec<Value> {
    let text = json!({ "type": "string" });
    let named = |place: &str, name: &str, told: &str, schema: &Value| {
        json!({
            "in": place, "name": name, "required": place == "path", "description": told, "schema": schema,
        })
    };
    let braces = route.path.split('/').filter_map(|part| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        Some(named("path", name, of_address(name), &text))
    });
    let listed = route.parameters.iter().map(|(name, told)| match *name {
        "limit" => {
            let number = json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 50 });
            named("query", name, told, &number)
        }
        "If-Match" => {
            let mut header = named("header", name, told, &text);
            header["required"] = true.into();
            header
        }
        "branch" | "category" | "document" => {
            let code = json!({ "type": "string", "pattern": "^[A-Z0-9_-]{1,8}$" });
            let mut parameter = named("query", name, told, &code);
            // A cell is named by all three; lists are narrowed by any.
            parameter["required"] = (route.name == "policy_cell").into();
            parameter
        }
        _ => named("query", name, told, &text),
    });
    let mut all: Vec<_> = braces.chain(listed).collect();
    if route.keyed {
        let key =
            json!({ "type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$" });
        let told = "Done once under this key, for two days; the same key with another question is refused.";
        all.push(named("header", "Idempotency-Key", told, &key));
        let switch = json!({ "type": "integer", "enum": [0, 1] });
        let told = "With 1 the answer says how the rules came to it.";
        all.push(named("query", "trace", told, &switch));
    }
    if route.method == Method::GET {
        let told = "The tag of what you have: 304 if that is still the answer.";
        all.push(named("header", "If-None-Match", told, &text));
    }
    all
}

fn of_address(name: &str) -> &'static str {
    match name {
        "block" => "The block’s number.",
        "pair" => "The pair’s number.",
        "suspension" => "The suspension’s number.",
        "barcode" => "The item’s barcode.",
        "bib" => "The number of the title’s bib.",
        "branch" => "The branch’s code.",
        "version" => "The version’s number.",
        "card" => "A card number of the reader’s.",
        "closure" => "The closure’s number.",
        "draft" => "The draft’s number.",
        "inventory" => "The inventory’s number.",
        "move" => "The move’s number.",
        "doubt" => "The doubt’s number.",
        "user" => "Their login.",
        "login" => "What it logs in with.",
        "event" => "The event’s number.",
        "hold" => "The hold’s number.",
        "token" => "The token’s number.",
        _ => "",
    }
}

fn responses(route: &Route) -> Value {
    let good = if route.name == "make_token" {
        "201"
    } else {
        "200"
    };
    let content = json!({
        "schema": value(&(route.gives.schema)()),
        "example": example(&route.gives),
    });
    let mut told = Map::new();
    told.insert(
        good.into(),
        json!({ "description": route.summary, "content": { "application/json": content } }),
    );
    if route.method == Method::GET {
        told.insert(
            "304".into(),
            json!({ "description": "You have it already." }),
        );
    }
    let mut by_status = BTreeMap::<u16, Vec<Kind>>::new();
    for kind in problems(route) {
        by_status.entry(kind.status).or_default().push(kind);
    }
    for (status, kinds) in by_status {
        let lines: Vec<_> = kinds
            .iter()
            .map(|kind| format!("`{}`: {}", kind.uri(), kind.title()))
            .collect();
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        told.insert(
            status.to_string(),
            json!({
                "description": lines.join("\n\n"),
                "content": { "application/problem+json": { "schema": schema } },
            }),
        );
    }
    Value::Object(told)
}

/// What a route can meet.
fn problems(route: &Route) -> Vec<Kind> {
    let mut kinds = vec![SIGN_IN, TOO_MANY, FAULT, UNAVAILABLE];
    if route.needs.action().is_some() {
        kinds.push(MISSING_RIGHT);
    }
    if route.path.contains('{') {
        kinds.push(NOT_FOUND);
    }
    if !route.parameters.is_empty() {
        kinds.push(UNREADABLE);
    }
    if route.parameters.iter().any(|(name, _)| *name == "cursor") {
        kinds.push(CURSOR);
    }
    if route.takes.is_some() {
        kinds.extend([FORM_KEY, UNREADABLE, TOO_LARGE, MEDIA_TYPE, INVALID]);
    }
    if route.keyed {
        kinds.extend([REFUSED, UNFIT, NO_OVERRIDE, KEY_REUSED, OUTCOME_UNKNOWN]);
    }
    if ["/events", "/audit"].contains(&route.path) {
        kinds.push(UNFIT);
    }
    if route.parameters.iter().any(|(name, _)| *name == "If-Match") {
        kinds.extend([CHANGED, UNFIT, REFUSED, OUTCOME_UNKNOWN]);
    }
    if [
        "/items/{barcode}",
        "/items/{barcode}/history",
        "/patrons/{card}/file",
        "/patrons/{card}/household",
        "/patrons/{card}/account",
        "/patrons/{card}",
    ]
    .contains(&route.path)
    {
        kinds.push(REFUSED);
    }
    if route.path.starts_with("/tokens") {
        kinds.push(SESSION_ONLY);
    }
    if route.path.starts_with("/policies") && route.method != Method::GET {
        kinds.extend([CHANGED, SESSION_ONLY]);
    }
    if route.path.starts_with("/users") && route.method != Method::GET {
        kinds.extend([UNFIT, REFUSED, SESSION_ONLY, OUTCOME_UNKNOWN]);
    }
    let of_machines = ["/terminals", "/partners"];
    if of_machines.iter().any(|path| route.path.starts_with(path)) && route.method != Method::GET {
        kinds.extend([CHANGED, UNFIT, REFUSED, OUTCOME_UNKNOWN]);
    }
    if route.path.starts_with("/closures") && route.method != Method::GET {
        kinds.extend([CHANGED, SESSION_ONLY]);
    }
    kinds.sort_by_key(|kind| (kind.status, kind.slug));
    kinds.dedup();
    kinds
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

    #[test]
    fn the_document_is_the_one_that_is_kept() {
        let made = document();
        if std::env::var_os("RELIRE_RENEW").is_some() {
            let text = serde_json::to_string_pretty(&made).unwrap();
            std::fs::write(KEPT, text + "\n").unwrap();
        }
        let kept = std::fs::read_to_string(KEPT).unwrap_or_default();
        let kept: Value = serde_json::from_str(&kept).unwrap_or_default();
        assert!(
            kept == made,
            "docs/openapi.json is not what the code gives. If the change is meant, renew it:\n\
             RELIRE_RENEW=1 cargo test -p relire-staff the_document_is"
        );
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let made = document();
        let mut references = BTreeSet::new();
        let mut left = vec![&made];
        while let Some(value) = left.pop() {
            match value {
                Value::Array(all) => left.extend(all),
                Value::Object(all) => {
                    if let Some(Value::String(reference)) = all.get("$ref") {
                        references.insert(reference.as_str());
                    }
                    left.extend(all.values());
                }
                _ => {}
            }
        }
        for reference in references {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(made.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn every_operation_is_told_with_what_it_takes() {
        let routes = table::routes();
        let names: BTreeSet<_> = routes.iter().map(|route| route.name).collect();
        assert_eq!(names.len(), routes.len());
        for route in &routes {
            assert!(
                route.summary.contains(" — ") && !route.text.is_empty(),
                "{}",
                route.path
            );
            let shapes = route.takes.iter().chain([&route.gives]);
            for shape in shapes {
                let example = serde_json::from_str::<Value>(shape.example);
                assert!(example.is_ok(), "{} {}", route.path, shape.example);
            }
            let told = operation(route);
            assert_eq!(
                told["x-relire-action"].as_str(),
                route.needs.action().map(desk::Action::name)
            );
            for part in route.path.split('/').filter(|part| part.starts_with('{')) {
                assert!(
                    !of_address(part.trim_matches(['{', '}'])).is_empty(),
                    "{part}"
                );
            }
            for status in ["401", "429", "500", "503"] {
                assert!(
                    told["responses"][status].is_object(),
                    "{} {status}",
                    route.path
                );
            }
        }
    }
}
