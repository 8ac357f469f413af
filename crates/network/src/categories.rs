//! `patron-categories.csv`: who holds cards.

use circulation::{Audience, Category, CategoryKind, GuarantorNeed};

use crate::table::{Problems, Unique, rows};

pub(crate) const FILE: &str = "patron-categories.csv";

const COLUMNS: [&str; 9] = [
    "code",
    "label",
    "kind",
    "min_age",
    "max_age",
    "card_months",
    "guarantor",
    "audience_limit",
    "origin",
];

const KINDS: [(&str, CategoryKind); 3] = [
    ("person", CategoryKind::Person),
    ("group", CategoryKind::Group),
    ("institution", CategoryKind::Institution),
];

const GUARANTORS: [(&str, GuarantorNeed); 4] = [
    ("no", GuarantorNeed::No),
    ("yes", GuarantorNeed::Yes),
    ("if minor", GuarantorNeed::IfMinor),
    ("contact", GuarantorNeed::Contact),
];

const AUDIENCES: [(&str, Option<Audience>); 3] = [
    ("", None),
    ("jeunesse", Some(Audience::Youth)),
    ("adulte", Some(Audience::Adult)),
];

pub(crate) fn read(text: &str, problems: &mut Problems) -> Vec<Category> {
    let mut codes = Unique::new();
    rows(FILE, text, &COLUMNS, problems, |row, problems| {
        let code = row.parse("code", "write it as ADU", problems);
        let label = row.needed("label", problems);
        let kind = row.word("kind", &KINDS, problems);
        let age = "give whole years, or leave it empty";
        let min_age = row.parse_or_none("min_age", age, problems);
        let max_age = row.parse_or_none("max_age", age, problems);
        let card_months = row.parse("card_months", "give whole months", problems);
        let guarantor = row.word("guarantor", &GUARANTORS, problems);
        let audience_limit = row.word("audience_limit", &AUDIENCES, problems);
        let code = code?;
        codes.see(code, "code", row, problems);
        if let (Some(Some(min)), Some(Some(max))) = (min_age, max_age)
            && max < min
        {
            let what = format!("younger than min_age ({min})");
            problems.push(row.problem("max_age", what, "give the older age here"));
        }
        Some(Category {
            code,
            label: label?,
            kind: kind?,
            min_age: min_age?,
            max_age: max_age?,
            card_months: card_months?,
            guarantor: guarantor?,
            audience_limit: audience_limit?,
            origin: row.raw("origin"),
        })
    })
}
