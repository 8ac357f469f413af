//! Gains and losses in words.

use circulation::{
    BranchCode, CategoryCode, Change, ChangeKind, Counted, DocumentCode, NotKept, Policy, Question,
    Rulebook, Side, What,
};

use crate::tongue::Tongue;

pub(crate) fn kind(t: Tongue, kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Due => t.say(
            "Date de retour des prêts en cours",
            "Due dates of open loans",
        ),
        ChangeKind::Renewals => t.say(
            "Prolongations restantes des prêts en cours",
            "Renewals left of open loans",
        ),
        ChangeKind::Lendable => t.say(
            "Prêts en cours qui seraient, ou ne seraient plus, possibles",
            "Open loans that would, or would no longer, be possible",
        ),
        ChangeKind::Limit => t.say("Nombre de documents permis", "Documents allowed at once"),
        ChangeKind::Recall => t.say(
            "Emprunt bloqué par un retard rappelé",
            "Borrowing blocked by a recalled loan",
        ),
        ChangeKind::Answer => t.say(
            "Demandes du mois, refusées ou acceptées autrement",
            "Requests of the month, refused or allowed otherwise",
        ),
        ChangeKind::AnswerDue => t.say(
            "Date de retour des prêts du mois déjà rendus",
            "Due dates of the month’s loans that are back already",
        ),
    }
}

/// Its name in addresses, and in the API.
pub(crate) const fn kind_code(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Due => "due",
        ChangeKind::Renewals => "renewals",
        ChangeKind::Lendable => "lendable",
        ChangeKind::Limit => "limit",
        ChangeKind::Recall => "recall",
        ChangeKind::Answer => "answer",
        ChangeKind::AnswerDue => "answer_due",
    }
}

pub(crate) const KINDS: [ChangeKind; 7] = [
    ChangeKind::Due,
    ChangeKind::Renewals,
    ChangeKind::Lendable,
    ChangeKind::Limit,
    ChangeKind::Recall,
    ChangeKind::Answer,
    ChangeKind::AnswerDue,
];

/// Why something could not be replayed.
pub(crate) fn not_kept(t: Tongue, why: NotKept) -> &'static str {
    match why {
        NotKept::RenewalDays => t.say(
            "prêts prolongés plusieurs fois : les jours des prolongations ne sont pas gardés",
            "loans renewed several times: the days of their renewals are not kept",
        ),
        NotKept::Forced => t.say(
            "demandes forcées par le personnel : ce ne sont pas les règles qui ont décidé",
            "requests forced by staff: not the rules decided",
        ),
        NotKept::Body => t.say(
            "demandes dont le journal ne garde pas le détail",
            "requests of which the log keeps no detail",
        ),
        NotKept::Parties => t.say(
            "demandes dont le document ou le prêt n’est plus connu",
            "requests whose document or loan is not known any more",
        ),
        NotKept::Category => t.say(
            "lecteurs dont le dossier a changé depuis : leur catégorie de ce jour-là n’est pas gardée",
            "readers whose file was changed since: their category of that day is not kept",
        ),
        NotKept::Policy => t.say(
            "demandes d’un jour dont les règles ne sont plus connues",
            "requests of a day whose rules are not known any more",
        ),
        NotKept::Door => t.say(
            "demandes à une machine dont on ne sait pas si c’était un automate de prêt",
            "requests at a machine that may or may not have been a self-check",
        ),
        NotKept::Desired => t.say(
            "prêts à un partenaire : la date qu’il demandait n’est pas gardée",
            "loans to a partner: the day that it asked for is not kept",
        ),
        NotKept::Loans => t.say(
            "limites qui comptent autrement : les prêts que le lecteur avait ce jour-là ne sont pas gardés",
            "limits that count otherwise: the loans that the reader had that day are not kept",
        ),
        NotKept::Recalls => t.say(
            "règles des rappels changées : les retards que le lecteur avait ce jour-là ne sont pas gardés",
            "rules of recalls changed: the late loans that the reader had that day are not kept",
        ),
        NotKept::Loan => t.say(
            "prolongations dont la date de retour de ce jour-là n’est pas gardée",
            "renewals whose due date of that day is not kept",
        ),
        NotKept::Queue => t.say(
            "prolongations dont on ne sait pas si quelqu’un attendait le document",
            "renewals of which it is not kept whether somebody waited",
        ),
        NotKept::Copies => t.say(
            "réservations : où étaient les exemplaires ce jour-là n’est pas gardé",
            "holds: where the copies were that day is not kept",
        ),
    }
}

fn question(t: Tongue, question: Question) -> &'static str {
    match question {
        Question::Checkout => t.say("Prêt", "Loan"),
        Question::Renew => t.say("Prolongation", "Renewal"),
        Question::Hold => t.say("Réservation", "Hold"),
    }
}

/// A change: what it is about, before, after, and by how much.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) about: String,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) by: String,
    pub(crate) gain: bool,
}

