use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Audience, Circulation};

/// Where to find something: alternatives, the first that says anything counts. Each is one code,
/// or several whose values are joined: `["f", "ghi"]` is `$f`, or else `$g$h$i` in one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pick(pub Vec<String>);

impl Pick {
    fn of(alternatives: &[&str]) -> Self {
        Self(
            alternatives
                .iter()
                .map(|codes| (*codes).to_owned())
                .collect(),
        )
    }
}

/// What to do with a barcode as it stands in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BarcodeRule {
    /// Blanks within go; those around it always do.
    pub strip_spaces: bool,
    /// The `*` that begin and end a Code 39 go.
    pub strip_stars: bool,
    /// Filled with zeros on the left up to this length, if it has digits only; 0 for never.
    pub pad_to: usize,
}

impl Default for BarcodeRule {
    fn default() -> Self {
        Self {
            strip_spaces: true,
            strip_stars: true,
            pad_to: 0,
        }
    }
}

/// What means what in a source's copies. Whatever is left out of a configuration is as in
/// Recommandation 995.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ItemProfile {
    /// The field; `995`.
    pub tag: String,
    /// `$f`, or its parts `$g`, `$h`, `$i`.
    pub barcode: Pick,
    /// How barcodes are cleaned.
    pub barcode_rule: BarcodeRule,
    /// `$b` coded, `$a` in words.
    pub owner: Pick,
    /// `$d` coded, `$c` in words.
    pub holder: Pick,
    /// `$e`.
    pub section: Pick,
    /// `$k`.
    pub call_number: Pick,
    /// `$l`.
    pub volume: Pick,
    /// `$v`, which is no part of the recommendation and everywhere.
    pub issue: Pick,
    /// `$r`.
    pub document: Pick,
    /// `$q`.
    pub audience: Pick,
    /// `$o`.
    pub circulation: Pick,
    /// `$t`.
    pub genre: Pick,
    /// `$u`.
    pub note: Pick,
    /// Owner of copies that do not name one: for files of one branch.
    pub default_owner: Option<String>,
    /// The source's document types in the network's words. Empty: none are translated.
    pub document_types: BTreeMap<String, String>,
    /// The source's words for audiences.
    pub audiences: BTreeMap<String, Audience>,
    /// The source's words for categories of circulation.
    pub circulations: BTreeMap<String, Circulation>,
}

impl Default for ItemProfile {
    fn default() -> Self {
        let audiences = [
            ("a", Audience::Adult),
            ("j", Audience::Young),
            ("u", Audience::Unknown),
            ("z", Audience::Other),
        ];
        let circulations = [
            ("e", Circulation::Lendable),
            ("c", Circulation::OnSite),
            ("r", Circulation::Reserve),
        ];
        Self {
            tag: "995".to_owned(),
            barcode: Pick::of(&["f", "ghi"]),
            barcode_rule: BarcodeRule::default(),
            owner: Pick::of(&["b", "a"]),
            holder: Pick::of(&["d", "c"]),
            section: Pick::of(&["e"]),
            call_number: Pick::of(&["k"]),
            volume: Pick::of(&["l"]),
            issue: Pick::of(&["v"]),
            document: Pick::of(&["r"]),
            audience: Pick::of(&["q"]),
            circulation: Pick::of(&["o"]),
            genre: Pick::of(&["t"]),
            note: Pick::of(&["u"]),
            default_owner: None,
            document_types: BTreeMap::new(),
            audiences: audiences
                .map(|(code, audience)| (code.to_owned(), audience))
                .into(),
            circulations: circulations
                .map(|(code, circulation)| (code.to_owned(), circulation))
                .into(),
        }
    }
}

impl ItemProfile {
    /// Koha's French frameworks: `$b` owns, `$c` holds, `$9` is its own key, and `$o` is a status
    /// of which 0 means that nothing is in the way.
    pub fn koha() -> Self {
        let mut profile = Self {
            holder: Pick::of(&["c", "d"]),
            ..Self::default()
        };
        let status = [
            ("0", Circulation::Lendable),
            ("1", Circulation::OnSite),
            ("2", Circulation::Reserve),
        ];
        profile
            .circulations
            .extend(status.map(|(code, status)| (code.to_owned(), status)));
        profile
    }

    /// Koha's MARC21 field 952.
    pub fn koha_marc21() -> Self {
        Self {
            tag: "952".to_owned(),
            barcode: Pick::of(&["p"]),
            owner: Pick::of(&["a"]),
            holder: Pick::of(&["b"]),
            section: Pick::of(&["c"]),
            call_number: Pick::of(&["o"]),
            volume: Pick::default(),
            issue: Pick::of(&["h"]),
            document: Pick::of(&["y"]),
            audience: Pick::default(),
            circulation: Pick::default(),
            genre: Pick::default(),
            note: Pick::of(&["z"]),
            ..Self::default()
        }
    }

    /// The Aisne's habit: section in `$8`, document type in `$9`.
    pub fn aisne() -> Self {
        Self {
            section: Pick::of(&["8", "e"]),
            document: Pick::of(&["9", "r"]),
            ..Self::default()
        }
    }
}
