//! The checker and libxml2 say the same of what is nearly right: real messages with one thing changed. So what was written
//! down from the schemas is held to them element by element, and not only where samples go wrong by themselves.

use std::path::Path;

use quick_xml::{Reader, events::Event};

use super::{
    check::check,
    files,
    xmllint::{Schema, available, validate},
};

/// Of one message. More find no more than these: all places come up in some message.
const CHANGES: usize = 30;

#[test]
fn libxml2_and_the_checker_agree() {
    let Some(folder) = available() else { return };
    let samples = folder.join("samples");
    let requests = Path::new(env!("CARGO_MANIFEST_DIR")).join("protocol-fixtures/ncip/requests");
    let ours = files(&requests)
        .iter()
        .flat_map(|folder| files(folder))
        .collect::<Vec<_>>();
    for (schema, kind) in [(Schema::Two, "v2-valid"), (Schema::One, "v1-valid")] {
        let good = files(&samples.join(kind)).into_iter().chain(ours.clone());
        let texts = good.map(|file| std::fs::read_to_string(file).unwrap());
        // Our own requests are of both, and the right one's are taken.
        let texts = texts.filter(|text| {
            (schema == Schema::Two) == text.contains("http://www.niso.org/2008/ncip")
        });
        let texts = texts.filter(|text| {
            !text.contains("DATE_TIMESTAMP") && !text.contains("<NCIPVersionMessage")
        });
        let changed: Vec<_> = texts.flat_map(|text| changes(&text, schema)).collect();
        compare(&changed, schema);
    }
}

fn compare(changed: &[String], schema: Schema) {
    let folder = tempfile::tempdir().unwrap();
    let (mut valid, mut invalid) = (Vec::new(), Vec::new());
    for (number, text) in changed.iter().enumerate() {
        let file = folder.path().join(format!("{number:05}.xml"));
        std::fs::write(&file, text).unwrap();
        match check(text) {
            Ok(()) => valid.push(file),
            Err(why) => invalid.push((file, why)),
        }
    }
    assert!(
        valid.len() > 20 && invalid.len() > 200,
        "{} {}",
        valid.len(),
        invalid.len()
    );
    validate(&valid, schema).unwrap();
    let files: Vec<_> = invalid.iter().map(|(file, _)| file.clone()).collect();
    let said = validate(&files, schema).unwrap_err();
    let refused = |file: &Path| {
        let file = file.display();
        [
            format!("\n{file} fails to validate"),
            format!("\nDocument {file} does not validate"),
        ]
        .iter()
        .any(|line| said.contains(line))
    };
    for (file, why) in &invalid {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(
            refused(file),
            "libxml2 has nothing against this, the checker has: {why}\n{text}"
        );
    }
}

/// The message with one thing changed, in many ways.
fn changes(text: &str, schema: Schema) -> Vec<String> {
    let elements = elements(text);
    let mut changed = Vec::new();
    for (number, element) in elements.iter().enumerate().skip(1) {
        let whole = &text[element.start..element.end];
        let with = |new: &str| format!("{}{new}{}", &text[..element.start], &text[element.end..]);
        changed.push(with(""));
        changed.push(with(&format!("{whole}{whole}")));
        let other = &elements[(number * 7 + 1) % elements.len()];
        changed.push(with(&whole.replace(element.name, other.name)));
        changed.push(with(&text[other.start..other.end]));
        let prefix = element
            .name
            .split_once(':')
            .map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
        changed.push(with(&format!("<{prefix}Ext/>{whole}")));
        changed.push(with(&format!("{whole}<{prefix}Problem/>")));
        if let Some(next) = elements
            .iter()
            .find(|next| next.start > element.end && next.depth == element.depth)
        {
            let between = &text[element.end..next.start];
            let next_whole = &text[next.start..next.end];
            let (before, after) = (&text[..element.start], &text[next.end..]);
            changed.push(format!("{before}{next_whole}{between}{whole}{after}"));
        }
        // A DTD does not look into values.
        if element.inside.0 < element.inside.1 && schema == Schema::Two {
            let values = [
                "",
                "0",
                "-1",
                "+07",
                "x",
                "2026-02-30T00:00:00Z",
                "2024-02-29T24:00:00-14:00",
                " 1\n",
            ];
            let value = values[number % values.len()];
            let (before, after) = (&text[..element.inside.0], &text[element.inside.1..]);
            changed.push(format!("{before}{value}{after}"));
        }
    }
    let step = changed.len().div_ceil(CHANGES).max(1);
    // An odd step, so that not always the same way of changing is met.
    changed.into_iter().step_by(step | 1).collect()
}

#[derive(Debug)]
struct Place<'a> {
    name: &'a str,
    depth: usize,
    start: usize,
    inside: (usize, usize),
    end: usize,
}

/// All elements, each before what is in it.
fn elements(text: &str) -> Vec<Place<'_>> {
    let mut reader = Reader::from_str(text);
    let (mut places, mut open): (Vec<Place<'_>>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap();
        let event = reader.read_event().unwrap();
        let end = usize::try_from(reader.buffer_position()).unwrap();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let length = tag.name().as_ref().len();
                let depth = open.len();
                if matches!(event, Event::Start(_)) {
                    open.push(places.len());
                }
                places.push(Place {
                    name: &text[start + 1..start + 1 + length],
                    depth,
                    start,
                    inside: (end, end),
                    end,
                });
            }
            Event::End(_) => {
                let place = &mut places[open.pop().unwrap()];
                (place.inside.1, place.end) = (start, end);
            }
            Event::Eof => return places,
            _ => {}
        }
    }
}