pub(crate) fn said(t: Tongue, change: &Change) -> Said {
    let (about, before, after) = match change.what {
        What::Due { before, after } => (
            t.say("À rendre le", "Due on").to_owned(),
            t.day(&before),
            t.day(&after),
        ),
        What::AnswerDue {
            question: asked,
            before,
            after,
        } => (
            format!("{}, {}", question(t, asked), t.say("à rendre le", "due on")),
            t.day(&before),
            t.day(&after),
        ),
        What::Renewals { before, after } => (
            t.say("Prolongations restantes", "Renewals left").to_owned(),
            before.to_string(),
            after.to_string(),
        ),
        What::Lendable { after } => {
            let may = |may| match may {
                true => t.say("possible", "possible").to_owned(),
                false => t.say("impossible", "not possible").to_owned(),
            };
            (
                t.say("Ce prêt", "This loan").to_owned(),
                may(!after),
                may(after),
            )
        }
        What::Limit { before, after } => (
            t.say("Documents en prêt", "Documents on loan").to_owned(),
            room(t, before),
            room(t, after),
        ),
        What::Recall { blocks } => {
            let may = |blocked| match blocked {
                true => t
                    .say("bloqué par un rappel", "blocked by a recall")
                    .to_owned(),
                false => t.say("permis", "allowed").to_owned(),
            };
            (
                t.say("Emprunter", "Borrowing").to_owned(),
                may(!blocks),
                may(blocks),
            )
        }
        What::Answer {
            question: asked,
            lifted,
        } => {
            let answer = |yes| match yes {
                true => t.say("acceptée", "allowed").to_owned(),
                false => t.say("refusée", "refused").to_owned(),
            };
            let about = format!(
                "{} : {}",
                t.say("Demande", "Request"),
                question(t, asked).to_lowercase()
            );
            (about, answer(!lifted), answer(lifted))
        }
    };
    Said {
        about,
        before,
        after,
        by: by(t, change),
        gain: change.side() == Side::Gain,
    }
}

fn room(t: Tongue, counted: Counted) -> String {
    match counted.max {
        None => t.say("sans limite", "no limit").to_owned(),
        Some(max) => format!("{} {} {max}", counted.counted, t.say("sur", "of")),
    }
}

fn by(t: Tongue, change: &Change) -> String {
    let sign = match change.side() {
        Side::Gain => '+',
        Side::Loss => '−',
    };
    let number = change.weight();
    match change.what {
        What::Due { .. } | What::AnswerDue { .. } => {
            let unit = match number {
                1 => t.say("jour", "day"),
                _ => t.say("jours", "days"),
            };
            format!("{sign}{number} {unit}")
        }
        What::Renewals { .. } => format!("{sign}{number}"),
        What::Limit { after, .. } => match after.room() {
            None => t.say("peut emprunter", "may borrow").to_owned(),
            Some(room) if room > 0 => format!("+{room}"),
            Some(0) => t
                .say("plus rien à emprunter", "no more to borrow")
                .to_owned(),
            Some(room) => format!("{} {}", -room, t.say("de trop", "too many")),
        },
        What::Lendable { .. } | What::Recall { .. } | What::Answer { .. } => String::new(),
    }
}

pub(crate) fn branch(book: &Rulebook, code: BranchCode) -> String {
    let branch = book.branches.get(&code);
    branch.map_or_else(|| code.to_string(), |branch| branch.name.clone())
}

pub(crate) fn category(t: Tongue, book: &Rulebook, code: Option<CategoryCode>) -> String {
    let Some(code) = code else {
        return t.say("Catégorie inconnue", "Category not known").to_owned();
    };
    let category = book.categories.get(&code);
    category.map_or_else(|| code.to_string(), |category| category.label.clone())
}

pub(crate) fn document(t: Tongue, book: &Rulebook, code: Option<DocumentCode>) -> String {
    let Some(code) = code else {
        return t
            .say("Tous types confondus", "All types together")
            .to_owned();
    };
    let kind = book.documents.get(&code);
    kind.map_or_else(|| code.to_string(), |kind| kind.label.clone())
}

/// A rule or limit by what it is for.
pub(crate) fn rule(t: Tongue, book: &Rulebook, policies: [&Policy; 2], id: &str) -> String {
    for policy in policies {
        if let Some(rule) = policy.rules.iter().find(|rule| rule.id == *id) {
            return rule.is_for(t.0, book);
        }
        if let Some(limit) = policy.limits.iter().find(|limit| limit.id == *id) {
            return limit.sentence(t.0, book);
        }
    }
    match id {
        "" => t.say("Sans règle nommée", "No rule named").to_owned(),
        id => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use circulation::Language;
    use jiff::civil::date;

    use super::*;

    fn change(what: What) -> Change {
        Change {
            what,
            branch: "LENS".parse().unwrap(),
            category: None,
            document: None,
            rule_before: None,
            rule_after: None,
        }
    }

    #[test]
    fn a_change_is_said_with_what_was_and_what_would_be() {
        let t = Tongue(Language::French);
        let due = What::Due {
            before: date(2026, 3, 31),
            after: date(2026, 3, 17),
        };
        let told = said(t, &change(due));
        assert_eq!(
            (
                told.before.as_str(),
                told.after.as_str(),
                told.by.as_str(),
                told.gain
            ),
            ("31/03/2026", "17/03/2026", "−14 jours", false)
        );
        let limit = What::Limit {
            before: Counted {
                counted: 5,
                max: Some(5),
            },
            after: Counted {
                counted: 5,
                max: Some(3),
            },
        };
        let told = said(t, &change(limit));
        assert_eq!(
            (told.after.as_str(), told.by.as_str()),
            ("5 sur 3", "2 de trop")
        );
    }

    #[test]
    fn each_kind_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = KINDS.into_iter().map(kind_code).collect();
        assert_eq!(names.len(), KINDS.len());
    }
}
