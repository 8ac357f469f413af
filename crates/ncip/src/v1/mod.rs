//! The 1.x dialect, as another way to write the same tree: names begin with `Unique` and `Visible`, values from lists
//! have two elements, problems have another shape.
//!
//! Both directions are over trees, so that there is one typed model and one way to read and write it.

mod order;

use std::borrow::Cow;

use crate::Element;
use order::{CHILDREN, PAIRS};

/// Names that differ, ours (2.x) first.
const NAMES: &[(&str, &str)] = &[
    ("AgencyId", "UniqueAgencyId"),
    ("BibliographicId", "UniqueBibliographicId"),
    ("ItemId", "UniqueItemId"),
    ("RequestId", "UniqueRequestId"),
    ("UserId", "UniqueUserId"),
];

/// Names that 1.x has for the same in another place.
const VISIBLE: &[(&str, &str)] = &[
    ("UserId", "VisibleUserId"),
    ("UserIdentifierType", "VisibleUserIdentifierType"),
    ("UserIdentifierValue", "VisibleUserIdentifier"),
    ("ItemId", "VisibleItemId"),
    ("ItemIdentifierType", "VisibleItemIdentifierType"),
    ("ItemIdentifierValue", "VisibleItemIdentifier"),
];

/// What only 1.x has.
const ITS_OWN: &[&str] = &[
    "UniqueAgencyId",
    "UniqueUserId",
    "UniqueItemId",
    "UniqueRequestId",
    "UniqueBibliographicId",
    "VisibleUserId",
    "VisibleItemId",
    "AuthenticateUser",
];

/// Whether a tree can only be of 1.x.
pub(crate) fn is_its(root: &Element) -> bool {
    root.has_below(ITS_OWN)
}

/// The tree as 2.x has it. One that is so already stays as it is.
pub(crate) fn understood(mut element: Element) -> Element {
    let mut names = NAMES.iter().chain(VISIBLE);
    if let Some((ours, _)) = names.find(|(_, theirs)| *theirs == element.name) {
        element.name = Cow::Borrowed(*ours);
    }
    if let [first, rest @ ..] = element.children.as_slice()
        && matches!(&*first.name, "Scheme" | "Value")
        && rest.iter().all(|other| other.name == "Value")
    {
        let text = |name: &str| element.child(name).map(|child| child.text.clone());
        let (scheme, value) = (text("Scheme"), text("Value"));
        element.scheme = scheme.filter(|scheme| !scheme.is_empty());
        element.text = value.unwrap_or_default();
        element.children.clear();
        return element;
    }
    let mut children = Vec::with_capacity(element.children.len());
    for child in std::mem::take(&mut element.children) {
        match &*child.name {
            "UserTransaction" => children.extend(child.children.into_iter().map(understood)),
            "Problem" if errors(&child).next().is_some() => {
                children.extend(errors(&child).map(problem));
            }
            "MessagingError" | "ProcessingError" => children.push(problem(&child)),
            _ => children.push(understood(child)),
        }
    }
    element.children = children;
    element
}

fn errors(problem: &Element) -> impl Iterator<Item = &Element> {
    let is_error = |child: &&Element| matches!(&*child.name, "ProcessingError" | "MessagingError");
    problem.children.iter().filter(is_error)
}

/// A problem of 1.x: its type, and one element within another down to the value.
fn problem(error: &Element) -> Element {
    let mut problem = Element::new("Problem");
    let mut pending = Some(error);
    let mut told: Option<&Element> = None;
    while let Some(within) = pending.take() {
        for child in &within.children {
            match &*child.name {
                "ProcessingErrorType" | "MessagingErrorType" => {
                    let kind = understood(child.clone());
                    problem.children.insert(
                        0,
                        Element {
                            name: "ProblemType".into(),
                            ..kind
                        },
                    );
                }
                "ProcessingErrorElement" | "MessagingErrorElement" => pending = Some(child),
                "ElementName" => told = Some(child),
                "ProcessingErrorValue" | "MessagingErrorValue" => {
                    problem
                        .children
                        .push(Element::leaf("ProblemDetail", child.text.clone()));
                }
                _ => {}
            }
        }
    }
    if let Some(told) = told {
        problem
            .children
            .push(Element::leaf("ProblemElement", told.text.clone()));
    }
    problem
}

/// A tree of 2.x as 1.0 has it: what 1.0 has no place for is left out. `agency` stands where 1.0 demands one.
pub(crate) fn told(element: &Element, agency: &str) -> Element {
    if let Some(done) = pair(element) {
        return done;
    }
    let name = NAMES
        .iter()
        .find(|(ours, _)| *ours == element.name)
        .map_or_else(
            || element.name.clone(),
            |(_, theirs)| Cow::Borrowed(*theirs),
        );
    let mut done = Element {
        name,
        text: element.text.clone(),
        ..Element::default()
    };
    let problems: Vec<&Element> = element.all("Problem").collect();
    let notified = crate::message::Service::answered(&element.name)
        .is_some_and(|service| service.is_notification());
    for child in &element.children {
        match &*child.name {
            "Problem" => {}
            // Beside whom the message is about, 1.0 shows a reader's and a copy's numbers in another shape.
            "UserId" if element.name == "UserOptionalFields" => {
                done.children.push(visible(child, agency));
            }
            _ => done.children.push(told(child, agency)),
        }
    }
    if notified {
        done.children.extend(
            problems
                .into_iter()
                .map(|problem| error("Messaging", problem)),
        );
    } else if !problems.is_empty() {
        let mut within = Element::new("Problem");
        within.children = problems
            .into_iter()
            .map(|problem| error("Processing", problem))
            .collect();
        done.children.push(within);
    }
    fill(&mut done, agency);
    in_order(&mut done);
    done
}

