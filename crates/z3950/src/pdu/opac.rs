//! The OPAC record syntax: a bibliographic record with its copies and what becomes of them (appendix 5, REC.3).

use crate::ber::{Node, Tag, ctx, uni};
use crate::error::{Error, What};
use crate::oid;
use crate::pdu::session::single;
use crate::value::{External, Text, Value, sequence};

sequence! {
    /// OPACRecord.
    OpacRecord {
        /// The record itself.
        bibliographic: Option<External> = ctx(1),
        /// One for each group of copies.
        holdings: Option<Vec<HoldingsRecord>> = ctx(2),
    }
}

impl OpacRecord {
    /// As it stands in a response.
    #[must_use]
    pub fn external(&self) -> External {
        single(oid::OPAC, self.write(uni(16)))
    }

    /// From a response.
    ///
    /// # Errors
    /// When it is no OPAC record.
    pub fn of(external: &External) -> Result<Self, Error> {
        let single = external.single.as_ref().ok_or(Error::of(What::Missing))?;
        Self::read(single.inside().first().ok_or(Error::of(What::Missing))?)
    }
}

/// HoldingsRecord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldingsRecord {
    /// A MARC record of holdings, `[1]`.
    Marc(External),
    /// In words, with circulation, `[2]`.
    Circulation(Box<HoldingsAndCirc>),
}

impl Value for HoldingsRecord {
    const OWN: Tag = ctx(2);
    fn read(node: &Node) -> Result<Self, Error> {
        Ok(match node.tag.1 {
            1 => Self::Marc(External::read(node)?),
            2 => Self::Circulation(Box::new(Value::read(node)?)),
            _ => return Err(Error::of(What::Choice)),
        })
    }
    fn write(&self, _: Tag) -> Node {
        match self {
            Self::Marc(record) => record.write(ctx(1)),
            Self::Circulation(holdings) => holdings.write(ctx(2)),
        }
    }
}

sequence! {
    /// HoldingsAndCircData. Elements `[1]` to `[7]` and `[13]`, `[15]`, `[18]` are kept as they come.
    HoldingsAndCirc {
        /// Code of the institution.
        nuc_code: Option<Text> = ctx(8),
        /// Which library, for people.
        local_location: Option<Text> = ctx(9),
        /// Where in it.
        shelving_location: Option<Text> = ctx(10),
        /// On the spine.
        call_number: Option<Text> = ctx(11),
        /// What else helps to find it.
        shelving_data: Option<Text> = ctx(12),
        /// For readers.
        public_note: Option<Text> = ctx(14),
        /// Conditions of use.
        terms: Option<Text> = ctx(16),
        /// Volume and year.
        enum_and_chron: Option<Text> = ctx(17),
        /// The copies.
        circulation: Option<Vec<CircRecord>> = ctx(19),
    }
}

sequence! {
    /// CircRecord: one copy.
    CircRecord {
        /// Whether it can be had now.
        available_now: bool = ctx(1),
        /// From when on, else: `2026-03-01`.
        availability_date: Option<Text> = ctx(2),
        /// Until when.
        available_thru: Option<Text> = ctx(3),
        /// For people.
        restrictions: Option<Text> = ctx(4),
        /// Its barcode.
        item_id: Option<Text> = ctx(5),
        /// Whether a loan can be renewed.
        renewable: bool = ctx(6),
        /// Whether somebody waits for it.
        on_hold: bool = ctx(7),
        /// Volume and year.
        enum_and_chron: Option<Text> = ctx(8),
        /// A number on the spine.
        midspine: Option<Text> = ctx(9),
        /// Where it is for a time.
        temporary_location: Option<Text> = ctx(10),
    }
}
