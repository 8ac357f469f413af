//! Terminals, what is wrong first.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use desk::{Action, TerminalSeen, TerminalState};
use jiff::Timestamp;

use crate::{
    Door,
    access::Signed,
    calendar::place_name,
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

pub(super) const HERE: &str = "/staff/terminals";

#[derive(Template)]
#[template(path = "terminals.html")]
struct TerminalsPage {
    frame: Frame,
    connected: usize,
    wrong: usize,
    list: Vec<Row>,
}

struct Row {
    login: String,
    place: String,
    profile: String,
    state: &'static str,
    wrong: bool,
    heard: String,
    last: String,
    messages: i64,
    trouble: i64,
    address: String,
    certificate: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::Terminal)?;
    let t = signed.tongue();
    let all = door
        .desk
        .terminals_seen(&signed.member, &door.machines)
        .await?;
    let book = door.desk.rulebook();
    shown(&TerminalsPage {
        frame: Frame::of(&signed, t.say("Automates", "Terminals"), HERE),
        connected: all.iter().filter(|(_, seen)| seen.connections > 0).count(),
        wrong: all.iter().filter(|(state, _)| state.is_wrong()).count(),
        list: all
            .into_iter()
            .map(|(state, seen)| Row {
                place: place_name(&book, Some(seen.branch), t),
                state: word(t, state),
                wrong: state.is_wrong(),
                ..row(t, &signed, seen)
            })
            .collect(),
    })
}

fn row(t: Tongue, signed: &Signed, seen: TerminalSeen) -> Row {
    let moment = |at: Timestamp| {
        let at = at.to_zoned(signed.at.time_zone().clone());
        format!("{} {}", t.day(&at.date()), at.strftime("%H:%M"))
    };
    Row {
        place: String::new(),
        state: "",
        wrong: false,
        heard: seen.last_seen.map(moment).unwrap_or_default(),
        last: asked(t, &seen.last_code).to_owned(),
        messages: seen.messages,
        trouble: seen.trouble,
        address: seen.address,
        certificate: seen.certificate_ends.map(moment).unwrap_or_default(),
        login: seen.login,
        profile: seen.profile,
    }
}

fn word(t: Tongue, state: TerminalState) -> &'static str {
    match state {
        TerminalState::CertificateOver => t.say("certificat périmé", "certificate over"),
        TerminalState::OutOfPaper => t.say("plus de papier", "out of paper"),
        TerminalState::ShuttingDown => t.say("arrêté", "shut down"),
        TerminalState::Gone => t.say("déconnecté", "not connected"),
        TerminalState::Silent => t.say("muet", "silent"),
        TerminalState::Garbled => t.say("ligne mauvaise", "bad line"),
        TerminalState::CertificateEnds => {
            t.say("certificat bientôt périmé", "certificate ends soon")
        }
        TerminalState::Well => t.say("va bien", "well"),
        TerminalState::NeverSeen => t.say("jamais vu", "never seen"),
    }
}

/// The last message that it sent, by its SIP2 code.
fn asked(t: Tongue, code: &str) -> &str {
    match code {
        "01" => t.say("blocage de carte", "block a card"),
        "09" => t.say("retour", "return"),
        "11" => t.say("prêt", "loan"),
        "15" => t.say("réservation", "hold"),
        "17" => t.say("question sur un document", "about an item"),
        "23" | "63" => t.say("question sur un lecteur", "about a reader"),
        "29" => t.say("prolongation", "renewal"),
        "35" => t.say("fin de session d’un lecteur", "a reader has gone"),
        "37" => t.say("paiement", "payment"),
        "65" => t.say("tout prolonger", "renew all"),
        "93" => t.say("connexion", "log-in"),
        "97" => t.say("demande de répétition", "asked to repeat"),
        "99" => t.say("état de la machine", "state of the machine"),
        other => other,
    }
}
