//! The routes of `/sru`.

use std::{sync::Arc, time::Instant};

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
use tokio::sync::Semaphore;

use crate::{counts, describe, page, scan, search, settings::Settings};

/// Bytes of a POST: what one request may be, and the envelope around it.
const BODY: usize = 128 << 10;

struct Door {
    finder: Finder,
    settings: Settings,
    wire: Wire,
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
    };
    Router::new()
        .route("/sru", get(asked).post(posted))
        .route("/sru/style.css", get(page::style))
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
        // So many may wait; who comes then is told, and does not make it worse.
        let Ok(_waits) = self.waiting.try_acquire() else {
            counts::answered("overload", true, began.elapsed());
            return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "2")]).into_response();
        };
        // The semaphore is never closed.
        let _turn = self.at_once.acquire().await;
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

    /// Host and port as the client reached us, if it says so.
    fn address(&self, headers: &HeaderMap) -> (String, u16) {
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

fn xml(text: String) -> Response {
    ([(CONTENT_TYPE, "text/xml; charset=utf-8")], text).into_response()
}
