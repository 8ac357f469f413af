//! Where each page is found: the head's links, in groups. A new page that people go to is a line here.

use super::shown::Frame;
use crate::tongue::Tongue;

/// Pages that belong together. The head shows the groups, and below them the pages of the group that is open.
struct Group {
    label: (&'static str, &'static str),
    pages: &'static [Entry],
}

struct Entry {
    path: &'static str,
    label: (&'static str, &'static str),
    /// The action that the page asks for, by its name in roles.
    action: &'static str,
}

const fn entry(
    path: &'static str,
    label: (&'static str, &'static str),
    action: &'static str,
) -> Entry {
    Entry {
        path,
        label,
        action,
    }
}

const GROUPS: &[Group] = &[
    Group {
        label: ("Prêt et retour", "Desk"),
        pages: &[entry("/staff", ("Prêt et retour", "Desk"), "")],
    },
    Group {
        label: ("Lecteurs", "Readers"),
        pages: &[
            entry("/staff/readers", ("Chercher", "Search"), "patron.read"),
            entry(
                "/staff/readers/new",
                ("Inscrire", "Register"),
                "patron.edit",
            ),
            entry(
                "/staff/work/readers",
                ("Doublons ?", "Doubles?"),
                "patron.merge",
            ),
        ],
    },
    Group {
        label: ("Listes", "Lists"),
        pages: &[
            entry("/staff/lists/pull", ("À chercher", "To pull"), "list"),
            entry("/staff/lists/shuttle", ("Navette", "Shuttle"), "list"),
            entry(
                "/staff/lists/hold-shelf",
                ("Réservations", "Hold shelf"),
                "list",
            ),
            entry("/staff/lists/overdue", ("En retard", "Overdue"), "list"),
            entry("/staff/work/offline", ("Hors ligne", "Off line"), "list"),
            entry(
                "/staff/inventory",
                ("Inventaires", "Inventories"),
                "inventory",
            ),
        ],
    },
    Group {
        label: ("Catalogue", "Catalogue"),
        pages: &[
            entry(
                "/staff/work/records",
                ("Doublons ?", "Doubles?"),
                "catalogue.merge",
            ),
            entry(
                "/staff/work/moves",
                ("Réunis, séparés", "Joined, parted"),
                "catalogue.merge",
            ),
        ],
    },
    Group {
        label: ("Suivi", "Records"),
        pages: &[
            entry(
                "/staff/figures",
                ("Tableau de bord", "Dashboard"),
                "figures",
            ),
            entry("/staff/terminals", ("Automates", "Terminals"), "terminal"),
            entry("/staff/partners", ("Partenaires", "Partners"), "partner"),
            entry("/staff/log", ("Journal", "Log"), "event.read"),
            entry(
                "/staff/audit",
                ("Traces du personnel", "What staff did"),
                "audit.read",
            ),
        ],
    },
    Group {
        label: ("Calendrier", "Calendar"),
        pages: &[
            entry("/staff/calendar", ("Calendrier", "Calendar"), ""),
            entry("/staff/branches", ("Bibliothèques", "Branches"), ""),
        ],
    },
    Group {
        label: ("Personnel", "Staff"),
        pages: &[
            entry("/staff/users", ("Personnel", "Staff"), "user"),
            entry("/staff/me", ("Mon compte", "My account"), ""),
        ],
    },
    Group {
        label: ("Règles", "Rules"),
        pages: &[entry("/staff/rules", ("Règles de prêt", "Loan rules"), "")],
    },
];

/// A link of the head.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) path: &'static str,
    pub(crate) label: &'static str,
    /// It leads to the page that is open, or to the group that it belongs to.
    pub(crate) here: bool,
}

/// The links of the head for who is in: a link a group, and the pages of the group that is open.
pub(crate) fn links(frame: &Frame) -> (Vec<Link>, Vec<Link>) {
    let mut groups = Vec::new();
    let mut pages = Vec::new();
    for group in GROUPS {
        let allowed: Vec<&Entry> = group
            .pages
            .iter()
            .filter(|entry| entry.action.is_empty() || frame.may(entry.action))
            .collect();
        let Some(first) = allowed.first() else {
            continue;
        };
        let open = group.pages.iter().any(|entry| frame.is_at(entry.path));
        groups.push(Link {
            path: first.path,
            label: said(frame.t, group.label),
            here: open,
        });
        if open && allowed.len() > 1 {
            pages = allowed
                .iter()
                .map(|entry| Link {
                    path: entry.path,
                    label: said(frame.t, entry.label),
                    here: frame.is_at(entry.path),
                })
                .collect();
        }
    }
    (groups, pages)
}

fn said(t: Tongue, (fr, en): (&'static str, &'static str)) -> &'static str {
    t.say(fr, en)
}
