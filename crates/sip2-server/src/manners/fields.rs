//! Settings that are lists of fields or networks.

use serde::{Deserialize, Serialize};
use sip2::{FieldId, spec};

/// A field that a terminal's 24 and 64 have beyond the standard, opt in: who does not know it may stumble on it.
///
/// Where somebody lives and when somebody was born is told only after the right PIN, as in every 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Extra {
    /// The address, in 24 too.
    BD,
    /// The e-mail address, in 24 too.
    BE,
    /// The telephone number, in 24 too.
    BF,
    /// The last day on which the card is valid, eight digits.
    PA,
    /// The date of birth, eight digits.
    PB,
    /// The patron's category.
    PC,
}

impl Extra {
    pub(crate) fn id(self) -> FieldId {
        match self {
            Self::BD => FieldId::BD,
            Self::BE => FieldId::BE,
            Self::BF => FieldId::BF,
            Self::PA => FieldId::PA,
            Self::PB => FieldId::PB,
            Self::PC => FieldId::PC,
        }
    }

    /// Whether a 64 has it without being asked for it.
    pub(crate) fn is_of_64(self) -> bool {
        matches!(self, Self::BD | Self::BE | Self::BF)
    }

    /// Whether it takes the right PIN to be told.
    pub(crate) fn needs_pin(self) -> bool {
        !matches!(self, Self::PA | Self::PC)
    }
}

/// A field that a terminal's answers do not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hidden(pub FieldId);

/// Without these an answer is nobody's: which card, which item, which library, which messages.
const NEVER_HIDDEN: [FieldId; 6] = [
    FieldId::AA,
    FieldId::AB,
    FieldId::AO,
    FieldId::AY,
    FieldId::AZ,
    FieldId::BX,
];

impl TryFrom<String> for Hidden {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let id = <[u8; 2]>::try_from(text.as_bytes())
            .map(FieldId)
            .ok()
            .filter(|id| spec::field(*id).is_some())
            .ok_or_else(|| format!("{text:?} is no field of SIP2: write its two letters"))?;
        if NEVER_HIDDEN.contains(&id) {
            return Err(format!(
                "{text} cannot be hidden: no answer makes sense without it"
            ));
        }
        Ok(Self(id))
    }
}

impl From<Hidden> for String {
    fn from(hidden: Hidden) -> Self {
        hidden.0.to_string()
    }
}

/// Networks as texts.
pub(super) mod networks {
    use listener::Network;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(
        networks: &[Network],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(networks.iter().map(Network::to_string))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Network>, D::Error> {
        Vec::<String>::deserialize(deserializer)?
            .iter()
            .map(|text| text.parse().map_err(D::Error::custom))
            .collect()
    }
}
