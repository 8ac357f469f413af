//! What the doors of machines say of settings, for who sets them from a page.

use desk::{MachineKind, MachineKinds, laid_over};

/// Terminals by SIP2, partners by NCIP.
pub(crate) const KINDS: MachineKinds = MachineKinds {
    terminal: MachineKind {
        messages: || sip2_server::MESSAGES.to_vec(),
        check: |profile, own| done(sip2_server::Manners::parse(profile, own)),
        serves: |profile, own| done(sip2_server::Manners::parse(profile, own)),
    },
    partner: MachineKind {
        messages: || {
            let services = ncip_server::SERVICES.iter();
            services.map(|service| service.name()).collect()
        },
        // What is known by a token gets it in the next step.
        check: |profile, own| {
            done(ncip_server::Manners::parse_profile(&laid_over(
                profile, own,
            )))
        },
        serves: |profile, own| done(ncip_server::Manners::parse(profile, own)),
    },
    is_partner: ncip_server::Manners::are_a_partners,
};

fn done<T, E: std::fmt::Display>(parsed: Result<T, E>) -> Result<(), String> {
    parsed.map(drop).map_err(|error| error.to_string())
}
