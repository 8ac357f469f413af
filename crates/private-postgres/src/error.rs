//! Everything that can go wrong, said so that the reader knows what to do.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::binaries::{ENVIRONMENT, MINIMUM_MAJOR};

/// Why a cluster could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The program's `main` cannot serve as a keeper.
    #[error(
        "this program cannot keep a Postgres: its main must call \
         private_postgres::become_keeper_if_asked() first"
    )]
    MainDoesNotAsk,

    /// There is no default place for data.
    #[error(
        "no place for the data: neither XDG_DATA_HOME nor HOME is set; name a folder with --data"
    )]
    NoHome,

    /// No usable Postgres is installed.
    #[error(
        "found no PostgreSQL {MINIMUM_MAJOR} or newer (looked in PATH, pg_config --bindir and \
         /usr/lib/postgresql); install it: apt-get install -y --no-install-recommends postgresql, \
         or set {ENVIRONMENT} to the folder that holds initdb and postgres"
    )]
    NoBinaries,

    /// The environment names a folder without a usable Postgres.
    #[error(
        "{ENVIRONMENT} is {folder:?}, which holds no PostgreSQL {MINIMUM_MAJOR} or newer \
         (initdb and postgres); correct or unset it"
    )]
    WrongBinaries {
        /// What the variable says.
        folder: PathBuf,
    },

    /// The data were made by a major version that is not installed.
    #[error(
        "the data in {data:?} were made by PostgreSQL {major}, which is not installed; install it \
         (apt-get install -y --no-install-recommends postgresql-{major}), or move the data to the \
         installed version with pg_upgrade or pg_dump and restore"
    )]
    OtherVersion {
        /// The cluster's folder.
        data: PathBuf,
        /// Its major version.
        major: u32,
    },

    /// `PG_VERSION` is missing or unreadable as a number.
    #[error(
        "{data:?} is not a Postgres cluster (no valid PG_VERSION in it); move it away or restore it"
    )]
    NotACluster {
        /// The folder in question.
        data: PathBuf,
    },

    /// Root has nobody to drop to.
    #[error(
        "Postgres does not run as root, and there is no user postgres to run it as; the Debian \
         package makes it: apt-get install -y --no-install-recommends postgresql \
         (or: useradd --system --no-create-home postgres)"
    )]
    NoUser,

    /// `nobody` is shared by unrelated programs, so what it owns is anybody's.
    #[error(
        "a cluster never belongs to user nobody, whom unrelated programs share; use a user of its own"
    )]
    Nobody,

    /// The cluster belongs to somebody else.
    #[error(
        "{room:?} belongs to user {owner}, not to {me}; run this command as {owner} or as root"
    )]
    NotYours {
        /// The folder in question.
        room: PathBuf,
        /// Its owner.
        owner: String,
        /// Who asks.
        me: String,
    },

    /// The cluster's folder is a link, and what it leads to is root's.
    #[error(
        "the cluster's folder is a link to {target:?}, which belongs to root; if that is meant, \
         give it to the user that shall run Postgres: chown postgres: {target:?}"
    )]
    LinkToRoots {
        /// Where the link leads.
        target: PathBuf,
    },

    /// The server's user cannot get to the folder or the binaries.
    #[error(
        "Postgres runs as user {user}, who may not pass {blocked:?} on the way to {target:?}; \
         choose a data folder elsewhere (for root, /var/lib/relire is made for it) or let others \
         pass: chmod o+x {blocked:?}"
    )]
    OutOfReach {
        /// The user that the server runs as.
        user: String,
        /// The first folder that stops it.
        blocked: PathBuf,
        /// Where it has to get to.
        target: PathBuf,
    },

    /// A throw-away cluster was asked to be durable.
    #[error(
        "the cluster in {room:?} was made as throw-away, without fsync, so its data cannot be \
         trusted after a crash; choose another folder or delete this one"
    )]
    ThrowAway {
        /// The folder in question.
        room: PathBuf,
    },

    /// A durable cluster was asked to give up durability.
    #[error(
        "the cluster in {room:?} holds real data and is not opened without fsync; choose another folder"
    )]
    Durable {
        /// The folder in question.
        room: PathBuf,
    },

    /// Keeper or server said why they could not start.
    #[error("the private Postgres did not start: {reason}")]
    NotStarted {
        /// In words, with the end of the log where there is one.
        reason: String,
    },

    /// It is still starting, or an earlier one still stopping.
    #[error("the private Postgres in {room:?} did not answer within {waited:?} ({stage}){tail}")]
    TooSlow {
        /// The folder in question.
        room: PathBuf,
        /// How long it was waited for.
        waited: Duration,
        /// What was being waited for.
        stage: &'static str,
        /// The end of the server log.
        tail: String,
    },

    /// The operating system refused.
    #[error("cannot {doing} {path:?}: {source}")]
    Io {
        /// What was being done, as in "cannot … PATH".
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl Error {
    /// For `map_err`: names the deed and the path beside the system's reason.
    pub(crate) fn io(
        doing: &'static str,
        path: impl AsRef<Path>,
    ) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            doing,
            path: path.as_ref().to_owned(),
            source,
        }
    }
}
