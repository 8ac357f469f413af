//! The command line: a contract that other people's scripts depend on.

mod holdings;
mod partner;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;

pub(crate) use self::holdings::{
    Catalogue, Export, Import, Order, Patrons, PeopleFile, Search, Source, Union,
};
pub(crate) use self::partner::Partner;

/// One daemon for a network of public libraries.
#[derive(Debug, Parser)]
#[command(name = "relire", version, about, disable_help_subcommand = false)]
pub(crate) struct CommandLine {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// The settings file (TOML); `relire check-config` says what it understood.
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "data")]
    pub(crate) config: Option<PathBuf>,
    /// The data folder; without a database URL the private Postgres lives there.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Start the daemon's clock at this moment instead of now (RFC 3339).
    #[arg(long, global = true, value_name = "RFC3339")]
    pub(crate) clock: Option<Timestamp>,
}

/// Where the doors listen. Port 0 is any free one.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Addresses {
    /// SIP2 in plain text: loopback, or networks named in the settings.
    #[arg(long, value_name = "ADDR")]
    pub(crate) sip2: Option<String>,
    /// SIP2 in TLS, from anywhere; `off` for none.
    #[arg(long, value_name = "ADDR")]
    pub(crate) sip2_tls: Option<String>,
    /// NCIP over raw TCP, in plain text: loopback, or networks named in the settings; `off` for none.
    #[arg(long, value_name = "ADDR")]
    pub(crate) ncip: Option<String>,
    /// Z39.50, in plain text from anywhere that this address is reached from; `off` for none.
    #[arg(long, value_name = "ADDR")]
    pub(crate) z3950: Option<String>,
    /// HTTP: SRU, OAI-PMH and NCIP; `off` for none.
    #[arg(long, value_name = "ADDR")]
    pub(crate) http: Option<String>,
    /// The same in TLS, from anywhere; none without this.
    #[arg(long, value_name = "ADDR")]
    pub(crate) https: Option<String>,
    /// Health, readiness and metrics.
    #[arg(long, value_name = "ADDR")]
    pub(crate) ops: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the demonstration network: 27 branches, fictional readers, real works.
    Demo {
        #[command(flatten)]
        addresses: Addresses,
    },
    /// Serve the doors on what the database holds.
    Serve {
        #[command(flatten)]
        addresses: Addresses,
    },
    /// Bring something in.
    #[command(subcommand)]
    Import(Import),
    /// What is one document and what is not: doubts, merges, and the way back.
    #[command(subcommand)]
    Union(Union),
    /// Write something out.
    #[command(subcommand)]
    Export(Export),
    /// Search the catalogue, and see where the copies are now.
    Search(Search),
    /// Build every daemon's index anew from the database.
    Reindex,
    /// How each branch's catalogue files are read.
    #[command(subcommand)]
    Source(Source),
    /// A self-check in this terminal, as a client of a running daemon.
    Kiosk(Kiosk),
    /// Play SIP2 dialogues against any server, and say where its answers are others.
    Dialogue(Dialogue),
    /// Say why an event went as it did.
    Why {
        /// The event's number, as screens and logs show it.
        event: i64,
        /// In English instead of French.
        #[arg(long)]
        english: bool,
    },
    /// What a branch has to fetch, send, expect and clear away, as JSON.
    List {
        /// Which list.
        what: List,
        /// The branch.
        #[arg(long)]
        branch: String,
    },
    /// Take something off the list of what machines did off-line: somebody has looked at it.
    Settle {
        /// The number that `relire list offline` gives it.
        number: i64,
    },
    /// Readers who may be one person.
    #[command(subcommand)]
    Patrons(Patrons),
    /// Partner systems: who may ask by NCIP, and how each is known and spoken to.
    #[command(subcommand)]
    Partner(Partner),
    /// Terminals: who may speak SIP2.
    #[command(subcommand)]
    Terminal(Terminal),
    /// Look at all terminals: who is connected, since when, and what is wrong.
    Terminals {
        /// Look again every two seconds, until interrupted.
        #[arg(long)]
        watch: bool,
    },
    /// Staff and their rights.
    #[command(subcommand)]
    User(User),
    /// The rules.
    #[command(subcommand)]
    Policy(Policy),
    /// Bring the database's schema up to date.
    Migrate,
    /// Look at everything that the daemon needs, and say what is wrong and what to do.
    Doctor,
    /// Read the settings and say what was understood.
    CheckConfig,
}

