//! What went wrong, in the standard's words for programs and ours for people.

use circulation::{Language, Refusal, Refused};
use desk::{Answer, Desk};
use ncip::{
    lists::{General, ProblemType},
    message::Service,
    model::Problem,
};

/// The most of a value that an answer shows again.
const SHOWN: usize = 100;
/// The most of a detail: staff read it in a column.
const DETAIL: usize = 1_500;

/// A problem that a service met.
pub(crate) fn problem(kind: impl Into<ProblemType>, detail: impl Into<String>) -> Problem {
    Problem {
        kind: kind.into().into(),
        detail: Some(cut(detail.into(), DETAIL)).filter(|detail| !detail.is_empty()),
        element: None,
        value: None,
    }
}

/// The same, about an element; never with a secret for a value.
pub(crate) fn about(problem: Problem, element: &str, value: Option<&str>) -> Problem {
    Problem {
        element: Some(element.to_owned()),
        value: value.map(|value| cut(value.to_owned(), SHOWN)),
        ..problem
    }
}

/// An element that has to be there is not.
pub(crate) fn missing(element: &str) -> Problem {
    about(
        problem(
            General::NeededDataMissing,
            format!("{element} manque / is missing"),
        ),
        element,
        None,
    )
}

fn cut(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

/// A refusal: one problem, whose type is that of the first reason. Its detail tells all of them, the rules that say so,
/// how they came to it, and the number under which `relire why` tells it again.
pub(crate) fn refusal<T>(
    desk: &Desk,
    service: Service,
    answer: &Answer<T>,
    refused: &Refused,
    language: Language,
) -> Problem {
    let headline = refused.headline();
    let texts: Vec<String> = refused
        .all()
        .iter()
        .map(|refusal| desk.tell(refusal, language))
        .collect();
    let mut told: Vec<String> = refused
        .all()
        .iter()
        .map(|refusal| said(desk, refusal, language))
        .collect();
    told.extend(answer.event.map(|event| format!("[réf. {event}]")));
    let lines = answer.trace.lines(language, &desk.rulebook());
    // What was said already is not said again.
    let lines = lines
        .iter()
        .filter(|line| !texts.iter().any(|text| line.contains(text.as_str())));
    told.extend(lines.map(|line| tidy(line)));
    named(headline, problem(kind(service, headline), told.join(" · ")))
}

/// A refusal without a trace: a look-up that led nowhere.
pub(crate) fn plain_refusal(
    desk: &Desk,
    service: Service,
    refusal: &Refusal,
    language: Language,
) -> Problem {
    named(
        refusal,
        problem(kind(service, refusal), said(desk, refusal, language)),
    )
}

fn said(desk: &Desk, refusal: &Refusal, language: Language) -> String {
    let text = desk.tell(refusal, language);
    match refusal.rule() {
        Some(rule) => format!("{text} [{rule}]"),
        None => text,
    }
}

/// Columns are for terminals.
fn tidy(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn named(refusal: &Refusal, problem: Problem) -> Problem {
    let element = match element(refusal) {
        "" => return problem,
        element => element,
    };
    about(problem, element, None)
}

/// Which element of the question a refusal is about.
fn element(refusal: &Refusal) -> &'static str {
    use Refusal as R;
    match refusal {
        R::PinWrong | R::PinTooOften => "AuthenticationInput",
        R::CardUnknown
        | R::CardAmbiguous { .. }
        | R::CardLost
        | R::CardReplaced
        | R::CardCancelled
        | R::CardExpired { .. }
        | R::Suspended { .. }
        | R::Blocked { .. }
        | R::RecallBlocked { .. }
        | R::GuarantorMissing
        | R::Limit { .. } => "UserId",
        R::NothingOwed | R::LessOwed { .. } => "Amount",
        R::NotHeld => "RequestId",
        R::PickupClosed { .. } => "PickupLocation",
        _ => "ItemId",
    }
}

/// The standard's type for a refusal (section 6 of the notes; what a service has no word for is said in the general ones).
pub(crate) fn kind(service: Service, refusal: &Refusal) -> ProblemType {
    use Refusal as R;
    use Service as S;
    let of = |text| ProblemType::Of(service, text);
    let by_service = |checkout, renew, request, accept| match service {
        S::CheckOutItem => of(checkout),
        S::RenewItem => of(renew),
        S::RequestItem | S::UpdateRequestItem | S::CancelRequestItem => of(request),
        S::AcceptItem => of(accept),
        _ => General::CombinationForAgency.into(),
    };
    match refusal {
        R::CardAmbiguous { .. } if service == S::LookupUser => of("Non-Unique User"),
        R::CardUnknown | R::CardAmbiguous { .. } => of("Unknown User"),
        R::PinWrong | R::PinTooOften => of("User Authentication Failed"),
        R::CardLost
        | R::CardReplaced
        | R::CardCancelled
        | R::CardExpired { .. }
        | R::Suspended { .. }
        | R::Blocked { .. }
        | R::RecallBlocked { .. }
        | R::GuarantorMissing => match service {
            S::LookupUser => of("User Access Denied"),
            _ => by_service(
                "User Blocked",
                "User Blocked",
                "User Blocked",
                "User Ineligible To Check Out This Item",
            ),
        },
        R::AudienceLimit => by_service(
            "User Ineligible To Check Out This Item",
            "User Ineligible To Renew This Item",
            "User Ineligible To Request This Item",
            "User Ineligible To Check Out This Item",
        ),
        R::ItemAmbiguous { .. } if service == S::LookupItem => of("Non-Unique Item"),
        R::ItemUnknown | R::ItemAmbiguous { .. } => of("Unknown Item"),
        R::ItemCondition { .. }
        | R::NotLoanable { .. }
        | R::NotAtMachine { .. }
        | R::NotHoldable { .. } => by_service(
            "Item Does Not Circulate",
            "Item Not Renewable",
            "Item Does Not Circulate",
            "Cannot Accept Item",
        ),
        R::LentToAnother | R::InTransit { .. } | R::HeldForAnother => by_service(
            "Resource Cannot Be Provided",
            "User Ineligible To Renew This Item",
            "User Ineligible To Request This Item",
            "Cannot Accept Item",
        ),
        R::NotOnLoan | R::NothingToUndo => of("Item Not Checked Out"),
        R::NotHeld => of("Unknown Request"),
        R::HeldAlready => by_service(
            "Resource Cannot Be Provided",
            "Item Not Renewable",
            "Duplicate Request",
            "Cannot Accept Item",
        ),
        R::AlreadyLentToYou { .. }
        | R::NothingToServe
        | R::OnShelf { .. }
        | R::QueueFull { .. }
        | R::PickupClosed { .. } => by_service(
            "Resource Cannot Be Provided",
            "Item Not Renewable",
            "User Ineligible To Request This Item",
            "Cannot Accept Item",
        ),
        R::HoldIsReady { .. } => of("Element Rule Violated"),
        R::RenewalsUsed { .. } => of("Maximum Renewals Exceeded"),
        R::OverdueTooLong { .. } | R::WouldNotExtend { .. } => of("Item Not Renewable"),
        R::HeldByWaiting { .. } => of("Renewal Not Allowed - Item Has Outstanding Requests"),
        R::Limit { .. } => by_service(
            "Maximum Check Outs Exceeded",
            "Item Not Renewable",
            "User Ineligible To Request This Item",
            "User Ineligible To Check Out This Item",
        ),
        R::NothingOwed | R::LessOwed { .. } => General::InvalidAmount.into(),
        R::NoPolicy { .. } => General::TemporaryFailure.into(),
        R::RequestTaken | R::ValueWrong { .. } => of("Element Rule Violated"),
        // What staff are refused about files: no service of partners asks for it.
        R::ReaderUnknown
        | R::SameReader
        | R::ReaderAlike { .. }
        | R::PinTooSimple
        | R::AgeOutside { .. }
        | R::GuarantorUnfit
        | R::FileChanged
        | R::AccountInUse { .. }
        | R::AnswersForOthers { .. }
        | R::NotTemporary
        | R::CardTaken
        | R::SeenSince { .. } => General::CombinationForAgency.into(),
    }
}
