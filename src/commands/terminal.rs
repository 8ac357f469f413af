//! `relire terminal …`: who may speak SIP2.

use std::path::Path;

use anyhow::{Context, bail};
use circulation::{BranchCode, Language};
use desk::{Actor, CheckinAsk, Desk, hash_password};
use sip2_server::{MESSAGES, sort_bin};
use store::{BinRule, NewTerminal, StoreError};

use super::{fresh_password, network_clock, quiet};
use crate::cli::{Common, Terminal};

#[expect(clippy::print_stdout, reason = "the bins are this command's output")]
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
        Terminal::Bins { login, file } => {
            let rules = bins(&file)?;
            if !session.set_sort_bins(&login, &rules).await? {
                bail!("no terminal {login:?} is in use");
            }
            eprintln!(
                "{} rules for the bins of {login}, from its next log-in on",
                rules.len()
            );
        }
        Terminal::Sort { login, barcodes } => {
            let terminal = session
                .terminal(&login)
                .await?
                .with_context(|| format!("no terminal {login:?} is in use"))?;
            drop(session);
            let clock = network_clock(common, &database).await?;
            let desk = Desk::open(database.store.clone(), clock).await?;
            for barcode in barcodes {
                let ask = CheckinAsk {
                    actor: Actor::kiosk(&terminal),
                    barcode: barcode.clone(),
                    at: desk.now(),
                    capture: true,
                    dry: true,
                };
                let answer = desk.checkin(ask).await?;
                let bin = sort_bin(&terminal.sort_bins, &answer).unwrap_or("-");
                println!("{barcode}\t{bin}");
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

/// Reads the rules of a sorter's bins.
fn bins(file: &Path) -> anyhow::Result<Vec<BinRule>> {
    let named = || format!("{}", file.display());
    let mut reader = csv::Reader::from_path(file).with_context(named)?;
    let rules: Result<Vec<BinRule>, _> = reader.deserialize().collect();
    let rules = rules.with_context(named)?;
    for rule in &rules {
        if rule.bin.trim().is_empty() || rule.bin.contains(['|', '\r', '\n']) {
            bail!("{}: {:?} is no bin", file.display(), rule.bin);
        }
    }
    Ok(rules)
}
