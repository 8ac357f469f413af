//! Adding a terminal, and changing one. Everything is checked before anything is written.

use anyhow::{Context, bail};
use circulation::BranchCode;
use desk::hash_password;
use jiff::Timestamp;
use serde_json::Value;
use sip2_server::{MESSAGES, Manners, parsed_setting};
use store::{NewTerminal, Session, StoreError, TerminalSettings};

use super::{profile, used};
use crate::{cli::Settings, commands::fresh_password};

/// A terminal to add, as typed.
pub(super) struct Added {
    pub(super) login: String,
    pub(super) branch: String,
    pub(super) name: Option<String>,
    pub(super) messages: Vec<String>,
    pub(super) profile: String,
    pub(super) settings: Settings,
    pub(super) shorthands: [(&'static str, Option<String>); 2],
    pub(super) password: Option<String>,
}

impl Added {
    pub(super) async fn add(self, session: &mut Session, at: Timestamp) -> anyhow::Result<()> {
        let branch: BranchCode = self.branch.parse()?;
        let profile = profile::find(session, &self.profile).await?;
        check_messages(&self.messages)?;
        let everything = || MESSAGES.map(str::to_owned).to_vec();
        let messages = match (self.messages.is_empty(), profile.messages) {
            (false, _) => self.messages,
            (true, suggested) => suggested.unwrap_or_else(everything),
        };
        let mut settings = TerminalSettings::new();
        for (key, text) in self.shorthands {
            if let Some(text) = text {
                settings.insert(key.to_owned(), parsed_setting(key, &text)?);
            }
        }
        lay(&self.settings, &mut settings)?;
        Manners::parse(&profile.settings, &settings)?;
        let (password, made) = match self.password {
            Some(password) => (password, false),
            None => (fresh_password()?, true),
        };
        let new = NewTerminal {
            name: self.name.unwrap_or_else(|| self.login.clone()),
            password_hash: hash_password(&password)?,
            login: self.login,
            branch,
            messages,
            profile: profile.name,
            settings,
            at,
        };
        match session.add_terminal(&new).await {
            Ok(_) => {}
            Err(StoreError::Constraint(name)) => match name.as_str() {
                "terminal_login_key" => {
                    bail!("the login {:?} is taken: choose another", new.login)
                }
                "terminal_branch_fkey" => {
                    bail!("there is no branch {branch}: `relire import network` brings them in")
                }
                _ => return Err(StoreError::Constraint(name)).context("adding the terminal"),
            },
            Err(error) => return Err(error).context("adding the terminal"),
        }
        let profile = &new.profile;
        eprintln!(
            "terminal {} may log in at {branch}, as {profile}",
            new.login
        );
        if made {
            eprintln!("its password, shown this once: {password}");
        }
        Ok(())
    }
}

/// What is to change of a terminal, as typed.
pub(super) struct Changed {
    pub(super) profile: Option<String>,
    pub(super) settings: Settings,
    pub(super) unset: Vec<String>,
    pub(super) messages: Vec<String>,
}

impl Changed {
    pub(super) async fn write(self, session: &mut Session, login: &str) -> anyhow::Result<()> {
        let mut terminal = used(session.terminal(login).await?, login)?;
        if let Some(name) = self.profile {
            terminal.profile = name;
        }
        let profile = profile::find(session, &terminal.profile).await?;
        check_messages(&self.messages)?;
        if !self.messages.is_empty() {
            terminal.messages = self.messages;
        }
        for key in &self.unset {
            if terminal.settings.remove(key).is_none() {
                bail!("{login} has no setting {key:?} of its own: nothing was changed");
            }
        }
        lay(&self.settings, &mut terminal.settings)?;
        Manners::parse(&profile.settings, &terminal.settings)?;
        if !session.set_terminal(&terminal).await? {
            bail!("{login} was changed by somebody else at this moment: look at it, and try again");
        }
        eprintln!("{login} goes on under these settings within seconds, from its next message on");
        Ok(())
    }
}

/// Lays what was typed over settings.
fn lay(typed: &Settings, settings: &mut TerminalSettings) -> anyhow::Result<()> {
    for pair in &typed.set {
        let (key, text) = pair
            .split_once('=')
            .with_context(|| format!("{pair:?} is no setting: write KEY=VALUE"))?;
        settings.insert(key.to_owned(), parsed_setting(key, text)?);
    }
    if !typed.address.is_empty() {
        let networks: Vec<Value> = typed
            .address
            .iter()
            .map(|net| net.as_str().into())
            .collect();
        settings.insert("addresses".into(), networks.into());
    }
    Ok(())
}

pub(super) fn check_messages(messages: &[String]) -> anyhow::Result<()> {
    for code in messages {
        if !MESSAGES.contains(&code.as_str()) {
            bail!(
                "{code:?} is not a SIP2 request: choose from {}",
                MESSAGES.join(" ")
            );
        }
    }
    Ok(())
}
