//! Partners: which terminal a question comes from, and whether it may.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use circulation::BranchCode;
use desk::{Desk, Pin, Registered, SignIn, Terminal, Terminals, Visit};
use ncip::model::InitiationHeader;
use sha2::{Digest, Sha256};

use crate::{
    manners::{Authentication, Manners},
    memory::Memory,
    origin::Origin,
    throttle::Throttle,
};

/// A partner as it is now. A question is answered under one from its first byte to the answer's last.
#[derive(Debug)]
pub(crate) struct Partner {
    pub(crate) known: Arc<Registered>,
    pub(crate) manners: Manners,
    pub(crate) kept: Arc<Kept>,
}

/// What outlives a change of settings.
#[derive(Debug)]
pub(crate) struct Kept {
    /// What is remembered of readers' PINs.
    pub(crate) visit: Arc<Visit>,
    /// What was answered a moment ago.
    pub(crate) memory: Memory,
    /// The password that was found right last, hashed with a salt of this process, and the hash that it was right for.
    right: Mutex<Option<([u8; 32], String)>>,
    throttle: Throttle,
}

impl Partner {
    pub(crate) fn terminal(&self) -> &Terminal {
        &self.known.terminal
    }

    pub(crate) fn login(&self) -> &str {
        &self.known.terminal.login
    }

    /// Whether it may ask for a service.
    pub(crate) fn may(&self, service: &str) -> bool {
        self.known
            .terminal
            .messages
            .iter()
            .any(|own| own == service)
    }

    /// What we are called in answers to it.
    pub(crate) fn our_agency(&self) -> &str {
        match self.manners.our_agency.as_str() {
            "" => self.known.terminal.branch.as_str(),
            own => own,
        }
    }

    /// Which branch it means by this code; `None`: none that we know.
    pub(crate) fn place(
        &self,
        code: &str,
        branches: &impl Fn(BranchCode) -> bool,
    ) -> Option<BranchCode> {
        let same = |(theirs, _): &(&String, &BranchCode)| theirs.eq_ignore_ascii_case(code);
        let own = || {
            code.to_ascii_uppercase()
                .parse()
                .ok()
                .filter(|ours| branches(*ours))
        };
        let translated = self.manners.places.iter().find(same);
        translated.map(|(_, ours)| *ours).or_else(own)
    }

    /// What it calls a branch.
    pub(crate) fn their_name(&self, branch: BranchCode) -> String {
        let places = &self.manners.places;
        let theirs = places.iter().find(|(_, ours)| **ours == branch);
        theirs.map_or_else(|| branch.to_string(), |(theirs, _)| theirs.clone())
    }
}

/// Why a question is nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stranger {
    /// No partner has this code, this token or this address.
    Unknown,
    /// What it shows is not the partner's; or too much was tried.
    NotProven,
}

/// All partners in use, as they were at one moment.
#[derive(Debug, Default)]
pub(crate) struct Partners {
    version: i64,
    by_token: HashMap<[u8; 32], Arc<Partner>>,
    by_agency: HashMap<String, Vec<Arc<Partner>>>,
    all: Vec<Arc<Partner>>,
    salt: [u8; 16],
}

impl Partners {
    /// The partners among the terminals; what outlives a change is taken over from `before`.
    pub(crate) fn new(desk: &Desk, terminals: &Terminals, before: &Self) -> Self {
        let mut salt = before.salt;
        if before.version == 0 {
            // Without randomness every password is checked in full.
            let _ = getrandom::fill(&mut salt);
        }
        let mut partners = Self {
            version: terminals.version(),
            salt,
            ..Self::default()
        };
        for known in terminals.all() {
            let (profile, own) = (&known.profile, &known.terminal.settings);
            if !Manners::are_a_partners(profile, own) {
                continue;
            }
            let manners = match Manners::parse(profile, own) {
                Ok(manners) => manners,
                Err(error) => {
                    let partner = &known.terminal.login;
                    tracing::warn!(partner, %error, "a partner's settings cannot be read: it is not served");
                    continue;
                }
            };
            let kept = before
                .all
                .iter()
                .find(|old| old.terminal().id == known.terminal.id);
            let kept = kept.map_or_else(
                || Arc::new(Kept::new(desk, &known.terminal)),
                |old| old.kept.clone(),
            );
            partners.add(Partner {
                known: known.clone(),
                manners,
                kept,
            });
        }
        partners
    }

    fn add(&mut self, partner: Partner) {
        let partner = Arc::new(partner);
        if let Some(token) = from_hex(&partner.manners.token) {
            self.by_token.insert(token, partner.clone());
        }
        for agency in &partner.manners.agencies {
            let same = self
                .by_agency
                .entry(agency.trim().to_lowercase())
                .or_default();
            same.push(partner.clone());
        }
        self.all.push(partner);
    }

    pub(crate) fn version(&self) -> i64 {
        self.version
    }

    /// Whether one of those who may ask from here sends control characters.
    pub(crate) fn any_strips(&self, token: Option<&str>) -> bool {
        match token.and_then(|token| self.by_token.get(&hash(&[token.as_bytes()]))) {
            Some(partner) => partner.manners.strip_controls,
            None => self
                .all
                .iter()
                .any(|partner| partner.manners.strip_controls),
        }
    }

