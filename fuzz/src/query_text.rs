//! What must hold for whatever is typed as a question.

use relire_query::{Limits, parse, simple::simple};

/// Reads the bytes as the text form and as what somebody types into the one box. Panics where the
/// crate breaks its word.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(node) = parse(text) {
        assert_eq!(Limits::default().check(&node), Ok(()), "within its limits");
        let written = node.to_string();
        assert_eq!(parse(&written), Ok(node), "{written} reads back the same");
    }
    if let Some(node) = simple(text) {
        let empty = node.clauses().any(|clause| clause.term.is_empty());
        assert!(!empty, "nothing to look for is no clause");
    }
}
