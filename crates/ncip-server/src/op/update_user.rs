//! `UpdateUser`: change what a reader may change.

use circulation::{Language, Refusal};
use desk::{ContactAsk, Pin};
use ncip::{
    lists::General,
    message::{Body, UpdateUser, UpdateUserResponse},
    model::{PhysicalAddress, Problem, UserFields},
};

use super::{Call, Failed, Told};
use crate::problem::{about, missing, problem};

/// What is asked for, sorted.
#[derive(Default)]
struct Contact {
    email: Option<String>,
    phone: Option<String>,
    address: Option<String>,
    language: Option<Language>,
    pin: Option<Pin>,
}

/// Address, e-mail, telephone, language and PIN, with the reader's own PIN shown; anything else refuses the whole, since
/// a name is changed at a desk, with a paper. What is taken away and given anew is changed.
pub(super) async fn answer(call: &Call<'_>, ask: UpdateUser) -> Told {
    let reader = call.reader(ask.user.as_ref(), &ask.inputs).await?;
    let mut contact = Contact::default();
    if let Some(fields) = &ask.delete {
        take(fields, &mut contact)?;
        contact = emptied(contact);
    }
    if let Some(fields) = &ask.add {
        take(fields, &mut contact)?;
    }
    if reader.pin.is_none() {
        return Err(missing("AuthenticationInput").into());
    }
    let answer = call
        .desk
        .change_contact(ContactAsk {
            actor: call.actor(),
            card: reader.card.clone(),
            pin: reader.pin.clone(),
            visit: call.partner.kept.visit.clone(),
            at: call.at.clone(),
            email: contact.email,
            phone: contact.phone,
            address: contact.address,
            language: contact.language,
            new_pin: contact.pin,
        })
        .await?;
    match &answer.outcome {
        Ok(()) => Ok(Body::from(UpdateUserResponse {
            user: call.user_id(&reader.card),
        })),
        Err(refused) => Err(match refused.headline() {
            Refusal::CardUnknown | Refusal::PinWrong | Refusal::PinTooOften => {
                call.not_authenticated().into()
            }
            _ => call.refused(&answer, refused),
        }),
    }
}

/// What is to be taken away, whatever it was.
fn emptied(contact: Contact) -> Contact {
    let none = |value: Option<String>| value.map(|_| String::new());
    Contact {
        email: none(contact.email),
        phone: none(contact.phone),
        address: none(contact.address),
        // A language and a PIN are changed, never taken away.
        language: None,
        pin: None,
    }
}

fn take(fields: &UserFields, contact: &mut Contact) -> Result<(), Failed> {
    let not_readers = [
        (fields.name.is_some(), "NameInformation"),
        (fields.born_on.is_some(), "DateOfBirth"),
        (!fields.privileges.is_empty(), "UserPrivilege"),
        (!fields.blocks.is_empty(), "BlockOrTrap"),
    ];
    if let Some((_, element)) = not_readers.iter().find(|(there, _)| *there) {
        return Err(not_theirs(element).into());
    }
    for address in &fields.addresses {
        if let Some(electronic) = &address.electronic {
            let kind = electronic
                .kind
                .as_ref()
                .map(|kind| kind.text.to_lowercase())
                .unwrap_or_default();
            let data = Some(
                electronic
                    .data
                    .trim()
                    .trim_start_matches("mailto:")
                    .to_owned(),
            );
            if kind.contains("mail") || electronic.data.contains('@') {
                contact.email = data;
            } else {
                contact.phone = data;
            }
        }
        if let Some(physical) = &address.physical {
            contact.address = Some(one_line(physical));
        }
    }
    if let Some(language) = fields.languages.first() {
        contact.language = Some(match language.text.to_lowercase().as_str() {
            "fre" | "fra" | "fr" => Language::French,
            "eng" | "en" => Language::English,
            _ => return Err(not_theirs("UserLanguage").into()),
        });
    }
    if let Some(input) = fields.inputs.first() {
        contact.pin = Pin::typed(input.data.expose());
    }
    Ok(())
}

fn not_theirs(element: &str) -> Problem {
    let detail = "cela se change au guichet / that is changed at a desk";
    about(
        problem(General::CombinationForAgency, detail),
        element,
        None,
    )
}

/// An address on one line, however it is given.
fn one_line(physical: &PhysicalAddress) -> String {
    if let Some(given) = &physical.unstructured {
        let lines = given
            .data
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        return lines.collect::<Vec<_>>().join(", ");
    }
    let Some(parts) = &physical.structured else {
        return String::new();
    };
    let town = [&parts.postal_code, &parts.locality];
    let town: Vec<&str> = town.into_iter().flatten().map(String::as_str).collect();
    let above = [
        &parts.care_of,
        &parts.within,
        &parts.house,
        &parts.line1,
        &parts.line2,
        &parts.street,
        &parts.box_number,
        &parts.district,
    ];
    let mut lines: Vec<String> = above.into_iter().flatten().cloned().collect();
    lines.extend(Some(town.join(" ")).filter(|town| !town.is_empty()));
    lines.extend(parts.region.clone());
    lines.extend(parts.country.clone());
    lines.join(", ")
}
