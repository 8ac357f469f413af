use super::{
    Circulation, DocumentCode, Item, ItemProfile, ItemWarning, Pick, profile::BarcodeRule,
};
use crate::model::{Code, DataField, Record, Tag};

impl Pick {
    /// The first alternative that says something; blanks around it go.
    fn find(&self, field: &DataField) -> Option<String> {
        self.0.iter().find_map(|codes| {
            let values = codes.bytes().filter_map(|code| field.first(Code(code)));
            let joined: String = values.map(|value| value.trim()).collect();
            (!joined.is_empty()).then_some(joined)
        })
    }

    /// Where to write: the first code of the first alternative.
    fn put(&self, field: &mut DataField, value: Option<&str>) {
        let code = self.0.first().and_then(|codes| codes.bytes().next());
        if let (Some(code), Some(value)) = (code, value) {
            field.push(Code(code), value);
        }
    }
}

impl BarcodeRule {
    /// The barcode itself; `None` if nothing is left.
    fn clean(&self, barcode: &str) -> Option<String> {
        let mut clean = barcode.trim();
        if self.strip_stars {
            clean = clean.trim_matches('*').trim();
        }
        let mut clean = clean.to_owned();
        if self.strip_spaces {
            clean.retain(|char| !char.is_whitespace());
        }
        let digits = clean.bytes().all(|byte| byte.is_ascii_digit());
        if digits && !clean.is_empty() && clean.len() < self.pad_to {
            clean = format!("{clean:0>width$}", width = self.pad_to.min(64));
        }
        (!clean.is_empty()).then_some(clean)
    }
}

impl ItemProfile {
    /// Every copy of a record. Nothing is left out: what is wrong with one is told in it.
    pub fn items(&self, record: &Record) -> Vec<Item> {
        let Some(tag) = Tag::parse(&self.tag) else {
            return Vec::new();
        };
        let mut items: Vec<Item> = Vec::new();
        for field in record.data(tag) {
            let mut item = self.read(field);
            let before = items.iter().filter_map(|before| before.barcode.as_ref());
            if item.barcode.is_some()
                && before
                    .into_iter()
                    .any(|before| item.barcode.as_ref() == Some(before))
            {
                item.warnings.push(ItemWarning::BarcodeTwice);
            }
            items.push(item);
        }
        items
    }

    /// One copy.
    pub fn read(&self, field: &DataField) -> Item {
        let mut warnings = Vec::new();
        let stood = self.barcode.find(field);
        let barcode = stood
            .as_deref()
            .and_then(|stood| self.barcode_rule.clean(stood));
        match (&stood, &barcode) {
            (_, None) => warnings.push(ItemWarning::NoBarcode),
            (Some(stood), Some(barcode)) if stood != barcode => {
                warnings.push(ItemWarning::BarcodeCleaned(stood.clone()));
            }
            _ => {}
        }
        let document = self.document.find(field);
        let document_type = document
            .as_ref()
            .and_then(|code| self.document_types.get(code))
            .cloned();
        if let Some(code) = document
            .as_ref()
            .filter(|_| document_type.is_none() && !self.document_types.is_empty())
        {
            warnings.push(ItemWarning::Document(code.clone()));
        }
        let audience = self.audience.find(field).and_then(|code| {
            let known = self.audiences.get(&code).copied();
            if known.is_none() {
                warnings.push(ItemWarning::Audience(code));
            }
            known
        });
        let circulation = self.circulation.find(field).and_then(|code| {
            let known = self.circulations.get(&code).copied();
            if known.is_none() {
                warnings.push(ItemWarning::Circulation(code));
            }
            known
        });
        Item {
            barcode,
            owner: self
                .owner
                .find(field)
                .or_else(|| self.default_owner.clone()),
            holder: self.holder.find(field),
            section: self.section.find(field),
            call_number: self.call_number.find(field),
            volume: self.volume.find(field),
            issue: self.issue.find(field),
            document: document.map(DocumentCode),
            document_type,
            audience,
            circulation,
            genre: self.genre.find(field),
            note: self.note.find(field),
            warnings,
        }
    }

