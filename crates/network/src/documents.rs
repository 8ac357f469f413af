//! `document-types.csv`: what can be lent, and its codes in other systems.

use circulation::DocumentType;

use crate::table::{Problems, Row, Unique, rows};

pub(crate) const FILE: &str = "document-types.csv";

const COLUMNS: [&str; 10] = [
    "code",
    "label",
    "sip2_media_type",
    "unimarc_ldr06",
    "unimarc_ldr07",
    "unimarc_995r",
    "onix_product_form",
    "usual_parts",
    "loanable_by_default",
    "note",
];

pub(crate) fn read(text: &str, problems: &mut Problems) -> Vec<DocumentType> {
    let mut codes = Unique::new();
    rows(FILE, text, &COLUMNS, problems, |row, problems| {
        let code = row.parse("code", "write it as DVD", problems);
        let label = row.needed("label", problems);
        let media = media_type(row, problems);
        let letter = "give the one letter of the record label";
        let ldr06 = row.parse("unimarc_ldr06", letter, problems);
        let ldr07 = row.parse("unimarc_ldr07", letter, problems);
        let parts = row.parse("usual_parts", "give a number from 0 to 255", problems);
        let loanable = row.word(
            "loanable_by_default",
            &[("yes", true), ("no", false)],
            problems,
        );
        let code = code?;
        codes.see(code, "code", row, problems);
        Some(DocumentType {
            code,
            label: label?,
            sip2_media_type: media?,
            unimarc_ldr06: ldr06?,
            unimarc_ldr07: ldr07?,
            unimarc_995r: row.text("unimarc_995r").to_owned(),
            onix_product_form: row.text("onix_product_form").to_owned(),
            usual_parts: parts?,
            loanable_by_default: loanable?,
            note: row.raw("note"),
        })
    })
}

/// SIP2 field CK: three digits.
fn media_type(row: &Row<'_>, problems: &mut Problems) -> Option<String> {
    let text = row.text("sip2_media_type");
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let remedy = "give three digits, such as 001 for a book";
    problems.push(row.problem("sip2_media_type", "not a SIP2 media type", remedy));
    None
}
