use super::{marks::Table, *};

/// A mark as it stands in a record: before a letter.
fn with_letter(table: &Table) -> Vec<Vec<u8>> {
    let marks = table.marks.iter().map(|(byte, _)| vec![*byte, b'a']);
    marks
        .chain(table.spacing.iter().map(|(byte, _)| vec![*byte]))
        .collect()
}

#[test]
fn every_place_of_iso_5426_comes_back() {
    for bytes in with_letter(&iso5426::TABLE) {
        let text = Charset::Iso5426.decode(&bytes);
        assert!(text.losses.is_empty(), "{bytes:02X?}");
        // The umlaut and the trema are one in Unicode.
        let expected = if bytes[0] == 0xC9 {
            vec![0xC8, b'a']
        } else {
            bytes.clone()
        };
        assert_eq!(
            Charset::Iso5426.encode(&text.value).value,
            expected,
            "{bytes:02X?}"
        );
        let composed = Charset::Iso5426.encode(&compose(text.value));
        assert_eq!((composed.value, composed.losses), (expected, vec![]));
    }
    let places = iso5426::TABLE.spacing.len() + iso5426::TABLE.marks.len();
    assert_eq!(places, 2 + 28 + 16 + 31);
}

#[test]
fn every_place_of_ansel_comes_back() {
    for bytes in with_letter(&marc8::ANSEL) {
        let text = Charset::Marc8.decode(&bytes);
        assert!(text.losses.is_empty(), "{bytes:02X?}");
        let composed = Charset::Marc8.encode(&compose(text.value));
        assert_eq!((composed.value, composed.losses), (bytes, vec![]));
    }
    assert_eq!(
        marc8::ANSEL.spacing.len() + marc8::ANSEL.marks.len(),
        4 + 27 + 9 + 29
    );
}

#[test]
fn every_byte_of_latin_1_comes_back() {
    let all: Vec<u8> = (0..=255).collect();
    let text = Charset::Latin1.decode(&all);
    assert!(text.losses.is_empty());
    assert_eq!(Charset::Latin1.encode(&text.value).value, all);
}

#[test]
fn unassigned_places_are_told() {
    for charset in [Charset::Iso5426, Charset::Marc8] {
        let all: Vec<u8> = (0x80..=0xFF).flat_map(|byte| [byte, b'a']).collect();
        let text = charset.decode(&all);
        let lost = text
            .losses
            .iter()
            .filter(|loss| matches!(loss.what, What::Byte(_)))
            .count();
        assert_eq!(
            lost,
            text.value.matches(char::REPLACEMENT_CHARACTER).count(),
            "{charset:?}"
        );
        assert!(lost > 30, "{charset:?} {lost}");
    }
    assert_eq!(Charset::Iso5426.decode(&[0xA4]).value, "$");
}

#[test]
fn french_and_german_letters() {
    let text = "À l’œuvre où naît l’été, ça brûle : «Noël», Æ, Ÿ ; Größe, Übermut, Äpfel, ß";
    for charset in [
        Charset::Utf8,
        Charset::Iso5426,
        Charset::Latin1,
        Charset::Utf8Twice,
    ] {
        let bytes = charset.encode(text);
        assert_eq!(bytes.losses, [], "{charset:?}");
        let back = charset.decode(&bytes.value);
        assert_eq!(
            (compose(back.value).as_str(), back.losses),
            (text, vec![]),
            "{charset:?}"
        );
    }
    // MARC-8 has no such apostrophe and no guillemets.
    let bytes = Charset::Marc8.encode(text);
    assert_eq!(bytes.losses.len(), 4);
    let plain = text.replace('’', "'").replace(['«', '»'], "\"");
    assert_eq!(compose(Charset::Marc8.decode(&bytes.value).value), plain);
}

#[test]
fn two_accents_stand_outside_in() {
    let bytes = b"\xC2\xC3e"; // acute, circumflex, e: ế of Vietnamese
    let text = compose(Charset::Iso5426.decode(bytes).value);
    assert_eq!(text, "\u{1EBF}");
    assert_eq!(Charset::Iso5426.encode(&text).value, bytes);
    assert_eq!(
        Charset::Marc8.encode("\u{1EDB}").value,
        b"\xE2\xBC",
        "o with horn is a letter in MARC-8"
    );
}

