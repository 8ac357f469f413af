//! Whether the server's user can get to a place: a folder under a home of mode 0700 it cannot.

use std::{io::ErrorKind, path::Path};

use rustix::fs::{Access, access};

use crate::{Error, account::Account};

/// Walks from the root to `target` as the user that this process runs as, and names the first
/// folder that stops it. Asking the system beats reading modes: it knows access lists too.
pub(crate) fn check(target: &Path, account: Account) -> Result<(), Error> {
    let mut steps: Vec<_> = target.ancestors().collect();
    steps.reverse();
    for step in steps {
        if let Err(error) = access(step, Access::EXEC_OK) {
            return Err(match error.kind() {
                ErrorKind::PermissionDenied => Error::OutOfReach {
                    user: account.name(),
                    blocked: step.to_owned(),
                    target: target.to_owned(),
                },
                _ => Error::io("enter", step)(error.into()),
            });
        }
    }
    Ok(())
}
