//! `relire terminal …`: who may speak SIP2.

use anyhow::{Context, bail};
use circulation::{BranchCode, Language};
use desk::hash_password;
use sip2_server::MESSAGES;
use store::{NewTerminal, StoreError};

use super::{fresh_password, network_clock, quiet};
use crate::cli::{Common, Terminal};

pub(super) async fn run(common: &Common, what: Terminal) -> anyhow::Result<()> {
    let database = quiet(common).await?;
    let now = network_clock(common, &database).await?.now().timestamp();
    let mut session = database.owner.session().await?;
    match what {
        Terminal::Add {
            login,
            branch,
            name,
            messages,
            charset,
            line_end,
            password,
        } => {
            let branch: BranchCode = branch.parse()?;
            for code in &messages {
                if !MESSAGES.contains(&code.as_str()) {
                    bail!(
                        "{code:?} is not a SIP2 request: choose from {}",
                        MESSAGES.join(" ")
                    );
                }
            }
            let messages = if messages.is_empty() {
                MESSAGES.iter().map(|&code| code.to_owned()).collect()
            } else {
                messages
            };
            let (password, made) = match password {
                Some(password) => (password, false),
                None => (fresh_password()?, true),
            };
            let new = NewTerminal {
                name: name.unwrap_or_else(|| login.clone()),
                password_hash: hash_password(&password)?,
                login,
                branch,
                messages,
                charset,
                line_end,
                language: Language::French,
                at: now,
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
                    "terminal_charset_check" => bail!(
                        "{:?} is not a charset: utf-8, cp850, latin-1 or ascii",
                        new.charset
                    ),
                    "terminal_line_end_check" => {
                        bail!("{:?} is not a line end: cr or crlf", new.line_end)
                    }
                    _ => return Err(StoreError::Constraint(name)).context("adding the terminal"),
                },
                Err(error) => return Err(error).context("adding the terminal"),
            }
            eprintln!("terminal {} may log in at {branch}", new.login);
            if made {
                eprintln!("its password, shown this once: {password}");
            }
        }
        Terminal::Revoke { login } => {
            if !session.revoke_terminal(&login, now).await? {
                bail!("no terminal {login:?} is in use");
            }
            eprintln!("terminal {login} may not log in any more");
        }
    }
    Ok(())
}
