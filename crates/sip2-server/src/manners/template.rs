//! Lines of lists, in the form that a terminal wants.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

/// A text with places to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Template {
    source: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// The place with this number.
    Place(usize),
}

impl Template {
    /// Reads a text whose places have these names.
    fn new(source: &str, places: &[&str]) -> Result<Self, String> {
        let all = || {
            let places: Vec<_> = places.iter().map(|place| format!("{{{place}}}")).collect();
            places.join(", ")
        };
        let mut pieces = Vec::new();
        let mut rest = source;
        while let Some((text, behind)) = rest.split_once('{') {
            if !text.is_empty() {
                pieces.push(Piece::Text(text.to_owned()));
            }
            let Some((name, behind)) = behind.split_once('}') else {
                return Err(format!("{source:?} has a {{ without its }}"));
            };
            let Some(place) = places.iter().position(|place| *place == name) else {
                return Err(format!(
                    "{{{name}}} is no place of this text: use {}",
                    all()
                ));
            };
            pieces.push(Piece::Place(place));
            rest = behind;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        if source.chars().any(|c| c == '|' || c.is_control()) {
            return Err(format!("{source:?} has a character that ends a field"));
        }
        if !pieces.iter().any(|piece| matches!(piece, Piece::Place(_))) {
            return Err(format!(
                "{source:?} is the same for every line: use {}",
                all()
            ));
        }
        Ok(Self {
            source: source.to_owned(),
            pieces,
        })
    }

    fn fill(&self, values: &[&str]) -> String {
        let mut line = String::new();
        for piece in &self.pieces {
            let text = match piece {
                Piece::Text(text) => text,
                Piece::Place(place) => values.get(*place).copied().unwrap_or_default(),
            };
            // Writing to a String does not fail.
            let _ = line.write_str(text);
        }
        line
    }
}

/// How a line of AS, AT, AU, BU or CD reads: `barcode`, `title`, or a text with `{barcode}`, `{title}`, `{due}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemTemplate(Template);

const ITEM_PLACES: [&str; 3] = ["barcode", "title", "due"];
const BARCODE: &str = "barcode";

impl ItemTemplate {
    /// The line. Where the item has no barcode of its own yet, its title stands for it if that is all there is.
    pub(crate) fn line(&self, barcode: &str, title: &str, due: &str) -> String {
        let barcode = if barcode.is_empty() && self.0.source == BARCODE {
            title
        } else {
            barcode
        };
        self.0.fill(&[barcode, title, due])
    }
}

impl Default for ItemTemplate {
    fn default() -> Self {
        Self(Template {
            source: BARCODE.into(),
            pieces: vec![Piece::Place(0)],
        })
    }
}

impl TryFrom<String> for ItemTemplate {
    type Error = String;

    fn try_from(source: String) -> Result<Self, String> {
        let alone = ITEM_PLACES[..2].iter().position(|place| *place == source);
        let template = match alone {
            Some(place) => Template {
                source,
                pieces: vec![Piece::Place(place)],
            },
            None => Template::new(&source, &ITEM_PLACES)?,
        };
        Ok(Self(template))
    }
}

impl From<ItemTemplate> for String {
    fn from(template: ItemTemplate) -> Self {
        template.0.source
    }
}

/// How a line of AV reads: a text with `{id}`, `{amount}`, `{text}`, `{kind}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FineTemplate(Template);

const FINE_PLACES: [&str; 4] = ["id", "amount", "text", "kind"];

impl FineTemplate {
    /// The line.
    pub(crate) fn line(&self, id: &str, amount: &str, text: &str, kind: &str) -> String {
        self.0.fill(&[id, amount, text, kind])
    }
}

impl Default for FineTemplate {
    /// `{id} {amount} "{text}"`
    fn default() -> Self {
        let text = |text: &str| Piece::Text(text.to_owned());
        Self(Template {
            source: "{id} {amount} \"{text}\"".into(),
            pieces: vec![
                Piece::Place(0),
                text(" "),
                Piece::Place(1),
                text(" \""),
                Piece::Place(2),
                text("\""),
            ],
        })
    }
}

impl TryFrom<String> for FineTemplate {
    type Error = String;

    fn try_from(source: String) -> Result<Self, String> {
        Template::new(&source, &FINE_PLACES).map(Self)
    }
}

impl From<FineTemplate> for String {
    fn from(template: FineTemplate) -> Self {
        template.0.source
    }
}
