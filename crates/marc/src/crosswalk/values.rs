//! Values that are codes: relators, sources of subjects, countries.

use super::rows::Kind;
use crate::model::{Code, DataField, Indicators};

/// $4: UNIMARC's relator codes (appendix C) and MARC's. The first of a pair counts.
#[rustfmt::skip]
const RELATORS: &[(&str, &str)] = &[
    ("070", "aut"), ("005", "act"), ("010", "adp"), ("020", "ann"), ("030", "arr"), ("040", "art"),
    ("050", "asg"), ("060", "asn"), ("065", "auc"), ("075", "aft"), ("080", "aui"), ("090", "aud"),
    ("100", "ant"), ("110", "bnd"), ("160", "bsl"), ("170", "cll"), ("180", "ctg"), ("190", "cns"),
    ("200", "chr"), ("205", "ctb"), ("210", "cmm"), ("220", "com"), ("230", "cmp"), ("240", "cmt"),
    ("245", "ccp"), ("250", "cnd"), ("255", "csp"), ("257", "cns"), ("260", "cph"), ("270", "crr"),
    ("273", "cur"), ("275", "dnc"), ("280", "dte"), ("290", "dto"), ("295", "dgg"), ("300", "drt"),
    ("305", "dis"), ("310", "dst"), ("320", "dnr"), ("330", "dub"), ("340", "edt"), ("350", "egr"),
    ("360", "etr"), ("365", "exp"), ("370", "flm"), ("380", "frg"), ("390", "fmo"), ("400", "fnd"),
    ("410", "cwt"), ("420", "hnr"), ("430", "ilu"), ("440", "ill"), ("450", "ins"), ("460", "ive"),
    ("470", "ivr"), ("480", "lbt"), ("490", "lse"), ("500", "lso"), ("510", "ltg"), ("520", "lyr"),
    ("530", "mte"), ("540", "mon"), ("545", "mus"), ("550", "nrt"), ("555", "opn"), ("557", "orm"),
    ("560", "org"), ("570", "oth"), ("580", "ppm"), ("590", "prf"), ("600", "pht"), ("605", "prs"),
    ("610", "prt"), ("620", "pop"), ("630", "pro"), ("632", "prn"), ("635", "prg"), ("640", "pfr"),
    ("650", "pbl"), ("660", "rcp"), ("670", "rce"), ("673", "rth"), ("675", "rev"), ("680", "rbr"),
    ("690", "aus"), ("695", "sad"), ("700", "scr"), ("705", "scl"), ("710", "sec"), ("720", "sgn"),
    ("721", "sng"), ("723", "spn"), ("725", "stn"), ("727", "ths"), ("730", "trl"), ("740", "tyd"),
    ("750", "tyg"), ("755", "voc"), ("760", "wde"), ("770", "wam"),
];

/// $2: names of subject systems.
const SYSTEMS: &[(&str, &str)] = &[
    ("rameau", "ram"),
    ("lc", "lcsh"),
    ("mesh", "mesh"),
    ("fmesh", "fmesh"),
];

/// MARC21's second indicator of 6XX, where the system needs no $2 there.
const INDICATORS: &[(u8, &str)] = &[
    (b'0', "lc"),
    (b'1', "lcshac"),
    (b'2', "mesh"),
    (b'3', "nal"),
    (b'5', "cash"),
    (b'6', "rvm"),
];

/// 008/15–17 and ISO 3166, for the countries that publish what these libraries hold.
#[rustfmt::skip]
const COUNTRIES: &[(&str, &str)] = &[
    ("FR", "fr "), ("BE", "be "), ("CH", "sz "), ("CA", "xxc"), ("LU", "lu "), ("MC", "mc "),
    ("GB", "xxk"), ("IE", "ie "), ("US", "xxu"), ("DE", "gw "), ("AT", "au "), ("NL", "ne "),
    ("IT", "it "), ("ES", "sp "), ("PT", "po "), ("GR", "gr "), ("DK", "dk "), ("SE", "sw "),
    ("NO", "no "), ("FI", "fi "), ("IS", "ic "), ("PL", "pl "), ("CZ", "xr "), ("SK", "xo "),
    ("HU", "hu "), ("RO", "rm "), ("BG", "bu "), ("RU", "ru "), ("UA", "un "), ("TR", "tu "),
    ("HR", "ci "), ("SI", "xv "), ("RS", "rb "), ("MA", "mr "), ("DZ", "ae "), ("TN", "ti "),
    ("EG", "ua "), ("LB", "le "), ("IL", "is "), ("SN", "sg "), ("CI", "iv "), ("CM", "cm "),
    ("ML", "ml "), ("CD", "cg "), ("CG", "cf "), ("MG", "mg "), ("ZA", "sa "), ("CN", "cc "),
    ("JP", "ja "), ("KR", "ko "), ("VN", "vm "), ("IN", "ii "), ("AU", "at "), ("NZ", "nz "),
    ("BR", "bl "), ("AR", "ag "), ("MX", "mx "), ("CL", "cl "), ("CU", "cu "), ("HT", "ht "),
    ("XX", "xx "), ("ZZ", "vp "),
];

