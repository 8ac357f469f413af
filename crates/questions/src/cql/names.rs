//! Names of indexes: context set first, then the name in it.

use cql::Name;
use query::AccessPoint;

use super::Refused;
use crate::{indexes::Index, sets::ContextSet};

/// What a name in an index's place says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    Index(AccessPoint),
    /// `cql.allRecords`
    AllRecords,
    /// `cql.resultSetId`
    ResultSet,
}

/// The context set of a name: by what the query itself says before all else, then by the short
/// name that everybody uses. `None` for a bare name, which is the server's to understand.
pub(super) fn set(name: &Name) -> Result<Option<&'static ContextSet>, Refused> {
    let unknown = |details: &str| Refused::new(15, details);
    match (&name.set, &name.prefix) {
        (Some(uri), _) => ContextSet::by_uri(uri)
            .map(Some)
            .ok_or_else(|| unknown(uri)),
        (None, Some(prefix)) => ContextSet::by_name(prefix)
            .map(Some)
            .ok_or_else(|| unknown(prefix)),
        (None, None) => Ok(None),
    }
}

pub(super) fn index(name: &Name) -> Result<Meant, Refused> {
    let set = set(name)?.map(|set| set.name);
    let is =
        |base: &str| name.base.eq_ignore_ascii_case(base) && set.is_none_or(|set| set == "cql");
    if is("allRecords") {
        return Ok(Meant::AllRecords);
    }
    if is("resultSetId") {
        return Ok(Meant::ResultSet);
    }
    let index = Index::by_name(set, &name.base);
    let index = index.ok_or_else(|| Refused::new(16, name.text()))?;
    Ok(Meant::Index(index.access))
}
