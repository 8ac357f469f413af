//! The door itself: what all its connections share.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use desk::{Desk, DeskError, Registered, Terminals};
use listener::Network;
use sip2::{Message, messages::Response, value::SipDate};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
};
use tokio_util::sync::CancellationToken;

use crate::{
    admission::{NotAdmitted, admitted, certificate_holds},
    connection::{self, Look, Operator},
    counts::{Meters, TerminalMeters},
    manners::Manners,
    moment::moment,
    op::{self, Call},
    origin::Origin,
    profile::Profile,
    pulse::Pulse,
    settings::Settings,
    throttle::Throttle,
};

/// The SIP2 door: serves any number of connections.
pub struct Door {
    desk: Arc<Desk>,
    settings: Settings,
    pub(crate) throttle: Throttle,
    pulse: Pulse,
    meters: Meters,
    terminal_meters: Mutex<HashMap<String, Arc<TerminalMeters>>>,
    prompts: Mutex<Prompts>,
}

/// The networks of terminals that log in by prompts, as of one snapshot.
#[derive(Default)]
struct Prompts {
    version: Option<i64>,
    networks: Vec<Network>,
}

impl Door {
    /// A door to this desk. Its meters belong to the metrics recorder that is installed by then.
    pub fn new(desk: Arc<Desk>, settings: Settings) -> Self {
        Self {
            desk,
            settings,
            throttle: Throttle::default(),
            pulse: Pulse::default(),
            meters: Meters::new(),
            terminal_meters: Mutex::default(),
            prompts: Mutex::default(),
        }
    }

    /// Serves one connection to its end: the peer hangs up, `shutdown` is cancelled (the present
    /// answer is still given), or a bound of the settings is met. Why goes to log and metrics.
    pub async fn serve<S>(&self, stream: S, origin: Origin, shutdown: CancellationToken)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send,
    {
        connection::serve(stream, self, &self.settings, &origin, &shutdown).await;
    }

    /// The desk behind it.
    pub(crate) fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// The profile of a terminal whose password was right, unless it may not be where it is.
    pub(crate) fn admit(
        &self,
        known: Arc<Registered>,
        origin: &Origin,
    ) -> Result<Profile, NotAdmitted> {
        let terminal = &known.terminal;
        let manners = self.manners(&known)?;
        let (terminals, now) = (self.desk.terminals(), self.desk.now().timestamp());
        // It may have been revoked while its password was checked.
        let still = terminals.get(&terminal.login);
        if still.is_none_or(|still| still.terminal.password_hash != terminal.password_hash) {
            return Err(NotAdmitted::Gone);
        }
        admitted(&known, &manners, origin, &terminals, now)?;
        let meters = self.meters_of(&terminal.login);
        let presence = self
            .desk
            .present(terminal.id, origin.address, origin.encrypted);
        let visit = self.desk.visit(&known.terminal);
        Ok(Profile::new(known, manners, visit, presence, meters))
    }

    fn manners(&self, known: &Registered) -> Result<Manners, NotAdmitted> {
        if known.profile.contains_key("protocol") {
            // A partner system, whose settings are in another door's words.
            return Err(NotAdmitted::Settings);
        }
        Manners::parse(&known.profile, &known.terminal.settings).map_err(|error| {
            let (terminal, profile) = (&known.terminal.login, &known.terminal.profile);
            // Written past the command line, which checks: to guess would be to tell too much.
            tracing::error!(terminal, profile, %error, "its settings cannot be read: correct them by `relire terminal set` or `relire terminal profile set`");
            NotAdmitted::Settings
        })
    }

    fn meters_of(&self, login: &str) -> Arc<TerminalMeters> {
        // Nothing panics while it is held.
        let mut all = self
            .terminal_meters
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(meters) = all.get(login) {
            return meters.clone();
        }
        let meters = Arc::new(TerminalMeters::new(login));
        all.insert(login.to_owned(), meters.clone());
        meters
    }

    fn looked(&self, origin: &Origin, profile: Option<&Profile>) -> Result<Look, NotAdmitted> {
        let (terminals, now) = (self.desk.terminals(), self.desk.now().timestamp());
        certificate_holds(origin, &terminals, now)?;
        let Some(profile) = profile else {
            return Ok(Look::Same);
        };
        let terminal = profile.terminal();
        let known = terminals
            .get(&terminal.login)
            .filter(|known| known.terminal.id == terminal.id)
            .ok_or(NotAdmitted::Gone)?;
        if known.terminal.password_hash != terminal.password_hash {
            return Err(NotAdmitted::PasswordChanged);
        }
        if Arc::ptr_eq(known, profile.known()) {
            // Not its settings, but perhaps its certificate.
            admitted(known, &profile.manners, origin, &terminals, now)?;
            return Ok(Look::Same);
        }
        // Settings that cannot be read change nothing for who is at work.
        let Ok(manners) = self.manners(known) else {
            return Ok(Look::Same);
        };
        admitted(known, &manners, origin, &terminals, now)?;
        Ok(Look::Anew(Arc::new(
            profile.renewed(known.clone(), manners),
        )))
    }

    fn call<'a>(&'a self, profile: &'a Profile, asked: &'a Message) -> Call<'a> {
        Call {
            desk: &self.desk,
            profile,
            asked,
            at: self.desk.now(),
        }
    }
}

impl Operator for Door {
    fn now(&self) -> SipDate {
        moment(&self.desk.now())
    }

    fn second(&self) -> i64 {
        self.desk.now().timestamp().as_second()
    }

    fn meters(&self) -> &Meters {
        &self.meters
    }

    fn changes(&self) -> watch::Receiver<Arc<Terminals>> {
        self.desk.terminals_watched()
    }

    fn lasts(&self, origin: &Origin) -> Option<Duration> {
        let end = origin.certificate_expires?;
        let left = end.duration_since(self.desk.now().timestamp());
        Some(Duration::try_from(left).unwrap_or_default())
    }

    fn look(&self, origin: &Origin, profile: Option<&Profile>) -> Look {
        self.looked(origin, profile).unwrap_or_else(Look::Gone)
    }

    fn prompts(&self, address: IpAddr) -> bool {
        let terminals = self.desk.terminals();
        let mut prompts = self.prompts.lock().unwrap_or_else(PoisonError::into_inner);
        if prompts.version != Some(terminals.version()) {
            let manners = |known: &Arc<Registered>| {
                Manners::parse(&known.profile, &known.terminal.settings).ok()
            };
            *prompts = Prompts {
                version: Some(terminals.version()),
                networks: terminals
                    .all()
                    .filter_map(manners)
                    .filter(|manners| manners.telnet)
                    .flat_map(|manners| manners.addresses)
                    .collect(),
            };
        }
        prompts
            .networks
            .iter()
            .any(|network| network.contains(address))
    }

    async fn log_in(
        &self,
        origin: &Origin,
        login: &Message,
    ) -> Result<Option<Arc<Profile>>, DeskError> {
        Ok(op::login::check(self, origin, login).await)
    }

    async fn status(&self, profile: Option<&Profile>, asked: &Message) -> Response {
        match profile {
            None => op::status::neutral(self.now()),
            Some(profile) => {
                let online = self.pulse.beats(self.desk.ping()).await;
                op::status::of_terminal(&self.call(profile, asked), online)
            }
        }
    }

    async fn answer(&self, profile: &Profile, asked: &Message) -> Result<Response, DeskError> {
        op::answer(&self.call(profile, asked)).await
    }
}