fn pair(element: &Element) -> Option<Element> {
    if !PAIRS.contains(&&*element.name) {
        return None;
    }
    let name = NAMES.iter().find(|(ours, _)| *ours == element.name);
    let name = name.map_or_else(
        || element.name.clone(),
        |(_, theirs)| Cow::Borrowed(*theirs),
    );
    let list = name.to_lowercase();
    let scheme = element.scheme.clone();
    let scheme = scheme
        .unwrap_or_else(|| format!("http://www.niso.org/ncip/v1_0/schemes/{list}/{list}.scm"));
    Some(Element {
        children: vec![
            Element::leaf("Scheme", scheme),
            Element::leaf("Value", element.text.clone()),
        ],
        ..Element::new(name)
    })
}

fn agency_id(agency: &str) -> Element {
    Element {
        name: "UniqueAgencyId".into(),
        children: vec![
            Element::leaf("Scheme", "NCIP Unique Agency Id"),
            Element::leaf("Value", agency),
        ],
        ..Element::default()
    }
}

fn visible(user: &Element, agency: &str) -> Element {
    let kind = user.child("UserIdentifierType").cloned();
    let kind = kind.unwrap_or_else(|| Element::leaf("UserIdentifierType", "Barcode Id"));
    let kind = pair(&kind).unwrap_or(kind);
    let number = user
        .child("UserIdentifierValue")
        .map(|value| value.text.clone());
    let given = user.child("AgencyId").and_then(pair);
    Element {
        children: vec![
            given.unwrap_or_else(|| agency_id(agency)),
            Element {
                name: "VisibleUserIdentifierType".into(),
                ..kind
            },
            Element::leaf("VisibleUserIdentifier", number.unwrap_or_default()),
        ],
        ..Element::new("VisibleUserId")
    }
}

/// 1.0 has no place for a text to people; it stands where the value at fault would.
fn error(kind: &str, problem: &Element) -> Element {
    let named = |suffix: &str| format!("{kind}Error{suffix}");
    let text = |name: &str| problem.child(name).map(|child| child.text.clone());
    let told = problem.child("ProblemType").cloned().unwrap_or_default();
    let kind_of = Element {
        name: "AgencyUserPrivilegeType".into(),
        ..told
    };
    let kind_of = pair(&kind_of).unwrap_or(kind_of);
    let mut element = Element::new(named("Element"));
    element.children.push(Element::leaf(
        "ElementName",
        text("ProblemElement").unwrap_or_else(|| "NCIPMessage".into()),
    ));
    if let Some(value) = text("ProblemDetail").or_else(|| text("ProblemValue")) {
        element.children.push(Element::leaf(named("Value"), value));
    }
    Element {
        children: vec![
            Element {
                name: named("Type").into(),
                ..kind_of
            },
            element,
        ],
        ..Element::new(named(""))
    }
}

/// What 1.0 demands and 2.x leaves out.
fn fill(element: &mut Element, agency: &str) {
    let needs_agency = ["UniqueUserId", "UniqueItemId", "UniqueRequestId"];
    if needs_agency.contains(&&*element.name) && element.child("UniqueAgencyId").is_none() {
        element.children.push(agency_id(agency));
    }
    if element.name == "LoanedItem" {
        // 1.0 counts reminders from one, and wants a count where there was none.
        if element.child("ReminderLevel").is_none() {
            element.children.push(Element::leaf("ReminderLevel", "1"));
        }
        if element.child("Amount").is_none() {
            let currency = pair(&Element::leaf("CurrencyCode", "EUR"));
            element.children.push(Element {
                children: currency
                    .into_iter()
                    .chain([Element::leaf("MonetaryValue", "0")])
                    .collect(),
                ..Element::new("Amount")
            });
        }
    }
    if element.name == "LookupUserResponse" {
        let (moved, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut element.children)
            .into_iter()
            .partition(|child| matches!(&*child.name, "LoanedItem" | "RequestedItem"));
        element.children = rest;
        if !moved.is_empty() {
            let mut within = Element {
                children: moved,
                ..Element::new("UserTransaction")
            };
            in_order(&mut within);
            element.children.push(within);
        }
    }
}

fn in_order(element: &mut Element) {
    let Some((_, order)) = CHILDREN.iter().find(|(name, _)| *name == element.name) else {
        return;
    };
    let place = |child: &Element| order.iter().position(|name| *name == child.name);
    element.children.retain(|child| place(child).is_some());
    element.children.sort_by_key(place);
}
