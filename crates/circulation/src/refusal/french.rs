//! Refusals in French: polite, short, with what to do.

use jiff::civil::Date;

use super::{ContactField, Refusal};
use crate::facts::{BlockKind, Condition};
use crate::language::Language::French;
use crate::policy::{Over, Whom};
use crate::rulebook::Rulebook;
use crate::words;

pub(super) fn text(refusal: &Refusal, book: &Rulebook) -> String {
    match refusal {
        Refusal::CardUnknown => "Carte inconnue. Adressez-vous à l'accueil.".into(),
        Refusal::CardAmbiguous { branches } => format!(
            "Plusieurs sites ont donné ce numéro de carte ({}). Adressez-vous à l'accueil.",
            words::list(branches)
        ),
        Refusal::CardLost => "Cette carte a été déclarée perdue. Adressez-vous à l'accueil.".into(),
        Refusal::CardReplaced => {
            "Cette carte a été remplacée. Utilisez la nouvelle, ou demandez à l'accueil.".into()
        }
        Refusal::CardCancelled => {
            "Cette carte n'est plus en service. Adressez-vous à l'accueil.".into()
        }
        Refusal::CardTaken => {
            "Ce numéro est celui d'une autre carte de cette bibliothèque. Prenez une carte neuve."
                .into()
        }
        Refusal::ValueWrong { field } => match field {
            ContactField::Email => {
                "Cette adresse électronique n'en est pas une : nom@domaine, sans espace."
            }
            ContactField::Phone => {
                "Ce numéro de téléphone n'en est pas un : des chiffres, 40 signes au plus."
            }
            ContactField::Address => "Cette adresse postale est trop longue : 500 signes au plus.",
            ContactField::Pin => "Ce code ne convient pas : de 4 à 64 signes.",
            ContactField::Name => "Ce nom ne convient pas : de 1 à 200 signes par nom.",
            ContactField::BirthDate => "Cette date de naissance n'est pas possible : vérifiez-la.",
            ContactField::Category => "Le réseau n'a pas de catégorie de lecteurs de ce code.",
            ContactField::HomeBranch => "Le réseau n'a pas de bibliothèque de ce code.",
            ContactField::Card => {
                "Ce numéro de carte ne convient pas : 40 signes au plus, sans espace."
            }
            ContactField::Expiry => "Une carte ne peut pas être valable jusqu'à ce jour.",
            ContactField::Note => "Ce texte ne convient pas : 500 signes au plus.",
        }
        .into(),
        Refusal::ReaderUnknown => {
            "Ce lecteur n'existe pas, ou son compte est clos. Cherchez-le de nouveau.".into()
        }
        Refusal::SameReader => "C'est déjà un seul et même dossier.".into(),
        Refusal::ReaderAlike { card, .. } => format!(
            "Un lecteur de mêmes nom et date de naissance a déjà {}. Est-ce la même personne ?",
            match card.as_str() {
                "" => "un compte".to_owned(),
                card => format!("la carte {card}"),
            }
        ),
        Refusal::PinTooSimple => {
            "Ce code ne convient pas : de 4 à 8 chiffres, ni suite, ni répétition, ni date de \
             naissance."
                .into()
        }
        Refusal::AgeOutside { min, max } => match (min, max) {
            (Some(min), Some(max)) => format!("Cette catégorie est pour les {min} à {max} ans."),
            (Some(min), None) => format!("Cette catégorie est à partir de {min} ans."),
            (None, Some(max)) => format!("Cette catégorie est jusqu'à {max} ans."),
            (None, None) => "Cette catégorie est pour des lecteurs d'un autre âge.".into(),
        },
        Refusal::GuarantorUnfit => {
            "Le responsable d'un lecteur doit être un autre lecteur, majeur.".into()
        }
        Refusal::FileChanged => {
            "Ce dossier a été modifié entre-temps. Relisez-le avant de le changer.".into()
        }
        Refusal::AccountInUse {
            loans,
            holds,
            cents,
        } => format!(
            "Ce compte ne peut pas encore être clos : {}, {}, {} € à régler.",
            words::count(*loans, "prêt", "prêts", French),
            words::count(*holds, "réservation", "réservations", French),
            words::euros(*cents, French)
        ),
        Refusal::AnswersForOthers { readers } => format!(
            "Ce lecteur est responsable de {}. Nommez d'abord quelqu'un d'autre.",
            words::count(*readers, "autre lecteur", "autres lecteurs", French)
        ),
        Refusal::CardExpired { on } => format!(
            "Votre carte était valable jusqu'au {}. Renouvelez-la à l'accueil.",
            date(*on)
        ),
        Refusal::PinWrong => "Code secret erroné. Essayez encore, ou demandez à l'accueil.".into(),
        Refusal::PinTooOften => {
            "Trop d'essais de code secret. Patientez un peu, ou demandez à l'accueil.".into()
        }
        Refusal::Suspended { free_on } => format!(
            "Prêts suspendus après un retard. Vous pourrez emprunter à partir du {}.",
            date(*free_on)
        ),
        Refusal::Blocked { kind, message } => match message.as_deref().map(str::trim) {
            None | Some("") => block(*kind).into(),
            Some(message) => message.to_owned(),
        },
        Refusal::RecallBlocked { level, due, rule } => format!(
            "Un document est attendu depuis le {} (rappel {level}, règle {rule}). Rendez-le pour \
             emprunter.",
            date(*due)
        ),
        Refusal::GuarantorMissing => {
            "Il manque un responsable sur votre inscription. Adressez-vous à l'accueil.".into()
        }
        Refusal::AudienceLimit => {
            "Votre carte ne couvre pas ce document (public visé). Demandez à l'accueil.".into()
        }
        Refusal::ItemUnknown => "Document inconnu. Confiez-le à l'accueil, merci.".into(),
        Refusal::ItemAmbiguous { branches } => format!(
            "Plusieurs sites ont ce code-barres ({}). Confiez le document à l'accueil.",
            words::list(branches)
        ),
        Refusal::ItemCondition { condition } => state(*condition).into(),
        Refusal::AlreadyLentToYou { due } => {
            format!(
                "Ce document est déjà à votre nom, à rendre le {}.",
                date(*due)
            )
        }
        Refusal::LentToAnother => {
            "Ce document est encore au nom d'un autre lecteur. Confiez-le à l'accueil.".into()
        }
        Refusal::InTransit { to } => format!(
            "Ce document est attendu à : {}. Confiez-le à l'accueil.",
            words::branch_name(*to, book)
        ),
        Refusal::NotOnLoan => "Ce document n'est pas en prêt : rien à prolonger.".into(),
        Refusal::NotHeld => "Cette réservation n'existe pas ou plus : rien à changer.".into(),
        Refusal::NothingOwed => "Rien à payer sur ce compte. Adressez-vous à l'accueil.".into(),
        Refusal::LessOwed { cents } => format!(
            "Il n'est dû que {} €. Payez ce montant, ou adressez-vous à l'accueil.",
            words::euros(*cents, French)
        ),
        Refusal::NotTemporary => {
            "Ce document est du réseau : seul un document apporté par ce partenaire peut être retiré.".into()
        }
        Refusal::RequestTaken => {
            "Ce numéro de demande a déjà servi pour un autre lecteur.".into()
        }
        Refusal::NothingToUndo => {
            "Rien à annuler pour ce document sur cet appareil. Confiez-le à l'accueil.".into()
        }
        Refusal::SeenSince { on } => format!(
            "Opération hors ligne trop ancienne : ce document a été vu depuis, le {}. Rien n'est changé.",
            date(*on)
        ),
        Refusal::HoldIsReady { branch } => format!(
            "Ce document vous attend déjà à : {}. Le lieu de retrait ne change plus.",
            words::branch_name(*branch, book)
        ),
        Refusal::HeldAlready => "Vous avez déjà réservé ce titre : votre place est gardée.".into(),
        Refusal::NothingToServe => {
            "Aucun exemplaire ne peut servir cette réservation. Demandez à l'accueil.".into()
        }
        Refusal::NoPolicy { on } => format!(
            "Aucune règle de prêt n'est en vigueur le {}. Adressez-vous à l'accueil.",
            date(*on)
        ),
        Refusal::NotLoanable { rule } => format!(
            "Ce document ne s'emprunte pas avec votre carte (règle {rule}). Demandez à l'accueil."
        ),
        Refusal::NotAtMachine { rule } => {
            format!("Ce document s'emprunte à l'accueil, pas à l'automate (règle {rule}).")
        }
        Refusal::NotHoldable { rule } => {
            format!("Ce titre ne se réserve pas (règle {rule}). Demandez à l'accueil.")
        }
        Refusal::OnShelf { rule } => {
            format!("Un exemplaire est en rayon (règle {rule}) : venez le prendre, sans réserver.")
        }
        Refusal::QueueFull { max, waiting, rule } => format!(
            "{} déjà sur ce titre, {max} au plus (règle {rule}). Essayez plus tard.",
            words::count(*waiting, "réservation", "réservations", French)
        ),
        Refusal::PickupClosed { branch, until } => format!(
            "Pas de retrait jusqu'au {} à : {}. Choisissez un autre site.",
            date(*until),
            words::branch_name(*branch, book)
        ),
        Refusal::HeldForAnother => {
            "Ce document est réservé par un autre lecteur. Confiez-le à l'accueil.".into()
        }
        Refusal::RenewalsUsed {
            allowed: 0, rule, ..
        } => {
            format!("Ce prêt ne se prolonge pas (règle {rule}). Rendez-le à la date prévue.")
        }
        Refusal::RenewalsUsed {
            used,
            allowed,
            rule,
        } => format!(
            "Prêt déjà prolongé {used} fois, {allowed} au plus (règle {rule}). Rendez-le à la \
             date prévue."
        ),
        Refusal::OverdueTooLong { days, max, rule } => format!(
            "{} de retard, {max} au plus pour prolonger (règle {rule}). Rendez ce document.",
            words::count(*days, "jour", "jours", French)
        ),
        Refusal::HeldByWaiting { rule } => format!(
            "Un autre lecteur attend ce document (règle {rule}). Rendez-le à la date prévue."
        ),
        Refusal::WouldNotExtend { due } => {
            format!(
                "Prolonger ne changerait rien : ce document reste à rendre le {}.",
                date(*due)
            )
        }
        Refusal::Limit {
            id,
            of,
            over,
            max,
            counted,
            documents,
            novelty,
            holds,
            ..
        } => {
            let who = match of {
                Whom::Patron => "vous avez",
                Whom::Household => "votre foyer a",
            };
            if *holds {
                let what = words::count(*counted, "réservation", "réservations", French);
                let of_what = match (documents.is_empty(), novelty) {
                    (true, false) => String::new(),
                    (true, true) => " de nouveautés".into(),
                    (false, _) => format!(" ({})", words::labels(documents, book)),
                };
                let place = match over {
                    Over::Network | Over::Owner => "",
                    Over::Checkout => " ici",
                };
                return format!(
                    "Limite {id} : {who} déjà {what}{of_what}{place}, {max} au plus. Attendez-en \
                     la fin, ou annulez-en une."
                );
            }
            let what = match (documents.is_empty(), novelty) {
                (true, false) => words::count(*counted, "document", "documents", French),
                (true, true) => words::count(*counted, "nouveauté", "nouveautés", French),
                (false, _) => format!("{counted} × {}", words::labels(documents, book)),
            };
            let place = match over {
                Over::Network => "",
                Over::Checkout => " d'ici",
                Over::Owner => " de ce fonds",
            };
            format!(
                "Limite {id} : {who} déjà {what}{place}, {max} au plus. Un retour vous permettra \
                 d'emprunter."
            )
        }
    }
}

