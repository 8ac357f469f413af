//! The profiles that come with the program, in the one place where they are written.
//!
//! They become rows when a database is opened, and are rows like any other from then on. Of products nothing is claimed
//! here but what was met in the field (`docs/ncip.md`, «What partners really send»).

use desk::{Profile, TerminalSettings};
use ncip::message::Service;
use serde_json::Value;

use super::{Authentication, BarcodeFrom, Element, Manners, NotLent, Persons, PrefixRule};

/// What a broker needs of us when its reader is ours, and when its reader is another library's.
const BROKER: &[Service] = &[
    Service::LookupUser,
    Service::LookupItem,
    Service::LookupItemSet,
    Service::LookupRequest,
    Service::LookupAgency,
    Service::AcceptItem,
    Service::DeleteItem,
    Service::CheckOutItem,
    Service::CheckInItem,
    Service::UndoCheckOutItem,
    Service::RenewItem,
    Service::RequestItem,
    Service::CancelRequestItem,
    Service::UpdateRequestItem,
    Service::CreateUserFiscalTransaction,
];

/// What a portal needs: nothing that only staff may do.
const PORTAL: &[Service] = &[
    Service::LookupUser,
    Service::LookupItem,
    Service::LookupItemSet,
    Service::LookupRequest,
    Service::LookupAgency,
    Service::RenewItem,
    Service::RequestItem,
    Service::CancelRequestItem,
    Service::UpdateRequestItem,
    Service::UpdateUser,
];

/// Every service that is served and takes a partner's rights to ask.
pub const SERVICES: &[Service] = &[
    Service::LookupUser,
    Service::LookupItem,
    Service::LookupItemSet,
    Service::LookupRequest,
    Service::LookupAgency,
    Service::AcceptItem,
    Service::DeleteItem,
    Service::CheckOutItem,
    Service::CheckInItem,
    Service::UndoCheckOutItem,
    Service::RenewItem,
    Service::RequestItem,
    Service::CancelRequestItem,
    Service::UpdateRequestItem,
    Service::CreateUserFiscalTransaction,
    Service::UpdateUser,
];

struct ReadyMade {
    name: &'static str,
    note: &'static str,
    manners: Manners,
    services: &'static [Service],
}

/// The profiles that come with the program. Their settings are those alone that differ from the default, and `protocol`.
pub fn ready_made() -> Vec<Profile> {
    all()
        .into_iter()
        .map(|ready| Profile {
            name: ready.name.into(),
            settings: differing(&ready.manners),
            messages: Some(
                ready
                    .services
                    .iter()
                    .map(|service| service.name().to_owned())
                    .collect(),
            ),
            note: ready.note.into(),
        })
        .collect()
}

fn all() -> Vec<ReadyMade> {
    let usual = Manners::default;
    let who_may_borrow = || {
        vec![
            Element::UserId,
            Element::UserPrivilege,
            Element::BlockOrTrap,
            Element::NameInformation,
        ]
    };
    vec![
        ReadyMade {
            name: "ncip-broker",
            note: "a lending broker for our readers (as ReShare): looks at a reader, brings copies, takes them back",
            manners: Manners {
                persons: Persons::Always,
                always_send: [who_may_borrow(), vec![Element::UserAddressInformation]].concat(),
                barcode_from: BarcodeFrom::ItemId,
                ..usual()
            },
            services: BROKER,
        },
        ReadyMade {
            name: "ncip-broker-v1",
            note: "a broker that speaks 1.x, often over raw TCP (as Relais): a copy is set aside by the check-in at its pickup branch",
            manners: Manners {
                persons: Persons::Always,
                always_send: who_may_borrow(),
                authentication: Authentication::Password,
                barcode_from: BarcodeFrom::RequestId,
                trap_hold: false,
                ..usual()
            },
            services: BROKER,
        },
        ReadyMade {
            name: "ncip-lender",
            note: "a broker that borrows our copies for other libraries' readers (as CIRC-ILL, VDX): set `institution` to its card",
            manners: usual(),
            services: BROKER,
        },
        ReadyMade {
            name: "ncip-portal",
            note: "a discovery portal (as VuFind): holdings, and readers' accounts after their PIN; known by its token, since it sends no header",
            manners: Manners {
                authentication: Authentication::Token,
                prefix: PrefixRule::Ns1,
                needs_pin: true,
                ..usual()
            },
            services: PORTAL,
        },
        ReadyMade {
            name: "ncip-inn-reach",
            note: "a union catalogue of INN-Reach kind: 1.x, control characters, and an answer to everything",
            manners: Manners {
                persons: Persons::Always,
                always_send: who_may_borrow(),
                authentication: Authentication::Address,
                strip_controls: true,
                not_lent: NotLent::Accepted,
                delete_on_return: true,
                ..usual()
            },
            services: BROKER,
        },
        ReadyMade {
            name: "ncip-self-check",
            note: "a desk or self-check that speaks NCIP: lends, takes back, looks",
            manners: Manners {
                persons: Persons::WithPin,
                not_lent: NotLent::Accepted,
                ..usual()
            },
            services: &[
                Service::LookupUser,
                Service::LookupItem,
                Service::CheckOutItem,
                Service::CheckInItem,
                Service::UndoCheckOutItem,
                Service::RenewItem,
            ],
        },
    ]
}

fn differing(manners: &Manners) -> TerminalSettings {
    let object = |manners: &Manners| match serde_json::to_value(manners) {
        Ok(Value::Object(settings)) => settings,
        // A plain structure is an object.
        _ => TerminalSettings::new(),
    };
    let usual = object(&Manners::default());
    let mut settings = object(manners);
    settings.retain(|key, value| key == "protocol" || usual.get(key) != Some(value));
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_can_be_read() {
        for profile in ready_made() {
            let read = Manners::parse_profile(&profile.settings);
            assert!(read.is_ok(), "{}: {read:?}", profile.name);
            assert!(Manners::are_a_partners(
                &profile.settings,
                &TerminalSettings::new()
            ));
            for name in profile.messages.unwrap() {
                assert!(Service::named(&name).is_some_and(|service| SERVICES.contains(&service)));
            }
        }
    }
}
