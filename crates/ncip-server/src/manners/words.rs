//! Settings that are one word of a few, and lists of them.

use circulation::{DocumentCode, Language};
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $first_doc:literal $first:ident $first_word:literal, $($doc:literal $variant:ident $word:literal,)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
            pub enum $name {
                #[doc = concat!("`", $first_word, "`: ", $first_doc)]
                #[default]
                #[serde(rename = $first_word)]
                $first,
                $(
                    #[doc = concat!("`", $word, "`: ", $doc)]
                    #[serde(rename = $word)]
                    $variant,
                )*
            }
        )*
    };
}

// The first of each is its default.
words! {
    /// What a terminal speaks.
    Protocol {
        "NCIP, 1.x and 2.x." Ncip "ncip",
    }
    /// How a partner shows that it is itself. What it shows beside must be right too.
    Authentication {
        "by its path token, or by its password in `FromAgencyAuthentication` or `FromSystemAuthentication`." Secret "secret",
        "by its path token." Token "token",
        "by its password." Password "password",
        "by its address; `addresses` must name some." Address "address",
        "by a client certificate of its own." Certificate "certificate",
    }
    /// How 2.x answers write names.
    PrefixRule {
        "as the question does." AsAsked "as_asked",
        "without a prefix." Default "default",
        "`ns1:`." Ns1 "ns1",
    }
    /// The language of `ProblemDetail`.
    Spoken {
        "French." French "fr",
        "English." English "en",
    }
    /// What a partner is told of readers.
    Persons {
        "name, addresses, loans and fees after the right PIN; before it, whether they may borrow." WithPin "with_pin",
        "what it asks for." Always "always",
    }
    /// Which barcode a copy that comes gets. One that another copy has is never given twice: then the next, at last one of
    /// our own.
    BarcodeFrom {
        "that of `ItemId`, else the number of the request." ItemId "item_id",
        "the number of the request." RequestId "request_id",
        "one of our own." Made "made",
    }
    /// What a return of something that was not lent gets.
    NotLent {
        "the problem `Item Not Checked Out`." Problem "problem",
        "an answer as if it had been." Accepted "accepted",
    }
}

impl From<Spoken> for Language {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::French => Self::French,
            Spoken::English => Self::English,
        }
    }
}

/// What can be told of a reader: `UserElementType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// `Block Or Trap`.
    BlockOrTrap,
    /// `Date Of Birth`.
    DateOfBirth,
    /// `Name Information`.
    NameInformation,
    /// `User Address Information`.
    UserAddressInformation,
    /// `User Language`.
    UserLanguage,
    /// `User Privilege`: the keys STATUS, PROFILE and LIBRARY.
    UserPrivilege,
    /// `User Id`: the card again, and as `Primary Key`.
    UserId,
}

/// *PEB*: what another library lends us.
pub(super) fn borrowed() -> DocumentCode {
    "PEB".parse().expect("three capitals are a document code")
}

pub(super) mod networks {
    //! Networks, as texts.

    use listener::Network;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(in crate::manners) fn serialize<S: Serializer>(
        networks: &[Network],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let texts: Vec<String> = networks.iter().map(ToString::to_string).collect();
        texts.serialize(serializer)
    }

    pub(in crate::manners) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Network>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        let parsed = texts
            .iter()
            .map(|text| text.parse().map_err(D::Error::custom));
        parsed.collect()
    }
}