/// A branch's lists.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum List {
    /// What to fetch from the shelves for whoever waits.
    Pull,
    /// What left for other branches, and what is expected from them.
    Shuttle,
    /// What waits on the hold shelf, and what is to be cleared from it.
    Shelf,
    /// What machines did off-line and somebody has to look at; `relire settle NUMBER` takes one off.
    Offline,
}

#[derive(Debug, Args)]
pub(crate) struct Kiosk {
    /// The daemon's SIP2 address.
    #[arg(default_value = "127.0.0.1:6001")]
    pub(crate) host: String,
    /// The terminal's login.
    #[arg(long, default_value = "lens-automate-1")]
    pub(crate) login: String,
    /// The terminal's password; better in the variable.
    #[arg(
        long,
        env = "RELIRE_KIOSK_PASSWORD",
        hide_env_values = true,
        default_value = "demo"
    )]
    pub(crate) password: String,
    /// Begin with this card.
    #[arg(long)]
    pub(crate) card: Option<String>,
    /// That card's PIN.
    #[arg(long)]
    pub(crate) pin: Option<String>,
    /// In English instead of French.
    #[arg(long)]
    pub(crate) english: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Dialogue {
    /// The server's address, 127.0.0.1:6001 if left out; then dialogue files, or folders of them.
    #[arg(required = true, value_name = "[HOST] FILES")]
    pub(crate) what: Vec<String>,
    /// What a dialogue needs: `card=…`, `pin=…`, `item=…`. protocol-fixtures/sip2/README.md lists the names.
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub(crate) values: Vec<String>,
    /// A file of such lines, for passwords and PINs that no list of processes should show.
    #[arg(long, value_name = "FILE")]
    pub(crate) values_from: Option<PathBuf>,
    /// How many seconds an answer is waited for.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub(crate) patience: u64,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Terminal {
    /// Add a terminal; its password is printed once.
    Add {
        /// Its SIP2 login.
        login: String,
        /// The branch where it stands.
        #[arg(long)]
        branch: String,
        /// What people call it.
        #[arg(long)]
        name: Option<String>,
        /// The SIP2 messages that it may send, two digits each; without this, what its profile suggests, or all.
        #[arg(long, value_delimiter = ',')]
        messages: Vec<String>,
        /// The profile that it follows: `relire terminal profile list`.
        #[arg(long, default_value = "self-check")]
        profile: String,
        #[command(flatten)]
        settings: Settings,
        /// utf-8, cp850, latin-1 or ascii; the same as `--set charset=…`.
        #[arg(long)]
        charset: Option<String>,
        /// cr or crlf; the same as `--set line_end=…`.
        #[arg(long)]
        line_end: Option<String>,
        /// Its password; without this, one is made.
        #[arg(long, env = "RELIRE_TERMINAL_PASSWORD", hide_env_values = true)]
        password: Option<String>,
    },
    /// Change a terminal's profile, settings or rights; its open connections go on under them.
    Set {
        /// Its SIP2 login.
        login: String,
        /// The profile that it now follows.
        #[arg(long)]
        profile: Option<String>,
        #[command(flatten)]
        settings: Settings,
        /// Settings of its own that it loses: its profile's hold again.
        #[arg(long, value_name = "KEY", num_args = 1..)]
        unset: Vec<String>,
        /// The SIP2 messages that it may send from now on.
        #[arg(long, value_delimiter = ',')]
        messages: Vec<String>,
    },
    /// Print what a terminal's settings come to, as JSON.
    Show {
        /// Its SIP2 login.
        login: String,
    },
    /// Profiles: settings that many terminals share.
    #[command(subcommand)]
    Profile(Profile),
    /// Give a sorter its bins.
    Bins {
        /// Its SIP2 login.
        login: String,
        /// CSV with the header `fate,destination,document,bin`; an empty cell fits anything, the first row that fits
        /// counts. Fates: stays, hold_here, hold_elsewhere, travels, staff, rejected.
        file: PathBuf,
    },
    /// Say which bin a sorter would drop items in, without moving anything.
    Sort {
        /// Its SIP2 login.
        login: String,
        /// The items' barcodes.
        #[arg(required = true)]
        barcodes: Vec<String>,
    },
    /// Issue a client certificate for terminals, from the authority in the data folder: NAME.pem and NAME.key.
    Cert {
        /// What people call the set of terminals, such as LENS-automates.
        name: String,
        /// A terminal that may log in with it; several may be given.
        #[arg(long = "terminal", value_name = "LOGIN")]
        terminals: Vec<String>,
        /// All terminals of this branch.
        #[arg(long, value_name = "CODE")]
        branch: Option<String>,
        /// For the terminals that a certificate of this name is bound to already. The old one stays good until its end.
        #[arg(long, conflicts_with_all = ["terminals", "branch"])]
        renew: bool,
        /// How long it is good.
        #[arg(long, default_value_t = 397)]
        days: u32,
        /// The folder that both files go to.
        #[arg(long, value_name = "DIR", default_value = ".")]
        out: PathBuf,
    },
    /// Print all client certificates, the first to end first.
    Certs,
    /// Revoke a client certificate; connections that showed it are closed within seconds.
    RevokeCert {
        /// Its fingerprint, or so much of its beginning that it is the only one.
        fingerprint: String,
    },
    /// Take a terminal out of use; its open connections are closed within seconds.
    Revoke {
        /// Its SIP2 login.
        login: String,
    },
}

