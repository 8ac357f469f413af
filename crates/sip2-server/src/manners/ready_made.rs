//! The profiles that come with the program, in the one place where they are written.
//!
//! They become rows when a database is opened, and are rows like any other from then on: an operator may change
//! them, and what an operator has changed the program leaves alone. Of makers nothing is claimed here but what
//! was met in the field (`docs/sip2.md`, «What terminals really do»).

use desk::{Profile, TerminalSettings};
use serde_json::Value;

use super::{Extra, LineEnd, Manners, Persons};

/// One of them.
struct ReadyMade {
    name: &'static str,
    note: &'static str,
    manners: Manners,
    /// The rights that a new terminal of this kind begins with; `None`: all.
    messages: Option<&'static [&'static str]>,
}

/// The profiles that come with the program. Their settings are those alone that differ from the default.
pub fn ready_made() -> Vec<Profile> {
    all()
        .into_iter()
        .map(|ready| Profile {
            name: ready.name.into(),
            settings: differing(&ready.manners),
            messages: ready
                .messages
                .map(|codes| codes.iter().map(|&code| code.to_owned()).collect()),
            note: ready.note.into(),
        })
        .collect()
}

fn all() -> Vec<ReadyMade> {
    let usual = Manners::default;
    // Takes what comes, says what the standard leaves out, and where to with it.
    let sorter = || Manners {
        accept_not_lent: true,
        always_alert_type: true,
        always_destination: true,
        ..usual()
    };
    let contact = vec![Extra::BD, Extra::BE, Extra::BF];
    vec![
        ReadyMade {
            name: "self-check",
            note: "a kiosk that readers use alone",
            manners: usual(),
            messages: None,
        },
        ReadyMade {
            name: "sorter",
            note: "the sorter behind a return slot: takes what was not lent, says CV and CT always",
            manners: sorter(),
            messages: Some(&["09", "17"]),
        },
        ReadyMade {
            name: "gate",
            note: "a gate: looks items up, and learns nothing of persons",
            manners: Manners {
                persons: Persons::Never,
                ..usual()
            },
            messages: Some(&["17"]),
        },
        ReadyMade {
            name: "e-resource",
            note: "a partner on line that asks whether card and PIN are right, and learns nothing else",
            manners: Manners {
                persons: Persons::Never,
                valid_patron_needs_pin: true,
                loans_need_pin: true,
                ..usual()
            },
            messages: Some(&["23", "63", "35"]),
        },
        ReadyMade {
            name: "pay-station",
            note: "takes payments; tells what is owed only to who has typed the PIN",
            manners: Manners {
                persons: Persons::WithPin,
                ..usual()
            },
            messages: Some(&["23", "63", "35", "37"]),
        },
        ReadyMade {
            name: "cen-tec",
            note: "self-checks of Cen-Tec: lines end with CR and LF",
            manners: Manners {
                line_end: LineEnd::CrLf,
                ..usual()
            },
            messages: None,
        },
        ReadyMade {
            name: "bibliotheca-sorter",
            note: "sorters of Bibliotheca: as a sorter, with the hold patron's telephone number (BF) in 10",
            manners: Manners {
                phone_of_hold_patron: true,
                ..sorter()
            },
            messages: Some(&["09", "17"]),
        },
        ReadyMade {
            name: "envisionware",
            note: "PC reservation of Envisionware: BD BE BF in 24, PA PB PC in 24 and 64",
            manners: Manners {
                extras: contact
                    .iter()
                    .copied()
                    .chain([Extra::PA, Extra::PB, Extra::PC])
                    .collect(),
                ..usual()
            },
            messages: Some(&["23", "63", "35", "37"]),
        },
        ReadyMade {
            name: "relais-d2d",
            note: "document delivery of Relais: a 99 before the 93, and BD BE BF in 24",
            manners: Manners {
                extras: contact,
                ..usual()
            },
            messages: Some(&["23", "63", "35"]),
        },
        ReadyMade {
            name: "telnet",
            note: "a unit that logs in by prompts; give its terminal addresses",
            manners: Manners {
                telnet: true,
                ..usual()
            },
            messages: None,
        },
    ]
}

fn differing(manners: &Manners) -> TerminalSettings {
    let object = |manners: &Manners| match serde_json::to_value(manners) {
        Ok(Value::Object(settings)) => settings,
        // Manners are an object of plain values, which a test writes and reads back.
        _ => TerminalSettings::new(),
    };
    let usual = object(&Manners::default());
    let mut settings = object(manners);
    settings.retain(|key, value| usual.get(key) != Some(value));
    settings
}
