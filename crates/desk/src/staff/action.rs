//! What staff may be allowed to do. Roles are made of these.

use circulation::{Language, Right};

/// Something that a member of staff may do at a branch, or everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Lend, take back, renew, undo.
    Circulate,
    /// Place, change and cancel holds.
    Hold,
    /// Look at items and titles.
    ItemRead,
    /// Declare items lost, found, damaged, withdrawn.
    ItemEdit,
    /// Look at readers' files. Each look is noted.
    PatronRead,
    /// Register readers and change their files, cards and blocks.
    PatronEdit,
    /// Join two files of one reader.
    PatronMerge,
    /// Take payments, charge, waive.
    Money,
    /// A branch's lists: to pull, shuttle, hold shelf, overdue.
    List,
    /// Count the stock with a scanner.
    Inventory,
    /// Figures of loans, refusals, transits.
    Figures,
    /// Join and part records of the catalogue.
    CatalogueMerge,
    /// Opening hours and closures.
    Calendar,
    /// The event log, with the reasons of every decision.
    EventRead,
    /// Machines that speak SIP2: their settings and last messages.
    Terminal,
    /// Partner systems.
    Partner,
    /// Loan rules: drafts, checks, publication.
    Policy,
    /// Branches of the network.
    Branch,
    /// Staff and their roles.
    User,
    /// What staff read and changed.
    AuditRead,
    /// Do what a rule forbids, with a reason.
    Override(Right),
}

impl Action {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::PLAIN
            .into_iter()
            .chain(Right::ALL.map(Self::Override))
    }

    const PLAIN: [Self; 20] = [
        Self::Circulate,
        Self::Hold,
        Self::ItemRead,
        Self::ItemEdit,
        Self::PatronRead,
        Self::PatronEdit,
        Self::PatronMerge,
        Self::Money,
        Self::List,
        Self::Inventory,
        Self::Figures,
        Self::CatalogueMerge,
        Self::Calendar,
        Self::EventRead,
        Self::Terminal,
        Self::Partner,
        Self::Policy,
        Self::Branch,
        Self::User,
        Self::AuditRead,
    ];

    /// Its name in roles, tokens and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Circulate => "circulate",
            Self::Hold => "hold",
            Self::ItemRead => "item.read",
            Self::ItemEdit => "item.edit",
            Self::PatronRead => "patron.read",
            Self::PatronEdit => "patron.edit",
            Self::PatronMerge => "patron.merge",
            Self::Money => "money",
            Self::List => "list",
            Self::Inventory => "inventory",
            Self::Figures => "figures",
            Self::CatalogueMerge => "catalogue.merge",
            Self::Calendar => "calendar",
            Self::EventRead => "event.read",
            Self::Terminal => "terminal",
            Self::Partner => "partner",
            Self::Policy => "policy",
            Self::Branch => "branch",
            Self::User => "user",
            Self::AuditRead => "audit.read",
            Self::Override(right) => right.name(),
        }
    }

    /// What a page calls it.
    pub const fn label(self, language: Language) -> &'static str {
        let (fr, en) = match self {
            Self::Circulate => ("prêter, rendre, prolonger", "lend, take back, renew"),
            Self::Hold => ("gérer les réservations", "manage holds"),
            Self::ItemRead => ("consulter les documents", "look at documents"),
            Self::ItemEdit => (
                "changer l’état des documents",
                "change the state of documents",
            ),
            Self::PatronRead => (
                "consulter les comptes des lecteurs",
                "look at readers’ files",
            ),
            Self::PatronEdit => (
                "inscrire et modifier des lecteurs",
                "register and change readers",
            ),
            Self::PatronMerge => ("fusionner des lecteurs", "merge readers"),
            Self::Money => ("encaisser et facturer", "take payments and charge"),
            Self::List => ("consulter les listes de travail", "look at work lists"),
            Self::Inventory => ("faire l’inventaire", "take stock"),
            Self::Figures => ("consulter les chiffres", "look at figures"),
            Self::CatalogueMerge => ("réunir et séparer des notices", "join and part records"),
            Self::Calendar => ("modifier le calendrier", "change the calendar"),
            Self::EventRead => ("consulter le journal", "look at the log"),
            Self::Terminal => ("gérer les automates", "manage terminals"),
            Self::Partner => ("gérer les partenaires", "manage partners"),
            Self::Policy => ("modifier les règles de prêt", "change loan rules"),
            Self::Branch => ("gérer les bibliothèques", "manage branches"),
            Self::User => ("gérer le personnel", "manage staff"),
            Self::AuditRead => (
                "consulter les traces du personnel",
                "look at what staff did",
            ),
            Self::Override(Right::Limit) => ("dépasser une limite", "exceed a limit"),
            Self::Override(Right::Block) => ("passer outre un blocage", "override a block"),
            Self::Override(Right::Item) => (
                "passer outre l’état d’un document",
                "override an item’s state",
            ),
            Self::Override(Right::Rule) => ("passer outre une règle", "override a rule"),
        };
        match language {
            Language::French => fr,
            Language::English => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_has_a_name_of_its_own() {
        let names: BTreeSet<_> = Action::all().map(Action::name).collect();
        assert_eq!(names.len(), Action::all().count());
    }
}
