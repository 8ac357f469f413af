//! `relire partner …`, as typed.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Partner {
    /// Add a partner system; its password is printed once.
    Add {
        /// What it is called here; its password is checked under this name.
        login: String,
        /// The branch that it works with.
        #[arg(long)]
        branch: String,
        /// What people call it.
        #[arg(long)]
        name: Option<String>,
        /// A code that it gives in FromAgencyId or FromSystemId; several may be given.
        #[arg(long = "agency", value_name = "CODE")]
        agencies: Vec<String>,
        /// The services that it may ask for; without this, what its profile suggests.
        #[arg(long, value_delimiter = ',')]
        services: Vec<String>,
        /// The profile that it follows: `relire terminal profile list` has those that begin with ncip-.
        #[arg(long, default_value = "ncip-broker")]
        profile: String,
        /// A setting of its own, before its profile's: `--set prefix=ns1`. docs/ncip.md lists them.
        #[arg(long, value_name = "KEY=VALUE", num_args = 1..)]
        set: Vec<String>,
        /// Its password; without this, one is made.
        #[arg(long, env = "RELIRE_PARTNER_PASSWORD", hide_env_values = true)]
        password: Option<String>,
    },
    /// Change a partner's profile, settings or services.
    Set {
        /// What it is called here.
        login: String,
        /// The profile that it now follows.
        #[arg(long)]
        profile: Option<String>,
        /// A setting of its own, before its profile's.
        #[arg(long, value_name = "KEY=VALUE", num_args = 1..)]
        set: Vec<String>,
        /// Settings of its own that it loses: its profile's hold again.
        #[arg(long, value_name = "KEY", num_args = 1..)]
        unset: Vec<String>,
        /// The services that it may ask for from now on.
        #[arg(long, value_delimiter = ',')]
        services: Vec<String>,
    },
    /// Make a path for a partner, and print it this once; one that it had is no more.
    Token {
        /// What it is called here.
        login: String,
    },
    /// Print what a partner's settings come to, as JSON.
    Show {
        /// What it is called here.
        login: String,
    },
    /// Print all partners: login, branch, profile, agencies.
    List,
    /// Take a partner out of use.
    Revoke {
        /// What it is called here.
        login: String,
    },
}
