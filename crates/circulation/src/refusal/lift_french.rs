//! What would lift a refusal, in French.

use jiff::civil::Date;

use super::Refusal;
use crate::codes::BranchCode;
use crate::days;
use crate::facts::Condition;
use crate::language::Language::French;
use crate::rulebook::Rulebook;
use crate::words;

pub(super) fn text(refusal: &Refusal, book: &Rulebook) -> Option<String> {
    let way = match refusal {
        Refusal::CardUnknown | Refusal::CardAmbiguous { .. } => {
            "après recherche de votre inscription à l'accueil".into()
        }
        Refusal::CardLost => "avec une nouvelle carte, à demander à l'accueil".into(),
        Refusal::CardReplaced => "avec votre carte plus récente".into(),
        Refusal::CardCancelled => "après une inscription à l'accueil".into(),
        Refusal::CardTaken => "avec une carte neuve, d'un autre numéro".into(),
        Refusal::ValueWrong { .. } => "avec une valeur qui convient".into(),
        Refusal::ReaderUnknown => "après une nouvelle recherche du lecteur".into(),
        Refusal::SameReader => "avec le dossier d'un autre lecteur".into(),
        Refusal::ReaderAlike { .. } => {
            "avec le compte existant, ou en confirmant que c'est une autre personne".into()
        }
        Refusal::PinTooSimple => "avec un autre code".into(),
        Refusal::AgeOutside { .. } => "dans la catégorie de cet âge".into(),
        Refusal::GuarantorUnfit => "avec un autre lecteur, majeur".into(),
        Refusal::FileChanged => "après relecture du dossier tel qu'il est".into(),
        Refusal::AccountInUse { .. } => "quand tout sera rendu, annulé ou retiré, et réglé".into(),
        Refusal::AnswersForOthers { .. } => "quand un autre en sera responsable".into(),
        Refusal::CardExpired { .. } => "après renouvellement de la carte à l'accueil".into(),
        Refusal::PinWrong => "avec le bon code secret, ou un nouveau code de l'accueil".into(),
        Refusal::PinTooOften => "dans un moment, ou à l'accueil".into(),
        Refusal::Suspended { free_on } => format!("à partir du {}", date(*free_on)),
        Refusal::Blocked { .. } => "après régularisation à l'accueil".into(),
        Refusal::RecallBlocked { due, .. } => {
            format!("après le retour du document attendu le {}", date(*due))
        }
        Refusal::GuarantorMissing => "après l'ajout d'un responsable à l'accueil".into(),
        Refusal::ItemUnknown | Refusal::ItemAmbiguous { .. } => {
            "après vérification du document à l'accueil".into()
        }
        Refusal::ItemCondition { condition } => {
            return state(*condition).or_else(|| force(refusal));
        }
        Refusal::AlreadyLentToYou { due } => format!(
            "après le retour de l'exemplaire que vous avez, attendu le {}",
            date(*due)
        ),
        Refusal::LentToAnother => "avec une réservation : un exemplaire sera gardé".into(),
        Refusal::InTransit { to } => format!(
            "dès son arrivée à : {} ; une réservation le garde pour vous",
            words::branch_name(*to, book)
        ),
        Refusal::NothingToUndo
        | Refusal::NotTemporary
        | Refusal::NothingOwed
        | Refusal::SeenSince { .. } => return None,
        Refusal::RequestTaken => "avec un autre numéro".into(),
        Refusal::LessOwed { cents } => {
            format!("en payant {} €", words::euros(*cents, French))
        }
        Refusal::NotHeld => "avec une nouvelle réservation".into(),
        Refusal::HoldIsReady { branch } => format!(
            "en le retirant à : {}, ou par une nouvelle réservation après annulation",
            words::branch_name(*branch, book)
        ),
        Refusal::HeldAlready => "à la fin de votre réservation en cours".into(),
        Refusal::NotAtMachine { .. } => "à l'accueil".into(),
        Refusal::OnShelf { .. } => "sans réserver : en empruntant l'exemplaire en rayon".into(),
        Refusal::QueueFull { max: 0, .. } => return force(refusal),
        Refusal::QueueFull { max, waiting, .. } => {
            let over = waiting.saturating_sub(*max).saturating_add(1);
            format!(
                "à la fin de {} avant vous",
                words::count(over, "réservation", "réservations", French)
            )
        }
        Refusal::PickupClosed { until, .. } => format!(
            "sur un autre site, ou à partir du {}",
            date(days::next(*until))
        ),
        Refusal::HeldForAnother => "avec une réservation : votre tour viendra".into(),
        Refusal::RenewalsUsed { .. }
        | Refusal::OverdueTooLong { .. }
        | Refusal::HeldByWaiting { .. } => {
            "après son retour, par un nouveau prêt ou une réservation".into()
        }
        Refusal::WouldNotExtend { .. } => "plus tard, plus près de la date de retour".into(),
        Refusal::Limit { max: 0, .. } => return force(refusal),
        Refusal::Limit {
            max,
            counted,
            holds,
            at,
            ..
        } => {
            let needed = counted.saturating_sub(*max).saturating_add(1);
            let what = if *holds {
                "retrait ou annulation"
            } else {
                "retour"
            };
            let one = if *holds { "l'une" } else { "l'un" };
            let those = if *holds { "elles" } else { "eux" };
            let which = match (needed, *counted, *holds) {
                (1, 1, true) => "de celle-ci".to_owned(),
                (1, 1, false) => "de celui-ci".to_owned(),
                (1, ..) => format!("de {one} d'{those}"),
                (needed, ..) => format!("de {needed} d'entre {those}"),
            };
            format!("après {what} {which}{}", places(at))
        }
        Refusal::AudienceLimit | Refusal::NotLoanable { .. } => return force(refusal),
        Refusal::NotOnLoan
        | Refusal::NothingToServe
        | Refusal::NoPolicy { .. }
        | Refusal::NotHoldable { .. } => return None,
    };
    Some(way)
}

/// " (1 à GREN, 1 à LENS)"
fn places(at: &[(BranchCode, u32)]) -> String {
    let place = |(branch, count): &(BranchCode, u32)| format!("{count} à {branch}");
    match at {
        [] => String::new(),
        at => format!(" ({})", at.iter().map(place).collect::<Vec<_>>().join(", ")),
    }
}

fn state(condition: Condition) -> Option<String> {
    let way = match condition {
        Condition::Damaged => "une fois réparé",
        Condition::InProcess => "une fois préparé ; une réservation le garde pour vous",
        Condition::OnOrder => "une fois arrivé ; une réservation le garde pour vous",
        Condition::Good | Condition::Lost | Condition::Missing | Condition::ClaimedReturned => {
            "après vérification du document à l'accueil"
        }
        Condition::OnSiteOnly => return None,
        Condition::Withdrawn => "avec un autre exemplaire",
    };
    Some(way.into())
}

fn force(refusal: &Refusal) -> Option<String> {
    let right = refusal.right()?;
    Some(format!("si le personnel l'autorise ({})", right.name()))
}

fn date(day: Date) -> String {
    words::full_date(day, French)
}
