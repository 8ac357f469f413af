//! Options of an accepted socket.

use std::io;

use rustix::net::sockopt;
use tokio::net::TcpStream;

use crate::Limits;

/// Unanswered questions after which a peer is taken for dead.
const UNANSWERED: u32 = 6;

/// Answers leave at once, and peers that were switched off are noticed: terminals are silent for
/// minutes, and a cut line says nothing.
pub(crate) fn tune(stream: &TcpStream, limits: &Limits) -> io::Result<()> {
    stream.set_nodelay(true)?;
    sockopt::set_socket_keepalive(stream, true)?;
    sockopt::set_tcp_keepidle(stream, limits.keepalive_idle)?;
    sockopt::set_tcp_keepintvl(stream, limits.keepalive_interval)?;
    sockopt::set_tcp_keepcnt(stream, UNANSWERED)?;
    Ok(())
}
