//! From a document to its answer, whatever brought it.

use std::{sync::Arc, time::Instant};

use circulation::{BranchCode, Rulebook};
use desk::{Desk, DeskError};
use ncip::{
    Asked, Fault, FaultKind, Leniency, Prefix, Style, Unread, Value, Version,
    lists::{General, Messaging, ProblemType},
    message::{Body, Question, Reply, Service, Versions},
    model::{Agency, InitiationHeader, Problem, ResponseHeader},
};
use tokio::sync::{RwLock, Semaphore, SemaphorePermit};

use crate::{
    counts,
    manners::{PrefixRule, SERVICES},
    op::{self, Call, Failed},
    origin::Origin,
    partner::{Partner, Partners, Stranger},
    problem::{about, problem},
    settings::Settings,
    transcript,
};

/// The NCIP door: shared by HTTP and raw TCP.
#[derive(Debug)]
pub struct Door {
    pub(crate) desk: Arc<Desk>,
    pub(crate) settings: Settings,
    partners: RwLock<Arc<Partners>>,
    at_once: Semaphore,
    waiting: Semaphore,
}

/// What goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// This document.
    Answer(String),
    /// Nothing: it is not known whether what was asked for was done, and a refusal must not be said of what may have been.
    /// The connection ends, and the partner asks again.
    Unknown,
}

/// What a transport knows of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Envelope<'a> {
    pub(crate) origin: &'a Origin,
    pub(crate) token: Option<&'a str>,
    pub(crate) charset: Option<&'a str>,
}

impl Door {
    /// Opens the door. Describes its metrics: install the recorder before.
    pub fn new(desk: Arc<Desk>, settings: Settings) -> Self {
        counts::describe();
        let partners = Partners::new(&desk, &desk.terminals(), &Partners::default());
        Self {
            partners: RwLock::new(Arc::new(partners)),
            at_once: Semaphore::new(settings.at_once),
            waiting: Semaphore::new(settings.waiting),
            desk,
            settings,
        }
    }

    /// Answers a document. Every one gets an answer, in the element that its service's answer has, where that can be seen.
    pub(crate) async fn answer(&self, document: &[u8], envelope: Envelope<'_>) -> Outcome {
        let began = Instant::now();
        let partners = self.partners().await;
        let leniency = Leniency {
            strip_controls: partners.any_strips(envelope.token),
        };
        let asked = match ncip::question(document, envelope.charset, leniency) {
            Ok(asked) => asked,
            Err(unread) => {
                let answer = self.unread(&unread);
                transcript::exchanged(None, document, &answer);
                return Outcome::Answer(answer);
            }
        };
        let Asked {
            version,
            prefix,
            question,
        } = asked;
        let service = question.service();
        let header = question.header().cloned();
        if let Question::LookupVersion(ask, own_schema) = &question {
            let answer = versions(ask, *own_schema, version, prefix, self);
            counts::answered(service.name(), word(version), "done", began.elapsed());
            return Outcome::Answer(answer);
        }
        let (partner, told) = self
            .told(&partners, envelope, question, header.as_ref())
            .await;
        let body = match told {
            Ok(body) => body,
            Err(Failed::Problem(problem)) => Body::Problems(vec![*problem]),
            Err(Failed::Desk(DeskError::OutcomeUnknown(why))) => {
                tracing::error!(
                    service = service.name(),
                    why,
                    "not known whether it was done: left without an answer"
                );
                counts::answered(service.name(), word(version), "unknown", began.elapsed());
                return Outcome::Unknown;
            }
            Err(Failed::Desk(error)) => {
                tracing::warn!(service = service.name(), %error, "a question could not be answered");
                let detail = "rien n'a été fait : réessayer / nothing was done: try again";
                Body::Problems(vec![problem(General::TemporaryFailure, detail)])
            }
        };
        let refused = count(service, &body);
        let style = Style {
            version,
            prefix: match partner.as_ref().map(|partner| partner.manners.prefix) {
                None | Some(PrefixRule::AsAsked) => prefix,
                Some(PrefixRule::Default) => Prefix::Default,
                Some(PrefixRule::Ns1) => Prefix::Ns1,
            },
            agency: self.ours(partner.as_deref()),
        };
        let reply = Reply {
            service: Some(service),
            header: response_header(header.as_ref(), version, &style.agency),
            body,
        };
        let answer = ncip::write(&reply, &style);
        counts::answered(
            service.name(),
            word(version),
            if refused { "refused" } else { "done" },
            began.elapsed(),
        );
        transcript::exchanged(partner.as_deref(), document, &answer);
        Outcome::Answer(answer)
    }

