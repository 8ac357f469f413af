//! What is told of a reader.

use circulation::Language;
use desk::PatronView;
use ncip::{
    Moment, Value,
    lists::{
        BlockKind, PhysicalAddressKind, UnstructuredAddressKind, UserAddressRole, UserElement,
        UserIdentifier, electronic,
    },
    model::{
        BlockOrTrap, ElectronicAddress, NameInformation, PersonalName, PhysicalAddress,
        StructuredName, UnstructuredAddress, UserAddress, UserId, UserOptionalFields,
        UserPrivilege, UserPrivilegeStatus,
    },
};

use crate::{manners::Element, op::Call};

/// The element that a setting names.
pub(crate) fn element(own: Element) -> UserElement {
    match own {
        Element::BlockOrTrap => UserElement::BlockOrTrap,
        Element::DateOfBirth => UserElement::DateOfBirth,
        Element::NameInformation => UserElement::NameInformation,
        Element::UserAddressInformation => UserElement::UserAddressInformation,
        Element::UserLanguage => UserElement::UserLanguage,
        Element::UserPrivilege => UserElement::UserPrivilege,
        Element::UserId => UserElement::UserId,
    }
}

/// What was asked for of a reader.
pub(crate) fn user(
    call: &Call<'_>,
    view: &PatronView,
    wanted: &[UserElement],
) -> UserOptionalFields {
    let wants = |element| wanted.contains(&element);
    UserOptionalFields {
        name: wants(UserElement::NameInformation)
            .then(|| name(view))
            .flatten(),
        addresses: if wants(UserElement::UserAddressInformation) {
            addresses(view)
        } else {
            Vec::new()
        },
        born_on: view
            .born_on
            .filter(|_| wants(UserElement::DateOfBirth))
            .map(Moment::Day),
        languages: Vec::from_iter(
            wants(UserElement::UserLanguage).then(|| language(view.language)),
        ),
        privileges: if wants(UserElement::UserPrivilege) {
            privileges(call, view)
        } else {
            Vec::new()
        },
        blocks: if wants(UserElement::BlockOrTrap) {
            blocks(call, view)
        } else {
            Vec::new()
        },
        ids: if wants(UserElement::UserId) {
            ids(call, view)
        } else {
            Vec::new()
        },
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn name(view: &PatronView) -> Option<NameInformation> {
    let structured = some(&view.family_name).map(|surname| StructuredName {
        prefix: None,
        given_name: some(&view.given_name),
        initials: None,
        surname,
        suffix: None,
    });
    Some(NameInformation {
        person: Some(PersonalName {
            unstructured: some(&view.name),
            structured,
        })
        .filter(|name| name.structured.is_some() || name.unstructured.is_some()),
        organizations: Vec::new(),
    })
    .filter(|name| name.person.is_some())
}

/// The e-mail address first: some programs take the first that they find.
fn addresses(view: &PatronView) -> Vec<UserAddress> {
    let at = |role: UserAddressRole, physical, electronic| UserAddress {
        role: role.into(),
        from: None,
        to: None,
        physical,
        electronic,
    };
    let line = |kind: &str, data| ElectronicAddress {
        kind: Some(electronic(kind)),
        data,
    };
    let email = some(&view.email)
        .map(|email| at(UserAddressRole::Notice, None, Some(line("mailto", email))));
    let phone =
        some(&view.phone).map(|phone| at(UserAddressRole::Notice, None, Some(line("tel", phone))));
    let home = some(&view.address).map(|data| {
        let lines = UnstructuredAddress {
            kind: Some(UnstructuredAddressKind::NewlineDelimited.into()),
            data,
        };
        let physical = PhysicalAddress {
            structured: None,
            unstructured: Some(lines),
            kind: Some(PhysicalAddressKind::Postal.into()),
        };
        at(UserAddressRole::Home, Some(physical), None)
    });
    email.into_iter().chain(phone).chain(home).collect()
}

/// ISO 639-2, bibliographic.
fn language(language: Language) -> Value {
    let code = match language {
        Language::French => "fre",
        Language::English => "eng",
    };
    Value::of(
        "http://lcweb.loc.gov/standards/iso639-2/bibcodes.html",
        code,
    )
}

/// Three keys: programs look for the one that they were built for, and take what they do not know for nothing.
fn privileges(call: &Call<'_>, view: &PatronView) -> Vec<UserPrivilege> {
    let to = view.expires_on.map(|day| call.end_of(day));
    let key = |key: &str, value: String| UserPrivilege {
        agency: call.our_agency(),
        kind: Value::of(
            "http://www.niso.org/ncip/v1_0/imp1/schemes/agencyuserprivilegetype/agencyuserprivilegetype.scm",
            key,
        ),
        from: None,
        to,
        status: Some(UserPrivilegeStatus {
            kind: Value::of(
                "http://www.niso.org/ncip/v2_0/imp1/schemes/userprivilegestatustype/userprivilegestatustype.scm",
                value,
            ),
            since: None,
        }),
        description: None,
    };
    let status = if view.standing.is_empty() {
        "Active"
    } else {
        "BLOCKED"
    };
    let category = call.book.categories.get(&view.category);
    let described = category.map(|category| category.label.clone());
    vec![
        key("STATUS", status.to_owned()),
        UserPrivilege {
            description: described,
            ..key("PROFILE", view.category.to_string())
        },
        key("LIBRARY", call.partner.their_name(view.home_branch)),
    ]
}

/// What keeps a reader from borrowing keeps from renewing and requesting too.
fn blocks(call: &Call<'_>, view: &PatronView) -> Vec<BlockOrTrap> {
    if view.standing.is_empty() {
        return Vec::new();
    }
    let block = |kind: &BlockKind| BlockOrTrap {
        agency: call.our_agency(),
        kind: (*kind).into(),
        from: None,
        to: None,
    };
    BlockKind::ALL.iter().map(block).collect()
}

/// The card, and again as the key that some brokers file readers under.
fn ids(call: &Call<'_>, view: &PatronView) -> Vec<UserId> {
    let barcode = call.user_id(&view.card);
    let key = UserId {
        kind: Some(UserIdentifier::PrimaryKey.into()),
        ..barcode.clone()
    };
    vec![barcode, key]
}
