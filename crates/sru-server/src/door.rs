//! The routes of `/sru`.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, RawQuery, State},
    http::{
        HeaderMap, StatusCode,
        header::{ACCEPT, CONTENT_TYPE, HOST, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use desk::Finder;
use sru::{
    Diagnostic, ExplainResponse, Operation, Refused, Request, ScanResponse, SearchRetrieveResponse,
    Settings as Wire, request,
};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{counts, describe, oai, page, scan, search, settings::Settings};

/// Bytes of a POST: what one request may be, and the envelope around it.
const BODY: usize = 128 << 10;

/// What every request shares.
pub(crate) struct Door {
    pub(crate) finder: Finder,
    pub(crate) settings: Settings,
    wire: Wire,
    pub(crate) tokens: sru::oai::Tokens,
    at_once: Semaphore,
    waiting: Semaphore,
}

/// `/sru`, by GET, POST and SOAP. Describes its metrics: install the recorder before.
pub fn router(finder: Finder, settings: Settings) -> Router {
    counts::describe();
    let door = Door {
        finder,
        at_once: Semaphore::new(settings.at_once),
        waiting: Semaphore::new(settings.waiting),
        settings,
        wire: Wire::default(),
        // What a token says holds for this catalogue, whichever daemon is asked.
        tokens: sru::oai::Tokens::new("relire"),
    };
    Router::new()
        .route("/sru", get(asked).post(posted))
        .route("/sru/style.css", get(page::style))
        .route("/oai", get(oai::asked).post(oai::posted))
        .layer(DefaultBodyLimit::max(BODY))
        .with_state(Arc::new(door))
}

async fn asked(
    State(door): State<Arc<Door>>,
    RawQuery(form): RawQuery,
    headers: HeaderMap,
) -> Response {
    let form = form.unwrap_or_default();
    if form.is_empty() && page::is_person(headers.get(ACCEPT)) {
        return page::page(&door.settings, door.finder.count());
    }
    let request = request::read_form(form.as_bytes(), &door.wire);
    door.answer(request, &headers).await
}

async fn posted(State(door): State<Arc<Door>>, headers: HeaderMap, body: Bytes) -> Response {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let request = match kind.contains("xml") {
        true => request::read_soap(&body, &door.wire),
        false => request::read_form(&body, &door.wire),
    };
    door.answer(request, &headers).await
}

impl Door {
    async fn answer(
        &self,
        request: Result<Request, Box<Refused>>,
        headers: &HeaderMap,
    ) -> Response {
        let began = Instant::now();
        let request = match request {
            Ok(request) => request,
            Err(refused) => {
                counts::answered("unreadable", true, began.elapsed());
                return xml(refused.to_xml());
            }
        };
        let Some(_turn) = self.turn().await else {
            return busy();
        };
        let (operation, written, refused) = match &request.operation {
            Operation::Explain(_) => {
                let address = self.address(headers);
                let records = self.finder.count();
                let description =
                    describe::description(&self.settings, &self.wire, address, records);
                let answer = ExplainResponse {
                    description: &description,
                    diagnostics: Vec::new(),
                };
                ("explain", answer.to_xml(&request), false)
            }
            Operation::SearchRetrieve(search) => {
                let answer = search::answer(&self.finder, search).await;
                let refused = told(&answer);
                let answer = answer.unwrap_or_else(SearchRetrieveResponse::failed);
                ("searchRetrieve", answer.to_xml(&request), refused)
            }
            Operation::Scan(scan) => {
                let answer = scan::answer(&self.finder, scan).await;
                let refused = told(&answer);
                let answer = answer.unwrap_or_else(ScanResponse::failed);
                ("scan", answer.to_xml(&request), refused)
            }
        };
        counts::answered(operation, refused, began.elapsed());
        xml(written)
    }

    /// One's turn; none when too many wait: who comes then is told, and does not make it worse.
    pub(crate) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        let _waits = self.waiting.try_acquire().ok()?;
        // The semaphore is never closed.
        self.at_once.acquire().await.ok()
    }

    /// Host and port as the client reached us, if it says so.
    pub(crate) fn address(&self, headers: &HeaderMap) -> (String, u16) {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        let authority = host.and_then(|host| host.parse::<axum::http::uri::Authority>().ok());
        match authority {
            Some(authority) => (
                authority.host().to_owned(),
                authority.port_u16().unwrap_or(80),
            ),
            None => self.settings.address.clone(),
        }
    }
}

/// What people looked for is nobody's business: a refusal is counted, and told in full at `debug` only.
fn told<T>(answer: &Result<T, Diagnostic>) -> bool {
    if let Err(diagnostic) = answer {
        tracing::debug!(?diagnostic, "an SRU request was refused");
    }
    answer.is_err()
}

/// Come again.
pub(crate) fn busy() -> Response {
    counts::answered("overload", true, Duration::ZERO);
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "2")]).into_response()
}

pub(crate) fn xml(text: String) -> Response {
    ([(CONTENT_TYPE, "text/xml; charset=utf-8")], text).into_response()
}
