//! What people joined and parted in the catalogue.

use jiff::Timestamp;

use crate::{Store, StoreError};

/// A merge or a split that somebody decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveLine {
    /// Its number, to take it back by.
    pub id: i64,
    /// Two were joined; otherwise a record left its bib.
    pub merge: bool,
    /// The bib that things left, and how it is called.
    pub from: (i64, String),
    /// The bib that they went to.
    pub to: (i64, String),
    /// How many copies went over.
    pub items: i64,
    /// How many active holds.
    pub holds: i64,
    /// When.
    pub at: Timestamp,
    /// Who, if it was a member of staff.
    pub staff: Option<String>,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

impl Store {
    /// Moves that somebody decided, the latest first, from before one on. One round trip.
    pub async fn moves(&self, before: i64, most: i64) -> Result<Vec<MoveLine>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT m.id, m.kind, m.from_bib, f.title AS from_title, m.to_bib, t.title AS to_title,
                      cardinality(m.items) AS "items!", cardinality(m.holds) AS "holds!",
                      m.at AS "at: jiff_sqlx::Timestamp", m.undone_at AS "undone_at: jiff_sqlx::Timestamp", s.name AS "staff?"
                 FROM bib_move m JOIN bib f ON f.id = m.from_bib JOIN bib t ON t.id = m.to_bib
                 JOIN event e ON e.id = m.event_id LEFT JOIN staff_user s ON s.id = e.staff_id
                WHERE m.event_id IS NOT NULL AND m.id < $1
                ORDER BY m.id DESC LIMIT $2"#,
            before,
            most
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(read
            .into_iter()
            .map(|row| MoveLine {
                id: row.id,
                merge: row.kind == "merge",
                from: (row.from_bib, row.from_title),
                to: (row.to_bib, row.to_title),
                items: row.items.into(),
                holds: row.holds.into(),
                at: row.at.to_jiff(),
                staff: row.staff,
                undone_at: row.undone_at.map(jiff_sqlx::Timestamp::to_jiff),
            })
            .collect())
    }
}
