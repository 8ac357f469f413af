//! Client certificates of the demonstration: one a branch, for all its terminals.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use certificates::{Authority, describe};
use circulation::BranchCode;
use secrecy::ExposeSecret;
use store::{Session, Store};

use crate::{
    clock::machine_time,
    commands::record_certificate,
    ready,
    tls::{self, days_left, write_private},
};

/// How long one is good, and how long before its end another takes its place.
const DAYS: u32 = 397;
const EARLY_DAYS: i64 = 30;

/// Gives each terminal that the ready line names the certificate of its branch.
pub(crate) async fn certify(
    owner: &Store,
    data: &Path,
    demo: &mut ready::Demo,
) -> anyhow::Result<()> {
    let authority = tls::authority(data)?;
    let folder = data.join("tls/demo");
    fs::create_dir_all(&folder).with_context(|| format!("the folder {}", folder.display()))?;
    let mut session = owner.session().await?;
    for terminal in &mut demo.terminals {
        let (certificate, key) =
            of_branch(&mut session, &authority, &folder, &terminal.branch).await?;
        (terminal.cert, terminal.key) = (Some(certificate), Some(key));
    }
    Ok(())
}

/// The certificate of a branch: the one in the folder, if it is known to this database and good for a while.
async fn of_branch(
    session: &mut Session,
    authority: &Authority,
    folder: &Path,
    branch: &str,
) -> anyhow::Result<(PathBuf, PathBuf)> {
    let certificate = folder.join(format!("{branch}.pem"));
    let key = folder.join(format!("{branch}.key"));
    let said = fs::read_to_string(&certificate)
        .ok()
        .filter(|_| key.exists())
        .and_then(|text| describe(&text).ok())
        .filter(|said| days_left(said.not_after) > EARLY_DAYS);
    if let Some(said) = said {
        let known = session.certificates().await?;
        let good = |known: &store::Certificate| {
            known.fingerprint == said.fingerprint && known.revoked_at.is_none()
        };
        if known.iter().any(good) {
            return Ok((certificate, key));
        }
    }
    let branch_code: BranchCode = branch.parse()?;
    let terminals: Vec<i64> = session
        .terminals_at(branch_code)
        .await?
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let issued = authority.issue_client(branch, machine_time(), DAYS)?;
    write_private(&key, issued.key_pem.expose_secret())?;
    fs::write(&certificate, &issued.certificate_pem)
        .with_context(|| format!("writing {}", certificate.display()))?;
    session
        .add_certificate(&record_certificate(branch, &issued), &terminals)
        .await?;
    Ok((certificate, key))
}
