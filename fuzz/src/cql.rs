//! What must hold for whatever arrives as a CQL query.

use relire_cql::{Limits, Query, Term, xcql};

/// Reads the bytes as a query. Panics where the crate breaks its word.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let limits = Limits {
        empty_terms: true,
        ..Limits::default()
    };
    let query = match Query::parse_within(&text, &limits) {
        Ok(query) => query,
        Err(error) => {
            assert!(
                text.is_char_boundary(error.position),
                "a place in the query"
            );
            assert!(!error.to_string().is_empty() && error.diagnostic() >= 10);
            return;
        }
    };
    let written = query.to_string();
    // Canonical can be longer than what was read: a keyword gets its quotation marks.
    let roomy = Limits {
        bytes: usize::MAX,
        ..limits
    };
    let again = Query::parse_within(&written, &roomy).expect("what was written is read");
    assert_eq!(again, query, "and says the same");
    assert_eq!(again.to_string(), written, "there is one canonical form");
    assert!(query.clauses().count() <= limits.clauses);
    assert!(query.height() <= 2 * (limits.clauses + limits.depth));
    for clause in query.clauses() {
        let pieces = clause.term.pieces();
        assert_eq!(Term::from_pieces(&pieces), clause.term);
    }
    for dialect in [xcql::Dialect::Loc, xcql::Dialect::Oasis] {
        let xml = xcql::content(&query, dialect);
        assert_eq!(xml.matches("<term>").count(), query.clauses().count());
    }
}
