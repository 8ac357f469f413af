//! Styles and script: a part of the program, so that a page and what it needs are of one version.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use super::Trouble;

struct Asset {
    stem: &'static str,
    ending: &'static str,
    kind: &'static str,
    text: &'static str,
}

const ASSETS: [Asset; 2] = [
    Asset {
        stem: "staff",
        ending: "css",
        kind: "text/css; charset=utf-8",
        text: include_str!("../../assets/staff.css"),
    },
    Asset {
        stem: "staff",
        ending: "js",
        kind: "text/javascript; charset=utf-8",
        text: include_str!("../../assets/staff.js"),
    },
];

/// Under which name each is asked for: with its digest, so that it may be kept for ever.
static NAMES: LazyLock<[String; 2]> = LazyLock::new(|| {
    ASSETS.map(|asset| {
        let digest = Sha256::digest(asset.text.as_bytes());
        let [a, b, c, d, ..] = <[u8; 32]>::from(digest);
        format!(
            "{}.{a:02x}{b:02x}{c:02x}{d:02x}.{}",
            asset.stem, asset.ending
        )
    })
});

/// The address of the styles.
pub(crate) fn styles() -> String {
    format!("/staff/assets/{}", NAMES[0])
}

/// The address of the script.
pub(crate) fn script() -> String {
    format!("/staff/assets/{}", NAMES[1])
}

pub(crate) async fn asset(Path(name): Path<String>) -> Result<Response, Trouble> {
    let at = NAMES.iter().position(|known| *known == name);
    let asset = at.and_then(|at| ASSETS.get(at)).ok_or(Trouble::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.text).into_response())
}