#[test]
fn marc_8_escapes() {
    let text =
        Charset::Marc8.decode(b"H\x1Bb2\x1BsO, m\x1Bp2\x1Bs, \x1Bga\x1Bs-rays \x1B(B\x1B)!E\xE2e");
    assert_eq!(
        (compose(text.value).as_str(), text.losses.len()),
        ("H₂O, m², α-rays é", 0)
    );
    assert_eq!(Charset::Marc8.encode("H₂O").value, b"H\x1Bb2\x1BsO");
    let alphabets = Charset::Marc8.decode(
        b"\x1B(NwOJNA I MIR, \x1B(Sn\x22rdrw \x1B(2zexd, \x1B)3\xC8\xC7\xC8\x1B(B, \x1B(Q`\x1B(B.",
    );
    assert_eq!(
        (compose(alphabets.value).as_str(), alphabets.losses.len()),
        ("Война и мир, λόγος תורה, \u{628}\u{627}\u{628}, Ґ.", 0)
    );
    let unknown = Charset::Marc8.decode(b"\x1B(?abc\x1B(B d \x1B$1!0j!1k\x1B(B e");
    assert_eq!(
        unknown.value,
        "\u{FFFD}\u{FFFD}\u{FFFD} d \u{FFFD}\u{FFFD} e"
    );
    assert_eq!(
        unknown.losses[0],
        Loss {
            at: 3,
            what: What::Set(b'?')
        }
    );
    assert_eq!(Charset::Marc8.decode(b"\x1B").losses.len(), 1);
}

#[test]
fn what_is_lost_is_told() {
    let lost = |charset: Charset, text: &str| {
        let bytes = charset.encode(text);
        (
            Charset::Latin1.decode(&bytes.value).value,
            bytes.losses.len(),
        )
    };
    assert_eq!(lost(Charset::Latin1, "Dvořák"), ("Dvorák".into(), 1));
    assert_eq!(lost(Charset::Latin1, "漢 — x"), ("? — x".into(), 1));
    assert_eq!(lost(Charset::Iso5426, "5 € — Ω"), ("5 EUR - ?".into(), 3));
    assert_eq!(lost(Charset::Marc8, "\u{301}a"), ("â a".into(), 1));
    assert_eq!(
        Charset::Iso5426.decode(b"e\xC2").losses[0].what,
        What::LoneMark('\u{301}')
    );
    let cut = Charset::Utf8.decode("été".as_bytes().split_last().unwrap().1);
    assert_eq!(
        (cut.value.as_str(), &cut.losses[0].what),
        ("ét", &What::CutOff)
    );
    assert_eq!(Charset::Utf8.decode(b"a\xFFb").value, "a\u{FFFD}b");
}

#[test]
fn non_sorting_marks_come_through_and_go() {
    use nonsorting::{for_sorting, leading, strip};
    let title = "\u{98}L'\u{9C}été";
    for charset in [Charset::Iso5426, Charset::Marc8, Charset::Utf8] {
        let bytes = charset.encode(title);
        assert_eq!(bytes.losses, []);
        assert_eq!(compose(charset.decode(&bytes.value).value), title);
    }
    assert_eq!(
        Charset::Iso5426.encode(title).value,
        b"\x88L'\x89\xC2et\xC2e"
    );
    assert_eq!(
        (strip(title).as_ref(), for_sorting(title).as_ref()),
        ("L'été", "été")
    );
    assert_eq!(
        (leading(title), leading("L'été"), leading("\u{98}L'été")),
        (2, 0, 0)
    );
    assert_eq!(for_sorting("\u{98}Les"), "Les");
    assert_eq!(for_sorting("a \u{88}le \u{89}b \u{98}la \u{9C}c"), "a b c");
    assert!(matches!(strip("rien"), std::borrow::Cow::Borrowed(_)));
}
