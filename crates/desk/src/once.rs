//! Questions that name themselves: a program that asks again after a lost answer says so by a key.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Desk, DeskError, RequestKey, request::hex, turns::Turn};
use jiff::Timestamp;

/// A question with a key of its asker's choosing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyed {
    /// Who asked what kind of question under which key.
    pub key: RequestKey,
    /// The digest of all that it says: one key is good for one question.
    pub said: [u8; 32],
}

/// What is known of a question that names itself.
#[derive(Debug)]
pub enum Known {
    /// It has no answer yet. Its copies wait until this is [settled](Desk::settle) or dropped.
    No(Claim),
    /// It was answered so.
    Answered(Value),
    /// Something else was asked under this key.
    Otherwise,
}

/// A question whose answer is being found.
#[derive(Debug)]
pub struct Claim {
    keyed: Keyed,
    _turn: Turn,
}

/// As `request` keeps it, beside what commands keep there of themselves.
#[derive(Serialize, Deserialize)]
struct Kept {
    said: String,
    answer: Option<Value>,
}

/// The event of a question that is kept for its words.
const NONE: i64 = 0;

impl Desk {
    /// What is known of this question. From now on its key is good for nothing else, for two days.
    pub async fn claim(&self, keyed: Keyed, at: Timestamp) -> Result<Known, DeskError> {
        let key = apart(keyed.key);
        let turn = self.turns.turn(key).await;
        let said = hex(&keyed.said);
        let mut session = self.store.session().await?;
        // Another daemon may write it between look and writing, once.
        for _ in 0..2 {
            if let Some(found) = session.remembered(key.0).await? {
                let kept: Kept = serde_json::from_value(found.result).map_err(unreadable)?;
                return Ok(match kept.answer {
                    _ if kept.said != said => Known::Otherwise,
                    Some(answer) => Known::Answered(answer),
                    None => Known::No(Claim { keyed, _turn: turn }),
                });
            }
            let (said, answer) = (said.clone(), None);
            let kept = Kept { said, answer };
            let until = key.keep(at).until;
            match session.remember(key.0, NONE, &kept, until).await {
                Ok(()) => return Ok(Known::No(Claim { keyed, _turn: turn })),
                Err(error) if error.is_known_again() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(DeskError::Internal("a key came and went".to_owned()))
    }

    /// Keeps the answer for whoever asks again. It has no person in it.
    ///
    /// A daemon that ends before this leaves the question to its command, which knows its own effect by the same key.
    pub async fn settle(
        &self,
        claim: Claim,
        answer: Value,
        at: Timestamp,
    ) -> Result<(), DeskError> {
        let key = apart(claim.keyed.key);
        let kept = Kept {
            said: hex(&claim.keyed.said),
            answer: Some(answer),
        };
        let mut session = self.store.session().await?;
        session.forget_request(key.0).await?;
        let until = key.keep(at).until;
        match session.remember(key.0, NONE, &kept, until).await {
            Err(error) if !error.is_known_again() => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// The command keeps something of its own under the key itself.
fn apart(key: RequestKey) -> RequestKey {
    RequestKey::new(0, &["claim", &hex(&key.0)])
}

fn unreadable(error: serde_json::Error) -> DeskError {
    DeskError::Internal(format!("an answer that was kept: {error}"))
}
