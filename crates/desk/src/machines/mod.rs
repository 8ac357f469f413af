//! Machines and partner systems, as who looks after them sets them: added, given other settings, a new way in.
//!
//! What settings mean only the doors know; they say so through [`MachineKinds`].

mod fit;

use std::sync::Arc;

use circulation::BranchCode;
use jiff::Zoned;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    Audited, Locks, NewTerminal, Profile, Session, StoreError, Terminal, TerminalSettings,
};

pub use fit::MachineRefused;
use fit::{messages, named, of_one_kind};

use crate::{Action, Desk, DeskError, Member, Secret, password::hash_in_full, rules::committed};

/// What the doors of machines say of settings.
#[derive(Debug, Clone, Copy)]
pub struct MachineKinds {
    /// Machines that speak SIP2.
    pub terminal: MachineKind,
    /// Partner systems that speak NCIP.
    pub partner: MachineKind,
    /// Whether settings laid over those of a profile are a partner's.
    pub is_partner: fn(&TerminalSettings, &TerminalSettings) -> bool,
}

/// What one door says.
#[derive(Debug, Clone, Copy)]
pub struct MachineKind {
    /// Everything that may be asked at it: SIP2 request codes, names of NCIP services.
    pub messages: fn() -> Vec<&'static str>,
    /// Whether settings laid over those of a profile can be read; if not, why, in a sentence.
    pub check: fn(&TerminalSettings, &TerminalSettings) -> Result<(), String>,
    /// Whether the door serves who has them; if not, what is missing.
    pub serves: fn(&TerminalSettings, &TerminalSettings) -> Result<(), String>,
}

/// The setting that only [`Desk::new_partner_token`] writes: the hash of what the partner shows.
const TOKEN: &str = "token";

impl MachineKinds {
    fn of(&self, profile: &TerminalSettings, own: &TerminalSettings) -> (Action, &MachineKind) {
        match (self.is_partner)(profile, own) {
            true => (Action::Partner, &self.partner),
            false => (Action::Terminal, &self.terminal),
        }
    }
}

/// A machine or partner in use, and the profile that it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// It.
    pub terminal: Terminal,
    /// Its profile.
    pub profile: Profile,
    /// It is a partner system.
    pub is_partner: bool,
    /// Why its door does not serve it, if it does not.
    pub not_served: Option<String>,
}

impl Machine {
    /// Its own settings, without the token's hash.
    pub fn own(&self) -> TerminalSettings {
        let mut own = self.terminal.settings.clone();
        own.remove(TOKEN);
        own
    }

    /// Whether a token was made for it.
    pub fn has_token(&self) -> bool {
        self.terminal.settings.contains_key(TOKEN)
    }
}

/// What a machine is to be like.
#[derive(Debug, Clone)]
pub struct MachineAsk {
    /// The profile that it follows.
    pub profile: String,
    /// What it may ask; none: what its profile suggests, or everything.
    pub messages: Vec<String>,
    /// Its own settings, which go before those of its profile.
    pub settings: TerminalSettings,
    /// When.
    pub at: Zoned,
}

type Asked<T> = Result<Result<T, MachineRefused>, DeskError>;

impl Desk {
    /// All profiles of machines and partners, by name.
    pub async fn profiles(&self) -> Result<Vec<Profile>, DeskError> {
        Ok(self.store.session().await?.profiles().await?)
    }

    /// A machine or partner in use, for who looks after it.
    pub async fn machine(
        &self,
        member: &Member,
        kinds: &MachineKinds,
        login: &str,
    ) -> Asked<Machine> {
        let mut session = self.store.session().await?;
        Ok(found(&mut session, member, kinds, login).await?)
    }

    /// The partner systems in use of the branches where this member looks after them, by login; as daemons know them,
    /// a few seconds late at most.
    pub fn partners(&self, member: &Member, kinds: &MachineKinds) -> Vec<Terminal> {
        let terminals = self.terminals();
        let mut partners: Vec<Terminal> = terminals
            .all()
            .filter(|known| (kinds.is_partner)(&known.profile, &known.terminal.settings))
            .filter(|known| member.may_at(Action::Partner, known.terminal.branch))
            .map(|known| known.terminal.clone())
            .collect();
        partners.sort_by(|one, other| one.login.cmp(&other.login));
        partners
    }

