/// How much of a query is read. What is beyond is refused, before it costs anything.
///
/// A query is read in one pass, so its length bounds the time; the rest bounds what whoever runs
/// it has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole query.
    pub bytes: usize,
    /// Parentheses within parentheses.
    pub depth: usize,
    /// Search clauses; booleans are one fewer.
    pub clauses: usize,
    /// Bytes of one term, name or modifier value, without its quotation marks.
    pub term_bytes: usize,
    /// Modifiers on one relation, boolean or sort key.
    pub modifiers: usize,
    /// Context sets assigned with `>` in the whole query.
    pub prefixes: usize,
    /// Sort keys.
    pub sort_keys: usize,
    /// Whether a term may be `""`. The grammar allows it; few servers can answer it.
    pub empty_terms: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16_384,
            depth: 32,
            clauses: 256,
            term_bytes: 1_024,
            modifiers: 16,
            prefixes: 16,
            sort_keys: 8,
            empty_terms: false,
        }
    }
}
