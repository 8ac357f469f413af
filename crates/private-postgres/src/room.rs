//! The cluster's own folder inside the data folder: who owns it and what lies where.

use std::{
    fs::{self, DirBuilder, File, Permissions},
    io::{self, ErrorKind},
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, lchown},
    path::{Path, PathBuf},
};

use crate::{Error, account::Account, lock};

#[derive(Clone, Debug)]
pub(crate) struct Room {
    path: PathBuf,
    owner: Account,
}

impl Room {
    /// Makes it under the data folder where it is missing, and checks that it is ours to use.
    /// Several commands may do so at once.
    pub(crate) fn prepare(folder: &Path) -> Result<Self, Error> {
        let me = Account::myself()?;
        make_folders(folder, me).map_err(Error::io("make the data folder", folder))?;
        let folder = folder.canonicalize().map_err(Error::io("find", folder))?;
        let path = folder.join("postgres");
        match DirBuilder::new().mode(0o700).create(&path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(Error::io("make", path)(error));
            }
            _ => {}
        }
        // An operator may have put a link to another disk here. So may have whoever owns the data
        // folder, and pointed it at something of root's: root gives away no folder behind a link.
        let linked = path.is_symlink();
        let path = path.canonicalize().map_err(Error::io("find", &path))?;
        let mut owner = owner_of(&path).map_err(Error::io("look at", &path))?;
        if me.is_root() && owner.is_root() {
            if linked {
                return Err(Error::LinkToRoots { target: path });
            }
            let folder_owner = owner_of(&folder).map_err(Error::io("look at", &folder))?;
            owner = Account::for_new_cluster(folder_owner.uid)?;
            lchown(&path, Some(owner.uid), Some(owner.gid))
                .map_err(Error::io("give the server's user", &path))?;
        }
        if !me.is_root() && owner.uid != me.uid {
            return Err(Error::NotYours {
                room: path,
                owner: owner.name(),
                me: me.name(),
            });
        }
        Ok(Self {
            path,
            owner: owner.somebody()?,
        })
    }

    /// The same, if there is one already.
    pub(crate) fn existing(folder: &Path) -> Option<Self> {
        let path = folder.join("postgres").canonicalize().ok()?;
        let owner = owner_of(&path).ok()?;
        Some(Self { path, owner })
    }

    /// As the opener described it to its keeper.
    pub(crate) fn at(path: PathBuf, owner: Account) -> Self {
        Self { path, owner }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn owner(&self) -> Account {
        self.owner
    }

    /// The cluster itself: complete, or not there.
    pub(crate) fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    pub(crate) fn has_data(&self) -> bool {
        self.data().exists()
    }

    /// Marks a cluster that was made without durability.
    pub(crate) fn throw_away_mark(&self) -> PathBuf {
        self.path.join("throw-away")
    }

    /// A cluster stays what it was made as: one without fsync may be torn, one with it is precious.
    pub(crate) fn check_durability(&self, durable: bool) -> Result<(), Error> {
        let room = self.path.clone();
        match (self.has_data(), self.throw_away_mark().exists(), durable) {
            (true, true, true) => Err(Error::ThrowAway { room }),
            (true, false, false) => Err(Error::Durable { room }),
            _ => Ok(()),
        }
    }

    /// Held by whoever is opening: one start at a time.
    pub(crate) fn start_lock(&self) -> Result<File, Error> {
        self.lock("start.lock")
    }

    /// Held shared by every user; exclusively by the keeper, once all are gone.
    pub(crate) fn use_lock(&self) -> Result<File, Error> {
        self.lock("use.lock")
    }

    /// Held by the keeper while it lives; the file says its process number.
    pub(crate) fn keeper_lock(&self) -> Result<File, Error> {
        self.lock("keeper.lock")
    }

    /// Inherited by every process of the server, and so free only when the last one is gone.
    pub(crate) fn server_lock(&self) -> Result<File, Error> {
        self.lock("server.lock")
    }

    fn lock(&self, name: &str) -> Result<File, Error> {
        let path = self.path.join(name);
        lock::open(&path, self.owner).map_err(Error::io("open the lock", path))
    }
}

fn owner_of(path: &Path) -> io::Result<Account> {
    let found = fs::metadata(path)?;
    Ok(Account {
        uid: found.uid(),
        gid: found.gid(),
    })
}

/// Folders that we make are private to their user; root's must let the server's user through,
/// whatever the umask says.
fn make_folders(folder: &Path, me: Account) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        make_folders(parent, me)?;
    }
    let mode = if me.is_root() { 0o755 } else { 0o700 };
    match DirBuilder::new().mode(mode).create(folder) {
        Ok(()) => fs::set_permissions(folder, Permissions::from_mode(mode)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_stays_durable_or_throw_away() {
        let folder = tempfile::tempdir().unwrap();
        let room = Room::at(folder.path().to_owned(), Account::myself().unwrap());
        assert!(room.check_durability(true).is_ok() && room.check_durability(false).is_ok());

        fs::create_dir(room.data()).unwrap();
        assert!(room.check_durability(true).is_ok());
        assert!(matches!(
            room.check_durability(false),
            Err(Error::Durable { .. })
        ));

        File::create(room.throw_away_mark()).unwrap();
        assert!(matches!(
            room.check_durability(true),
            Err(Error::ThrowAway { .. })
        ));
        assert!(room.check_durability(false).is_ok());
    }

    #[test]
    fn it_is_made_once_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let data_folder = folder.path().join("a/b");
        let room = Room::prepare(&data_folder).unwrap();
        let again = Room::prepare(&data_folder).unwrap();
        assert_eq!((room.path(), room.owner()), (again.path(), again.owner()));
        assert_eq!(fs::metadata(room.path()).unwrap().mode() & 0o777, 0o700);
        assert!(!room.owner().is_root());
        assert_eq!(Room::existing(&data_folder).unwrap().path(), room.path());
        assert!(Room::existing(folder.path()).is_none());
    }
}
