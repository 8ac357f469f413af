//! What happens before a door sees a connection: where it comes from, whether it may come in, TLS.

use std::net::SocketAddr;

use tokio::{io::AsyncReadExt, net::TcpStream, time::timeout};

use crate::{
    Access, Limits, Secured, Stream,
    census::{Refused, Seat},
    failure::{Failure, Reason},
    proxy::{HEAD, Head, Origin, ProxyError},
};

/// Why a connection was turned away.
#[derive(Debug)]
pub(crate) enum TurnedAway {
    /// The limits said no.
    Refused(Refused),
    /// It came to nothing.
    Failed(Failure),
}

impl From<Failure> for TurnedAway {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Brings a connection as far as the door, in the time that the limits give for it. `peer` is who
/// connected, and becomes who is behind it.
pub(crate) async fn arrive(
    stream: TcpStream,
    peer: &mut SocketAddr,
    seat: &Seat,
    limits: &Limits,
) -> Result<(Stream, Secured), TurnedAway> {
    match timeout(limits.handshake, greet(stream, peer, seat, limits)).await {
        Ok(ended) => ended,
        Err(_) => {
            let told = format!("nothing agreed within {:?}", limits.handshake);
            Err(Failure::new(Reason::TimedOut, told).into())
        }
    }
}

async fn greet(
    mut stream: TcpStream,
    peer: &mut SocketAddr,
    seat: &Seat,
    limits: &Limits,
) -> Result<(Stream, Secured), TurnedAway> {
    if limits.is_proxy(peer.ip()) {
        *peer = behind(&mut stream, *peer).await?;
        seat.belongs_to(limits, peer.ip())
            .map_err(TurnedAway::Refused)?;
    }
    match &limits.access {
        Access::Plain { .. } | Access::Open => Ok((stream.into(), Secured::Plain)),
        Access::Tls(tls) => Ok(tls.accept(limits.door, stream).await?),
    }
}

/// Who is behind a proxy.
async fn behind(stream: &mut TcpStream, proxy: SocketAddr) -> Result<SocketAddr, Failure> {
    let wrong = |error: ProxyError| Failure::new(Reason::ProxyHeader, error.to_string());
    let mut head = [0; HEAD];
    stream.read_exact(&mut head).await?;
    let head = Head::read(&head).map_err(wrong)?;
    let mut rest = vec![0; head.rest()];
    stream.read_exact(&mut rest).await?;
    real(head.origin(&rest).map_err(wrong)?, proxy)
}

/// Whose limits hold for a connection that a proxy says this of.
fn real(origin: Origin, proxy: SocketAddr) -> Result<SocketAddr, Failure> {
    match origin {
        Origin::Proxy => Ok(proxy),
        // Another machine's loopback must not pass for ours, which has rights.
        Origin::Peer(peer) if is_loopback(peer) && !is_loopback(proxy) => Err(Failure::new(
            Reason::ProxyHeader,
            "the proxy speaks for its own loopback: let it give an address of the network",
        )),
        Origin::Peer(peer) => Ok(peer),
        Origin::Unknown => Err(Failure::new(
            Reason::ProxyHeader,
            "the proxy does not say for whom it connects, so no limit could hold",
        )),
    }
}

fn is_loopback(address: SocketAddr) -> bool {
    address.ip().to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_loopback_is_ours() {
        let at = |text: &str| text.parse::<SocketAddr>().unwrap();
        let said = |origin, proxy| real(origin, at(proxy)).map_err(|failure| failure.reason);
        let (here, there) = ("127.0.0.1:9", "10.1.0.9:9");
        for peer in ["127.0.0.1:1", "[::1]:1", "[::ffff:127.0.0.1]:1"] {
            let origin = Origin::Peer(at(peer));
            assert_eq!(said(origin, here), Ok(at(peer)));
            assert_eq!(said(origin, there), Err(Reason::ProxyHeader));
        }
        let peer = at("192.0.2.7:1");
        assert_eq!(said(Origin::Peer(peer), there), Ok(peer));
        assert_eq!(said(Origin::Proxy, there), Ok(at(there)));
        assert_eq!(said(Origin::Unknown, here), Err(Reason::ProxyHeader));
    }
}
