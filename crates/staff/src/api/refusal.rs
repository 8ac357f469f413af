//! A rule said no, in a form that programs and people can read.

use circulation::{Language, Refusal, Refused, Rulebook, Trace};
use desk::Desk;
use serde::Serialize;
use utoipa::ToSchema;

use super::{caller::Caller, problem::Problem};

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Told {
    /// In French.
    pub(crate) fr: String,
    /// In English.
    pub(crate) en: String,
}

impl Told {
    /// Said by `say`, if it has words.
    pub(crate) fn by(say: impl Fn(Language) -> Option<String>) -> Option<Self> {
        let (fr, en) = (say(Language::French)?, say(Language::English)?);
        Some(Self { fr, en })
    }
}

/// One reason of a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RefusalShown {
    /// Its stable name, the same at every door.
    #[schema(value_type = String, example = "limit")]
    pub(crate) name: &'static str,
    /// The rule or limit that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "L-JVI")]
    pub(crate) rule: Option<String>,
    /// What a reader is told (SIP2 field AF).
    pub(crate) text: Told,
    /// What would lift it, where something does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lifted_by: Option<Told>,
    /// The right that may override it, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "override.limit")]
    pub(crate) right: Option<&'static str>,
}

impl RefusalShown {
    pub(crate) fn new(refusal: &Refusal, book: &Rulebook) -> Self {
        Self {
            name: refusal.code(),
            rule: refusal.rule().map(ToOwned::to_owned),
            text: Told {
                fr: refusal.text(Language::French, book),
                en: refusal.text(Language::English, book),
            },
            lifted_by: Told::by(|language| refusal.would_lift(language, book)),
            right: refusal.right().map(circulation::Right::name),
        }
    }
}

/// A refusal with every reason, the trace and the event that keeps it.
pub(crate) fn refused(
    desk: &Desk,
    caller: &Caller,
    refused: &Refused,
    trace: &Trace,
    event: Option<i64>,
) -> Problem {
    let book = desk.rulebook();
    let all = refused.all().iter();
    let shown = all.map(|refusal| RefusalShown::new(refusal, &book));
    let lines = trace.lines(caller.member.language(), &book);
    Problem::refused(shown.collect(), lines, event)
}

/// A look-up that led nowhere: no rule was asked.
pub(crate) fn nowhere(desk: &Desk, refusal: &Refusal) -> Problem {
    let shown = RefusalShown::new(refusal, &desk.rulebook());
    match refusal {
        Refusal::CardUnknown | Refusal::ItemUnknown => {
            Problem::new(super::problem::NOT_FOUND, &shown.text.fr, &shown.text.en)
        }
        _ => Problem::refused(vec![shown], Vec::new(), None),
    }
}
