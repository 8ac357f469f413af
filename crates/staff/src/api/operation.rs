//! The routes as a page shows them to who tries them out: what the document tells programs.

use std::sync::LazyLock;

use axum::http::Method;
use serde_json::Value;

use super::{document::document, table};

/// An operation of the API.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    /// Below `/api/v1`, with what it names in braces.
    pub(crate) path: &'static str,
    /// In a line, in French and in English.
    pub(crate) summary: &'static str,
    pub(crate) about: String,
    /// The action that it takes, by its name in roles.
    pub(crate) action: Option<&'static str>,
    pub(crate) parameters: Vec<Parameter>,
    /// An example of what is sent, where something is; a dry run where there is one.
    pub(crate) example: Option<String>,
}

/// Something that is said beside the body.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    /// `path`, `query` or `header`.
    pub(crate) place: &'static str,
    pub(crate) name: String,
    pub(crate) about: String,
}

/// All of them, in the order of the document.
pub(crate) fn operations() -> &'static [Operation] {
    static ALL: LazyLock<Vec<Operation>> = LazyLock::new(all);
    &ALL
}

fn all() -> Vec<Operation> {
    let document = document();
    let told = |path: &str, method: &Method| {
        let paths = document.get("paths").and_then(|all| all.get(path));
        paths.and_then(|path| path.get(method.as_str().to_lowercase()))
    };
    table::routes()
        .into_iter()
        .map(|route| {
            let told = told(route.path, &route.method).unwrap_or(&Value::Null);
            Operation {
                name: route.name,
                path: route.path,
                summary: route.summary,
                about: text(told, "description"),
                action: route.needs.action().map(desk::Action::name),
                parameters: parameters(told),
                example: route.takes.as_ref().map(|takes| {
                    let schema = serde_json::to_value((takes.schema)()).unwrap_or_default();
                    let mut example = serde_json::from_str(takes.example).unwrap_or_default();
                    // Who tries something out does not mean it yet.
                    if schema.pointer("/properties/dry_run").is_some()
                        && let Value::Object(said) = &mut example
                    {
                        said.insert("dry_run".into(), true.into());
                    }
                    serde_json::to_string_pretty(&example).unwrap_or_default()
                }),
                method: route.method,
            }
        })
        .collect()
}

fn parameters(operation: &Value) -> Vec<Parameter> {
    let all = operation.get("parameters").and_then(Value::as_array);
    let known = all.into_iter().flatten().filter_map(|parameter| {
        let place = match text(parameter, "in").as_str() {
            "path" => "path",
            "query" => "query",
            "header" => "header",
            _ => return None,
        };
        Some(Parameter {
            place,
            name: text(parameter, "name"),
            about: text(parameter, "description"),
        })
    });
    known.collect()
}

fn text(value: &Value, name: &str) -> String {
    let text = value.get(name).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}
