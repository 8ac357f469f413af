//! Relire: sip2-server.
