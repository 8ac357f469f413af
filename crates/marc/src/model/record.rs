use bytes::Bytes;

use super::{Code, ControlField, DataField, Field, Indicators, Leader, Subfield, Tag};

/// A record with values of type `T`: text, if nothing is said.
///
/// ```
/// use relire_marc::{DataField, Leader, Record};
/// let mut record = Record::new(Leader::UNIMARC);
/// record.push_control(b"001", "FRBNF1");
/// record.push(DataField::new(b"200", b"1 ").with(b'a', "Le Horla").with(b'f', "Maupassant"));
/// assert_eq!(record.control_number().map(String::as_str), Some("FRBNF1"));
/// assert_eq!(record.first(b"200", b'a').map(String::as_str), Some("Le Horla"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Record<T = String> {
    /// The 24 bytes before all.
    pub leader: Leader,
    /// In the order in which they came.
    pub fields: Vec<Field<T>>,
}

/// A record as a file carries it: its character set is not decided yet.
pub type RawRecord = Record<Bytes>;

impl<T> Record<T> {
    /// A record without fields.
    pub const fn new(leader: Leader) -> Self {
        Self {
            leader,
            fields: Vec::new(),
        }
    }

    /// Adds a control field at the end.
    pub fn push_control(&mut self, tag: impl Into<Tag>, value: impl Into<T>) {
        self.fields.push(Field::Control(ControlField {
            tag: tag.into(),
            value: value.into(),
        }));
    }

    /// Adds a data field at the end.
    pub fn push(&mut self, field: DataField<T>) {
        self.fields.push(Field::Data(field));
    }

    /// The first control field of that tag.
    pub fn control(&self, tag: impl Into<Tag>) -> Option<&T> {
        let tag = tag.into();
        self.fields
            .iter()
            .filter_map(Field::as_control)
            .find(|field| field.tag == tag)
            .map(|field| &field.value)
    }

    /// 001: the number that the source knows the record by. The first, if there are several.
    pub fn control_number(&self) -> Option<&T> {
        self.control(b"001")
    }

    /// Every data field of that tag.
    pub fn data(&self, tag: impl Into<Tag>) -> impl Iterator<Item = &DataField<T>> {
        let tag = tag.into();
        self.data_fields().filter(move |field| field.tag == tag)
    }

    /// Every data field.
    pub fn data_fields(&self) -> impl Iterator<Item = &DataField<T>> {
        self.fields.iter().filter_map(Field::as_data)
    }

    /// Every subfield of that code in every field of that tag.
    pub fn all(&self, tag: impl Into<Tag>, code: impl Into<Code>) -> impl Iterator<Item = &T> {
        let code = code.into();
        self.data(tag).flat_map(move |field| field.all(code))
    }

    /// The first subfield of that code in a field of that tag.
    pub fn first(&self, tag: impl Into<Tag>, code: impl Into<Code>) -> Option<&T> {
        self.all(tag, code).next()
    }

    /// Whether there is a field of that tag.
    pub fn has(&self, tag: impl Into<Tag>) -> bool {
        let tag = tag.into();
        self.fields.iter().any(|field| field.tag() == tag)
    }

    /// The same record over another kind of value. The function sees the place of each value: the
    /// tag, and the code within a data field.
    pub fn map<U>(&self, mut value: impl FnMut(Tag, Option<Code>, &T) -> U) -> Record<U> {
        let fields = self.fields.iter().map(|field| match field {
            Field::Control(field) => Field::Control(ControlField {
                tag: field.tag,
                value: value(field.tag, None, &field.value),
            }),
            Field::Data(field) => Field::Data(DataField {
                tag: field.tag,
                indicators: Indicators(field.indicators.0),
                subfields: field
                    .subfields
                    .iter()
                    .map(|subfield| Subfield {
                        code: subfield.code,
                        value: value(field.tag, Some(subfield.code), &subfield.value),
                    })
                    .collect(),
            }),
        });
        Record {
            leader: self.leader,
            fields: fields.collect(),
        }
    }

    /// Every value, with its tag and code.
    pub fn values(&self) -> impl Iterator<Item = (Tag, Option<Code>, &T)> {
        self.fields.iter().flat_map(|field| {
            let (control, data) = match field {
                Field::Control(field) => (Some((field.tag, None, &field.value)), None),
                Field::Data(field) => (None, Some(field)),
            };
            let subfields = data.into_iter().flat_map(|field| {
                field
                    .subfields
                    .iter()
                    .map(|subfield| (field.tag, Some(subfield.code), &subfield.value))
            });
            control.into_iter().chain(subfields)
        })
    }
}
