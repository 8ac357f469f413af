//! How the server is configured.
//!
//! Three places, each for a reason. What must never be otherwise stands on the command line, which
//! nothing overrides. The rest is in `relire.conf`, written anew at each start so that an upgrade
//! changes it; it ends by including the operator's `local.conf`. `ALTER SYSTEM` works as ever.

use std::{ffi::OsString, fs, path::Path};

use crate::{Error, room::Room, socket, task::Task};

/// The superuser's name inside the cluster, whatever the system calls its user.
pub(crate) const USER: &str = "relire";

/// Meant for two cores beside a daemon and its index: right with 24 GB of memory, safe with 2.
/// Terse logging and no statement texts, because details of a refused row name persons.
const COMMON: &str = "\
# Written at each start: changes here are lost. Your own settings go into local.conf beside it.
cluster_name = 'relire'
unix_socket_permissions = 0700
timezone = 'UTC'
datestyle = 'ISO, DMY'
default_text_search_config = 'pg_catalog.simple'
shared_buffers = '256MB'
effective_cache_size = '1GB'
work_mem = '8MB'
maintenance_work_mem = '128MB'
random_page_cost = 1.1
jit = off
checkpoint_timeout = '15min'
max_wal_size = '2GB'
wal_compression = on
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
log_error_verbosity = terse
log_min_error_statement = panic
";

/// Whoever can enter the socket's folder is the owner of the data already.
const WHO_MAY_CONNECT: &str = "\
# Written at each start: changes here are lost.
local all all trust
";

/// Writes the files that [`arguments`] points to.
pub(crate) fn write(room: &Room, task: &Task) -> Result<(), Error> {
    let mut conf = format!("{COMMON}max_connections = {}\n", task.max_connections);
    if room.path().join("local.conf").exists() {
        conf.push_str("include = 'local.conf'\n");
    }
    for (path, text) in [
        (conf_file(room), conf.as_str()),
        (hba_file(room), WHO_MAY_CONNECT),
    ] {
        fs::write(&path, text).map_err(Error::io("write", path))?;
    }
    Ok(())
}

/// The command line of `postgres`.
pub(crate) fn arguments(room: &Room, task: &Task, socket_folder: &Path) -> Vec<OsString> {
    let switch = if task.durable { "on" } else { "off" };
    let settings: [(&str, OsString); 8] = [
        ("config_file", conf_file(room).into()),
        ("hba_file", hba_file(room).into()),
        ("listen_addresses", OsString::new()),
        ("unix_socket_directories", socket_folder.into()),
        ("port", socket::PORT.to_string().into()),
        ("fsync", switch.into()),
        ("full_page_writes", switch.into()),
        ("synchronous_commit", switch.into()),
    ];
    let mut arguments = vec!["-D".into(), room.data().into()];
    for (name, value) in settings {
        let mut setting = OsString::from(format!("{name}="));
        setting.push(value);
        arguments.extend(["-c".into(), setting]);
    }
    arguments
}

fn conf_file(room: &Room) -> std::path::PathBuf {
    room.path().join("relire.conf")
}

fn hba_file(room: &Room) -> std::path::PathBuf {
    room.path().join("pg_hba.conf")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;

    #[test]
    fn a_durable_server_is_never_told_otherwise() {
        let owner = Account { uid: 1, gid: 1 };
        let room = Room::at("/r".into(), owner);
        let mut task = Task {
            room: "/r".into(),
            owner,
            binaries: "/b".into(),
            durable: true,
            max_connections: 9,
        };
        let durable = arguments(&room, &task, Path::new("/s"));
        for setting in ["fsync=on", "full_page_writes=on", "synchronous_commit=on"] {
            assert!(durable.contains(&setting.into()), "{setting}");
        }
        assert!(durable.contains(&"listen_addresses=".into()));
        assert!(!COMMON.contains("fsync"));

        task.durable = false;
        assert!(arguments(&room, &task, Path::new("/s")).contains(&"fsync=off".into()));
    }
}
