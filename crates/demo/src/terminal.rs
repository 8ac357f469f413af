//! The machines and desks of the branches, and the accounts of those who work there.

use circulation::{BranchCode, Rulebook};

use crate::library::{LIBRARIES, Library, Size};

/// What a terminal is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TerminalKind {
    /// A kiosk that readers use alone.
    SelfCheck,
    /// The sorter behind a return slot.
    Sorter,
    /// The staff's own desk equipment.
    Desk,
}

impl TerminalKind {
    /// The name of the profile that such a terminal follows.
    pub fn profile(self) -> &'static str {
        match self {
            Self::SelfCheck | Self::Desk => "self-check",
            Self::Sorter => "sorter",
        }
    }
}

/// A device that speaks SIP2. Its password is the caller's to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    /// Unique in the network, such as `lens-automate-1`.
    pub login: String,
    /// For people, in French.
    pub name: String,
    /// Where it stands.
    pub branch: BranchCode,
    /// What it is for.
    pub kind: TerminalKind,
}

/// An account of a branch's staff, by function: nobody is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Unique in the network, such as `lens-banque`.
    pub login: String,
    /// For people, in French.
    pub name: String,
    /// Where they work.
    pub branch: BranchCode,
    /// By its name in the daemon's roles.
    pub role: &'static str,
    /// Where they have it: at their branch, or (`None`) everywhere.
    pub role_at: Option<BranchCode>,
}

/// Kiosks as the branch has them (none at Villers-au-Bois), a desk everywhere, a sorter at the
/// large branches.
pub(crate) fn terminals(book: &Rulebook) -> Vec<Terminal> {
    let mut all = Vec::new();
    for library in &LIBRARIES {
        let mut add = |part: String, what: String, kind| {
            all.push(Terminal {
                login: login(library, &part),
                name: format!("{what}, {}", name(book, library)),
                branch: library.branch(),
                kind,
            });
        };
        for number in 1..=library.self_checks {
            let what = format!("Automate {number}");
            add(format!("automate-{number}"), what, TerminalKind::SelfCheck);
        }
        if library.size == Size::Large {
            add(
                "trieur".to_owned(),
                "Trieur".to_owned(),
                TerminalKind::Sorter,
            );
        }
        add(
            "poste".to_owned(),
            "Poste de prêt".to_owned(),
            TerminalKind::Desk,
        );
    }
    all
}

/// One account a branch, at the large ones a second for whoever is in charge, and last one for who runs the network.
pub(crate) fn staff(book: &Rulebook) -> Vec<Staff> {
    let mut all = Vec::new();
    for library in &LIBRARIES {
        let mut add = |part: &str, what: &str| {
            all.push(Staff {
                login: login(library, part),
                name: format!("{what}, {}", name(book, library)),
                branch: library.branch(),
                role: "head",
                role_at: Some(library.branch()),
            });
        };
        add("banque", "Banque de prêt");
        if library.size == Size::Large {
            add("responsable", "Responsable");
        }
    }
    if let Some(seat) = LIBRARIES.iter().find(|library| library.code == "LENS") {
        all.push(Staff {
            login: "reseau".into(),
            name: "Équipe du réseau".into(),
            branch: seat.branch(),
            role: "network",
            role_at: None,
        });
    }
    all
}

fn login(library: &Library, part: &str) -> String {
    format!("{}-{part}", library.code.to_ascii_lowercase())
}

/// The branch's name for people, or its code if the rulebook does not know it.
fn name<'a>(book: &'a Rulebook, library: &Library) -> &'a str {
    book.branches
        .get(&library.branch())
        .map_or(library.code, |branch| branch.name.as_str())
}
