//! The table itself.

use super::{
    Ind::{Any, Is, Of},
    Kind::{self, Country, Person, PersonSubject, Plain, Subject, Title, UniformTitle},
    Row, Side,
    Way::{self, Both, ToMarc21, ToUnimarc},
};

type Codes = &'static [&'static str];

const fn row(
    unimarc: (&'static [u8; 3], [super::Ind; 2]),
    marc21: (&'static [u8; 3], [super::Ind; 2]),
    codes: Codes,
    way: Way,
    kind: Kind,
) -> Row {
    Row {
        unimarc: Side {
            tag: unimarc.0,
            ind: unimarc.1,
        },
        marc21: Side {
            tag: marc21.0,
            ind: marc21.1,
        },
        codes,
        way,
        kind,
    }
}

const PLACE: Codes = &["aa ;", "cb :", "dc,"];
const VARIANT: Codes = &["aa", "eb :", "hn.", "ip,"];
const CORPORATE: Codes = &["aa", "bb.", "cg", "dn", "ec", "fd", "44", "30", "o1"];
const MEETING: Codes = &["aa", "bb.", "dn", "ec :", "fd :", "44", "30", "o1"];
const PERSON: Codes = &["aa", "cc,", "db", "fd,", "44", "30", "o1", "tt."];
const HEADING: Codes = &["aa", "xx", "jv", "yz", "zy", "30", "22"];
const NOTE: Codes = &["aa"];

/// Every pair. Where several rows fit a field, the first counts: within one MARC21 field the row
/// that UNIMARC prefers stands before those that only lead there.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    // Numbers.
    row((b"010", [Any(b' '), Any(b' ')]), (b"020", [Any(b' '), Any(b' ')]), &["aa", "bq", "dc :", "zz"], Both, Plain),
    row((b"011", [Any(b' '), Any(b' ')]), (b"022", [Any(b' '), Any(b' ')]), &["aa", "yy", "zz", "fl"], Both, Plain),
    row((b"015", [Any(b' '), Any(b' ')]), (b"027", [Any(b' '), Any(b' ')]), &["aa", "zz"], Both, Plain),
    row((b"020", [Any(b' '), Any(b' ')]), (b"015", [Any(b' '), Any(b' ')]), &["ba", "zz"], Both, Plain),
    row((b"021", [Any(b' '), Any(b' ')]), (b"017", [Any(b' '), Any(b' ')]), &["ba", "ab"], Both, Plain),
    row((b"071", [Is(b'0'), Any(b'0')]), (b"028", [Is(b'0'), Any(b'0')]), &["aa", "bb"], Both, Plain),
    row((b"071", [Is(b'1'), Any(b'0')]), (b"028", [Is(b'1'), Any(b'0')]), &["aa", "bb"], Both, Plain),
    row((b"071", [Is(b'2'), Any(b'0')]), (b"028", [Is(b'2'), Any(b'0')]), &["aa", "bb"], Both, Plain),
    row((b"071", [Is(b'3'), Any(b'0')]), (b"028", [Is(b'3'), Any(b'0')]), &["aa", "bb"], Both, Plain),
    row((b"071", [Is(b'4'), Any(b'0')]), (b"028", [Is(b'4'), Any(b'0')]), &["aa", "bb"], Both, Plain),
    row((b"071", [Any(b'0'), Any(b'0')]), (b"028", [Any(b'5'), Any(b'0')]), &["aa", "bb"], Both, Plain),
    row((b"072", [Any(b' '), Any(b'0')]), (b"024", [Is(b'1'), Any(b' ')]), &["aa", "dc :", "zz"], Both, Plain),
    row((b"073", [Any(b' '), Any(b'0')]), (b"024", [Is(b'3'), Any(b' ')]), &["aa", "dc :", "zz"], Both, Plain),
    row((b"017", [Is(b'7'), Any(b' ')]), (b"024", [Is(b'7'), Any(b' ')]), &["aa", "dc :", "zz", "22"], Both, Plain),
    row((b"017", [Any(b'8'), Any(b' ')]), (b"024", [Any(b'8'), Any(b' ')]), &["aa", "dc :", "zz"], Both, Plain),
    row((b"035", [Any(b' '), Any(b' ')]), (b"035", [Any(b' '), Any(b' ')]), &["aa", "zz"], Both, Plain),
    row((b"040", [Any(b' '), Any(b' ')]), (b"030", [Any(b' '), Any(b' ')]), &["aa", "zz"], Both, Plain),
    // Coded data that is a field on both sides.
    row((b"101", [Is(b'0'), Any(b' ')]), (b"041", [Is(b'0'), Any(b' ')]), &["aa", "bk", "ch", "db", "ef", "he", "ig", "jj"], Both, Plain),
    row((b"101", [Is(b'1'), Any(b' ')]), (b"041", [Is(b'1'), Any(b' ')]), &["aa", "bk", "ch", "db", "ef", "he", "ig", "jj"], Both, Plain),
    row((b"101", [Any(b'0'), Any(b' ')]), (b"041", [Any(b' '), Any(b' ')]), &["aa", "bk", "ch", "db", "ef", "he", "ig", "jj"], Both, Plain),
    row((b"102", [Any(b' '), Any(b' ')]), (b"044", [Any(b' '), Any(b' ')]), &["ac"], Both, Country),
    row((b"181", [Any(b' '), Any(b' ')]), (b"336", [Any(b' '), Any(b' ')]), &["cb", "22"], Both, Plain),
    row((b"182", [Any(b' '), Any(b' ')]), (b"337", [Any(b' '), Any(b' ')]), &["cb", "22"], Both, Plain),
    row((b"183", [Any(b' '), Any(b' ')]), (b"338", [Any(b' '), Any(b' ')]), &["ab", "22"], Both, Plain),
    row((b"801", [Any(b' '), Is(b'0')]), (b"040", [Any(b' '), Any(b' ')]), &["ba", "ge"], Both, Plain),
    row((b"801", [Any(b' '), Any(b'3')]), (b"040", [Any(b' '), Any(b' ')]), &["bd", "ge"], ToMarc21, Plain),
    // Description.
    row((b"200", [Any(b'1'), Any(b' ')]), (b"245", [Any(b'0'), Any(b'0')]), &["aa", "eb :", "db =", "fc /", "gc ;", "hn.", "ip,", "bh"], Both, Title),
    row((b"205", [Any(b' '), Any(b' ')]), (b"250", [Any(b' '), Any(b' ')]), &["aa", "bb,", "fb /", "gb ;", "db ="], Both, Plain),
    row((b"206", [Any(b' '), Any(b' ')]), (b"255", [Any(b' '), Any(b' ')]), &["aa", "ba:", "ca;"], Both, Plain),
    row((b"207", [Any(b' '), Any(b'0')]), (b"362", [Is(b'0'), Any(b' ')]), &["aa ;"], Both, Plain),
    row((b"208", [Any(b' '), Any(b' ')]), (b"254", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"214", [Any(b' '), Is(b'0')]), (b"264", [Any(b' '), Is(b'1')]), PLACE, Both, Plain),
    row((b"214", [Any(b' '), Is(b'1')]), (b"264", [Any(b' '), Is(b'0')]), PLACE, Both, Plain),
    row((b"214", [Any(b' '), Is(b'2')]), (b"264", [Any(b' '), Is(b'2')]), PLACE, Both, Plain),
    row((b"214", [Any(b' '), Is(b'3')]), (b"264", [Any(b' '), Is(b'3')]), PLACE, Both, Plain),
    row((b"214", [Any(b' '), Is(b'4')]), (b"264", [Any(b' '), Is(b'4')]), &["dc"], Both, Plain),
    row((b"214", [Any(b' '), Any(b' ')]), (b"264", [Any(b' '), Any(b'1')]), PLACE, ToMarc21, Plain),
    row((b"210", [Any(b' '), Any(b' ')]), (b"260", [Any(b' '), Any(b' ')]), &["aa ;", "cb :", "dc,", "ee", "gf :", "hg,"], Both, Plain),
    row((b"215", [Any(b' '), Any(b' ')]), (b"300", [Any(b' '), Any(b' ')]), &["aa", "cb :", "dc ;", "ee +"], Both, Plain),
    row((b"225", [Any(b'0'), Any(b' ')]), (b"490", [Any(b'0'), Any(b' ')]), &["aa", "ea :", "da =", "fa /", "ha.", "ia,", "vv ;", "xx,"], Both, Plain),
    row((b"230", [Any(b' '), Any(b' ')]), (b"256", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    // Notes.
    row((b"300", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"302", [Any(b' '), Any(b' ')]), (b"546", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"310", [Any(b' '), Any(b' ')]), (b"563", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"311", [Any(b' '), Any(b' ')]), (b"580", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"317", [Any(b' '), Any(b' ')]), (b"561", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"320", [Any(b' '), Any(b' ')]), (b"504", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"321", [Any(b' '), Any(b' ')]), (b"510", [Any(b'4'), Any(b' ')]), &["aa", "bb", "cc", "xx"], Both, Plain),
    row((b"322", [Any(b' '), Any(b' ')]), (b"508", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"323", [Any(b' '), Any(b' ')]), (b"511", [Is(b'0'), Any(b' ')]), NOTE, Both, Plain),
    row((b"325", [Any(b' '), Any(b' ')]), (b"533", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"326", [Any(b' '), Any(b' ')]), (b"310", [Any(b' '), Any(b' ')]), &["aa", "bb,"], Both, Plain),
    row((b"327", [Any(b'1'), Any(b' ')]), (b"505", [Any(b'0'), Any(b' ')]), &["aa --"], Both, Plain),
    row((b"328", [Any(b' '), Any(b'0')]), (b"502", [Any(b' '), Any(b' ')]), &["aa", "bb", "ec", "dd", "zg", "co"], Both, Plain),
    row((b"330", [Any(b' '), Any(b' ')]), (b"520", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"332", [Any(b' '), Any(b' ')]), (b"524", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"333", [Any(b' '), Any(b' ')]), (b"521", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"334", [Any(b' '), Any(b' ')]), (b"586", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"336", [Any(b' '), Any(b' ')]), (b"516", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"337", [Any(b' '), Any(b' ')]), (b"538", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"345", [Any(b' '), Any(b' ')]), (b"037", [Any(b' '), Any(b' ')]), &["ba", "ab", "cf", "dc"], Both, Plain),
    row((b"301", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"303", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"304", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"305", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"306", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"307", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"308", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"312", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"313", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"314", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"315", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"316", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), &["aa", "55"], ToMarc21, Plain),
    row((b"324", [Any(b' '), Any(b' ')]), (b"500", [Any(b' '), Any(b' ')]), NOTE, ToMarc21, Plain),
    // Titles.
    row((b"500", [Any(b'1'), Any(b'0')]), (b"130", [Of(0), Any(b' ')]), &["aa", "hn.", "ip,", "ml.", "kf.", "lk.", "rm,", "sn,", "ur,", "wo;", "qs.", "30"], Both, UniformTitle),
    row((b"500", [Any(b'1'), Any(b'0')]), (b"240", [Any(b'1'), Any(b'0')]), &["aa", "hn.", "ip,", "ml.", "kf.", "lk.", "rm,", "sn,", "ur,", "wo;", "qs.", "30"], ToUnimarc, UniformTitle),
    row((b"501", [Any(b'1'), Any(b'0')]), (b"240", [Any(b'1'), Any(b'0')]), &["aa", "ml.", "kf.", "lk.", "rm,", "sn,", "ur,", "wo;"], ToMarc21, UniformTitle),
    row((b"510", [Any(b'1'), Any(b' ')]), (b"246", [Is(b'3'), Is(b'1')]), VARIANT, Both, Plain),
    row((b"512", [Any(b'1'), Any(b' ')]), (b"246", [Is(b'1'), Is(b'4')]), VARIANT, Both, Plain),
    row((b"513", [Any(b'1'), Any(b' ')]), (b"246", [Is(b'1'), Is(b'5')]), VARIANT, Both, Plain),
    row((b"514", [Any(b'1'), Any(b' ')]), (b"246", [Is(b'1'), Is(b'6')]), VARIANT, Both, Plain),
    row((b"515", [Any(b'1'), Any(b' ')]), (b"246", [Is(b'1'), Is(b'7')]), VARIANT, Both, Plain),
    row((b"516", [Any(b'1'), Any(b' ')]), (b"246", [Is(b'1'), Is(b'8')]), VARIANT, Both, Plain),
    row((b"517", [Any(b'1'), Any(b' ')]), (b"246", [Is(b'1'), Is(b'3')]), VARIANT, Both, Plain),
    row((b"518", [Any(b'1'), Any(b' ')]), (b"246", [Any(b'3'), Any(b' ')]), NOTE, ToMarc21, Plain),
    row((b"532", [Any(b'1'), Any(b' ')]), (b"246", [Is(b'3'), Is(b'0')]), NOTE, Both, Plain),
    row((b"540", [Any(b'1'), Any(b' ')]), (b"246", [Is(b'3'), Is(b'3')]), NOTE, Both, Plain),
    row((b"541", [Any(b'1'), Any(b' ')]), (b"242", [Any(b'1'), Any(b'0')]), &["aa", "eb :", "hn.", "ip,", "zy"], Both, Plain),
    row((b"520", [Any(b'1'), Any(b' ')]), (b"247", [Any(b'1'), Any(b'0')]), &["aa", "eb :", "hn.", "ip,", "jf", "xx"], Both, Plain),
    row((b"530", [Any(b'0'), Any(b' ')]), (b"222", [Any(b' '), Any(b'0')]), &["aa", "bb"], Both, Plain),
    row((b"531", [Any(b' '), Any(b' ')]), (b"210", [Any(b'0'), Any(b' ')]), &["aa", "bb"], Both, Plain),
    row((b"545", [Any(b'1'), Any(b' ')]), (b"740", [Any(b'0'), Any(b' ')]), NOTE, Both, Plain),
    row((b"517", [Any(b'1'), Any(b' ')]), (b"246", [Any(b'1'), Any(b' ')]), VARIANT, ToUnimarc, Plain),
    // Subjects.
    row((b"602", [Any(b' '), Any(b' ')]), (b"600", [Is(b'3'), Any(b'4')]), &["aa", "cc", "fd,", "tt.", "xx", "jv", "yz", "zy", "30", "22"], Both, Subject),
    row((b"604", [Any(b' '), Any(b' ')]), (b"600", [Any(b'1'), Any(b'4')]), &["ab", "cc", "db", "fd,", "tt.", "xx", "jv", "yz", "zy", "30", "22"], ToMarc21, PersonSubject),
    row((b"600", [Any(b' '), Of(0)]), (b"600", [Of(1), Any(b'4')]), &["aa", "cc,", "db", "fd,", "tt.", "xx", "jv", "yz", "zy", "30", "22"], Both, PersonSubject),
    row((b"601", [Is(b'1'), Any(b'2')]), (b"611", [Any(b'2'), Any(b'4')]), &["aa", "bb.", "dn", "ec :", "fd :", "xx", "jv", "yz", "zy", "30", "22"], Both, Subject),
    row((b"601", [Any(b'0'), Of(0)]), (b"610", [Of(1), Any(b'4')]), &["aa", "bb.", "cg", "dn", "ec", "fd", "xx", "jv", "yz", "zy", "30", "22"], Both, Subject),
    row((b"605", [Any(b' '), Any(b' ')]), (b"630", [Any(b'0'), Any(b'4')]), &["aa", "hn.", "ip.", "ml.", "kf.", "lk.", "nf", "xx", "jv", "yz", "zy", "30", "22"], Both, Subject),
    row((b"606", [Any(b' '), Any(b' ')]), (b"650", [Any(b' '), Any(b'4')]), HEADING, Both, Subject),
    row((b"607", [Any(b' '), Any(b' ')]), (b"651", [Any(b' '), Any(b'4')]), HEADING, Both, Subject),
    row((b"608", [Any(b' '), Any(b' ')]), (b"655", [Any(b' '), Any(b'4')]), HEADING, Both, Subject),
    row((b"610", [Any(b'0'), Any(b' ')]), (b"653", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"615", [Any(b' '), Any(b' ')]), (b"072", [Any(b' '), Any(b'7')]), &["aa", "xx", "22"], Both, Plain),
    row((b"660", [Any(b' '), Any(b' ')]), (b"043", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"661", [Any(b' '), Any(b' ')]), (b"045", [Any(b' '), Any(b' ')]), NOTE, Both, Plain),
    row((b"675", [Any(b' '), Any(b' ')]), (b"080", [Any(b' '), Any(b' ')]), &["aa", "v2"], Both, Plain),
    row((b"676", [Any(b' '), Any(b' ')]), (b"082", [Any(b'0'), Any(b'4')]), &["aa", "v2"], Both, Plain),
    row((b"680", [Any(b' '), Any(b' ')]), (b"050", [Any(b' '), Any(b'4')]), &["aa", "bb"], Both, Plain),
    row((b"686", [Any(b' '), Any(b' ')]), (b"084", [Any(b' '), Any(b' ')]), &["aa", "bb", "22"], Both, Plain),
    // Names.
    row((b"700", [Any(b' '), Of(0)]), (b"100", [Of(1), Any(b' ')]), PERSON, Both, Person),
    row((b"701", [Any(b' '), Of(0)]), (b"700", [Of(1), Any(b' ')]), PERSON, ToMarc21, Person),
    row((b"702", [Any(b' '), Of(0)]), (b"700", [Of(1), Any(b' ')]), PERSON, Both, Person),
    row((b"710", [Is(b'1'), Any(b'2')]), (b"111", [Any(b'2'), Any(b' ')]), MEETING, Both, Plain),
    row((b"710", [Any(b'0'), Of(0)]), (b"110", [Of(1), Any(b' ')]), CORPORATE, Both, Plain),
    row((b"711", [Is(b'1'), Any(b'2')]), (b"711", [Any(b'2'), Any(b' ')]), MEETING, ToMarc21, Plain),
    row((b"711", [Any(b'0'), Of(0)]), (b"710", [Of(1), Any(b' ')]), CORPORATE, ToMarc21, Plain),
    row((b"712", [Is(b'1'), Any(b'2')]), (b"711", [Any(b'2'), Any(b' ')]), MEETING, Both, Plain),
    row((b"712", [Any(b'0'), Of(0)]), (b"710", [Of(1), Any(b' ')]), CORPORATE, Both, Plain),
    row((b"720", [Any(b' '), Any(b' ')]), (b"100", [Is(b'3'), Any(b' ')]), &["aa", "fd,", "44", "30"], ToMarc21, Plain),
    row((b"721", [Any(b' '), Any(b' ')]), (b"700", [Is(b'3'), Any(b' ')]), &["aa", "fd,", "44", "30"], ToMarc21, Plain),
    row((b"722", [Any(b' '), Any(b' ')]), (b"700", [Is(b'3'), Any(b' ')]), &["aa", "fd,", "44", "30"], ToMarc21, Plain),
    row((b"730", [Any(b' '), Any(b' ')]), (b"720", [Any(b' '), Any(b' ')]), &["aa", "44"], Both, Plain),
    // Access.
    row((b"856", [Of(0), Any(b' ')]), (b"856", [Of(0), Any(b'0')]), &["uu", "zz", "qq", "yy", "33", "aa", "dd", "ff"], Both, Plain),
];
