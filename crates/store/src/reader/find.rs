//! Readers by what is known of them.

use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use crate::{Session, StoreError};

/// What is known of a reader. All of it must fit; with nothing at all, nobody is found.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// Words of the names, or their beginnings, in any order.
    pub words: Option<String>,
    /// Date of birth.
    pub born_on: Option<Date>,
    /// What a card's number or a telephone number begins with.
    pub digits: Option<String>,
    /// What the e-mail address begins with.
    pub email: Option<String>,
}

/// A reader who was found, and their place in the order of all who were.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundReader {
    /// The patron.
    pub id: i64,
    /// The place.
    pub place: PageEnd,
}

/// A place in the order of readers: those of the very name that was asked for first, then by name.
#[derive(Clone, PartialEq, Eq)]
pub struct PageEnd {
    /// It is not the very name that was asked for.
    pub other_name: bool,
    /// The name, folded.
    pub sort_name: String,
    /// The patron.
    pub id: i64,
}

impl Session {
    /// Finds readers whose accounts are not closed, at most so many, after a place in their order.
    pub async fn find_readers(
        &mut self,
        sought: &Sought,
        after: Option<&PageEnd>,
        most: i64,
    ) -> Result<Vec<FoundReader>, StoreError> {
        let rows = sqlx::query_file!(
            "queries/patron_find.sql",
            sought.words,
            sought.born_on.map(|day| day.to_sqlx()) as _,
            sought.digits,
            sought.email,
            after.map(|end| end.other_name),
            after.map(|end| end.sort_name.as_str()),
            after.map(|end| end.id),
            most,
        )
        .fetch_all(self.pg())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| FoundReader {
                id: row.id,
                place: PageEnd {
                    other_name: row.other_name,
                    sort_name: row.sort_name,
                    id: row.id,
                },
            })
            .collect())
    }
}

impl std::fmt::Debug for Sought {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sought(…)")
    }
}

impl std::fmt::Debug for FoundReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FoundReader({})", self.id)
    }
}

impl std::fmt::Debug for PageEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PageEnd({})", self.id)
    }
}