    /// Who asks, whether they may, and what is told them.
    async fn told(
        &self,
        partners: &Partners,
        envelope: Envelope<'_>,
        question: Question,
        header: Option<&InitiationHeader>,
    ) -> (Option<Arc<Partner>>, op::Told) {
        let service = question.service();
        if !envelope.origin.is_safe(&self.settings.plain_from) {
            counts::stranger("plain");
            let detail =
                "les données des lecteurs ne passent qu'en HTTPS / readers' data over HTTPS only";
            return (None, Err(problem(General::ServiceForSystem, detail).into()));
        }
        let terminals = self.desk.terminals();
        let found = partners
            .of(
                &self.desk,
                &terminals,
                envelope.origin,
                envelope.token,
                header,
            )
            .await;
        let partner = match found {
            Ok(partner) => partner,
            Err(stranger) => return (None, Err(unknown(stranger, envelope, header).into())),
        };
        let may = service.is_notification() || partner.may(service.name());
        if !may {
            let problem = if SERVICES.contains(&service) {
                let detail =
                    "ce partenaire n'a pas droit à ce service / not among this partner's services";
                about(
                    problem(General::ServiceForAgency, detail),
                    service.name(),
                    None,
                )
            } else {
                op::unsupported(service)
            };
            return (Some(partner), Err(problem.into()));
        }
        let Some(_turn) = self.turn().await else {
            let detail = "trop de demandes à la fois : réessayer / too many at once: try again";
            return (
                Some(partner),
                Err(problem(General::TemporaryFailure, detail).into()),
            );
        };
        let book = self.desk.rulebook();
        let call = Call {
            desk: &self.desk,
            partner: &partner,
            service,
            branch: branch(&partner, header, &book),
            at: self.desk.now(),
            book,
        };
        let told = op::answer(&call, question).await;
        drop(call);
        (Some(partner), told)
    }

    /// One's turn; none when too many wait.
    async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        let _waits = self.waiting.try_acquire().ok()?;
        // The semaphore is never closed.
        self.at_once.acquire().await.ok()
    }

    /// The partners of this moment.
    async fn partners(&self) -> Arc<Partners> {
        let terminals = self.desk.terminals();
        {
            let held = self.partners.read().await;
            if held.version() == terminals.version() {
                return held.clone();
            }
        }
        let mut held = self.partners.write().await;
        if held.version() != terminals.version() {
            *held = Arc::new(Partners::new(&self.desk, &terminals, &held));
        }
        held.clone()
    }

    /// What we are called.
    fn ours(&self, partner: Option<&Partner>) -> String {
        partner.map_or_else(
            || "RELIRE".to_owned(),
            |partner| partner.our_agency().to_owned(),
        )
    }

    /// The answer to what is no question: in the element that is waited for, where it can be seen.
    fn unread(&self, unread: &Unread) -> String {
        counts::unread(why(&unread.fault));
        let found = refused(unread);
        let style = Style {
            version: unread.version,
            prefix: Prefix::Default,
            agency: self.ours(None),
        };
        let reply = Reply {
            service: unread.service,
            header: unread.service.and_then(|_| {
                response_header(unread.header.as_ref(), unread.version, &style.agency)
            }),
            body: Body::Problems(vec![found]),
        };
        ncip::write(&reply, &style)
    }

    /// The answer to what never became a document: in 2.02, since nobody knows better.
    pub(crate) fn never_came(&self, kind: Messaging, detail: &str) -> String {
        counts::unread("transport");
        let reply = Reply {
            service: None,
            header: None,
            body: Body::Problems(vec![problem(kind, detail)]),
        };
        let style = Style {
            version: Version::V2_02,
            prefix: Prefix::Default,
            agency: self.ours(None),
        };
        ncip::write(&reply, &style)
    }
}

/// Where it is done: at the branch that the message is for, if it says one, else at the partner's.
fn branch(partner: &Partner, header: Option<&InitiationHeader>, book: &Rulebook) -> BranchCode {
    let known = |branch: BranchCode| book.branches.contains_key(&branch);
    let to = header.and_then(|header| header.to_agency.as_ref());
    let named = to.and_then(|to| partner.place(&to.id.text, &known));
    named.unwrap_or(partner.terminal().branch)
}

fn unknown(
    stranger: Stranger,
    envelope: Envelope<'_>,
    header: Option<&InitiationHeader>,
) -> Problem {
    let from = header.and_then(|header| header.from_agency.as_ref());
    let by_system = header.is_some_and(|header| {
        header.from_agency_authentication.is_none() && header.from_system_authentication.is_some()
    });
    match stranger {
        Stranger::Unknown => {
            counts::stranger("unknown");
            tracing::warn!(address = %envelope.origin.address, "NCIP from nobody that is known: `relire partner list` has the agencies");
            let detail = "ce système n'est pas un partenaire connu / not a partner that is known";
            let problem = problem(General::UnknownAgency, detail);
            about(
                problem,
                "FromAgencyId",
                from.map(|agency| agency.id.text.as_str()),
            )
        }
        Stranger::NotProven => {
            counts::stranger("not_proven");
            tracing::warn!(address = %envelope.origin.address, "NCIP under a partner's name, without its secret or from elsewhere");
            let kind = if by_system {
                General::SystemAuthenticationFailed
            } else {
                General::AgencyAuthenticationFailed
            };
            let detail = "identification du partenaire refusée / partner not authenticated";
            problem(kind, detail)
        }
    }
}