    /// A copy as a field, in alphabetical order of the codes. The source's own words are looked
    /// up backwards; a tag that is none gives `995`.
    pub fn write(&self, item: &Item) -> DataField {
        let tag = Tag::parse(&self.tag).unwrap_or(Tag::new(*b"995"));
        let mut field = DataField::new(tag, b"  ");
        let audience = self
            .audiences
            .iter()
            .find(|(_, audience)| Some(**audience) == item.audience);
        let document = item.document.as_ref().map(|code| code.0.as_str());
        let translated = self
            .document_types
            .iter()
            .find(|(_, kind)| Some(*kind) == item.document_type.as_ref())
            .map(|(code, _)| code.as_str());
        for (pick, value) in [
            (&self.barcode, item.barcode.as_deref()),
            (&self.owner, item.owner.as_deref()),
            (&self.holder, item.holder.as_deref()),
            (&self.section, item.section.as_deref()),
            (&self.call_number, item.call_number.as_deref()),
            (&self.volume, item.volume.as_deref()),
            (&self.issue, item.issue.as_deref()),
            (&self.document, document.or(translated)),
            (&self.audience, audience.map(|(code, _)| code.as_str())),
            (
                &self.circulation,
                item.circulation
                    .and_then(|circulation| self.code_of(circulation)),
            ),
            (&self.genre, item.genre.as_deref()),
            (&self.note, item.note.as_deref()),
        ] {
            pick.put(&mut field, value);
        }
        field.subfields.sort_by_key(|subfield| subfield.code);
        field
    }

