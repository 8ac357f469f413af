//! A document as a tree of elements: names without their prefixes, texts without blanks around them, and of all
//! attributes the two that NCIP has.

use std::borrow::Cow;

/// One element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, without a prefix.
    pub name: Cow<'static, str>,
    /// `Scheme`: whose list its value is from (2.x; 1.x has an element for it).
    pub scheme: Option<String>,
    /// Its text, without blanks around it.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

impl Element {
    /// An element with nothing in it.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// An element with a text.
    pub fn leaf(name: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// The first element of this name in it.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Every element of this name in it.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Whether there is nothing in it: no text, no scheme, and no element with something in it.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty() && self.scheme.is_none() && self.children.iter().all(Element::is_blank)
    }

    /// Whether an element of that name is somewhere below.
    pub fn has_below(&self, names: &[&str]) -> bool {
        self.children
            .iter()
            .any(|child| names.contains(&&*child.name) || child.has_below(names))
    }
}
