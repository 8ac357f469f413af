//! TLS: the settings in force, and the handshake.

use std::{fmt, sync::Arc};

use arc_swap::ArcSwap;
use rustls::{HandshakeKind, ServerConfig};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::{
    ClientCertificate, Secured, Stream,
    failure::{Failure, Reason},
    turns::Turns,
};

/// What may wait for a peer that does not read, in bytes, before a write has to wait too. Answers
/// are smaller; the usual 64 KiB would let a flood of such peers fill the memory.
const UNREAD: usize = 16 * 1024;

/// The TLS settings of one or more doors: cheap to clone, and exchanged for all clones at once.
///
/// Clones share the bound on handshakes too, so give the doors of one process clones of one.
#[derive(Clone)]
pub struct Tls(Arc<Shared>);

struct Shared {
    config: ArcSwap<ServerConfig>,
    turns: Turns,
}

impl Tls {
    /// With these settings. `max_fragment_size` is better left alone: it bounds what is sent at
    /// once, not what is kept, so that an idle connection gains nothing by it.
    pub fn new(config: impl Into<Arc<ServerConfig>>) -> Self {
        Self::with_turns(config, Turns::default())
    }

    pub(crate) fn with_turns(config: impl Into<Arc<ServerConfig>>, turns: Turns) -> Self {
        Self(Arc::new(Shared {
            config: ArcSwap::new(config.into()),
            turns,
        }))
    }

    /// Takes other settings for connections that begin from now on; those that are open go on with
    /// theirs. Sessions of the former settings are not resumed, if their tickets were their own.
    pub fn replace(&self, config: impl Into<Arc<ServerConfig>>) {
        self.0.config.store(config.into());
    }

    /// Shakes hands, and checks the peer's certificate by the settings' own clock, which is the
    /// real time unless somebody put another there.
    pub(crate) async fn accept(
        &self,
        door: &'static str,
        stream: TcpStream,
    ) -> Result<(Stream, Secured), Failure> {
        // A peer that says nothing costs no more than its socket.
        stream.readable().await?;
        let config = self.0.config.load_full();
        let accepting = TlsAcceptor::from(config.clone())
            .accept_with(stream, |session| session.set_buffer_limit(Some(UNREAD)));
        let stream = self.0.turns.take(accepting).await?;
        let (_, session) = stream.get_ref();
        let now = config
            .time_provider
            .current_time()
            .ok_or_else(|| Failure::new(Reason::Protocol, "the time is not known"))?;
        // Looked at here, for a resumed session brings what was verified when it began.
        let chain = session.peer_certificates().unwrap_or_default();
        let certificate = ClientCertificate::good_at(chain, now)?;
        let kind = match session.handshake_kind() {
            Some(HandshakeKind::Resumed) => "resumed",
            _ => "full",
        };
        metrics::counter!("relire_listener_handshakes_total", "door" => door, "kind" => kind)
            .increment(1);
        Ok((stream.into(), Secured::Tls { certificate }))
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}