    /// Letters before digits: the recommendation's own code, where a profile has others beside it.
    fn code_of(&self, circulation: Circulation) -> Option<&str> {
        let mut codes = self
            .circulations
            .iter()
            .rev()
            .filter(|(_, known)| **known == circulation);
        codes.next().map(|(code, _)| code.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        items::{Audience, Carrier, Content},
        model::Leader,
    };

    fn field(subfields: &[(u8, &str)]) -> DataField {
        let mut field = DataField::new(b"995", b"  ");
        for (code, value) in subfields {
            field.push(*code, *value);
        }
        field
    }

    #[test]
    fn the_recommendation_as_it_is() {
        let profile = ItemProfile::default();
        let field = field(&[
            (b'a', "Bibliothèque de Liévin"),
            (b'b', "LIEV"),
            (b'd', "BDP62"),
            (b'e', "Jeunesse"),
            (b'f', "3999"),
            (b'k', "J R SAN"),
            (b'l', "2"),
            (b'o', "e"),
            (b'q', "j"),
            (b'r', "ie"),
            (b't', "Roman"),
            (b'u', "don"),
            (b'v', "n° 3"),
        ]);
        let item = profile.read(&field);
        assert_eq!(
            (
                item.barcode.as_deref(),
                item.owner.as_deref(),
                item.holder.as_deref()
            ),
            (Some("3999"), Some("LIEV"), Some("BDP62"))
        );
        assert_eq!(
            (
                item.section.as_deref(),
                item.call_number.as_deref(),
                item.volume.as_deref()
            ),
            (Some("Jeunesse"), Some("J R SAN"), Some("2"))
        );
        assert_eq!(
            (item.audience, item.circulation),
            (Some(Audience::Young), Some(Circulation::Lendable))
        );
        let document = item.document.clone().unwrap();
        assert_eq!(
            (document.content(), document.carrier()),
            (Some(Content::Speech), Some(Carrier::Cd))
        );
        assert_eq!(
            (
                item.genre.as_deref(),
                item.note.as_deref(),
                item.issue.as_deref()
            ),
            (Some("Roman"), Some("don"), Some("n° 3"))
        );
        assert_eq!(item.warnings, []);
        // The name of the owner is the one thing that is not written again.
        let written = profile.write(&item);
        assert_eq!(profile.read(&written), item);
        assert_eq!(written.subfields.len(), field.subfields.len() - 1);
    }

    #[test]
    fn barcodes_of_all_kinds() {
        let profile = ItemProfile::default();
        let read = |subfields: &[(u8, &str)]| {
            let item = profile.read(&field(subfields));
            (item.barcode, item.warnings)
        };
        assert_eq!(read(&[(b'k', "R")]), (None, vec![ItemWarning::NoBarcode]));
        assert_eq!(read(&[(b'f', "   ")]), (None, vec![ItemWarning::NoBarcode]));
        assert_eq!(read(&[(b'f', "**")]), (None, vec![ItemWarning::NoBarcode]));
        assert_eq!(
            read(&[(b'g', "62"), (b'h', "00017"), (b'i', "X")]),
            (Some("6200017X".into()), vec![])
        );
        assert_eq!(
            read(&[(b'f', "*3 0624 98*")]),
            (
                Some("3062498".into()),
                vec![ItemWarning::BarcodeCleaned("*3 0624 98*".into())]
            )
        );
        let padded = BarcodeRule {
            pad_to: 7,
            ..BarcodeRule::default()
        };
        assert_eq!(padded.clean("17").as_deref(), Some("0000017"));
        assert_eq!(padded.clean("A7").as_deref(), Some("A7"));
    }

    #[test]
    fn a_profile_is_data() {
        let json = r#"{
            "section": ["8", "e"], "document": ["9"], "default_owner": "VIMY",
            "document_types": {"LV": "LIV", "BD": "BD"},
            "circulations": {"P": "lendable", "X": "on_site"},
            "barcode_rule": {"pad_to": 8}
        }"#;
        let profile: ItemProfile = serde_json::from_str(json).unwrap();
        let item = profile.read(&field(&[
            (b'f', "42"),
            (b'8', "Adulte"),
            (b'9', "LV"),
            (b'o', "P"),
            (b'q', "x"),
        ]));
        assert_eq!(
            (item.barcode.as_deref(), item.owner.as_deref()),
            (Some("00000042"), Some("VIMY"))
        );
        assert_eq!(
            (item.section.as_deref(), item.document_type.as_deref()),
            (Some("Adulte"), Some("LIV"))
        );
        assert_eq!(item.circulation, Some(Circulation::Lendable));
        assert_eq!(
            item.warnings,
            [
                ItemWarning::BarcodeCleaned("42".into()),
                ItemWarning::Audience("x".into())
            ]
        );
        let unknown = profile.read(&field(&[(b'f', "00000001"), (b'9', "ZZ")]));
        assert_eq!(unknown.warnings, [ItemWarning::Document("ZZ".into())]);
        let again: ItemProfile =
            serde_json::from_str(&serde_json::to_string(&profile).unwrap()).unwrap();
        assert_eq!(again, profile);
        assert!(
            serde_json::from_str::<ItemProfile>(r#"{"bar_code": ["f"]}"#).is_err(),
            "a slip is not silent"
        );
    }

    #[test]
    fn local_habits() {
        let koha = ItemProfile::koha().read(&field(&[
            (b'9', "17"),
            (b'b', "LENS"),
            (b'c', "GREN"),
            (b'f', "1"),
            (b'o', "0"),
        ]));
        assert_eq!(
            (koha.owner.as_deref(), koha.holder.as_deref()),
            (Some("LENS"), Some("GREN"))
        );
        assert_eq!(koha.circulation, Some(Circulation::Lendable));
        let mut other = DataField::new(b"952", b"  ");
        other.push(b'a', "LENS");
        other.push(b'p', "39999");
        let mut record = Record::new(Leader::MARC21);
        record.push(other.clone());
        record.push(other);
        let items = ItemProfile::koha_marc21().items(&record);
        assert_eq!(
            (items.len(), items[0].barcode.as_deref()),
            (2, Some("39999"))
        );
        assert_eq!(items[1].warnings, [ItemWarning::BarcodeTwice]);
        let aisne = ItemProfile::aisne().read(&field(&[(b'f', "1"), (b'8', "BD"), (b'9', "az")]));
        assert_eq!(
            (aisne.section.as_deref(), aisne.document.map(|code| code.0)),
            (Some("BD"), Some("az".to_owned()))
        );
    }
}
