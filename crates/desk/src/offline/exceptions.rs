//! The list of what machines reported and staff have to look at.

use std::sync::Arc;

use circulation::{BranchCode, Language, Refused};
use jiff::Zoned;
use serde::Serialize;

use super::Note;
use crate::{Desk, DeskError};

/// Something that a machine reported and somebody has to look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfflineException {
    /// Its number, to settle it by.
    pub id: i64,
    /// `checkout`, `checkin` or `renew`.
    pub kind: String,
    /// When it happened, as it was counted.
    pub happened_at: Zoned,
    /// When the machine reported it.
    pub reported_at: Zoned,
    /// What people call the machine.
    pub terminal: String,
    /// The event, for `relire why`.
    pub event: i64,
    /// The item's barcode, if it is known.
    pub barcode: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The card of the patron, if there is one.
    pub card: Option<String>,
    /// The number that led nowhere.
    pub scanned: Option<String>,
    /// Whether it was taken over.
    pub done: bool,
    /// What is to be looked at, in words.
    pub told: Vec<String>,
}

impl Desk {
    /// What machines of a branch reported and nobody has settled yet, in the order of its coming.
    pub async fn offline_exceptions(
        self: &Arc<Self>,
        branch: BranchCode,
        language: Language,
    ) -> Result<Vec<OfflineException>, DeskError> {
        let zone = self.now().time_zone().clone();
        let entries = self.store.session().await?.exceptions(branch).await?;
        entries
            .into_iter()
            .map(|entry| {
                let notes: Vec<Note> = serde_json::from_value(entry.notes).map_err(|error| {
                    DeskError::Internal(format!("exception {} cannot be read: {error}", entry.id))
                })?;
                let (barcode, title) = entry.item.unzip();
                Ok(OfflineException {
                    id: entry.id,
                    kind: entry.kind,
                    happened_at: entry.happened_at.to_zoned(zone.clone()),
                    reported_at: entry.reported_at.to_zoned(zone.clone()),
                    terminal: entry.terminal,
                    event: entry.event,
                    barcode,
                    title,
                    card: entry.card,
                    scanned: entry.scanned,
                    done: !notes
                        .iter()
                        .any(|note| matches!(note, Note::NotDone { .. })),
                    told: notes
                        .iter()
                        .flat_map(|note| self.told_of(note, language))
                        .collect(),
                })
            })
            .collect()
    }

    /// Somebody has looked at it: it leaves the list. `false`: it was not on it.
    pub async fn settle_offline_exception(
        self: &Arc<Self>,
        id: i64,
        staff_id: Option<i64>,
        at: &Zoned,
    ) -> Result<bool, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session
            .settle_exception(id, staff_id, at.timestamp())
            .await?)
    }

    fn told_of(&self, note: &Note, language: Language) -> Vec<String> {
        let say = |french: &str, english: &str| match language {
            Language::French => french.to_owned(),
            Language::English => english.to_owned(),
        };
        let all = |head: String, refused: &Refused| {
            let reasons = refused
                .all()
                .iter()
                .map(|refusal| self.tell(refusal, language));
            std::iter::once(head).chain(reasons).collect()
        };
        match note {
            Note::Against { refused } => all(
                say(
                    "Fait hors ligne, contre les règles :",
                    "Done off line, against the rules:",
                ),
                refused,
            ),
            Note::NotDone { refused } => all(
                say(
                    "Fait hors ligne, et non repris :",
                    "Done off line, and not taken over:",
                ),
                refused,
            ),
            Note::WasLent => vec![say(
                "Le document était au nom d'un autre lecteur : ce prêt a été clos.",
                "The item was lent to somebody else: that loan was ended.",
            )],
            Note::Date { given } => vec![match given {
                Some(given) => {
                    let given = given.strftime("%d/%m/%Y %H:%M");
                    match language {
                        Language::French => {
                            format!(
                                "La date donnée, {given}, est hors des bornes : compté de maintenant."
                            )
                        }
                        Language::English => {
                            format!("The date given, {given}, is out of bounds: counted from now.")
                        }
                    }
                }
                None => say(
                    "Aucune date n'était donnée : compté de maintenant.",
                    "No date was given: counted from now.",
                ),
            }],
        }
    }
}
