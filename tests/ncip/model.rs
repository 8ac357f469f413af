//! A content model, and whether children follow it.
//!
//! The notation is that of a DTD with blanks for commas: `a b? (c | (d e*))+`.

use std::collections::BTreeSet;

#[derive(Debug)]
pub(super) enum Model {
    Name(&'static str),
    Sequence(Vec<Model>),
    Choice(Vec<Model>),
    Repeated {
        model: Box<Model>,
        may_be_absent: bool,
        many: bool,
    },
}

impl Model {
    pub(super) fn read(notation: &'static str) -> Result<Self, String> {
        let mut rest = notation;
        let model = choice(&mut rest)?;
        match rest.is_empty() {
            true => Ok(model),
            false => Err(format!("{notation:?}: what is {rest:?}?")),
        }
    }

    /// Every name that stands in it.
    pub(super) fn names(&self) -> BTreeSet<&'static str> {
        match self {
            Self::Name(name) => BTreeSet::from([*name]),
            Self::Sequence(parts) | Self::Choice(parts) => {
                parts.iter().flat_map(Self::names).collect()
            }
            Self::Repeated { model, .. } => model.names(),
        }
    }

    pub(super) fn follows(&self, children: &[&str]) -> Result<(), String> {
        let mut trace = Trace::default();
        let ends = self.ends(children, &BTreeSet::from([0]), &mut trace);
        if ends.contains(&children.len()) {
            return Ok(());
        }
        let furthest = ends.last().copied().unwrap_or(0).max(trace.at);
        let wanted: Vec<_> = match trace.at == furthest {
            true => trace.wanted.into_iter().collect(),
            false => Vec::new(),
        };
        let wanted = match wanted.is_empty() {
            true => "nothing more".to_owned(),
            false => wanted.join(" or "),
        };
        let (before, rest) = children.split_at(furthest.min(children.len()));
        let after = before
            .last()
            .map_or("first".to_owned(), |name| format!("after {name}"));
        let found = rest.first().unwrap_or(&"the end");
        Err(format!("{after} comes {found}, expected is {wanted}"))
    }

    /// Where it may end when it may begin at any of these: all ways at once, so no way is tried twice.
    fn ends(
        &self,
        children: &[&str],
        from: &BTreeSet<usize>,
        trace: &mut Trace,
    ) -> BTreeSet<usize> {
        match self {
            Self::Name(name) => from
                .iter()
                .filter(|at| children.get(**at) == Some(name) || trace.wants(**at, name))
                .map(|at| at + 1)
                .collect(),
            Self::Sequence(parts) => parts
                .iter()
                .fold(from.clone(), |from, part| part.ends(children, &from, trace)),
            Self::Choice(parts) => parts
                .iter()
                .flat_map(|part| part.ends(children, from, trace))
                .collect(),
            Self::Repeated {
                model,
                may_be_absent,
                many,
            } => {
                let mut all = BTreeSet::new();
                let mut new = from.clone();
                while !new.is_empty() {
                    new = &model.ends(children, &new, trace) - &all;
                    all.extend(&new);
                    if !many {
                        break;
                    }
                }
                if *may_be_absent {
                    all.extend(from);
                }
                all
            }
        }
    }
}

/// How far it went, and what would have led on from there.
#[derive(Default)]
struct Trace {
    at: usize,
    wanted: BTreeSet<&'static str>,
}

impl Trace {
    /// Always false: it was not there.
    fn wants(&mut self, at: usize, name: &'static str) -> bool {
        if at > self.at {
            *self = Self {
                at,
                wanted: BTreeSet::new(),
            };
        }
        if at == self.at {
            self.wanted.insert(name);
        }
        false
    }
}

fn choice(rest: &mut &'static str) -> Result<Model, String> {
    let mut parts = vec![sequence(rest)?];
    while let Some(after) = rest.strip_prefix('|') {
        *rest = after;
        parts.push(sequence(rest)?);
    }
    Ok(one_or(parts, Model::Choice))
}

fn sequence(rest: &mut &'static str) -> Result<Model, String> {
    let mut parts = Vec::new();
    loop {
        *rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with(['|', ')']) {
            break;
        }
        parts.push(repeated(rest)?);
    }
    match parts.is_empty() {
        true => Err(format!("nothing before {rest:?}")),
        false => Ok(one_or(parts, Model::Sequence)),
    }
}

fn repeated(rest: &mut &'static str) -> Result<Model, String> {
    let model = match rest.strip_prefix('(') {
        Some(inside) => {
            *rest = inside;
            let model = choice(rest)?;
            *rest = rest.strip_prefix(')').ok_or("a group is not closed")?;
            model
        }
        None => {
            let end = rest
                .find(|char: char| !char.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            if name.is_empty() {
                return Err(format!("no name at {rest:?}"));
            }
            *rest = after;
            Model::Name(name)
        }
    };
    let (may_be_absent, many) = match rest.chars().next() {
        Some('?') => (true, false),
        Some('*') => (true, true),
        Some('+') => (false, true),
        _ => return Ok(model),
    };
    *rest = &rest[1..];
    Ok(Model::Repeated {
        model: Box::new(model),
        may_be_absent,
        many,
    })
}

fn one_or(mut parts: Vec<Model>, many: fn(Vec<Model>) -> Model) -> Model {
    match parts.len() {
        1 => parts.remove(0),
        _ => many(parts),
    }
}
