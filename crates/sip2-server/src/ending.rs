//! Why a connection ends. None ends without a reason in the log.

/// Why a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The terminal hung up.
    HungUp,
    /// The line broke.
    Broken,
    /// The daemon is going down.
    Shutdown,
    /// Not one byte came.
    Mute,
    /// Nobody logged in.
    NoLogIn,
    /// A message was begun and not ended.
    HalfMessage,
    /// Nothing came for long.
    Idle,
    /// The terminal does not take its answer.
    Unread,
    /// Too many wrong log-ins.
    WrongLogIns,
    /// The terminal or its certificate was revoked or expired, or may not be where it is any more.
    Revoked,
    /// Too many repetitions asked for in a row.
    Repetitions,
    /// What came before a log-in was not SIP2.
    NotSip2,
    /// It is not known whether a command was done.
    OutcomeUnknown,
    /// An answer took too long to make: it is not known whether a command was done.
    NoAnswer,
}

impl Ending {
    /// A stable word for logs and metrics.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::HungUp => "hung_up",
            Self::Broken => "broken",
            Self::Shutdown => "shutdown",
            Self::Mute => "mute",
            Self::NoLogIn => "no_log_in",
            Self::HalfMessage => "half_message",
            Self::Idle => "idle",
            Self::Unread => "unread",
            Self::WrongLogIns => "wrong_log_ins",
            Self::Revoked => "revoked",
            Self::Repetitions => "repetitions",
            Self::NotSip2 => "not_sip2",
            Self::OutcomeUnknown => "outcome_unknown",
            Self::NoAnswer => "no_answer",
        }
    }

    /// Whether that is the usual course of things.
    pub(crate) const fn is_usual(self) -> bool {
        matches!(self, Self::HungUp | Self::Shutdown)
    }
}
