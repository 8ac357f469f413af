//! The demonstration's partner systems: one of each kind, added where they are not there yet.

use anyhow::Context;
use circulation::{BranchCode, CardStatus, Language};
use desk::hash_password;
use jiff::{ToSpan, Zoned};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{NewPatron, NewTerminal, Store, TerminalSettings};

use super::seed::PASSWORD;
use crate::ready;

/// One kind of partner.
struct Kind {
    kind: &'static str,
    profile: &'static str,
    agency: &'static str,
    name: &'static str,
    /// What it calls the branch that it works with.
    pickup: &'static str,
    over_http: bool,
    institution: bool,
}

/// The library's card of a partner that borrows for readers of its own.
const INSTITUTION: &str = "2690000000001";
/// Who answers for it.
const CONTACT: &str = "2690000000002";

const KINDS: [Kind; 4] = [
    Kind {
        kind: "broker-borrower",
        profile: "ncip-broker",
        agency: "COURTIER",
        name: "Courtier de prêt fictif, lecteurs d'ici",
        pickup: "Lens médiathèque",
        over_http: true,
        institution: false,
    },
    Kind {
        kind: "broker-lender",
        profile: "ncip-lender",
        agency: "PRETEUR",
        name: "Courtier de prêt fictif, lecteurs d'ailleurs",
        pickup: "Lens fournisseur",
        over_http: true,
        institution: true,
    },
    Kind {
        kind: "portal",
        profile: "ncip-portal",
        agency: "PORTAIL",
        name: "Portail de découverte fictif",
        pickup: "LENS",
        over_http: true,
        institution: false,
    },
    Kind {
        kind: "socket-v1",
        profile: "ncip-broker-v1",
        agency: "ANCIEN",
        name: "Courtier fictif en NCIP 1.0",
        pickup: "LENS",
        over_http: false,
        institution: false,
    },
];

impl Kind {
    fn login(&self) -> String {
        format!("partenaire-{}", self.kind)
    }

    /// As the password, it opens plainly fictional things on a loopback address.
    fn token(&self) -> Option<String> {
        self.over_http.then(|| format!("{PASSWORD}-{}", self.kind))
    }

    fn settings(&self, branch: BranchCode) -> TerminalSettings {
        let mut settings = TerminalSettings::new();
        settings.insert("agencies".into(), json!([self.agency]));
        if let Some(token) = self.token() {
            let hash = Sha256::digest(token.as_bytes());
            let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            settings.insert("token".into(), json!(hex));
        }
        if self.pickup != branch.as_str() {
            settings.insert("places".into(), json!({ self.pickup: branch }));
        }
        if self.institution {
            settings.insert("institution".into(), json!(INSTITUTION));
        }
        settings
    }
}

/// Adds the partners that are not there, and tells all of them.
pub(super) async fn partners(
    owner: &Store,
    branch: BranchCode,
    now: &Zoned,
) -> anyhow::Result<Vec<ready::Partner>> {
    institution(owner, branch, now).await?;
    let suggested = ncip_server::ready_made();
    let mut session = owner.session().await?;
    for kind in &KINDS {
        if session.terminal(&kind.login()).await?.is_some() {
            continue;
        }
        let profile = suggested
            .iter()
            .find(|profile| profile.name == kind.profile);
        let services = profile.and_then(|profile| profile.messages.clone());
        let new = NewTerminal {
            login: kind.login(),
            password_hash: hash_password(PASSWORD)?,
            name: kind.name.into(),
            branch,
            messages: services.context("a profile of partners without services")?,
            profile: kind.profile.into(),
            settings: kind.settings(branch),
            at: now.timestamp(),
        };
        session.add_terminal(&new).await?;
    }
    let told = |kind: &Kind| ready::Partner {
        kind: kind.kind,
        login: kind.login(),
        agency: kind.agency.into(),
        secret: PASSWORD.into(),
        our_agency: branch.to_string(),
        url: None,
        token: kind.token(),
        branch: branch.to_string(),
        pickup: kind.pickup.into(),
        card: kind.institution.then(|| INSTITUTION.into()),
    };
    Ok(KINDS.iter().map(told).collect())
}

async fn institution(owner: &Store, branch: BranchCode, now: &Zoned) -> anyhow::Result<()> {
    let mut session = owner.session().await?;
    let (_, known) = session.patron_file(INSTITUTION, branch, now.date()).await?;
    if known.is_some() {
        return Ok(());
    }
    // A library's card has somebody who answers for it.
    let contact = NewPatron {
        card: CONTACT.into(),
        card_status: CardStatus::Active,
        branch,
        category: "ADU".parse()?,
        household: None,
        guarantor: None,
        family_name: "Fictif-Partenaire".into(),
        given_name: "Référent".into(),
        born_on: Some(now.date().saturating_sub(45.years())),
        email: String::new(),
        phone: String::new(),
        address: String::new(),
        language: Language::French,
        pin_hash: None,
        expires_on: Some(now.date().saturating_add(2.years())),
        block: None,
        suspension: None,
    };
    let library = NewPatron {
        card: INSTITUTION.into(),
        card_status: CardStatus::Active,
        branch,
        category: "PEB".parse()?,
        guarantor: Some(CONTACT.into()),
        family_name: "Médiathèque fictive partenaire".into(),
        given_name: String::new(),
        born_on: None,
        ..contact.clone()
    };
    owner
        .add_patrons(&[contact, library], now.timestamp())
        .await?;
    Ok(())
}
