//! Every kind of answer, element by element, against the content models of the published schemas.

use crate::{
    element::parse,
    models::{DIAG1, DIAG2, MODELS, SRU1, SRU2, check, follows},
    support,
};

#[test]
fn every_answer_has_its_elements_in_their_order() {
    let mut seen = std::collections::BTreeSet::new();
    for (what, answer) in support::answers() {
        let root = parse(&answer).unwrap_or_else(|error| panic!("{what}: {error}\n{answer}"));
        check(&root, &what, &mut seen);
    }
    let never: Vec<_> = MODELS
        .iter()
        .map(|(space, name, _)| (*space, *name))
        // Records are made elsewhere, and looked at where they are served.
        .filter(|(space, _)| {
            !["/mods/", "marcxchange", "/MARC21/"]
                .iter()
                .any(|own| space.contains(own))
        })
        .filter(|one| !seen.contains(one))
        .collect();
    assert!(
        never.is_empty(),
        "no answer has {never:?}: nothing was checked there"
    );
}

/// The checker itself can fail.
#[test]
fn what_is_out_of_order_is_seen() {
    let children = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let model = "a b? c* d+";
    for good in [&["a", "d"][..], &["a", "b", "c", "c", "d", "d"]] {
        assert_eq!(follows(&children(good), model), Ok(()));
    }
    for bad in [
        &[][..],
        &["a"],
        &["d", "a"],
        &["a", "a", "d"],
        &["a", "b", "b", "d"],
        &["a", "x", "d"],
        &["a", "d", "c"],
    ] {
        assert!(follows(&children(bad), model).is_err(), "{bad:?}");
    }
}

/// Clients have these in their source (quirk 26 of what we know of them).
#[test]
fn namespaces_are_the_right_ones_to_the_character() {
    for (version, response, diagnostic) in [
        ("1.1", SRU1, DIAG1),
        ("1.2", SRU1, DIAG1),
        ("2.0", SRU2, DIAG2),
    ] {
        let form = format!("version={version}&query=(a");
        let refused =
            relire_sru::request::read_form(form.as_bytes(), &Default::default()).unwrap_err();
        let root = parse(&refused.to_xml()).unwrap();
        assert_eq!(
            (root.namespace.as_str(), root.name.as_str()),
            (response, "searchRetrieveResponse")
        );
        let found = root.find("diagnostic").unwrap();
        assert_eq!(found.namespace, diagnostic);
        assert_eq!(found.find("uri").unwrap().text, "info:srw/diagnostic/1/13");
    }
}