/// UNIMARC $o has the bare number of a person, MARC21 $1 an address.
const ISNI: &str = "https://isni.org/isni/";

fn there<'a>(table: &'a [(&str, &'a str)], value: &str) -> Option<&'a str> {
    table
        .iter()
        .find(|(unimarc, _)| *unimarc == value)
        .map(|(_, marc21)| *marc21)
}

fn back<'a>(table: &'a [(&'a str, &str)], value: &str) -> Option<&'a str> {
    table
        .iter()
        .find(|(_, marc21)| *marc21 == value)
        .map(|(unimarc, _)| *unimarc)
}

/// The country of 008/15–17, from ISO 3166.
pub(super) fn country_to_marc21(iso: &str) -> Option<&'static str> {
    there(COUNTRIES, iso)
}

/// ISO 3166 from 008/15–17. Parts of Britain, Canada and the United States have codes of their
/// own, told by their last letter.
pub(super) fn country_to_unimarc(code: &str) -> Option<&'static str> {
    back(COUNTRIES, code).or(match code.as_bytes() {
        [_, _, b'u'] => Some("US"),
        [_, _, b'k'] => Some("GB"),
        [_, _, b'c'] => Some("CA"),
        _ => None,
    })
}

/// A relator in MARC's letters, from either set.
pub(super) fn relator(code: &str) -> Option<&'static str> {
    there(RELATORS, code).or_else(|| {
        RELATORS
            .iter()
            .map(|(_, letters)| *letters)
            .find(|letters| *letters == code)
    })
}

pub(super) fn to_marc21(kind: Kind, code: u8, value: &str) -> String {
    let known = match (kind, code) {
        (Kind::Country, _) => return value.to_ascii_lowercase(),
        (Kind::Subject | Kind::PersonSubject, b'2') => there(SYSTEMS, value),
        (_, b'4') => there(RELATORS, value),
        (_, b'1') if let Some(number) = value.strip_prefix("ISNI") => {
            return format!("{ISNI}{number}");
        }
        _ => None,
    };
    known.unwrap_or(value).to_owned()
}

pub(super) fn to_unimarc(kind: Kind, code: u8, value: &str) -> String {
    let known = match (kind, code) {
        (Kind::Country, _) => return value.to_ascii_uppercase(),
        (Kind::Subject | Kind::PersonSubject, b'2') => back(SYSTEMS, value),
        (_, b'4') => back(RELATORS, value),
        (_, b'o') if let Some(number) = value.strip_prefix(ISNI) => return format!("ISNI{number}"),
        _ => None,
    };
    known.unwrap_or(value).to_owned()
}

/// MARC21: 7 where $2 names the system; LCSH and MeSH have indicators of their own.
pub(super) fn source_to_indicator(field: &mut DataField) {
    let system = field
        .first(b'2')
        .map(|system| back(SYSTEMS, system).unwrap_or(system).to_owned());
    let own = INDICATORS
        .iter()
        .find(|(_, name)| system.as_deref() == Some(name));
    let second = match (own, &system) {
        (Some((indicator, _)), _) => {
            field
                .subfields
                .retain(|subfield| subfield.code != Code(b'2'));
            *indicator
        }
        (None, Some(_)) => b'7',
        (None, None) => b'4',
    };
    field.indicators = Indicators([field.indicators.first(), second]);
}

/// UNIMARC: $2 names the system always.
pub(super) fn indicator_to_source(marc21: &DataField, field: &mut DataField) {
    let own = INDICATORS
        .iter()
        .find(|(indicator, _)| *indicator == marc21.indicators.second());
    if let Some((_, name)) = own.filter(|_| field.first(b'2').is_none()) {
        field.push(b'2', *name);
    }
}
