//! `relire partner …`: which systems may ask by NCIP, and how each is known and spoken to.

use anyhow::{Context, bail};
use circulation::BranchCode;
use desk::hash_password;
use jiff::Timestamp;
use ncip_server::{Manners, SERVICES, parsed_setting};
use sha2::{Digest, Sha256};
use store::{NewTerminal, Session, StoreError, Terminal, TerminalSettings};

use super::{fresh_password, network_clock, quiet, terminal::profile};
use crate::cli::{Common, Partner};

#[expect(clippy::print_stdout, reason = "what is asked for is the output")]
pub(super) async fn run(common: &Common, what: Partner) -> anyhow::Result<()> {
    let database = quiet(common).await?;
    let now = network_clock(common, &database).await?.now().timestamp();
    let mut session = database.owner.session().await?;
    match what {
        Partner::Add {
            login,
            branch,
            name,
            agencies,
            services,
            profile,
            set,
            password,
        } => {
            let new = Added {
                login,
                branch,
                name,
                agencies,
                services,
                profile,
                set,
                password,
            };
            new.add(&mut session, now).await?;
        }
        Partner::Set {
            login,
            profile,
            set,
            unset,
            services,
        } => {
            let mut partner = used(&mut session, &login).await?;
            if let Some(name) = profile {
                partner.profile = name;
            }
            check_services(&services)?;
            if !services.is_empty() {
                partner.messages = services;
            }
            for key in &unset {
                if partner.settings.remove(key).is_none() {
                    bail!("{login} has no setting {key:?} of its own: nothing was changed");
                }
            }
            lay(&set, &mut partner.settings)?;
            write(&mut session, &partner).await?;
            eprintln!("{login} is answered under these settings from its next question on");
        }
        Partner::Token { login } => {
            let mut partner = used(&mut session, &login).await?;
            let token = fresh_password()?;
            let hash = Sha256::digest(token.as_bytes());
            let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            partner.settings.insert("token".into(), hex.into());
            write(&mut session, &partner).await?;
            eprintln!("{login} sends to this path from now on, shown this once:");
            println!("/ncip/{token}");
        }
        Partner::Show { login } => {
            let partner = used(&mut session, &login).await?;
            let profile = profile::find(&mut session, &partner.profile).await?;
            let manners = Manners::parse(&profile.settings, &partner.settings)?;
            let shown = serde_json::json!({
                "login": partner.login, "branch": partner.branch, "profile": partner.profile,
                "services": partner.messages, "own": partner.settings, "settings": manners,
            });
            println!("{}", serde_json::to_string_pretty(&shown)?);
        }
        Partner::List => {
            let register = database.owner.register().await?;
            for partner in register.terminals {
                let profile = register
                    .profiles
                    .iter()
                    .find(|profile| profile.name == partner.profile);
                let settings = profile
                    .map(|profile| profile.settings.clone())
                    .unwrap_or_default();
                if !Manners::are_a_partners(&settings, &partner.settings) {
                    continue;
                }
                let agencies = match Manners::parse(&settings, &partner.settings) {
                    Ok(manners) => manners.agencies.join(", "),
                    Err(error) => format!("not served: {error}"),
                };
                let (login, branch, profile) = (&partner.login, partner.branch, &partner.profile);
                println!("{login}\t{branch}\t{profile}\t{agencies}");
            }
        }
        Partner::Revoke { login } => {
            used(&mut session, &login).await?;
            session.revoke_terminal(&login, now).await?;
            eprintln!("{login} is not answered any more");
        }
    }
    Ok(())
}

/// A partner to add, as typed.
struct Added {
    login: String,
    branch: String,
    name: Option<String>,
    agencies: Vec<String>,
    services: Vec<String>,
    profile: String,
    set: Vec<String>,
    password: Option<String>,
}

impl Added {
    async fn add(self, session: &mut Session, at: Timestamp) -> anyhow::Result<()> {
        let branch: BranchCode = self.branch.parse()?;
        let profile = profile::find(session, &self.profile).await?;
        let mut settings = TerminalSettings::new();
        if !Manners::are_a_partners(&profile.settings, &settings) {
            bail!(
                "{:?} is a profile of terminals: choose one of partners, such as ncip-broker",
                self.profile
            );
        }
        check_services(&self.services)?;
        let services = match (self.services.is_empty(), profile.messages) {
            (false, _) => self.services,
            (true, suggested) => suggested.unwrap_or_default(),
        };
        if !self.agencies.is_empty() {
            settings.insert("agencies".into(), self.agencies.into());
        }
        lay(&self.set, &mut settings)?;
        // What is known by a token gets it in the next step.
        Manners::parse_profile(&desk::laid_over(&profile.settings, &settings))?;
        let (password, made) = match self.password {
            Some(password) => (password, false),
            None => (fresh_password()?, true),
        };
        let new = NewTerminal {
            name: self.name.unwrap_or_else(|| self.login.clone()),
            password_hash: hash_password(&password)?,
            login: self.login,
            branch,
            messages: services,
            profile: profile.name,
            settings,
            at,
        };
        match session.add_terminal(&new).await {
            Ok(_) => {}
            Err(StoreError::Constraint(name)) if name == "terminal_login_key" => {
                bail!("the login {:?} is taken: choose another", new.login)
            }
            Err(StoreError::Constraint(name)) if name == "terminal_branch_fkey" => {
                bail!("there is no branch {branch}: `relire import network` brings them in")
            }
            Err(error) => return Err(error).context("adding the partner"),
        }
        eprintln!("{} is a partner at {branch}, as {}", new.login, new.profile);
        if made {
            eprintln!("its password (FromAgencyAuthentication), shown this once: {password}");
        }
        eprintln!("`relire partner token {}` makes a path for it", new.login);
        Ok(())
    }
}

/// Everything is checked before anything is written.
async fn write(session: &mut Session, partner: &Terminal) -> anyhow::Result<()> {
    let profile = profile::find(session, &partner.profile).await?;
    if !Manners::are_a_partners(&profile.settings, &partner.settings) {
        bail!(
            "{:?} is a profile of terminals: choose one of partners",
            partner.profile
        );
    }
    Manners::parse(&profile.settings, &partner.settings)?;
    if !session.set_terminal(partner).await? {
        let login = &partner.login;
        bail!("{login} was changed by somebody else at this moment: look at it, and try again");
    }
    Ok(())
}

async fn used(session: &mut Session, login: &str) -> anyhow::Result<Terminal> {
    let found = session.terminal(login).await?;
    let found = found.with_context(|| format!("no partner {login:?} is in use"))?;
    let profile = profile::find(session, &found.profile).await?;
    if !Manners::are_a_partners(&profile.settings, &found.settings) {
        bail!("{login:?} is a terminal and no partner: `relire terminal` is for those");
    }
    Ok(found)
}

fn lay(typed: &[String], settings: &mut TerminalSettings) -> anyhow::Result<()> {
    for pair in typed {
        let (key, text) = pair
            .split_once('=')
            .with_context(|| format!("{pair:?} is no setting: write KEY=VALUE"))?;
        settings.insert(key.to_owned(), parsed_setting(key, text)?);
    }
    Ok(())
}

pub(super) fn check_services(services: &[String]) -> anyhow::Result<()> {
    let names: Vec<&str> = SERVICES.iter().map(|service| service.name()).collect();
    for service in services {
        if !names.contains(&service.as_str()) {
            bail!(
                "{service:?} is not a service that is offered: choose from {}",
                names.join(" ")
            );
        }
    }
    Ok(())
}
