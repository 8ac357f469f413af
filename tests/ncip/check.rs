//! Holds an NCIP document to its schema: NCIP 2.02, NCIP 1.0, or the version message, told apart by root and namespace.
//!
//! Looked at are: that it is XML with namespaces, the order and number of elements, attributes, what elements without
//! children hold, and that there is no element besides. In `Ext` of 2.x only elements of NCIP itself may be, as a validator
//! says that has no other schema. Types are looked at in 1.x too, where a DTD cannot. What only a validator sees is left to
//! `xmllint.rs`: that a `Scheme` is a URI, say.
//!
//! Whoever takes this file in by its path has `crates/sru/tests/wire/element.rs` beside it as `element`: a program may
//! take a file in once only, and some have it already.

#[path = "doctype.rs"]
mod doctype;
#[path = "leaf.rs"]
mod leaf;
#[path = "model.rs"]
mod model;
#[path = "models1.rs"]
mod models1;
#[path = "models2.rs"]
mod models2;
#[path = "schema.rs"]
mod schema;
#[path = "version.rs"]
mod version;

use std::sync::LazyLock;

use super::element::{self, Element, XMLNS};
use leaf::{BLANKS, Leaf};
use models2::NAMESPACE;
use schema::{Content, Schema};

/// Whether a document is as its schema says; if not, where not and why.
pub(crate) fn check(document: &str) -> Result<(), String> {
    let (document, typed) = doctype::without(document)?;
    let root = element::parse(&document)?;
    let (dialect, schema) = match (root.namespace.as_str(), root.name.as_str()) {
        (NAMESPACE, "NCIPMessage") => (Dialect::Two, &SCHEMA2),
        ("", "NCIPMessage") => (Dialect::One, &SCHEMA1),
        ("", "NCIPVersionMessage") => (Dialect::Version, &VERSION),
        (namespace, name) => return Err(format!("no schema has a root {name} in {namespace:?}")),
    };
    if typed && dialect != Dialect::One {
        return Err("a document type, where a schema is".to_owned());
    }
    let schema = schema.as_ref().map_err(String::clone)?;
    if !root.attributes.contains_key(&dialect.version()) {
        return Err(format!("{}: no version", root.name));
    }
    Walk { dialect, schema }.down(&root, &root.name)
}

static SCHEMA1: LazyLock<Result<Schema, String>> = LazyLock::new(|| Schema::read(models1::MODELS));
static SCHEMA2: LazyLock<Result<Schema, String>> = LazyLock::new(|| Schema::read(models2::MODELS));
static VERSION: LazyLock<Result<Schema, String>> = LazyLock::new(|| Schema::read(version::MODELS));

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    One,
    Two,
    Version,
}

impl Dialect {
    fn namespace(self) -> &'static str {
        match self {
            Self::Two => NAMESPACE,
            Self::One | Self::Version => "",
        }
    }

    /// `attributeFormDefault` of 2.x is qualified.
    fn version(self) -> (String, String) {
        (self.namespace().to_owned(), "version".to_owned())
    }

    fn allows(
        self,
        attribute: (&str, &str),
        value: &str,
        is_root: bool,
        leaf: Option<Leaf>,
    ) -> bool {
        match (self, attribute) {
            // A DTD knows no namespaces: their declarations are attributes that it does not declare.
            (Self::Two | Self::Version, (XMLNS, _)) => true,
            (Self::Two | Self::Version, (XSI, "schemaLocation" | "noNamespaceSchemaLocation")) => {
                is_root
            }
            (Self::Two, (NAMESPACE, "Scheme")) => leaf == Some(Leaf::SchemeValue),
            (Self::One, ("", "datatype")) => {
                leaf.is_some_and(|leaf| leaf != Leaf::Empty && leaf.name() == value)
            }
            (_, (namespace, "version")) => is_root && namespace == self.namespace(),
            _ => false,
        }
    }
}

struct Walk<'a> {
    dialect: Dialect,
    schema: &'a Schema,
}

impl Walk<'_> {
    fn down(&self, element: &Element, path: &str) -> Result<(), String> {
        let at = |why: String| format!("{path}: {why}");
        if element.namespace != self.dialect.namespace() {
            return Err(at(format!("is in {:?}", element.namespace)));
        }
        let content = self.schema.content(&element.name);
        let content = content.ok_or_else(|| at("no such element".to_owned()))?;
        let leaf = match content {
            Content::Leaf(leaf) => Some(*leaf),
            Content::Children(_) => None,
        };
        for ((namespace, name), value) in &element.attributes {
            let is_root = path == element.name;
            if !self.dialect.allows((namespace, name), value, is_root, leaf) {
                return Err(at(format!("attribute {name}={value:?} in {namespace:?}")));
            }
        }
        match content {
            Content::Leaf(leaf) => leaf.holds(element).map_err(at)?,
            Content::Children(model) => {
                let text = element.text.trim_matches(BLANKS);
                if !text.is_empty() {
                    return Err(at(format!("text among elements: {text:?}")));
                }
                let names: Vec<_> = element
                    .children
                    .iter()
                    .map(|child| child.name.as_str())
                    .collect();
                model.follows(&names).map_err(at)?;
            }
        }
        for child in &element.children {
            self.down(child, &format!("{path}/{}", child.name))?;
        }
        Ok(())
    }
}
