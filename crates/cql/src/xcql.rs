//! XCQL: a query as XML, as SRU echoes it in `xQuery` and `xScanClause`.
//!
//! *SRU 1.1, «XCQL»; OASIS searchRetrieve 1.0, part 5, annex «XCQL»*. Two dialects differ in the
//! namespace and in one letter: `boolean` became `Boolean`.

use std::borrow::Cow;

use crate::{Boolean, Clause, Comparison, Modifier, Node, NodeId, Prefix, Query, SortKey};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// For SRU 1.1 and 1.2: `http://www.loc.gov/zing/cql/xcql/`.
    Loc,
    /// For SRU 2.0: `http://docs.oasis-open.org/ns/search-ws/xcql`.
    Oasis,
}

impl Dialect {
    /// The namespace of its elements.
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::Loc => "http://www.loc.gov/zing/cql/xcql/",
            Self::Oasis => "http://docs.oasis-open.org/ns/search-ws/xcql",
        }
    }
}

/// The content of an `xQuery`, its outermost elements with their namespace.
///
/// Elements are two deep for each node of [`Query::height`]: common XML readers refuse more than
/// 256, so a query higher than some ninety is better echoed as text alone.
///
/// ```
/// use relire_cql::{Query, xcql};
///
/// let query = Query::parse("chat")?;
/// assert_eq!(
///     xcql::content(&query, xcql::Dialect::Loc),
///     "<searchClause xmlns=\"http://www.loc.gov/zing/cql/xcql/\"><index>cql.serverChoice</index>\
///      <relation><value>=</value></relation><term>chat</term></searchClause>",
/// );
/// # Ok::<(), relire_cql::CqlError>(())
/// ```
pub fn content(query: &Query, dialect: Dialect) -> String {
    let mut out = Out {
        text: String::with_capacity(256),
        dialect,
        outermost: true,
    };
    match dialect {
        Dialect::Oasis => out.oasis(query),
        Dialect::Loc => out.tree(query, &query.prefixes, &query.sort),
    }
    out.text
}

/// The content of an `xScanClause`: one clause. Nothing for anything else.
pub fn scan_clause(query: &Query, dialect: Dialect) -> Option<String> {
    let Node::Clause(clause) = query.node(query.root()) else {
        return None;
    };
    let mut out = Out {
        text: String::new(),
        dialect,
        // The element around it has the namespace.
        outermost: false,
    };
    out.clause_content(clause);
    Some(out.text)
}

/// Text for an element or an attribute in double quotes. What XML cannot hold (*XML 1.0,
/// production 2*) becomes U+FFFD; a carriage return is written as a number, since readers make a
/// line feed of it otherwise.
pub fn escape(text: &str) -> Cow<'_, str> {
    let allowed = |char| matches!(char, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    let plain =
        |char| allowed(char) && !matches!(char, '&' | '<' | '>' | '"' | '\'' | '\r' | '\n' | '\t');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            char if allowed(char) => escaped.push(char),
            _ => escaped.push('\u{FFFD}'),
        }
    }
    Cow::Owned(escaped)
}

struct Out {
    text: String,
    dialect: Dialect,
    outermost: bool,
}