/// What is wrong with a document, for people who look at their own program.
fn refused(unread: &Unread) -> Problem {
    let told = unread.fault.to_string();
    let (kind, element): (ProblemType, Option<&str>) = match &unread.fault.kind {
        FaultKind::Missing { within, .. } if unread.service.is_none() => {
            match unread.named.as_deref() {
                Some(named) if Service::answered(named).is_some() => {
                    (Messaging::Protocol.into(), Some(named))
                }
                Some(named) => (Messaging::UnknownService.into(), Some(named)),
                None => (Messaging::InvalidSyntax.into(), Some(within)),
            }
        }
        FaultKind::Missing { element, .. } => (General::NeededDataMissing.into(), Some(element)),
        FaultKind::Value {
            element,
            wanted: "a date",
        } => (General::InvalidDate.into(), Some(element)),
        FaultKind::Value { element, .. } => (Messaging::UnknownElement.into(), Some(element)),
        _ => (Messaging::InvalidSyntax.into(), None),
    };
    let detail = match (&unread.fault.kind, unread.named.as_deref()) {
        (FaultKind::Missing { .. }, Some(named)) if Service::answered(named).is_some() => {
            "une réponse où une question est attendue / an answer where a question is expected"
                .to_owned()
        }
        (FaultKind::Missing { .. }, Some(_)) if unread.service.is_none() => {
            "aucun service de ce nom / no service of this name".to_owned()
        }
        _ => told,
    };
    match element {
        Some(element) => about(problem(kind, detail), &shortened(element), None),
        None => problem(kind, detail),
    }
}

/// A name from outside, for an answer and a log: not longer than a name is.
fn shortened(name: &str) -> String {
    name.chars().take(64).collect()
}

/// 1.0 demands a header; 2.x has one where the question had.
fn response_header(
    asked: Option<&InitiationHeader>,
    version: Version,
    ours: &str,
) -> Option<ResponseHeader> {
    let fallback = |text: &str| Agency {
        id: Value::plain(text),
    };
    if asked.is_none() && version != Version::V1_0 {
        return None;
    }
    let from = asked.and_then(|header| header.from_agency.clone());
    let to = asked.and_then(|header| header.to_agency.clone());
    Some(ResponseHeader {
        from_system: asked.and_then(|header| header.to_system.clone()),
        from_agency: to.unwrap_or_else(|| fallback(ours)),
        to_system: asked.and_then(|header| header.from_system.clone()),
        to_agency: from.unwrap_or_else(|| fallback("-")),
    })
}

fn versions(
    ask: &ncip::message::LookupVersion,
    own_schema: bool,
    version: Version,
    prefix: Prefix,
    door: &Door,
) -> String {
    let named = |agency: &Option<Agency>| agency.as_ref().map(|agency| agency.id.clone());
    let ours = door.ours(None);
    let versions = Versions {
        from: named(&ask.to).unwrap_or_else(|| Value::plain(ours.clone())),
        to: named(&ask.from).unwrap_or_else(|| Value::plain("-")),
        services: SERVICES.to_vec(),
    };
    let style = Style {
        version,
        prefix,
        agency: ours,
    };
    ncip::write_versions(&versions, own_schema, &style)
}

/// Counts what was told; whether it was a problem.
fn count(service: Service, body: &Body) -> bool {
    let Body::Problems(problems) = body else {
        return false;
    };
    for problem in problems {
        counts::problem(service.name(), problem.kind.text.clone());
    }
    true
}

fn word(version: Version) -> &'static str {
    match version {
        Version::V1_0 => "1.0",
        Version::V2_0 => "2.0",
        Version::V2_01 => "2.01",
        Version::V2_02 => "2.02",
    }
}

fn why(fault: &Fault) -> &'static str {
    match fault.kind {
        FaultKind::Empty => "empty",
        FaultKind::TooLarge(_) | FaultKind::TooMuch(_) => "too_much",
        FaultKind::Charset => "charset",
        FaultKind::Syntax(_) | FaultKind::Prefix | FaultKind::Attribute => "syntax",
        FaultKind::Character(_) => "character",
        FaultKind::Subset | FaultKind::Entity => "declarations",
        FaultKind::Namespace | FaultKind::Root => "root",
        FaultKind::Missing { .. } | FaultKind::Value { .. } => "content",
    }
}
