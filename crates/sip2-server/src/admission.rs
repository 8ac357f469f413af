//! Which terminal a connection may be: asked at log-in, and again whenever something has changed.

use desk::{Registered, Terminals};
use jiff::Timestamp;

use crate::{
    manners::{CertificateRule, Manners},
    origin::Origin,
};

/// The rule that a connection does not meet. Its peer is never told which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAdmitted {
    /// The terminal was revoked.
    Gone,
    /// It has another password now.
    PasswordChanged,
    /// Its settings cannot be read: nobody knows what it may be told.
    Settings,
    /// The certificate was revoked.
    CertificateRevoked,
    /// The certificate's time is over, or has not begun.
    CertificateExpired,
    /// No certificate of ours.
    CertificateUnknown,
    /// A certificate that is bound to other terminals.
    CertificateOfAnother,
    /// No certificate was shown, and one is required.
    CertificateMissing,
    /// Not from one of its networks.
    Address,
}

impl NotAdmitted {
    /// A stable word for logs and metrics.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Gone => "terminal_revoked",
            Self::PasswordChanged => "password_changed",
            Self::Settings => "settings",
            Self::CertificateRevoked => "certificate_revoked",
            Self::CertificateExpired => "certificate_expired",
            Self::CertificateUnknown => "certificate_unknown",
            Self::CertificateOfAnother => "certificate_of_another",
            Self::CertificateMissing => "certificate_missing",
            Self::Address => "address",
        }
    }
}

/// Whether the certificate that a connection showed still is one, whoever is logged in. One that is none of
/// ours logs in nobody, but may stay to be told so.
pub(crate) fn certificate_holds(
    origin: &Origin,
    terminals: &Terminals,
    now: Timestamp,
) -> Result<(), NotAdmitted> {
    if origin.certificate_expires.is_some_and(|end| end <= now) {
        return Err(NotAdmitted::CertificateExpired);
    }
    let shown = origin.certificate.as_ref();
    match shown.and_then(|shown| terminals.certificate(shown)) {
        Some(known) if known.revoked_at.is_some() => Err(NotAdmitted::CertificateRevoked),
        _ => Ok(()),
    }
}

/// Whether a connection may be this terminal.
pub(crate) fn admitted(
    known: &Registered,
    manners: &Manners,
    origin: &Origin,
    terminals: &Terminals,
    now: Timestamp,
) -> Result<(), NotAdmitted> {
    certificate_holds(origin, terminals, now)?;
    match &origin.certificate {
        Some(shown) => match terminals.certificate(shown) {
            None => return Err(NotAdmitted::CertificateUnknown),
            Some(bound) if !bound.terminals.contains(&known.terminal.id) => {
                return Err(NotAdmitted::CertificateOfAnother);
            }
            Some(_) => {}
        },
        None if manners.certificate == CertificateRule::Required => {
            return Err(NotAdmitted::CertificateMissing);
        }
        None => {}
    }
    let from = |network: &listener::Network| network.contains(origin.address);
    if !manners.addresses.is_empty() && !manners.addresses.iter().any(from) {
        return Err(NotAdmitted::Address);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use desk::{Certificate, Register};

    use super::*;
    use crate::fixtures::{registered, terminal};

    const OURS: [u8; 32] = [1; 32];
    const REVOKED: [u8; 32] = [2; 32];
    const OF_ANOTHER: [u8; 32] = [4; 32];
    const STRANGE: [u8; 32] = [5; 32];

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn terminals() -> Terminals {
        let certificate = |fingerprint, terminal, end, revoked| Certificate {
            fingerprint,
            subject: "lens-automate-1".into(),
            serial: "01".into(),
            not_before: at(0),
            not_after: at(end),
            issued_at: at(0),
            revoked_at: revoked,
            terminals: vec![terminal],
            logins: Vec::new(),
        };
        let register = Register {
            version: 1,
            terminals: vec![terminal(&["11"])],
            profiles: Vec::new(),
            certificates: vec![
                certificate(OURS, 7, 1000, None),
                certificate(REVOKED, 7, 1000, Some(at(5))),
                certificate(OF_ANOTHER, 8, 1000, None),
            ],
        };
        Terminals::new(register, &Terminals::default())
    }

    fn asked(manners: &Manners, origin: &Origin) -> Result<(), NotAdmitted> {
        admitted(
            &registered(terminal(&["11"])),
            manners,
            origin,
            &terminals(),
            at(100),
        )
    }

    fn showing(certificate: Option<[u8; 32]>) -> Origin {
        Origin {
            encrypted: true,
            certificate,
            ..Origin::plain(IpAddr::from([10, 1, 2, 3]))
        }
    }

    #[test]
    fn a_certificate_that_is_shown_must_be_this_terminals() {
        let usual = Manners::default();
        for (certificate, outcome) in [
            (None, Ok(())),
            (Some(OURS), Ok(())),
            (Some(REVOKED), Err(NotAdmitted::CertificateRevoked)),
            (Some(OF_ANOTHER), Err(NotAdmitted::CertificateOfAnother)),
            (Some(STRANGE), Err(NotAdmitted::CertificateUnknown)),
        ] {
            assert_eq!(asked(&usual, &showing(certificate)), outcome);
        }
        let over = Origin {
            certificate_expires: Some(at(100)),
            ..showing(Some(OURS))
        };
        assert_eq!(asked(&usual, &over), Err(NotAdmitted::CertificateExpired));
    }

    #[test]
    fn one_that_is_required_must_be_shown() {
        let strict = Manners {
            certificate: CertificateRule::Required,
            ..Manners::default()
        };
        assert_eq!(
            asked(&strict, &showing(None)),
            Err(NotAdmitted::CertificateMissing)
        );
        assert_eq!(asked(&strict, &showing(Some(OURS))), Ok(()));
    }

    #[test]
    fn only_from_its_networks() {
        let at_home = |networks: &[&str]| Manners {
            addresses: networks.iter().map(|text| text.parse().unwrap()).collect(),
            ..Manners::default()
        };
        assert_eq!(asked(&at_home(&["10.1.0.0/16"]), &showing(None)), Ok(()));
        let elsewhere = at_home(&["10.2.0.0/16", "fd00::/8"]);
        assert_eq!(
            asked(&elsewhere, &showing(Some(OURS))),
            Err(NotAdmitted::Address)
        );
    }

    #[test]
    fn only_a_certificate_that_was_ours_hangs_up_on_nobody() {
        let holds = |certificate| certificate_holds(&showing(certificate), &terminals(), at(100));
        assert!(holds(None).is_ok() && holds(Some(STRANGE)).is_ok() && holds(Some(OURS)).is_ok());
        assert!(holds(Some(REVOKED)).is_err());
    }
}
