//! A question to the API, as the fields of a form.

use std::fmt::Write;

use axum::{
    body::Body,
    http::{Error, Method, Request, header},
};

use crate::api::Operation;

/// A field of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Where it goes and what it is called there: `path.barcode`, `query.limit`, `header.idempotency-key`.
    pub(super) name: String,
    pub(super) label: String,
    pub(super) about: String,
    pub(super) needed: bool,
    pub(super) value: String,
}

/// What is asked of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) fields: Vec<Field>,
    pub(super) body: Option<String>,
}

impl Asked {
    /// Nothing is filled in but what the document's example sends.
    pub(super) fn first(operation: &Operation) -> Self {
        let fields = operation.parameters.iter().map(|parameter| Field {
            name: format!("{}.{}", parameter.place, parameter.name.to_lowercase()),
            label: parameter.name.clone(),
            about: parameter.about.clone(),
            needed: parameter.place == "path",
            value: String::new(),
        });
        Self {
            fields: fields.collect(),
            body: operation.example.clone(),
        }
    }

    /// What was filled in; what is no field of the operation is left aside.
    pub(super) fn again(operation: &Operation, sent: Vec<(String, String)>) -> Self {
        let mut asked = Self::first(operation);
        for (name, value) in sent {
            if name == "body" && asked.body.is_some() {
                asked.body = Some(value);
            } else if let Some(field) = asked.fields.iter_mut().find(|field| field.name == name) {
                field.value = value.trim().to_owned();
            }
        }
        asked
    }

    fn address(&self, operation: &Operation) -> String {
        let mut address = format!("/api/v1{}", operation.path);
        let mut behind = String::new();
        for field in &self.fields {
            match field.name.split_once('.') {
                Some(("path", name)) => {
                    address = address.replace(&format!("{{{name}}}"), &quoted(&field.value));
                }
                Some(("query", name)) if !field.value.is_empty() => {
                    let mark = if behind.is_empty() { '?' } else { '&' };
                    // A string takes whatever is written to it.
                    let _ = write!(behind, "{mark}{name}={}", quoted(&field.value));
                }
                _ => {}
            }
        }
        address + &behind
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().filter_map(|field| {
            let name = field.name.strip_prefix("header.")?;
            (!field.value.is_empty()).then_some((name, field.value.as_str()))
        })
    }

    /// The question for the API's router.
    pub(super) fn question(&self, operation: &Operation) -> Result<Request<Body>, Error> {
        let mut question = Request::builder()
            .method(operation.method.clone())
            .uri(self.address(operation));
        for (name, value) in self.headers() {
            question = question.header(name, value);
        }
        match &self.body {
            Some(body) => question
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(body.clone())),
            None => question.body(Body::empty()),
        }
    }

    /// The question as a line for a shell, with a token in its environment.
    pub(super) fn line(&self, operation: &Operation) -> String {
        let mut line = "curl".to_owned();
        if operation.method != Method::GET {
            let _ = write!(line, " -X {}", operation.method);
        }
        line.push_str(" -H \"Authorization: Bearer $TOKEN\"");
        for (name, value) in self.headers() {
            let _ = write!(line, " -H {}", for_a_shell(&format!("{name}: {value}")));
        }
        if let Some(body) = &self.body {
            let _ = write!(
                line,
                " -H 'Content-Type: application/json' -d {}",
                for_a_shell(body)
            );
        }
        let _ = write!(
            line,
            " \"$RELIRE\"{}",
            for_a_shell(&self.address(operation))
        );
        line
    }
}

/// Percent-encoded, all but what is never special in an address.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            true => quoted.push(char::from(byte)),
            false => {
                let _ = write!(quoted, "%{byte:02X}");
            }
        }
    }
    quoted
}

fn for_a_shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Parameter;

    fn operation() -> Operation {
        let parameter = |place, name: &str| Parameter {
            place,
            name: name.into(),
            about: String::new(),
        };
        Operation {
            name: "declare",
            method: Method::POST,
            path: "/items/{barcode}/condition",
            summary: "",
            about: String::new(),
            action: None,
            parameters: vec![
                parameter("path", "barcode"),
                parameter("query", "trace"),
                parameter("header", "Idempotency-Key"),
            ],
            example: Some("{}".into()),
        }
    }

    #[test]
    fn what_is_filled_in_is_asked_and_nothing_else() {
        let sent = [
            ("path.barcode", " ../a b/é? "),
            ("query.trace", "1"),
            ("header.idempotency-key", "k'1"),
            ("header.cookie", "other"),
            ("body", "{\"a\":\"it's\"}"),
        ];
        let sent = sent.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let asked = Asked::again(&operation(), sent.to_vec());
        let question = asked.question(&operation()).unwrap();
        assert_eq!(
            question.uri(),
            "/api/v1/items/..%2Fa%20b%2F%C3%A9%3F/condition?trace=1"
        );
        assert_eq!(question.headers().len(), 2);
        assert_eq!(question.headers()["idempotency-key"], "k'1");
        assert_eq!(
            asked.line(&operation()),
            "curl -X POST -H \"Authorization: Bearer $TOKEN\" -H 'idempotency-key: k'\\''1' \
             -H 'Content-Type: application/json' -d '{\"a\":\"it'\\''s\"}' \
             \"$RELIRE\"'/api/v1/items/..%2Fa%20b%2F%C3%A9%3F/condition?trace=1'"
        );
    }

    #[test]
    fn what_is_no_header_is_told() {
        let sent = vec![("header.idempotency-key".to_owned(), "a\nb".to_owned())];
        assert!(
            Asked::again(&operation(), sent)
                .question(&operation())
                .is_err()
        );
    }
}
