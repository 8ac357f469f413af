//! The PROXY protocol, version 2: a proxy says for whom it connects, in front of all other bytes.
//!
//! Pure: bytes in, origin out. The standard is HAProxy's `proxy-protocol.txt`, section 2.2. Sixteen
//! bytes come first ([`Head`]); they say how many follow, and those hold the addresses and then
//! extensions (TLVs), which are skipped.
//!
//! ```
//! use relire_listener::proxy::{HEAD, Head, Origin};
//!
//! let mut bytes = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c".to_vec();
//! bytes.extend([192, 0, 2, 7, 10, 1, 0, 5, 0xc3, 0x50, 0x17, 0x72]);
//! let head = Head::read(bytes.first_chunk::<HEAD>().unwrap()).unwrap();
//! assert_eq!(head.rest(), 12);
//! let origin = head.origin(&bytes[HEAD..]).unwrap();
//! assert_eq!(origin, Origin::Peer("192.0.2.7:50000".parse().unwrap()));
//! ```

use std::{
    fmt,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
};

/// Bytes that come first, always.
pub const HEAD: usize = 16;
/// Bytes that may follow them. The length could say 65,535; addresses take 36, and what proxies add
/// in extensions a few hundred.
pub const MOST: usize = 1024;

const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";
const VERSION: u8 = 2;
const LOCAL: u8 = 0;
const PROXY: u8 = 1;
/// Family and transport: TCP over IPv4, TCP over IPv6.
const TCP4: u8 = 0x11;
const TCP6: u8 = 0x21;
const LAST_FAMILY: u8 = 3;
const LAST_TRANSPORT: u8 = 2;

/// The first sixteen bytes, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    local: bool,
    family: u8,
    rest: usize,
}

/// Where a connection comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From the proxy itself, which looks whether we are there (`LOCAL`).
    Proxy,
    /// From this peer.
    Peer(SocketAddr),
    /// From somebody who did not come by TCP over IP (`UNSPEC`, Unix sockets, datagrams).
    Unknown,
}

/// Why a header is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyError {
    /// The connection begins with something else.
    Signature,
    /// Another version or command than are known; the byte.
    Version(u8),
    /// An address family or transport that is not defined; the byte.
    Family(u8),
    /// It goes on for longer than is taken; the length.
    Long(usize),
    /// Too few bytes for the addresses that it announces; the length.
    Short(usize),
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signature => write!(
                f,
                "the proxy sent no PROXY header: let it send version 2 (HAProxy: send-proxy-v2)"
            ),
            Self::Version(byte) => write!(f, "version and command {byte:#04x} are not known"),
            Self::Family(byte) => write!(f, "family and transport {byte:#04x} are not known"),
            Self::Long(length) => write!(f, "{length} bytes of header, {MOST} are the most"),
            Self::Short(length) => write!(f, "{length} bytes are too few for the addresses"),
        }
    }
}

impl std::error::Error for ProxyError {}

impl Head {
    /// Reads the first sixteen bytes of a connection.
    ///
    /// # Errors
    ///
    /// If they are no header of version 2, or announce too much.
    pub fn read(bytes: &[u8; HEAD]) -> Result<Self, ProxyError> {
        let [signature @ .., command, family, high, low] = bytes;
        if *signature != SIGNATURE {
            return Err(ProxyError::Signature);
        }
        let local = match (command >> 4, command & 0xf) {
            (VERSION, LOCAL) => true,
            (VERSION, PROXY) => false,
            _ => return Err(ProxyError::Version(*command)),
        };
        // Of a LOCAL connection all the rest is to be ignored, the family too.
        if !local && (family >> 4 > LAST_FAMILY || family & 0xf > LAST_TRANSPORT) {
            return Err(ProxyError::Family(*family));
        }
        let rest = usize::from(u16::from_be_bytes([*high, *low]));
        if rest > MOST {
            return Err(ProxyError::Long(rest));
        }
        Ok(Self {
            local,
            family: *family,
            rest,
        })
    }

    /// How many bytes follow; they belong to the header and must be read before anything else.
    pub fn rest(&self) -> usize {
        self.rest
    }

    /// Reads what follows.
    ///
    /// # Errors
    ///
    /// If it is too short for the addresses that the head announces.
    pub fn origin(&self, rest: &[u8]) -> Result<Origin, ProxyError> {
        if self.local {
            return Ok(Origin::Proxy);
        }
        let peer = match self.family {
            // Source and destination address, source and destination port.
            TCP4 => rest
                .first_chunk()
                .map(|[a, b, c, d, _, _, _, _, high, low, _, _]| {
                    let port = u16::from_be_bytes([*high, *low]);
                    SocketAddr::from((Ipv4Addr::new(*a, *b, *c, *d), port))
                }),
            TCP6 => rest.first_chunk::<36>().and_then(|addresses| {
                let source = *addresses.first_chunk::<16>()?;
                let port = *addresses.get(32..34)?.first_chunk::<2>()?;
                let source = Ipv6Addr::from(source);
                Some(SocketAddr::from((source, u16::from_be_bytes(port))))
            }),
            _ => return Ok(Origin::Unknown),
        };
        peer.map(Origin::Peer).ok_or(ProxyError::Short(rest.len()))
    }
}

#[cfg(test)]
mod tests;
