//! What the address of a kind of problem leads to: what it means, and what to do.

use std::sync::Arc;

use askama::Template;
use axum::{Router, extract::Path, http::HeaderMap, response::Response, routing::get};

use super::{
    Trouble,
    shown::{Frame, page as shown},
};
use crate::{
    Door,
    api::{KINDS, Kind},
    tongue::Tongue,
};

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new().route("/problems/{kind}", get(page))
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    kind: Kind,
    then: &'static str,
}

/// For whoever reads an answer: nobody has to be in.
async fn page(Path(slug): Path<String>, headers: HeaderMap) -> Result<Response, Trouble> {
    let mut kinds = KINDS.iter().copied();
    let kind = kinds.find(|kind| kind.slug == slug);
    let kind = kind.ok_or(Trouble::NotFound)?;
    let t = Tongue::preferred(
        headers
            .get("accept-language")
            .and_then(|said| said.to_str().ok()),
    );
    shown(&ProblemPage {
        frame: Frame::of_nobody(t, t.say(kind.fr, kind.en)),
        then: then(t, kind),
        kind,
    })
}

/// What whoever asked can do.
fn then(t: Tongue, kind: Kind) -> &'static str {
    let (fr, en) = match kind.slug {
        "unreadable" => (
            "La question n’a pas la forme que le document décrit : corrigez-la, detail dit où.",
            "The question does not have the shape that the document describes: mend it, detail says where.",
        ),
        "sign-in" => (
            "Montrez un jeton qui est encore bon, ou ouvrez une session.",
            "Show a token that is still good, or sign in.",
        ),
        "missing-right" => (
            "Il y faut l’action nommée dans action, à la bibliothèque nommée dans branch : demandez-la à qui gère le personnel.",
            "It takes the action named in action at the branch named in branch: ask whoever manages staff.",
        ),
        "no-override" => (
            "Une dérogation demande un droit et un motif.",
            "An override takes a right and a reason.",
        ),
        "form-key" => (
            "Rouvrez la page, et recommencez.",
            "Open the page again, and begin anew.",
        ),
        "session-only" => (
            "Une personne le fait dans sa session ; un programme ne le peut pas.",
            "A person does it in a session; a program cannot.",
        ),
        "other-site" | "unsafe-line" => (
            "Passez par nos pages, en https.",
            "Go by our pages, over https.",
        ),
        "not-found" | "method" => (
            "Voyez dans le document ce qui existe, et avec quelle méthode.",
            "See in the document what there is, and with which method.",
        ),
        "refused" => (
            "Chaque motif est nommé dans refusals, avec ce qui le lèverait et le droit qui permet de passer outre.",
            "Each reason is named in refusals, with what would lift it and the right that may override it.",
        ),
        "unfit" => (
            "La valeur nommée dans field ne va pas avec les autres, ou avec ce qui existe : detail dit pourquoi.",
            "The value named in field does not go with the others, or with what there is: detail says why.",
        ),
        "key-reused" => (
            "Prenez une autre clé pour une autre question.",
            "Take another key for another question.",
        ),
        "cursor" => (
            "Recommencez la liste sans cursor.",
            "Begin the list again without cursor.",
        ),
        "too-large" | "media-type" => (
            "Envoyez du JSON, au plus 64 Kio.",
            "Send JSON, at most 64 KiB.",
        ),
        "invalid" => (
            "La valeur nommée dans field n’est pas de celles que le document admet.",
            "The value named in field is none that the document allows.",
        ),
        "too-many" => (
            "Attendez le nombre de secondes de Retry-After.",
            "Wait for the seconds of Retry-After.",
        ),
        "outcome-unknown" => (
            "Posez la même question avec la même clé : elle ne sera pas faite deux fois.",
            "Ask the same under the same key: it will not be done twice.",
        ),
        "unavailable" => (
            "Rien n’a été fait : recommencez après Retry-After.",
            "Nothing was done: ask again after Retry-After.",
        ),
        _ => (
            "Rien n’a été fait. L’exploitant trouve la cause dans le journal du serveur.",
            "Nothing was done. The operator finds the cause in the server’s log.",
        ),
    };
    t.say(fr, en)
}