fn date(day: Date) -> String {
    words::full_date(day, French)
}

const fn block(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Staff => "Votre compte est bloqué. Adressez-vous à l'accueil.",
        BlockKind::Fees => "Une somme reste à régler. Adressez-vous à l'accueil.",
        BlockKind::LostItems => "Un document perdu reste à remplacer. Adressez-vous à l'accueil.",
        BlockKind::Address => "Votre adresse est à confirmer. Adressez-vous à l'accueil.",
        BlockKind::Treasury => {
            "Un dossier est transmis au Trésor public. Adressez-vous à l'accueil."
        }
    }
}

const fn state(condition: Condition) -> &'static str {
    match condition {
        Condition::Good => "Ce document est à vérifier. Confiez-le à l'accueil.",
        Condition::Damaged => "Ce document est à réparer. Confiez-le à l'accueil.",
        Condition::OnSiteOnly => "Ce document se consulte sur place et ne s'emprunte pas.",
        Condition::InProcess => "Ce document est en préparation. Confiez-le à l'accueil.",
        Condition::OnOrder => "Ce document est noté en commande. Confiez-le à l'accueil.",
        Condition::Lost => "Ce document était noté perdu. Confiez-le à l'accueil, merci.",
        Condition::Missing => "Nous cherchions ce document. Confiez-le à l'accueil, merci.",
        Condition::ClaimedReturned => {
            "Ce document est noté rendu à vérifier. Confiez-le à l'accueil."
        }
        Condition::Withdrawn => "Ce document n'est plus au catalogue. Confiez-le à l'accueil.",
    }
}
