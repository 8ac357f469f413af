//! Where the socket lies. A socket's address holds 107 bytes, so a deep data folder needs a short
//! stand-in: a private folder under `/tmp`, written down so that every command finds it.

use std::{
    fs::{self, DirBuilder},
    hash::{BuildHasher, RandomState},
    io::{self, ErrorKind},
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt},
    },
    path::{Path, PathBuf},
};

use crate::{Error, room::Room};

/// Only names the socket file: nothing listens on a network.
pub(crate) const PORT: u16 = 5432;
const LONGEST_ADDRESS: usize = 107;
/// Not the runtime folder of a login session: that goes when its user logs out.
const SHORT_PARENT: &str = "/tmp";

/// The socket of a server whose socket folder is this.
pub(crate) fn file_in(folder: &Path) -> PathBuf {
    folder.join(format!(".s.PGSQL.{PORT}"))
}

/// What the keeper wrote down: none before the first start.
pub(crate) fn recorded(room: &Room) -> Option<PathBuf> {
    let text = fs::read_to_string(record(room)).ok()?;
    Some(PathBuf::from(text.trim_end_matches('\n')))
}

/// For the keeper, as the server's user: chooses, makes and writes down the folder.
pub(crate) fn prepare(room: &Room) -> Result<PathBuf, Error> {
    let own = own_folder(room);
    let folder = if is_plain_and_short(&own) {
        if !own.is_dir() {
            make(&own).map_err(Error::io("make the socket folder", &own))?;
        }
        own
    } else {
        match recorded(room).filter(|folder| is_ours(folder, room)) {
            Some(folder) => folder,
            None => make_short().map_err(Error::io("make a socket folder in", SHORT_PARENT))?,
        }
    };
    let record = record(room);
    let fresh = record.with_extension("new");
    fs::write(&fresh, folder.as_os_str().as_bytes())
        .and_then(|()| fs::rename(&fresh, &record))
        .map_err(Error::io("write", record))?;
    Ok(folder)
}

/// After the server has stopped: leaves no stand-in behind.
pub(crate) fn clear(room: &Room, folder: &Path) {
    if folder != own_folder(room) && fs::remove_dir(folder).is_ok() {
        drop(fs::remove_file(record(room)));
    }
}

fn own_folder(room: &Room) -> PathBuf {
    room.path().join("socket")
}

fn record(room: &Room) -> PathBuf {
    room.path().join("socket-folder")
}

/// Server settings, URLs and clients each quote in their own way: a path with anything but these
/// characters is not worth the risk.
fn is_plain_and_short(folder: &Path) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-+".contains(byte);
    file_in(folder).as_os_str().len() <= LONGEST_ADDRESS
        && folder.as_os_str().as_bytes().iter().all(plain)
}

/// `/tmp` is everybody's: only a private folder of the server's own user will do.
fn is_ours(folder: &Path, room: &Room) -> bool {
    folder.parent() == Some(Path::new(SHORT_PARENT))
        && fs::symlink_metadata(folder).is_ok_and(|found| {
            found.is_dir() && found.uid() == room.owner().uid && found.mode() & 0o777 == 0o700
        })
}

fn make(folder: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(folder)
}

fn make_short() -> io::Result<PathBuf> {
    loop {
        let name = format!(
            "relire-{:016x}",
            RandomState::new().hash_one(std::process::id())
        );
        let folder = Path::new(SHORT_PARENT).join(name);
        match make(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;

    fn room_at(path: PathBuf) -> Room {
        fs::create_dir_all(&path).unwrap();
        Room::at(
            path,
            Account {
                uid: rustix::process::geteuid().as_raw(),
                gid: 0,
            },
        )
    }

    #[test]
    fn a_short_path_holds_its_own_socket() {
        let folder = tempfile::tempdir().unwrap();
        let room = room_at(folder.path().to_owned());
        assert!(recorded(&room).is_none());
        let socket = prepare(&room).unwrap();
        assert_eq!(socket, room.path().join("socket"));
        assert_eq!(prepare(&room).unwrap(), socket);
        clear(&room, &socket);
        assert!(socket.is_dir());
    }

    #[test]
    fn a_long_or_odd_path_gets_a_stand_in_that_all_agree_on() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["x".repeat(120), "médiathèque, l'annexe".to_owned()] {
            let room = room_at(folder.path().join(name));
            let socket = prepare(&room).unwrap();
            assert!(file_in(&socket).as_os_str().len() <= LONGEST_ADDRESS);
            assert_eq!(recorded(&room), Some(socket.clone()));
            assert_eq!(prepare(&room).unwrap(), socket);
            clear(&room, &socket);
            assert!(!socket.exists() && recorded(&room).is_none());
        }
    }

    #[test]
    fn a_stand_in_that_others_can_enter_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let room = room_at(folder.path().join("y".repeat(120)));
        let socket = prepare(&room).unwrap();
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&socket, open).unwrap();
        let other = prepare(&room).unwrap();
        assert_ne!(other, socket);
        clear(&room, &other);
        fs::remove_dir(socket).unwrap();
    }
}
