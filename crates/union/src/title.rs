//! 200 as libraries fill it in: the title proper without article and volume, and the rest.

use marc::{Record, charset::nonsorting, linked};

use crate::{
    fold::fold,
    volume::{split, volume},
};

/// Where one former system cut its titles.
const CUT: usize = 60;

const ARTICLES: &[&str] = &["le", "la", "les", "l", "un", "une", "des", "the"];

/// A title, taken apart. All folded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    /// $a, without article, volume and subtitle.
    pub(crate) proper: String,
    /// $e, or what stood behind a colon in $a.
    pub(crate) rest: String,
    /// $i: the volume's own title.
    pub(crate) part: String,
    /// 461 $t, if it is another than $a: the set that this is a volume of.
    pub(crate) set: String,
    /// $h, the end of $a, 461 $v: in one form; empty if there is none.
    pub(crate) volume: String,
    /// $a ends where a system cuts.
    pub(crate) cut: bool,
}

impl Title {
    pub(crate) fn of(record: &Record) -> Self {
        let field = record.data(b"200").next();
        let get = |code: u8| {
            field
                .and_then(|field| field.first(code))
                .map_or("", String::as_str)
        };
        let whole = nonsorting::strip(get(b'a'));
        let length = whole.chars().count();
        let cut = length == CUT || length + 1 == CUT;
        let (title, behind) = split(without_punctuation(&whole));
        let (proper, moved) = match title.split_once(" : ") {
            Some((proper, rest)) => (proper, fold(rest)),
            None => (title, String::new()),
        };
        let rest = match fold(get(b'e')) {
            empty if empty.is_empty() => moved,
            rest => rest,
        };
        let mut title = Self {
            proper: without_article(proper, cut),
            rest,
            part: fold(get(b'i')),
            set: String::new(),
            volume: volume(get(b'h')),
            cut,
        };
        if title.volume.is_empty() {
            title.volume = behind.unwrap_or_default();
        }
        title.read_links(record);
        title
    }

    /// 461 to 463 say what this is a part of, 410 and 225 its series: the number in a series is
    /// a volume number only if the series has the same name.
    fn read_links(&mut self, record: &Record) {
        for link in linked::all(record) {
            let relation = *link.relation.as_bytes();
            if !matches!(&relation, b"461" | b"462" | b"410") {
                continue;
            }
            let set = without_article(without_punctuation(link.title().unwrap_or_default()), false);
            let is_series = &relation == b"410";
            if is_series && set != self.proper {
                continue;
            }
            if set != self.proper {
                self.set = set;
            }
            if self.volume.is_empty() {
                self.volume = volume(link.volume().unwrap_or_default());
            }
        }
        if !self.volume.is_empty() {
            return;
        }
        for series in record.data(b"225") {
            let name = series.first(b'a').map_or("", String::as_str);
            if let Some(number) = series.first(b'v')
                && without_article(without_punctuation(name), false) == self.proper
            {
                self.volume = volume(number);
            }
        }
    }
}

/// Without the punctuation of ISBD that stayed at the end.
pub(crate) fn without_punctuation(text: &str) -> &str {
    text.trim().trim_end_matches([' ', '/', ':', ';', '=', ','])
}

/// Folded, without its article: in front, in brackets, or inverted behind.
fn without_article(title: &str, cut: bool) -> String {
    let mut title = without_punctuation(title);
    if let Some((before, behind)) = title.rsplit_once('(') {
        let article = behind.strip_suffix(')').map(fold);
        let is_article = article.is_some_and(|word| ARTICLES.contains(&word.as_str()));
        if is_article || cut && !behind.contains(')') && behind.chars().count() <= 3 {
            title = before;
        }
    }
    let folded = fold(title);
    match folded.split_once(' ') {
        Some((article, rest)) if ARTICLES.contains(&article) => rest.to_owned(),
        _ => folded,
    }
}

#[cfg(test)]
mod tests {
    use marc::{DataField, Leader};

    use super::*;

    fn title(fields: &[(u8, &str)]) -> Title {
        let mut field = DataField::new(b"200", b"1 ");
        for (code, value) in fields {
            field.push(*code, *value);
        }
        let mut record = Record::new(Leader::UNIMARC);
        record.push(field);
        Title::of(&record)
    }

    #[test]
    fn articles_in_all_places() {
        for text in [
            "Les Misérables",
            "MISERABLES (LES)",
            "[Les ]Misérables",
            "\u{98}Les \u{9C}misérables /",
            "Misérables (Les) :",
        ] {
            assert_eq!(title(&[(b'a', text)]).proper, "miserables", "{text}");
        }
        assert_eq!(title(&[(b'a', "[L']Étranger")]).proper, "etranger");
        assert_eq!(title(&[(b'a', "Étranger (L')")]).proper, "etranger");
        assert_eq!(title(&[(b'a', "Les")]).proper, "les");
    }

    #[test]
    fn what_was_moved_into_the_title_is_found() {
        let moved = title(&[(b'a', "Mort à crédit : roman, tome 2")]);
        let right = title(&[(b'a', "Mort à crédit"), (b'h', "T. 2"), (b'e', "roman")]);
        assert_eq!(moved, right);
    }

    #[test]
    fn a_cut_title_says_so() {
        let long = "HISTOIRE DE LA VIE PRIVEE EN FRANCE DE LA RENAISSANCE AUX LU";
        assert!(title(&[(b'a', long)]).cut);
        assert!(!title(&[(b'a', "Histoire de la vie privée")]).cut);
    }
}
