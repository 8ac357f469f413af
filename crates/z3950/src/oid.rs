//! Object identifiers of Z39.50 as contents octets (appendix OID), with their names.

macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = [$($octet:literal),*], $text:literal;)*) => {
        $($(#[$doc])* pub const $name: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x13 $(, $octet)*];)*
        /// Every identifier of this file with the name that people use for it.
        pub const NAMES: &[(&[u8], &str)] = &[$(($name, $text)),*];
    };
}

oids! {
    /// 1.2.840.10003.3.1
    BIB_1 = [3, 1], "bib-1";
    /// 1.2.840.10003.3.2
    EXP_1 = [3, 2], "exp-1";
    /// 1.2.840.10003.4.2
    DIAG_1 = [4, 2], "diag-format-1";
    /// 1.2.840.10003.4.1
    DIAG_BIB_1 = [4, 1], "diag-1";
    /// 1.2.840.10003.5.1
    UNIMARC = [5, 1], "unimarc";
    /// 1.2.840.10003.5.2
    INTERMARC = [5, 2], "intermarc";
    /// 1.2.840.10003.5.10
    USMARC = [5, 10], "usmarc";
    /// 1.2.840.10003.5.101
    SUTRS = [5, 101], "sutrs";
    /// 1.2.840.10003.5.102
    OPAC = [5, 102], "opac";
    /// 1.2.840.10003.5.105
    GRS_1 = [5, 105], "grs-1";
    /// 1.2.840.10003.5.109.10
    XML = [5, 109, 10], "xml";
    /// 1.2.840.10003.10.1
    SEARCH_RESULT_1 = [10, 1], "searchResult-1";
    /// 1.2.840.10003.10.3
    USER_INFO_1 = [10, 3], "userInfo-1";
    /// 1.2.840.10003.15.3
    CHARSET_NEGOTIATION = [15, 3], "charset-3";
}

/// The name of an identifier, when it has one here.
#[must_use]
pub fn name(octets: &[u8]) -> Option<&'static str> {
    NAMES
        .iter()
        .find(|(oid, _)| *oid == octets)
        .map(|(_, name)| *name)
}