    /// Adds a machine or partner; answers with its password, shown this once.
    pub async fn add_machine(
        self: &Arc<Self>,
        member: &Member,
        kinds: &MachineKinds,
        (login, name, branch): (&str, &str, BranchCode),
        ask: MachineAsk,
    ) -> Asked<Secret> {
        if !self.rulebook().branches.contains_key(&branch) {
            return Ok(Err(MachineRefused::NoBranch(branch)));
        }
        let password = Secret::password()?;
        let password_hash = hash_in_full(password.reveal().to_owned()).await?;
        let mut session = self.store.locked_session(Locks::default()).await?;
        let profile = match profile(&mut session, &ask.profile).await? {
            Ok(profile) => profile,
            Err(refused) => return Ok(Err(refused)),
        };
        let sound = of_one_kind(member, kinds, branch, &profile, &ask.settings)
            .and_then(|kind| messages(kind, &profile, ask.messages))
            .and_then(|messages| Ok((named(login)?, messages)));
        let messages = match sound {
            Ok(((), messages)) => messages,
            Err(refused) => return Ok(Err(refused)),
        };
        let new = NewTerminal {
            login: login.to_owned(),
            password_hash,
            name: if name.is_empty() { login } else { name }.to_owned(),
            branch,
            messages,
            profile: profile.name,
            settings: ask.settings,
            at: ask.at.timestamp(),
        };
        match session.add_terminal(&new).await {
            Ok(_) => {}
            Err(StoreError::Constraint(name)) if name == "terminal_login_key" => {
                return Ok(Err(MachineRefused::Taken(new.login)));
            }
            Err(StoreError::Constraint(name)) if name == "terminal_branch_fkey" => {
                return Ok(Err(MachineRefused::NoBranch(branch)));
            }
            Err(error) => return Err(error.into()),
        }
        let partner = (kinds.is_partner)(&profile.settings, &new.settings);
        let detail =
            json!({ "did": "add", "terminal": login, "branch": branch, "profile": new.profile });
        finish(session, member, partner, &detail, &ask.at).await?;
        Ok(Ok(password))
    }

