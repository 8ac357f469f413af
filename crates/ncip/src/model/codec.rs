//! How the parts of messages become elements and come of them: one table a part, read both ways.
//!
//! A part is written down once, as its elements in the order of the 2.02 schema. Reading takes them in any order,
//! leaves out what it does not know, and takes an empty element for none.

use crate::{
    Element, FaultKind, Moment, Secret,
    limits::{IDENTIFIER, REPEATED},
};

/// What stands in an element.
pub(crate) trait Content: Sized {
    /// Reads it; `None` where there is nothing in it.
    fn read(element: &Element) -> Result<Option<Self>, FaultKind>;
    /// Writes it into an element that has its name already.
    fn write(&self, element: &mut Element);
}

/// Elements with this ending name somebody or something; how long they may be is bounded.
fn is_identifier(name: &str) -> bool {
    [
        "IdentifierValue",
        "Identifier",
        "AgencyId",
        "SystemId",
        "Token",
        "InputData",
    ]
    .iter()
    .any(|ending| name.ends_with(ending))
}

impl Content for String {
    fn read(element: &Element) -> Result<Option<Self>, FaultKind> {
        if element.text.len() > IDENTIFIER
            && is_identifier(&element.name)
            && element.text.chars().count() > IDENTIFIER
        {
            return Err(FaultKind::TooMuch("characters of an identifier"));
        }
        Ok(Some(element.text.clone()).filter(|text| !text.is_empty()))
    }

    fn write(&self, element: &mut Element) {
        element.text.clone_from(self);
    }
}

impl Content for Secret {
    fn read(element: &Element) -> Result<Option<Self>, FaultKind> {
        Ok(String::read(element)?.map(Self::new))
    }

    fn write(&self, element: &mut Element) {
        element.text = self.expose().to_owned();
    }
}

impl Content for Moment {
    fn read(element: &Element) -> Result<Option<Self>, FaultKind> {
        parsed(element, "a date", Self::parse)
    }

    fn write(&self, element: &mut Element) {
        element.text = self.to_string();
    }
}

impl Content for u32 {
    fn read(element: &Element) -> Result<Option<Self>, FaultKind> {
        parsed(element, "a whole number", |text| text.parse().ok())
    }

    fn write(&self, element: &mut Element) {
        element.text = self.to_string();
    }
}

impl Content for i64 {
    fn read(element: &Element) -> Result<Option<Self>, FaultKind> {
        parsed(element, "a whole number", |text| text.parse().ok())
    }

    fn write(&self, element: &mut Element) {
        element.text = self.to_string();
    }
}

fn parsed<T>(
    element: &Element,
    wanted: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, FaultKind> {
    if element.text.is_empty() {
        return Ok(None);
    }
    parse(&element.text)
        .map(Some)
        .ok_or_else(|| FaultKind::Value {
            element: element.name.to_string(),
            wanted,
        })
}

pub(crate) fn opt<T: Content>(within: &Element, name: &str) -> Result<Option<T>, FaultKind> {
    for child in within.all(name) {
        if let Some(read) = whole(child)? {
            return Ok(Some(read));
        }
    }
    Ok(None)
}

/// One that lacks what makes it one is none, as an empty one is none: partners' forms send what their users left out.
fn whole<T: Content>(element: &Element) -> Result<Option<T>, FaultKind> {
    match T::read(element) {
        Err(FaultKind::Missing { .. }) => Ok(None),
        read => read,
    }
}

pub(crate) fn req<T: Content>(within: &Element, name: &'static str) -> Result<T, FaultKind> {
    opt(within, name)?.ok_or_else(|| FaultKind::Missing {
        within: within.name.to_string(),
        element: name,
    })
}

pub(crate) fn many<T: Content>(within: &Element, name: &str) -> Result<Vec<T>, FaultKind> {
    if within.children.len() > REPEATED && within.all(name).count() > REPEATED {
        return Err(FaultKind::TooMuch("elements of one name"));
    }
    let read = within.all(name).map(whole);
    read.filter_map(Result::transpose).collect()
}

pub(crate) fn flag(within: &Element, name: &str) -> Result<bool, FaultKind> {
    Ok(within.child(name).is_some())
}

pub(crate) fn put<T: Content>(into: &mut Element, name: &'static str, content: &T) {
    let mut element = Element::new(name);
    content.write(&mut element);
    into.children.push(element);
}

/// Parts: a line an element, in the order of the schema. `req` has to be there, `opt` may, `many` any number of times,
/// `flag` says something by being there.
macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $kind:ident $field:ident: $content:ty = $tag:literal,)* })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $(#[doc = concat!("`", $tag, "`.")] $(#[$field_doc])* pub $field: parts!(@type $kind $content),)*
        }

        impl crate::model::codec::Content for $name {
            fn read(element: &crate::Element) -> Result<Option<Self>, crate::FaultKind> {
                if element.is_blank() && [$(parts!(@needed $kind)),*].contains(&true) {
                    return Ok(None);
                }
                Ok(Some(Self { $($field: crate::model::codec::$kind(element, $tag)?,)* }))
            }

            fn write(&self, element: &mut crate::Element) {
                $(parts!(@write $kind self.$field, element, $tag);)*
            }
        }

        #[cfg(test)]
        impl crate::model::sample::Sample for $name {
            fn sample(source: &mut crate::model::sample::Source<'_>) -> Self {
                Self { $($field: crate::model::sample::Sample::sample(source),)* }
            }
        }
    )* };
    (@type req $content:ty) => { $content };
    (@type opt $content:ty) => { Option<$content> };
    (@type many $content:ty) => { Vec<$content> };
    (@type flag $content:ty) => { bool };
    (@needed req) => { true };
    (@needed $other:ident) => { false };
    (@write req $value:expr, $into:ident, $tag:literal) => { crate::model::codec::put($into, $tag, &$value) };
    (@write flag $value:expr, $into:ident, $tag:literal) => {
        if $value { $into.children.push(crate::Element::new($tag)); }
    };
    (@write opt $value:expr, $into:ident, $tag:literal) => {
        if let Some(one) = &$value { crate::model::codec::put($into, $tag, one); }
    };
    (@write many $value:expr, $into:ident, $tag:literal) => {
        for one in &$value { crate::model::codec::put($into, $tag, one); }
    };
}
pub(crate) use parts;
