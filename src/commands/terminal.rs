//! `relire terminal …`: who may speak SIP2, and how each is spoken to.

mod certificate;
mod change;
pub(super) mod profile;

pub(crate) use certificate::record as record_certificate;

use std::path::Path;

use anyhow::{Context, bail};
use desk::{Actor, CheckinAsk, Desk};
use sip2_server::{Manners, sort_bin};
use store::BinRule;

use super::{network_clock, quiet};
use crate::{
    cli::{Addresses, Common, Terminal},
    config::Config,
    tls,
};

#[expect(clippy::print_stdout, reason = "what is asked for is the output")]
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
            profile,
            settings,
            charset,
            line_end,
            password,
        } => {
            let new = change::Added {
                login,
                branch,
                name,
                messages,
                profile,
                settings,
                shorthands: [("charset", charset), ("line_end", line_end)],
                password,
            };
            new.add(&mut session, now).await?;
        }
        Terminal::Set {
            login,
            profile,
            settings,
            unset,
            messages,
        } => {
            let changed = change::Changed {
                profile,
                settings,
                unset,
                messages,
            };
            changed.write(&mut session, &login).await?;
        }
        Terminal::Show { login } => {
            let terminal = used(session.terminal(&login).await?, &login)?;
            let profile = profile::find(&mut session, &terminal.profile).await?;
            let manners = Manners::parse(&profile.settings, &terminal.settings)?;
            let shown = serde_json::json!({
                "login": terminal.login, "branch": terminal.branch, "profile": terminal.profile,
                "messages": terminal.messages, "own": terminal.settings, "settings": manners,
            });
            println!("{}", serde_json::to_string_pretty(&shown)?);
        }
        Terminal::Profile(what) => profile::run(&mut session, what, now).await?,
        Terminal::Bins { login, file } => {
            let rules = bins(&file)?;
            if !session.set_sort_bins(&login, &rules).await? {
                bail!("no terminal {login:?} is in use");
            }
            eprintln!(
                "{} rules for the bins of {login}, from its next message on",
                rules.len()
            );
        }
        Terminal::Sort { login, barcodes } => {
            let terminal = used(session.terminal(&login).await?, &login)?;
            let profile = profile::find(&mut session, &terminal.profile).await?;
            let manners = Manners::parse(&profile.settings, &terminal.settings)?;
            drop(session);
            let clock = network_clock(common, &database).await?;
            let desk = Desk::open(database.store.clone(), clock).await?;
            for barcode in barcodes {
                let ask = CheckinAsk {
                    actor: Actor::kiosk(&terminal),
                    barcode: barcode.clone(),
                    at: desk.now(),
                    capture: manners.capture_holds,
                    dry: true,
                };
                let answer = desk.checkin(ask).await?;
                let bin = sort_bin(&terminal.sort_bins, &answer).unwrap_or("-");
                println!("{barcode}\t{bin}");
            }
        }
        Terminal::Cert {
            name,
            terminals,
            branch,
            renew,
            days,
            out,
        } => {
            let wanted = certificate::Wanted {
                name,
                terminals,
                branch,
                renew,
                days,
                out,
            };
            let authority = tls::authority(&Config::load(common, &Addresses::default())?.data)?;
            wanted.issue(&mut session, &authority).await?;
        }
        Terminal::Certs => certificate::list(&mut session).await?,
        Terminal::RevokeCert { fingerprint } => {
            certificate::revoke(&mut session, &fingerprint, now).await?;
        }
        Terminal::Revoke { login } => {
            if !session.revoke_terminal(&login, now).await? {
                bail!("no terminal {login:?} is in use");
            }
            eprintln!(
                "terminal {login} may not log in any more; what it has open is closed within seconds"
            );
        }
    }
    Ok(())
}

fn used(terminal: Option<store::Terminal>, login: &str) -> anyhow::Result<store::Terminal> {
    terminal.with_context(|| format!("no terminal {login:?} is in use"))
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
