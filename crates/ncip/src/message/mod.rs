//! Messages: questions and answers of all services.

mod request;
mod response;
mod service;

pub use request::*;
pub use response::*;
pub use service::Service;

use crate::{
    Element, FaultKind, Version,
    model::{Agency, InitiationHeader, Problem, ResponseHeader, Value, codec::Content},
};

macro_rules! served {
    ($($service:ident $ask:ident => $answer:ident,)*) => {
        /// A question.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Question {
            $(#[doc = concat!("`", stringify!($service), "`.")] $service(Box<$ask>),)*
            /// `LookupVersion`; `true`: in the schema of its own.
            LookupVersion(Box<LookupVersion>, bool),
            /// A notification, or a service that nobody serves.
            Told(Service, Box<Told>),
        }

        impl Question {
            /// Which service it is of.
            pub fn service(&self) -> Service {
                match self {
                    $(Self::$service(_) => Service::$service,)*
                    Self::LookupVersion(..) => Service::LookupVersion,
                    Self::Told(service, _) => *service,
                }
            }

            /// Who sends it, and to whom.
            pub fn header(&self) -> Option<&InitiationHeader> {
                match self {
                    $(Self::$service(ask) => ask.header.as_ref(),)*
                    Self::LookupVersion(..) => None,
                    Self::Told(_, told) => told.header.as_ref(),
                }
            }

            pub(crate) fn read(service: Service, element: &Element) -> Result<Option<Self>, FaultKind> {
                Ok(match service {
                    $(Service::$service => $ask::read(element)?.map(|ask| Self::$service(Box::new(ask))),)*
                    Service::LookupVersion => {
                        LookupVersion::read(element)?.map(|ask| Self::LookupVersion(Box::new(ask), false))
                    }
                    other => Told::read(element)?.map(|told| Self::Told(other, Box::new(told))),
                })
            }

            pub(crate) fn element(&self) -> Element {
                let mut element = Element::new(self.service().name());
                match self {
                    $(Self::$service(ask) => ask.write(&mut element),)*
                    Self::LookupVersion(ask, _) => ask.write(&mut element),
                    Self::Told(_, told) => told.write(&mut element),
                }
                element
            }
        }

        /// What an answer says.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Body {
            $(#[doc = concat!("`", stringify!($answer), "`.")] $service(Box<$answer>),)*
            /// It did not go well; at least one.
            Problems(Vec<Problem>),
            /// A notification was heard.
            Heard,
        }

        impl Body {
            fn read(service: Service, element: &Element) -> Result<Option<Self>, FaultKind> {
                let problems: Vec<Problem> = crate::model::codec::many(element, "Problem")?;
                if !problems.is_empty() {
                    return Ok(Some(Self::Problems(problems)));
                }
                Ok(match service {
                    $(Service::$service => $answer::read(element)?.map(|answer| Self::$service(Box::new(answer))),)*
                    _ => Some(Self::Heard),
                })
            }

            fn write(&self, element: &mut Element) {
                match self {
                    $(Self::$service(answer) => answer.write(element),)*
                    Self::Problems(problems) => {
                        for problem in problems {
                            crate::model::codec::put(element, "Problem", problem);
                        }
                    }
                    Self::Heard => {}
                }
            }
        }

        $(impl From<$answer> for Body {
            fn from(answer: $answer) -> Self {
                Self::$service(Box::new(answer))
            }
        })*

        #[cfg(test)]
        pub(crate) mod samples {
            use super::*;
            use crate::model::sample::{Sample, Source};

            /// Every kind of question in turn.
            pub(crate) fn question(which: usize, source: &mut Source<'_>) -> Question {
                let kinds: &[fn(&mut Source<'_>) -> Question] = &[
                    $(|source| Question::$service(Box::new(Sample::sample(source))),)*
                    |source| Question::LookupVersion(Box::new(Sample::sample(source)), false),
                    |source| Question::Told(Service::ItemShipped, Box::new(Sample::sample(source))),
                ];
                kinds[which % kinds.len()](source)
            }

            /// Every kind of answer in turn.
            pub(crate) fn reply(which: usize, source: &mut Source<'_>) -> Reply {
                let kinds: &[fn(&mut Source<'_>) -> (Service, Body)] = &[
                    $(|source| (Service::$service, Body::$service(Box::new(Sample::sample(source)))),)*
                    |source| (Service::LookupUser, Body::Problems(vec![Sample::sample(source)])),
                    |_| (Service::ItemShipped, Body::Heard),
                ];
                let (service, body) = kinds[which % kinds.len()](source);
                Reply { service: Some(service), header: Sample::sample(source), body }
            }
        }
    };
}

served! {
    LookupUser LookupUser => LookupUserResponse,
    LookupItem LookupItem => LookupItemResponse,
    LookupItemSet LookupItemSet => LookupItemSetResponse,
    LookupRequest LookupRequest => LookupRequestResponse,
    LookupAgency LookupAgency => LookupAgencyResponse,
    CheckOutItem CheckOutItem => CheckOutItemResponse,
    CheckInItem CheckInItem => CheckInItemResponse,
    UndoCheckOutItem UndoCheckOutItem => UndoCheckOutItemResponse,
    RenewItem RenewItem => RenewItemResponse,
    RequestItem RequestItem => RequestItemResponse,
    CancelRequestItem CancelRequestItem => CancelRequestItemResponse,
    UpdateRequestItem UpdateRequestItem => UpdateRequestItemResponse,
    AcceptItem AcceptItem => AcceptItemResponse,
    DeleteItem DeleteItem => DeleteItemResponse,
    CreateUserFiscalTransaction CreateUserFiscalTransaction => CreateUserFiscalTransactionResponse,
    UpdateUser UpdateUser => UpdateUserResponse,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Of which service; `None` where that is not known, and then it can only have problems.
    pub service: Option<Service>,
    /// Who answers, and to whom.
    pub header: Option<ResponseHeader>,
    /// What it says.
    pub body: Body,
}

impl Reply {
    /// The element that is in `NCIPMessage`; `None`: problems alone, and these are in `NCIPMessage` themselves.
    pub(crate) fn element(&self) -> Option<Element> {
        let mut element = Element::new(self.service?.response());
        if let Some(header) = &self.header {
            crate::model::codec::put(&mut element, "ResponseHeader", header);
        }
        self.body.write(&mut element);
        Some(element)
    }

    pub(crate) fn problems(&self) -> Vec<Element> {
        let mut within = Element::default();
        self.body.write(&mut within);
        within.children
    }

    pub(crate) fn read(service: Service, element: &Element) -> Result<Option<Self>, FaultKind> {
        let Some(body) = Body::read(service, element)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            service: Some(service),
            header: crate::model::codec::opt(element, "ResponseHeader")?,
            body,
        }))
    }
}

/// The answer to `LookupVersion`: the versions that are spoken, and the services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// Who answers.
    pub from: Value,
    /// To whom.
    pub to: Value,
    /// The services.
    pub services: Vec<Service>,
}

impl Versions {
    /// As `ncip_version.xsd` has it; values from lists are in 1.x form there.
    pub(crate) fn element(&self) -> Element {
        let agency = |name: &'static str, value: &Value| {
            let mut element = Element::new(name);
            Agency { id: value.clone() }.write(&mut element);
            crate::v1::told(&element, &value.text)
        };
        let mut element = Element::new("LookupVersionResponse");
        element.children.push(agency("FromAgencyId", &self.from));
        element.children.push(agency("ToAgencyId", &self.to));
        let versions = Version::ALL.map(Version::uri);
        element
            .children
            .extend(versions.map(|uri| Element::leaf("VersionSupported", uri)));
        let services = self.services.iter().map(|service| service.name());
        element
            .children
            .extend(services.map(|name| Element::leaf("ServiceSupported", name)));
        element
    }
}