    /// Whose question it is.
    pub(crate) async fn of(
        &self,
        desk: &Desk,
        terminals: &Terminals,
        origin: &Origin,
        token: Option<&str>,
        header: Option<&InitiationHeader>,
    ) -> Result<Arc<Partner>, Stranger> {
        let by_token = match token {
            // A token that nobody has is not passed over.
            Some(token) => Some(
                self.by_token
                    .get(&hash(&[token.as_bytes()]))
                    .ok_or(Stranger::NotProven)?,
            ),
            None => None,
        };
        let from_here = |partner: &&Arc<Partner>| {
            let networks = &partner.manners.addresses;
            networks.is_empty()
                || networks
                    .iter()
                    .any(|network| network.contains(origin.address))
        };
        let candidates: Vec<&Arc<Partner>> = match by_token {
            Some(partner) => vec![partner],
            None => self.named(header, origin),
        };
        if candidates.is_empty() {
            return Err(Stranger::Unknown);
        }
        for partner in candidates.into_iter().filter(from_here) {
            if self
                .proven(desk, terminals, partner, origin, by_token.is_some(), header)
                .await
            {
                return Ok(partner.clone());
            }
        }
        Err(Stranger::NotProven)
    }

    /// By what it calls itself; who says nothing is known by its address or certificate.
    fn named(&self, header: Option<&InitiationHeader>, origin: &Origin) -> Vec<&Arc<Partner>> {
        let agency = header.and_then(|header| header.from_agency.as_ref());
        let system = header.and_then(|header| header.from_system.as_ref());
        let names = agency.map(|agency| &agency.id).into_iter().chain(system);
        let mut found = Vec::new();
        for name in names {
            found.extend(
                self.by_agency
                    .get(&name.text.trim().to_lowercase())
                    .into_iter()
                    .flatten(),
            );
        }
        if found.is_empty() {
            let silent = |partner: &&Arc<Partner>| match partner.manners.authentication {
                Authentication::Address => {
                    let mut networks = partner.manners.addresses.iter();
                    networks.any(|network| network.contains(origin.address))
                }
                Authentication::Certificate => origin.certificate.is_some(),
                _ => false,
            };
            // Who gives a name that is nobody's is nobody, whatever its address.
            if agency.is_none() && system.is_none() {
                found.extend(self.all.iter().filter(silent));
            }
        }
        found
    }

    async fn proven(
        &self,
        desk: &Desk,
        terminals: &Terminals,
        partner: &Partner,
        origin: &Origin,
        has_token: bool,
        header: Option<&InitiationHeader>,
    ) -> bool {
        let shown = header.and_then(|header| {
            let agency = header.from_agency_authentication.as_ref();
            agency.or(header.from_system_authentication.as_ref())
        });
        let password = match shown {
            Some(shown) => match self.is_password(desk, partner, shown.expose()).await {
                true => true,
                // What is shown and wrong is wrong, whatever else is right.
                false => return false,
            },
            None => false,
        };
        let certified = || {
            let shown = origin.certificate.as_ref();
            shown
                .and_then(|shown| terminals.certificate(shown))
                .is_some_and(|known| {
                    known.revoked_at.is_none() && known.terminals.contains(&partner.terminal().id)
                })
        };
        match partner.manners.authentication {
            Authentication::Secret => has_token || password,
            Authentication::Token => has_token,
            Authentication::Password => password,
            // The address was looked at by whoever chose the candidates.
            Authentication::Address => true,
            Authentication::Certificate => certified(),
        }
    }

    /// A password costs some 20 ms to check, and a partner sends it with every question: the one that was right is known
    /// again, and what is wrong is not looked at any more when it comes too often.
    async fn is_password(&self, desk: &Desk, partner: &Partner, shown: &str) -> bool {
        let digest = hash(&[&self.salt, shown.as_bytes()]);
        let now = partner.terminal().password_hash.clone();
        {
            let right = partner
                .kept
                .right
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if right
                .as_ref()
                .is_some_and(|(known, of)| *known == digest && *of == now)
            {
                return true;
            }
        }
        if !partner.kept.throttle.may_try() {
            return false;
        }
        let pin = Pin::typed(shown);
        let is_right = matches!(
            desk.sign_in(partner.login(), pin.as_ref()).await,
            SignIn::In(_)
        );
        if is_right {
            let mut right = partner
                .kept
                .right
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *right = Some((digest, now));
        } else {
            partner.kept.throttle.was_wrong();
        }
        is_right
    }
}

impl Kept {
    fn new(desk: &Desk, terminal: &Terminal) -> Self {
        Self {
            visit: Arc::new(desk.visit(terminal)),
            memory: Memory::default(),
            right: Mutex::default(),
            throttle: Throttle::default(),
        }
    }
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (slot, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *slot = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_hash() {
        let hash_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(from_hex(hash_of_abc), Some(hash(&[b"a", b"bc"])));
        assert_eq!(from_hex("zz"), None);
        assert_eq!(from_hex(&"é".repeat(32)), None);
    }
}
