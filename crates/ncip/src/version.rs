//! Versions of NCIP.

/// A version: what its messages say that they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// 1.0 and 1.01.
    V1_0,
    /// 2.0.
    V2_0,
    /// 2.01.
    V2_01,
    /// 2.02.
    V2_02,
}

impl Version {
    /// All of them, the newest first.
    pub const ALL: [Self; 4] = [Self::V2_02, Self::V2_01, Self::V2_0, Self::V1_0];

    /// What stands in the attribute `version`.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::V1_0 => "http://www.niso.org/ncip/v1_0/imp1/dtd/ncip_v1_0.dtd",
            Self::V2_0 => "http://www.niso.org/schemas/ncip/v2_0/imp1/xsd/ncip_v2_0.xsd",
            Self::V2_01 => "http://www.niso.org/schemas/ncip/v2_01/imp1/xsd/ncip_v2_01.xsd",
            Self::V2_02 => "http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd",
        }
    }

    /// Which version a message is of: its namespace says 2.x; without one, elements that only 1.x has say 1.0; then the
    /// text of its attribute. Partners write anything there, `2.02` too.
    pub(crate) fn told(namespaced: bool, only_v1: bool, text: &str) -> Self {
        let digits: String = text
            .chars()
            .skip_while(|char| !char.is_ascii_digit())
            .map(|char| if char == '.' { '_' } else { char })
            .collect();
        let two = || match () {
            () if digits.contains("2_02") => Self::V2_02,
            () if digits.contains("2_01") => Self::V2_01,
            () if digits.contains("2_0") => Self::V2_0,
            () => Self::V2_02,
        };
        if namespaced {
            return two();
        }
        if only_v1 {
            return Self::V1_0;
        }
        if digits.starts_with("1_") || text.contains("v1_") {
            Self::V1_0
        } else {
            two()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespace_then_shape_then_text() {
        for version in Version::ALL {
            let of_2 = version != Version::V1_0;
            assert_eq!(Version::told(of_2, !of_2, version.uri()), version);
            assert_eq!(Version::told(false, false, version.uri()), version);
        }
        assert_eq!(Version::told(false, false, "2.02"), Version::V2_02);
        assert_eq!(Version::told(false, false, "1.0"), Version::V1_0);
        assert_eq!(
            Version::told(true, false, "http://www.niso.org/ncip/v1_0/x"),
            Version::V2_02
        );
        assert_eq!(
            Version::told(false, true, Version::V2_02.uri()),
            Version::V1_0
        );
        assert_eq!(Version::told(false, false, ""), Version::V2_02);
        let envisionware = "http://ncip.envisionware.com/documentation/ncip_v1_01.dtd";
        assert_eq!(Version::told(false, false, envisionware), Version::V1_0);
    }
}
