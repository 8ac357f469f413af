//! Client certificates of terminals: issued, listed, revoked.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail, ensure};
use certificates::{Authority, Issued};
use circulation::BranchCode;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use store::{Certificate, NewCertificate, Session};

use crate::{
    clock::machine_time,
    tls::{days_left, write_private},
};

/// A certificate to be issued.
pub(super) struct Wanted {
    pub(super) name: String,
    pub(super) terminals: Vec<String>,
    pub(super) branch: Option<String>,
    pub(super) renew: bool,
    pub(super) days: u32,
    pub(super) out: PathBuf,
}

impl Wanted {
    pub(super) async fn issue(
        self,
        session: &mut Session,
        authority: &Authority,
    ) -> anyhow::Result<()> {
        let terminals = self.bound(session).await?;
        let (certificate, key) = (
            self.out.join(format!("{}.pem", self.name)),
            self.out.join(format!("{}.key", self.name)),
        );
        for file in [&certificate, &key] {
            ensure!(
                self.renew || !file.exists(),
                "{} is there already: move it away, or say --renew",
                file.display()
            );
        }
        let issued = authority.issue_client(&self.name, machine_time(), self.days)?;
        // The files first: a certificate that nobody has the key of would stay on the list for ever.
        fs::create_dir_all(&self.out)
            .with_context(|| format!("the folder {}", self.out.display()))?;
        write_private(&key, issued.key_pem.expose_secret())?;
        fs::write(&certificate, &issued.certificate_pem)
            .with_context(|| format!("writing {}", certificate.display()))?;
        let ids: Vec<i64> = terminals.iter().map(|(id, _)| *id).collect();
        session
            .add_certificate(&record(&self.name, &issued), &ids)
            .await?;
        let logins: Vec<&str> = terminals.iter().map(|(_, login)| login.as_str()).collect();
        eprintln!("{} and {}", certificate.display(), key.display());
        eprintln!("for {}", logins.join(", "));
        eprintln!(
            "good until {}, {} days",
            issued.not_after,
            days_left(issued.not_after)
        );
        eprintln!("fingerprint {}", hexadecimal(&issued.fingerprint));
        Ok(())
    }

    /// The terminals that it is for, by number and login.
    async fn bound(&self, session: &mut Session) -> anyhow::Result<Vec<(i64, String)>> {
        if self.renew {
            let all = session.certificates().await?;
            let subject = subject(&self.name);
            let last = all
                .iter()
                .filter(|known| known.subject == subject && known.revoked_at.is_none())
                .max_by_key(|known| known.issued_at)
                .with_context(|| {
                    format!(
                        "no certificate is called {:?}: `relire terminal certs`",
                        self.name
                    )
                })?;
            return Ok(last
                .terminals
                .iter()
                .copied()
                .zip(last.logins.clone())
                .collect());
        }
        let mut bound = Vec::new();
        for login in &self.terminals {
            let terminal = session.terminal(login).await?;
            let terminal = terminal.with_context(|| format!("no terminal {login:?} is in use"))?;
            bound.push((terminal.id, terminal.login));
        }
        if let Some(branch) = &self.branch {
            let branch: BranchCode = branch.parse()?;
            bound.extend(session.terminals_at(branch).await?);
        }
        ensure!(
            !bound.is_empty(),
            "for which terminals? --terminal LOGIN, or --branch CODE for all of a branch"
        );
        Ok(bound)
    }
}

/// As the database keeps it.
pub(crate) fn record(name: &str, issued: &Issued) -> NewCertificate {
    NewCertificate {
        fingerprint: issued.fingerprint,
        subject: subject(name),
        serial: issued.serial.clone(),
        not_before: issued.not_before,
        not_after: issued.not_after,
        issued_at: machine_time(),
    }
}

fn subject(name: &str) -> String {
    format!("CN={name}")
}

#[expect(clippy::print_stdout, reason = "the list is this command's output")]
pub(super) async fn list(session: &mut Session) -> anyhow::Result<()> {
    for known in session.certificates().await? {
        let state = match known.revoked_at {
            Some(_) => "revoked".to_owned(),
            None => format!("{} days", days_left(known.not_after)),
        };
        println!(
            "{}\t{}\t{state}\t{}",
            hexadecimal(&known.fingerprint),
            known.subject,
            known.logins.join(" ")
        );
    }
    Ok(())
}

pub(super) async fn revoke(
    session: &mut Session,
    beginning: &str,
    now: Timestamp,
) -> anyhow::Result<()> {
    let beginning = beginning.to_ascii_lowercase();
    let all = session.certificates().await?;
    let meant: Vec<&Certificate> = all
        .iter()
        .filter(|known| hexadecimal(&known.fingerprint).starts_with(&beginning))
        .collect();
    let [known] = meant.as_slice() else {
        bail!(
            "{} certificates begin with {beginning:?}: `relire terminal certs` lists them",
            meant.len()
        );
    };
    if !session.revoke_certificate(&known.fingerprint, now).await? {
        bail!("{} is revoked already", known.subject);
    }
    eprintln!(
        "{} logs in nobody any more; what has it open is closed within seconds",
        known.subject
    );
    Ok(())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
