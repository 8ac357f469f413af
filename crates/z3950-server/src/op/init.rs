//! Init (3.2.1): what both sides can do, and in which characters.

use z3950::{
    Pdu,
    pdu::{InitRequest, InitResponse, session::Proposal},
    value::{Bits, Charset, Text},
};

use super::{DONE, REFUSED, Reply, Told};
use crate::session::{Agreed, Session};

/// Search, present, delete, scan, sort, named sets, negotiation: by their bits.
const OPTIONS: [usize; 7] = [0, 1, 2, 7, 8, 14, 17];
/// An answer has room for one record at least.
const LEAST_BYTES: usize = 1024;

pub(super) fn answer(session: &mut Session, request: &InitRequest) -> (Reply, Told) {
    let most = session.settings.most_bytes;
    let size = |asked: i64| match usize::try_from(asked) {
        // Nought is a client's way to say nothing.
        Ok(0) | Err(_) => most,
        Ok(asked) => asked.clamp(LEAST_BYTES, most),
    };
    let preferred = size(request.preferred_message_size);
    let exceptional = size(request.exceptional_record_size).max(preferred);
    let version_3 = request.versions.has(2);
    let result = version_3 || request.versions.has(1);

    let proposal = request.other_info.as_ref().and_then(Proposal::of);
    let (place, charset) = proposal.as_ref().map_or((None, None), chosen);
    let negotiates = request.options.has(17) || proposal.is_some();
    session.agreed = result.then_some(Agreed {
        version_2: !version_3,
        charset,
        preferred,
        exceptional,
    });
    if result && let Some(recognised) = session.recognised.take() {
        recognised();
    }
    // A second Init begins anew.
    session.sets.clear();
    let options = OPTIONS
        .iter()
        .filter(|bit| request.options.has(**bit) && (**bit != 17 || negotiates));
    let answer = InitResponse {
        reference_id: request.reference_id.clone(),
        versions: both(&[0, 1, 2], &request.versions),
        options: bits(options.copied()),
        preferred_message_size: number(preferred),
        exceptional_record_size: number(exceptional),
        result,
        implementation_id: Some("relire".into()),
        implementation_name: Some("Relire".into()),
        implementation_version: Some(Text::from(env!("CARGO_PKG_VERSION"))),
        user_information: None,
        other_info: proposal.map(|proposal| {
            let french = ["fre", "fra", "eng"];
            let language = proposal
                .languages
                .iter()
                .find(|own| french.contains(&own.as_str()));
            let records = proposal.records && charset == Some(Charset::Utf8);
            proposal.answer(place, language.map(String::as_str), records)
        }),
        unknown: Vec::new(),
    };
    let pdu = Pdu::InitResponse(Box::new(answer));
    let told = |outcome| Told {
        service: "init",
        outcome,
    };
    match result {
        true => (Reply::Answer(pdu), told(DONE)),
        false => (Reply::Last(pdu), told(REFUSED)),
    }
}

/// The first of a client's wishes that can be had.
fn chosen(proposal: &Proposal) -> (Option<usize>, Option<Charset>) {
    let known = |name: &String| match name.to_ascii_lowercase().replace('_', "-").as_str() {
        "utf-8" | "utf8" => Some(Charset::Utf8),
        "iso-8859-1" | "latin-1" | "latin1" => Some(Charset::Latin1),
        _ => None,
    };
    let mut wishes = proposal.charsets.iter().enumerate();
    let found = wishes.find_map(|(place, name)| Some((place, known(name)?)));
    (
        found.map(|(place, _)| place),
        found.map(|(_, charset)| charset),
    )
}

fn both(own: &[usize], asked: &Bits) -> Bits {
    bits(own.iter().copied().filter(|bit| asked.has(*bit)))
}

fn bits(set: impl Iterator<Item = usize>) -> Bits {
    let mut bits = Vec::new();
    for bit in set {
        if bits.len() <= bit {
            bits.resize(bit + 1, false);
        }
        if let Some(place) = bits.get_mut(bit) {
            *place = true;
        }
    }
    Bits(bits)
}

fn number(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
