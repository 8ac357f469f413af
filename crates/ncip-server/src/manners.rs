//! How one partner is known, spoken to, and served: its settings, typed.
//!
//! A partner is a terminal whose settings say `protocol: ncip`. They are data: a profile's, with the partner's own laid
//! over them, both changed while partners are at work. Where nothing is set, the standard holds and least is told.

mod parse;
mod ready_made;
mod words;

pub use parse::{SettingError, parsed_setting};
pub use ready_made::{SERVICES, ready_made};
pub use words::{
    Authentication, BarcodeFrom, Element, NotLent, Persons, PrefixRule, Protocol, Spoken,
};

use std::collections::BTreeMap;

use circulation::{BranchCode, DocumentCode};
use listener::Network;
use serde::{Deserialize, Serialize};

/// The settings of one partner, or of a profile. What is left out has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Manners {
    /// What makes a terminal a partner.
    pub protocol: Protocol,

    /// The codes that it gives as its own, in `FromAgencyId` or `FromSystemId`, in any case of letters.
    pub agencies: Vec<String>,
    /// How it shows that it is itself.
    pub authentication: Authentication,
    /// The SHA-256 of its path token, 64 hexadecimal digits: `/ncip/TOKEN`. For many partners' forms an address is the
    /// only place for a secret.
    pub token: String,
    /// The networks that it may ask from; none: any.
    #[serde(with = "words::networks")]
    pub addresses: Vec<Network>,

    /// How 2.x answers write names: as the question did, or always one way.
    pub prefix: PrefixRule,
    /// Whether control characters are taken out of what it sends. XML has none; some networks send them.
    pub strip_controls: bool,
    /// What its staff read: the language of `ProblemDetail`.
    pub language: Spoken,
    /// Whether what it says and hears is in the log, with secrets and persons masked.
    pub transcript: bool,

    /// What it calls us: the agency of our answers. Empty: the code of its branch.
    pub our_agency: String,
    /// What it calls our branches, as agencies and as pickup places: its code, then ours. Our own codes are known anyway.
    pub places: BTreeMap<String, BranchCode>,

    /// What it is told of readers.
    pub persons: Persons,
    /// What it is told of a reader without asking for it: some look for it and ask for nothing.
    pub always_send: Vec<Element>,
    /// Whether a loan, renewal or request needs the PIN, shown and right; else it is only looked at where it is there.
    pub needs_pin: bool,
    /// The card that it borrows with, where it lends on to readers of its own: a question without a reader, or about a
    /// reader of another agency than ours, is this card's.
    pub institution: String,

    /// Which barcode a copy that it brings gets.
    pub barcode_from: BarcodeFrom,
    /// What stands before that barcode.
    pub barcode_prefix: String,
    /// The document type of such copies.
    pub document: DocumentCode,
    /// Whether such a copy is set aside for its reader at once; else the next check-in does that, and its notice follows.
    pub trap_hold: bool,
    /// Whether such a copy is gone with its return; else it stays until the partner deletes it.
    pub delete_on_return: bool,
    /// What a return of something that was not lent gets.
    pub not_lent: NotLent,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            protocol: Protocol::default(),
            agencies: Vec::new(),
            authentication: Authentication::default(),
            token: String::new(),
            addresses: Vec::new(),
            prefix: PrefixRule::default(),
            strip_controls: false,
            language: Spoken::default(),
            transcript: false,
            our_agency: String::new(),
            places: BTreeMap::new(),
            persons: Persons::default(),
            always_send: Vec::new(),
            needs_pin: false,
            institution: String::new(),
            barcode_from: BarcodeFrom::default(),
            barcode_prefix: String::new(),
            document: words::borrowed(),
            trap_hold: true,
            delete_on_return: false,
            not_lent: NotLent::default(),
        }
    }
}
