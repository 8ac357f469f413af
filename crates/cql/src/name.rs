use std::{fmt, sync::Arc};

use crate::display::Word;

/// The name of an index, relation or modifier: `title`, `dc.title`.
///
/// *CQL 2.0, "Context sets"*. Names are compared without regard to case, and kept as they came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// What stands before the first dot.
    pub prefix: Option<String>,
    /// What stands behind it.
    pub base: String,
    /// The context set's URI, where the query itself says it: `> dc = "info:…"`. Everything else
    /// is for the server to know.
    pub set: Option<Arc<str>>,
}

impl Name {
    /// Splits `dc.title` at its first dot. No dot, or nothing on one side of it: no prefix.
    ///
    /// ```
    /// let name = relire_cql::Name::new("dc.title.main");
    /// assert_eq!((name.prefix.as_deref(), name.base.as_str()), (Some("dc"), "title.main"));
    /// assert_eq!(relire_cql::Name::new(".5").prefix, None);
    /// ```
    pub fn new(text: &str) -> Self {
        match text.split_once('.') {
            Some((prefix, base)) if !prefix.is_empty() && !base.is_empty() => Self {
                prefix: Some(prefix.to_owned()),
                base: base.to_owned(),
                set: None,
            },
            _ => Self {
                prefix: None,
                base: text.to_owned(),
                set: None,
            },
        }
    }

    /// Whether it is this one, in whatever case; `prefix` may be absent from the query, since
    /// names without one belong to the context set that its place implies.
    pub fn is(&self, prefix: &str, base: &str) -> bool {
        self.base.eq_ignore_ascii_case(base)
            && self
                .prefix
                .as_deref()
                .is_none_or(|own| own.eq_ignore_ascii_case(prefix))
    }

    /// As in the query, unquoted: `dc.title`.
    pub fn text(&self) -> String {
        match &self.prefix {
            Some(prefix) => format!("{prefix}.{}", self.base),
            None => self.base.clone(),
        }
    }
}

/// As CQL: in quotation marks where it needs them.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Word(&self.text()).fmt(f)
    }
}