/// Settings of a terminal's own.
#[derive(Debug, Args)]
pub(crate) struct Settings {
    /// A setting of its own, before its profile's: `--set due_date=dd/mm/yyyy`. docs/sip2.md lists them.
    #[arg(long, value_name = "KEY=VALUE", num_args = 1..)]
    pub(crate) set: Vec<String>,
    /// A network that it may log in from: 10.62.3.0/24 or one address. Several may be given.
    #[arg(long, value_name = "NET", num_args = 1..)]
    pub(crate) address: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Profile {
    /// Print all profiles, a line each.
    List,
    /// Print a profile as JSON, as `set` reads it.
    Show {
        /// Its name.
        name: String,
    },
    /// Write a profile; terminals that follow it are spoken to accordingly from their next message on.
    Set {
        /// Its name.
        name: String,
        /// JSON: `{"note": "…", "messages": ["09"], "settings": {"always_alert_type": true}}`; without messages, a
        /// new terminal may send all.
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Add a member of staff; the password is printed once.
    Add {
        /// Their login.
        login: String,
        /// The branch where they work.
        #[arg(long)]
        branch: String,
        /// Their name, as colleagues see it.
        #[arg(long)]
        name: Option<String>,
        /// Roles that they have: loans, librarian, head, network; `head` everywhere, `head@LENS` at one branch.
        #[arg(long = "role", value_name = "ROLE[@BRANCH]")]
        roles: Vec<String>,
        /// Actions that they may do besides: `override.limit` everywhere, `override.limit@LENS` at one branch.
        #[arg(long = "right", value_name = "ACTION[@BRANCH]")]
        rights: Vec<String>,
        /// Their password; without this, one is made.
        #[arg(long, env = "RELIRE_USER_PASSWORD", hide_env_values = true)]
        password: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Policy {
    /// Check a rules file against the network: errors, and rules that can never matter.
    Check {
        /// The rules (TOML).
        file: PathBuf,
    },
    /// Publish a rules file as a new version from its own date on.
    Publish {
        /// The rules (TOML).
        file: PathBuf,
        /// Who publishes it.
        #[arg(long)]
        author: String,
    },
}

pub(crate) fn parse() -> CommandLine {
    CommandLine::parse()
}