enum Step<'a> {
    Node(NodeId, &'a [Prefix], &'a [SortKey]),
    Close(&'static str),
    Open(&'static str),
    Sort(&'a [SortKey]),
}

impl Out {
    /// `prefixes?, triple, sortKeys?`: here they stand side by side.
    fn oasis(&mut self, query: &Query) {
        self.prefixes(&query.prefixes);
        self.outermost = true;
        self.open("triple");
        self.tree(query, &[], &[]);
        self.close("triple");
        if !query.sort.is_empty() {
            self.outermost = true;
            self.sort(&query.sort);
        }
    }

    fn tree(&mut self, query: &Query, prefixes: &[Prefix], sort: &[SortKey]) {
        let inside_triple = self.dialect == Dialect::Oasis;
        let mut first = true;
        let mut rest = vec![Step::Node(query.root(), prefixes, sort)];
        while let Some(step) = rest.pop() {
            match step {
                Step::Open(name) => self.open(name),
                Step::Close(name) => self.close(name),
                Step::Sort(keys) => self.sort(keys),
                Step::Node(id, prefixes, sort) => match query.node(id) {
                    Node::Clause(clause) => {
                        self.open("searchClause");
                        self.prefixes(prefixes);
                        self.clause_content(clause);
                        self.sort(sort);
                        self.close("searchClause");
                        first = false;
                    }
                    Node::Boolean(join) => {
                        // The OASIS schema has put the outermost triple there already.
                        let wrap = !(first && inside_triple);
                        first = false;
                        if wrap {
                            self.open("triple");
                            rest.push(Step::Close("triple"));
                        }
                        self.prefixes(prefixes);
                        self.boolean(&join.boolean);
                        rest.extend([
                            Step::Sort(sort),
                            Step::Close("rightOperand"),
                            Step::Node(join.right, &[], &[]),
                            Step::Open("rightOperand"),
                            Step::Close("leftOperand"),
                            Step::Node(join.left, &[], &[]),
                            Step::Open("leftOperand"),
                        ]);
                    }
                    Node::Scope(scope) => {
                        // OASIS has prefixes at the very beginning only; the names, spelled with
                        // their prefixes, are all that is left of an inner one.
                        let own: &[Prefix] = if inside_triple { &[] } else { &scope.prefixes };
                        let both = if prefixes.is_empty() { own } else { prefixes };
                        rest.push(Step::Node(scope.inner, both, sort));
                    }
                },
            }
        }
    }

    fn clause_content(&mut self, clause: &Clause) {
        self.leaf("index", &clause.index_name());
        self.open("relation");
        let value = match &clause.relation.comparison {
            Comparison::Symbol(symbol) => symbol.as_str().to_owned(),
            Comparison::Named(name) => name.text(),
        };
        self.leaf("value", &value);
        self.modifiers(&clause.relation.modifiers);
        self.close("relation");
        self.leaf("term", clause.term.raw());
    }

    fn boolean(&mut self, boolean: &Boolean) {
        let name = match self.dialect {
            Dialect::Loc => "boolean",
            Dialect::Oasis => "Boolean",
        };
        self.open(name);
        self.leaf("value", boolean.operator.as_str());
        self.modifiers(&boolean.modifiers);
        self.close(name);
    }

    fn modifiers(&mut self, modifiers: &[Modifier]) {
        if modifiers.is_empty() {
            return;
        }
        self.open("modifiers");
        for modifier in modifiers {
            self.open("modifier");
            self.leaf("type", &modifier.name.text());
            if let Some((symbol, value)) = &modifier.value {
                self.leaf("comparison", symbol.as_str());
                self.leaf("value", value.raw());
            }
            self.close("modifier");
        }
        self.close("modifiers");
    }

    fn prefixes(&mut self, prefixes: &[Prefix]) {
        if prefixes.is_empty() {
            return;
        }
        self.open("prefixes");
        for prefix in prefixes {
            self.open("prefix");
            if let Some(name) = &prefix.name {
                self.leaf("name", name);
            } else if self.dialect == Dialect::Oasis {
                self.leaf("name", "");
            }
            self.leaf("identifier", prefix.uri.raw());
            self.close("prefix");
        }
        self.close("prefixes");
    }

    fn sort(&mut self, keys: &[SortKey]) {
        if keys.is_empty() {
            return;
        }
        self.open("sortKeys");
        for key in keys {
            self.open("key");
            self.leaf("index", &key.index.text());
            self.modifiers(&key.modifiers);
            self.close("key");
        }
        self.close("sortKeys");
    }

    fn open(&mut self, name: &str) {
        self.text.push('<');
        self.text.push_str(name);
        if std::mem::take(&mut self.outermost) {
            self.text.push_str(" xmlns=\"");
            self.text.push_str(self.dialect.namespace());
            self.text.push('"');
        }
        self.text.push('>');
    }

    fn close(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    fn leaf(&mut self, name: &str, value: &str) {
        self.open(name);
        self.text.push_str(&escape(value));
        self.close(name);
    }
}
