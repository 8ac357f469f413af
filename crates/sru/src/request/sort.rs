use crate::Diagnostic;

/// One key of `sortKeys`: `path,schema,ascending,caseSensitive,missingValue`. *SRU 1.1, «Sorting»*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// An index, or a path into the schema.
    pub path: String,
    /// The schema that the path is in.
    pub schema: Option<String>,
    /// The least first; so when not said.
    pub ascending: bool,
    /// Whether `É` and `é` differ; they do not when not said.
    pub case_sensitive: bool,
    /// What to do with a record that has no such thing.
    pub missing: Missing,
}

/// *SRU 1.1, «Missing value action»*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// Give up.
    Abort,
    /// As if it came after all others; so when not said.
    #[default]
    High,
    /// As if it came before all others.
    Low,
    /// Leave the record out.
    Omit,
    /// As if it had this value.
    Value(String),
}

/// Keys that are read.
const MOST: usize = 8;

/// Keys stand apart by blanks, parts by commas; later parts may be left out or empty.
pub(super) fn read(text: &str) -> Result<Vec<SortKey>, Diagnostic> {
    let mut keys = Vec::new();
    for key in text.split_whitespace() {
        if keys.len() == MOST {
            return Err(Diagnostic::new(84, MOST.to_string()));
        }
        keys.push(one(key)?);
    }
    Ok(keys)
}

fn one(key: &str) -> Result<SortKey, Diagnostic> {
    let mut parts = key.splitn(5, ',');
    let mut part = || parts.next().unwrap_or_default();
    let path = part();
    if path.is_empty() {
        return Err(Diagnostic::new(82, key));
    }
    let schema = Some(part()).filter(|schema| !schema.is_empty());
    let ascending = flag(part(), true).ok_or_else(|| Diagnostic::new(90, key))?;
    let case_sensitive = flag(part(), false).ok_or_else(|| Diagnostic::new(91, key))?;
    let missing = match part() {
        "" | "highValue" => Missing::High,
        "abort" => Missing::Abort,
        "lowValue" => Missing::Low,
        "omit" => Missing::Omit,
        value => match value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
        {
            Some(value) => Missing::Value(value.to_owned()),
            None => return Err(Diagnostic::new(92, value)),
        },
    };
    Ok(SortKey {
        path: path.to_owned(),
        schema: schema.map(str::to_owned),
        ascending,
        case_sensitive,
        missing,
    })
}

fn flag(text: &str, usual: bool) -> Option<bool> {
    match text {
        "" => Some(usual),
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_by_the_standard() {
        let plain = SortKey {
            path: "title".to_owned(),
            schema: None,
            ascending: true,
            case_sensitive: false,
            missing: Missing::High,
        };
        let full = SortKey {
            path: "date".to_owned(),
            schema: Some("dc".to_owned()),
            ascending: false,
            case_sensitive: true,
            missing: Missing::Value("0,x".to_owned()),
        };
        assert_eq!(
            read("title  date,dc,0,1,\"0,x\""),
            Ok(vec![plain.clone(), full])
        );
        assert_eq!(read("title,,,,"), Ok(vec![plain]));
        for (bad, number) in [(",dc", 82), ("a,,x", 90), ("a,,,x", 91), ("a,,,,x", 92)] {
            assert_eq!(read(bad).unwrap_err().number, number, "{bad}");
        }
        assert_eq!(read(&"a ".repeat(9)).unwrap_err().number, 84);
    }
}
