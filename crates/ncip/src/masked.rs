//! Messages for the log: without secrets, and without persons where that is asked.

use crate::{Element, names::is_known, read};

/// Elements that hold a secret.
const SECRETS: &[&str] = &[
    "AuthenticationInputData",
    "FromSystemAuthentication",
    "FromAgencyAuthentication",
];

/// Elements with everything in them that tells of a person.
const PERSONS: &[&str] = &[
    "UserId",
    "UniqueUserId",
    "VisibleUserId",
    "PreviousUserId",
    "NameInformation",
    "UserAddressInformation",
    "DateOfBirth",
    "ShippingInformation",
    "ProblemValue",
];

/// A document as it may be logged, elements that are none of NCIP's as `?`: one line of names and values, secrets as `…`, and where `persons` is false, what tells
/// of a person too. What cannot be read is not shown: nobody knows what is in it.
///
/// ```
/// use relire_ncip::masked;
/// let sent = "<NCIPMessage><LookupUser><AuthenticationInput><AuthenticationInputData>1234</AuthenticationInputData>\
///             <AuthenticationInputType>PIN</AuthenticationInputType></AuthenticationInput></LookupUser></NCIPMessage>";
/// assert_eq!(
///     masked(sent.as_bytes(), true),
///     "NCIPMessage(LookupUser(AuthenticationInput(AuthenticationInputData=… AuthenticationInputType=PIN)))"
/// );
/// ```
pub fn masked(document: &[u8], persons: bool) -> String {
    let root = read::decode(document, None).and_then(|text| read::tree(&text));
    match root {
        Ok(root) => {
            let mut line = String::new();
            show(&root, persons, &mut line);
            line
        }
        Err(fault) => format!("{} bytes that cannot be read: {fault}", document.len()),
    }
}

fn show(element: &Element, persons: bool, line: &mut String) {
    if !is_known(&element.name) {
        // Nobody knows what is in it, nor what its name says.
        line.push('?');
        return;
    }
    line.push_str(&element.name);
    // An answer shows what it was asked: that is an element's name, or anything.
    let echoed = element.name == "ProblemElement" && !is_known(&element.text);
    let hidden = echoed
        || SECRETS.contains(&&*element.name)
        || !persons && PERSONS.contains(&&*element.name);
    if hidden {
        line.push_str("=…");
        return;
    }
    if !element.text.is_empty() {
        line.push('=');
        line.extend(
            element
                .text
                .chars()
                .map(|char| if char.is_control() { ' ' } else { char }),
        );
    }
    if !element.children.is_empty() {
        line.push('(');
        for (at, child) in element.children.iter().enumerate() {
            if at > 0 {
                line.push(' ');
            }
            show(child, persons, line);
        }
        line.push(')');
    }
}
