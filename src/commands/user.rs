//! `relire user …`: staff and their rights.

use anyhow::{Context, bail};
use circulation::BranchCode;
use desk::{Action, hash_password};
use store::{NewStaff, StoreError};

use super::{fresh_password, network_clock, quiet};
use crate::cli::{Common, User};

pub(super) async fn run(common: &Common, what: User) -> anyhow::Result<()> {
    let User::Add {
        login,
        branch,
        name,
        rights,
        roles,
        password,
    } = what;
    let rights = rights
        .iter()
        .map(|text| right(text))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let roles = roles
        .iter()
        .map(|text| at_branch(text))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let branch: BranchCode = branch.parse()?;
    let database = quiet(common).await?;
    let at = network_clock(common, &database).await?.now().timestamp();
    let (password, made) = match password {
        Some(password) => (password, false),
        None => (fresh_password()?, true),
    };
    let new = NewStaff {
        name: name.unwrap_or_else(|| login.clone()),
        password_hash: hash_password(&password)?,
        login,
        branch,
        rights,
        roles,
        at,
    };
    match database.owner.add_staff(&new).await {
        Ok(_) => {}
        Err(StoreError::Constraint(name)) if name == "staff_user_login_key" => {
            bail!("the login {:?} is taken: choose another", new.login)
        }
        Err(StoreError::Constraint(name)) if name.ends_with("branch_fkey") => {
            bail!("a branch is not known: `relire import network` brings them in")
        }
        Err(StoreError::Constraint(name)) if name == "staff_role_role_fkey" => {
            bail!("a role is not known: there are loans, librarian, head, network")
        }
        Err(error) => return Err(error).context("adding the member of staff"),
    }
    eprintln!(
        "{} may sign in, with {} roles and {} rights besides",
        new.login,
        new.roles.len(),
        new.rights.len()
    );
    if made {
        eprintln!("the password, shown this once: {password}");
    }
    Ok(())
}

/// `override.limit` or `override.limit@LENS`.
fn right(text: &str) -> anyhow::Result<(String, Option<BranchCode>)> {
    let (action, branch) = at_branch(text)?;
    if !Action::all().any(|known| known.name() == action) {
        let known: Vec<_> = Action::all().map(Action::name).collect();
        bail!(
            "{action:?} is not a right: choose from {}",
            known.join(", ")
        );
    }
    Ok((action, branch))
}

/// `head` or `head@LENS`.
fn at_branch(text: &str) -> anyhow::Result<(String, Option<BranchCode>)> {
    let (what, branch) = match text.split_once('@') {
        Some((what, branch)) => (what, Some(branch.parse()?)),
        None => (text, None),
    };
    Ok((what.to_owned(), branch))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_is_an_action_at_a_branch_or_everywhere() {
        assert_eq!(
            right("override.limit").unwrap(),
            ("override.limit".into(), None)
        );
        assert_eq!(
            right("override.block@LENS").unwrap().1,
            Some("LENS".parse().unwrap())
        );
        assert!(
            right("override.everything")
                .unwrap_err()
                .to_string()
                .contains("override.limit")
        );
        assert!(right("override.limit@lens").is_err());
    }
}