    /// Gives a machine or partner another profile, other settings, other rights, if it is still as it was seen.
    pub async fn change_machine(
        self: &Arc<Self>,
        member: &Member,
        kinds: &MachineKinds,
        (login, version): (&str, i64),
        ask: MachineAsk,
    ) -> Asked<()> {
        let mut session = self.store.locked_session(Locks::default()).await?;
        let before = match found(&mut session, member, kinds, login).await? {
            Ok(before) => before,
            Err(refused) => return Ok(Err(refused)),
        };
        let profile = match profile(&mut session, &ask.profile).await? {
            Ok(profile) => profile,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut ask = ask;
        if (kinds.is_partner)(&profile.settings, &ask.settings) != before.is_partner {
            return Ok(Err(MachineRefused::OtherKind(profile.name)));
        }
        let branch = before.terminal.branch;
        let sound = of_one_kind(member, kinds, branch, &profile, &ask.settings)
            .and_then(|kind| messages(kind, &profile, ask.messages));
        let messages = match sound {
            Ok(messages) => messages,
            Err(refused) => return Ok(Err(refused)),
        };
        if let Some(token) = before.terminal.settings.get(TOKEN) {
            ask.settings.insert(TOKEN.to_owned(), token.clone());
        }
        let after = Terminal {
            profile: profile.name,
            messages,
            settings: ask.settings,
            version,
            ..before.terminal.clone()
        };
        if after == before.terminal {
            return Ok(Ok(()));
        }
        if before.terminal.version != version || !session.set_terminal(&after).await? {
            return Ok(Err(MachineRefused::Changed));
        }
        let keys: Vec<&String> = after.settings.keys().collect();
        let detail =
            json!({ "did": "set", "terminal": login, "profile": after.profile, "own": keys });
        finish(session, member, before.is_partner, &detail, &ask.at).await?;
        Ok(Ok(()))
    }

    /// Gives a machine or partner another password, shown this once; what is in stays in.
    pub async fn new_machine_password(
        self: &Arc<Self>,
        member: &Member,
        kinds: &MachineKinds,
        login: &str,
        at: &Zoned,
    ) -> Asked<Secret> {
        let password = Secret::password()?;
        let hash = hash_in_full(password.reveal().to_owned()).await?;
        let mut session = self.store.locked_session(Locks::default()).await?;
        let machine = match found(&mut session, member, kinds, login).await? {
            Ok(machine) => machine,
            Err(refused) => return Ok(Err(refused)),
        };
        session.set_terminal_password(login, &hash).await?;
        let detail = json!({ "did": "password", "terminal": login });
        finish(session, member, machine.is_partner, &detail, at).await?;
        Ok(Ok(password))
    }

    /// Takes a machine or partner out of use: it comes in no more, and is shown the door at once.
    pub async fn revoke_machine(
        self: &Arc<Self>,
        member: &Member,
        kinds: &MachineKinds,
        login: &str,
        at: &Zoned,
    ) -> Asked<()> {
        let mut session = self.store.locked_session(Locks::default()).await?;
        let machine = match found(&mut session, member, kinds, login).await? {
            Ok(machine) => machine,
            Err(refused) => return Ok(Err(refused)),
        };
        session.revoke_terminal(login, at.timestamp()).await?;
        let detail = json!({ "did": "revoke", "terminal": login });
        finish(session, member, machine.is_partner, &detail, at).await?;
        Ok(Ok(()))
    }

    /// Gives a partner another token, which is the end of the path that it sends to; shown this once.
    pub async fn new_partner_token(
        self: &Arc<Self>,
        member: &Member,
        kinds: &MachineKinds,
        login: &str,
        at: &Zoned,
    ) -> Asked<Secret> {
        let mut session = self.store.locked_session(Locks::default()).await?;
        let mut partner = match found(&mut session, member, kinds, login).await? {
            Ok(machine) if machine.is_partner => machine.terminal,
            Ok(_) => return Ok(Err(MachineRefused::Unknown(login.to_owned()))),
            Err(refused) => return Ok(Err(refused)),
        };
        let token = Secret::password()?;
        let hash = Sha256::digest(token.reveal().as_bytes());
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        partner.settings.insert(TOKEN.to_owned(), hex.into());
        if !session.set_terminal(&partner).await? {
            return Ok(Err(MachineRefused::Changed));
        }
        let detail = json!({ "did": "token", "terminal": login });
        finish(session, member, true, &detail, at).await?;
        Ok(Ok(token))
    }
}

async fn found(
    session: &mut Session,
    member: &Member,
    kinds: &MachineKinds,
    login: &str,
) -> Result<Result<Machine, MachineRefused>, StoreError> {
    let unknown = || MachineRefused::Unknown(login.to_owned());
    if login.chars().any(char::is_control) {
        return Ok(Err(unknown()));
    }
    let Some(terminal) = session.terminal(login).await? else {
        return Ok(Err(unknown()));
    };
    // A foreign key keeps a profile while a terminal follows it.
    let Ok(profile) = profile(session, &terminal.profile).await? else {
        return Ok(Err(unknown()));
    };
    let (action, kind) = kinds.of(&profile.settings, &terminal.settings);
    Ok(member
        .require_at(action, terminal.branch)
        .map_err(MachineRefused::from)
        .map(|()| Machine {
            is_partner: action == Action::Partner,
            not_served: (kind.serves)(&profile.settings, &terminal.settings).err(),
            terminal,
            profile,
        }))
}

async fn profile(
    session: &mut Session,
    name: &str,
) -> Result<Result<Profile, MachineRefused>, StoreError> {
    let all = session.profiles().await?;
    let found = all.into_iter().find(|profile| profile.name == name);
    Ok(found.ok_or_else(|| MachineRefused::NoProfile(name.to_owned())))
}

async fn finish(
    mut session: Session,
    member: &Member,
    partner: bool,
    detail: &serde_json::Value,
    at: &Zoned,
) -> Result<(), DeskError> {
    let action = match partner {
        true => Action::Partner,
        false => Action::Terminal,
    };
    let audited = Audited {
        action: action.name(),
        patron_id: None,
        token_id: member.token(),
        detail,
    };
    session.audit(&member.actor().stamp(at), &audited).await?;
    committed(session).await
}
