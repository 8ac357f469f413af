//! `relire terminal profile …`: settings that many terminals share.

use std::fs;

use anyhow::{Context, bail};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sip2_server::Manners;
use store::{Session, TerminalSettings};

use super::{super::partner::check_services, change::check_messages};
use crate::cli::Profile;

/// A profile as a file has it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    note: String,
    /// Without them, a new terminal may send all.
    #[serde(default)]
    messages: Option<Vec<String>>,
    settings: TerminalSettings,
}

#[expect(clippy::print_stdout, reason = "what is asked for is the output")]
pub(super) async fn run(session: &mut Session, what: Profile, at: Timestamp) -> anyhow::Result<()> {
    match what {
        Profile::List => {
            let profiles = session.profiles().await?;
            let widest = profiles.iter().map(|profile| profile.name.len()).max();
            for profile in &profiles {
                let width = widest.unwrap_or_default();
                println!("{:width$}  {}", profile.name, profile.note);
            }
        }
        Profile::Show { name } => {
            let profile = find(session, &name).await?;
            let file = File {
                note: profile.note,
                messages: profile.messages,
                settings: profile.settings,
            };
            println!("{}", serde_json::to_string_pretty(&file)?);
        }
        Profile::Set { name, file } => {
            let named = || format!("{}", file.display());
            let text = fs::read_to_string(&file).with_context(named)?;
            let read: File = serde_json::from_str(&text).with_context(named)?;
            let profile = read.checked(&name)?;
            let followers = session.terminals_of(&name).await?;
            checked(&profile.settings, &TerminalSettings::new()).with_context(named)?;
            for terminal in &followers {
                checked(&profile.settings, &terminal.settings).with_context(|| {
                    format!(
                        "{} follows this profile, and its own settings do not fit it",
                        terminal.login
                    )
                })?;
            }
            session.set_profile(&profile, at).await?;
            let count = followers.len();
            eprintln!(
                "profile {name}: {count} terminals go on under it within seconds, from their next message on"
            );
        }
    }
    Ok(())
}

impl File {
    fn checked(self, name: &str) -> anyhow::Result<store::Profile> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || name.starts_with('-') || !name.chars().all(fits) {
            bail!("{name:?} is no name of a profile: small letters, digits and hyphens");
        }
        let messages = self.messages.as_deref().unwrap_or_default();
        if ncip_server::Manners::are_a_partners(&self.settings, &TerminalSettings::new()) {
            check_services(messages)?;
        } else {
            check_messages(messages)?;
        }
        Ok(store::Profile {
            name: name.to_owned(),
            settings: self.settings,
            messages: self.messages,
            note: self.note,
        })
    }
}

/// Settings are a terminal's or a partner's, each in the words of its own door.
fn checked(profile: &TerminalSettings, own: &TerminalSettings) -> anyhow::Result<()> {
    if ncip_server::Manners::are_a_partners(profile, own) {
        let laid = desk::laid_over(profile, own);
        ncip_server::Manners::parse_profile(&laid)?;
    } else if own.is_empty() {
        Manners::parse_profile(profile)?;
    } else {
        Manners::parse(profile, own)?;
    }
    Ok(())
}

/// The profile with this name.
pub(in crate::commands) async fn find(
    session: &mut Session,
    name: &str,
) -> anyhow::Result<store::Profile> {
    let profiles = session.profiles().await?;
    let known: Vec<_> = profiles
        .iter()
        .map(|profile| profile.name.clone())
        .collect();
    profiles
        .into_iter()
        .find(|profile| profile.name == name)
        .with_context(|| format!("there is no profile {name:?}: {}", known.join(", ")))
}
