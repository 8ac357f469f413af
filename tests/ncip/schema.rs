//! A schema as a table: what each element holds.
//!
//! A line is `names = model` or `type: names`; what begins with a blank goes on with the line before. So elements of
//! one model share a line, and the tables can be held beside the schemas that they are written down from.

use std::collections::HashMap;

use super::{leaf::Leaf, model::Model};

#[derive(Debug)]
pub(super) struct Schema {
    contents: HashMap<&'static str, usize>,
    kinds: Vec<Content>,
}

#[derive(Debug)]
pub(super) enum Content {
    Children(Model),
    Leaf(Leaf),
}

impl Schema {
    /// Fails where the table is wrong: a name twice, or one that is used and never told.
    pub(super) fn read(table: &'static str) -> Result<Self, String> {
        let mut schema = Self {
            contents: HashMap::new(),
            kinds: Vec::new(),
        };
        for line in logical_lines(table) {
            let (names, content) = match (line.split_once('='), line.split_once(':')) {
                (Some((names, model)), _) => (names, Content::Children(Model::read(model.trim())?)),
                (None, Some((kind, names))) => {
                    let leaf = Leaf::named(kind).ok_or_else(|| format!("no type {kind:?}"))?;
                    (names, Content::Leaf(leaf))
                }
                (None, None) => return Err(format!("neither = nor : in {line:?}")),
            };
            for name in names.split_whitespace() {
                if schema.contents.insert(name, schema.kinds.len()).is_some() {
                    return Err(format!("{name} is there twice"));
                }
            }
            schema.kinds.push(content);
        }
        schema.is_complete()?;
        Ok(schema)
    }

    pub(super) fn content(&self, name: &str) -> Option<&Content> {
        self.contents
            .get(name)
            .and_then(|kind| self.kinds.get(*kind))
    }

    fn is_complete(&self) -> Result<(), String> {
        for kind in &self.kinds {
            if let Content::Children(model) = kind {
                for name in model.names() {
                    self.content(name)
                        .ok_or_else(|| format!("{name} is used and never told"))?;
                }
            }
        }
        Ok(())
    }
}

fn logical_lines(table: &'static str) -> Vec<&'static str> {
    let starts = table
        .match_indices('\n')
        .map(|(at, _)| at + 1)
        .filter(|at| !table[*at..].starts_with([' ', '\n']));
    let mut bounds: Vec<_> = std::iter::once(0).chain(starts).collect();
    bounds.push(table.len());
    bounds
        .windows(2)
        .map(|pair| table[pair[0]..pair[1]].trim())
        .filter(|line| !line.is_empty())
        .collect()
}
