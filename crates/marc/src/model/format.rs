use super::Record;

/// Which meaning the tags have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// UNIMARC: title in 200, coded data in 1XX.
    Unimarc,
    /// MARC21: title in 245, coded data in 008.
    Marc21,
}

impl Format {
    /// What the record's own fields tell. `None` where they say nothing: a source's files are
    /// mixed now and then, so this is asked of each record, and the source's setting fills in.
    ///
    /// 245 and 008 never occur in UNIMARC; a title in 200, and 100 with nothing but `$a` of
    /// more than 20 characters beginning with a date, never in MARC21.
    pub fn of<T: AsRef<[u8]>>(record: &Record<T>) -> Option<Self> {
        let marc21 = [b"008", b"245", b"260", b"264", b"300"];
        let marc21 = marc21.iter().filter(|tag| record.has(**tag)).count();
        let coded = record.data(b"100").any(|field| {
            field.first(b'a').is_some_and(|value| {
                let value = value.as_ref();
                value.len() >= 20
                    && value
                        .iter()
                        .take(8)
                        .all(|b| b.is_ascii_digit() || *b == b' ')
            })
        });
        let unimarc = usize::from(coded) * 2
            + [b"200", b"210", b"215", b"801", b"995"]
                .iter()
                .filter(|tag| record.has(**tag))
                .count();
        // 300 is a note here and a size there, 210 a publisher here and a short title there: only
        // the sum counts.
        match marc21.cmp(&unimarc) {
            std::cmp::Ordering::Greater => Some(Self::Marc21),
            std::cmp::Ordering::Less => Some(Self::Unimarc),
            std::cmp::Ordering::Equal => None,
        }
    }
}
