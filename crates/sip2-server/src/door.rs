//! The door itself: what all its connections share.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use desk::{Desk, DeskError};
use sip2::{Message, messages::Response, value::SipDate};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::sync::CancellationToken;

use crate::{
    connection::{self, Operator},
    counts::Meters,
    moment::moment,
    op::{self, Call},
    profile::Profile,
    pulse::Pulse,
    settings::Settings,
    throttle::Throttle,
};

/// The SIP2 door: serves any number of connections.
pub struct Door {
    desk: Arc<Desk>,
    settings: Settings,
    throttle: Throttle,
    pulse: Pulse,
    meters: Meters,
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
        }
    }

    /// Serves one connection to its end: the peer hangs up, `shutdown` is cancelled (the present
    /// answer is still given), or a bound of the settings is met. Why goes to log and metrics.
    pub async fn serve<S>(&self, stream: S, peer: SocketAddr, shutdown: CancellationToken)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send,
    {
        connection::serve(stream, self, &self.settings, peer.ip(), &shutdown).await;
    }

    fn call<'a>(&'a self, profile: &'a Profile, asked: &'a Message) -> Call<'a> {
        Call {
            desk: &self.desk,
            settings: &self.settings,
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

    fn meters(&self) -> &Meters {
        &self.meters
    }

    async fn log_in(
        &self,
        peer: IpAddr,
        login: &Message,
    ) -> Result<Option<Arc<Profile>>, DeskError> {
        op::login::check(&self.desk, &self.throttle, peer, login).await
    }

    async fn status(&self, profile: Option<&Profile>, asked: &Message) -> Response {
        match profile {
            None => op::status::neutral(&self.settings, self.now()),
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
