//! What each branch delivered before the union: one record for each work that it holds, in its
//! own manner of cataloguing.

use circulation::BranchCode;
use serde_json::{Map, Value, json};

use crate::library::{Habit, Library};
use crate::text::ascii;
use crate::work::Work;

/// A work as one branch described it.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRecord {
    /// The branch that delivered it.
    pub branch: BranchCode,
    /// Its number there. Other branches use the same numbers for other works.
    pub control_number: String,
    /// The work: a position in [`Demo::works`](crate::Demo::works).
    pub work: usize,
    /// The description. Always `title`, `document` and `language`; where the branch recorded them
    /// `subtitle`, `creators` (`name`, `role` of MARC21), `series`, `volume`, `publisher`, `year`
    /// (a number), `audience` (`a`, `j`) and `subjects`.
    pub body: Value,
}

impl SourceRecord {
    pub(crate) fn new(library: &Library, serial: u32, position: usize, work: &Work) -> Self {
        Self {
            branch: library.branch(),
            control_number: format!("{serial:06}"),
            work: position,
            body: Value::Object(describe(work, library.habit)),
        }
    }
}

fn describe(work: &Work, habit: Habit) -> Map<String, Value> {
    let write = |text: &str| match habit {
        Habit::Full | Habit::Spare => text.to_owned(),
        Habit::Capitals => ascii(text).to_uppercase(),
        Habit::Typographic => typographic(text),
    };
    let few = if habit == Habit::Spare { 1 } else { usize::MAX };
    let creators = work.creators.iter().take(few);
    let creators: Vec<Value> = creators
        .map(|creator| json!({ "name": write(creator.name), "role": creator.role.code() }))
        .collect();

    let mut body = Map::new();
    let mut put = |name: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            body.insert(name.to_owned(), value);
        }
    };
    put("document", json!(work.document));
    put("title", json!(write(work.title)));
    put("creators", json!(creators));
    put("series", json!(work.series.map(write)));
    put("volume", json!(work.volume));
    put("year", json!(work.year));
    put("language", json!(work.language));
    if habit != Habit::Spare {
        put("subtitle", json!(work.subtitle.map(write)));
        put("publisher", json!(work.publisher.map(write)));
        let youth = work.audience == circulation::Audience::Youth;
        put("audience", json!(if youth { "j" } else { "a" }));
        let subjects: Vec<String> = work.subjects.iter().map(|word| write(word)).collect();
        put("subjects", json!(subjects));
    }
    body
}

fn typographic(text: &str) -> String {
    let apart = [("'", "’"), ("œ", "oe"), ("Œ", "Oe"), ("æ", "ae")];
    apart
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(title: &str, habit: Habit) -> Value {
        let works = crate::works();
        let work = works.iter().find(|work| work.title == title).unwrap();
        Value::Object(describe(work, habit))
    }

    #[test]
    fn each_habit_writes_the_same_work_its_own_way() {
        let title = |habit| body("L'Œuvre au noir", habit)["title"].clone();
        assert_eq!(title(Habit::Full), "L'Œuvre au noir");
        assert_eq!(title(Habit::Capitals), "L'OEUVRE AU NOIR");
        assert_eq!(title(Habit::Typographic), "L’Oeuvre au noir");
    }

    #[test]
    fn what_was_not_recorded_is_left_out() {
        let spare = body("Sapiens", Habit::Spare);
        assert_eq!(spare.get("subtitle"), None);
        assert_eq!(spare["year"], 2011);
        let full = body("Sapiens", Habit::Full);
        assert_eq!(full["subtitle"], "Une brève histoire de l'humanité");
        assert_eq!(
            full["creators"][0],
            json!({ "name": "Harari, Yuval Noah", "role": "aut" })
        );
        assert_eq!(full.get("series"), None);
    }
}
