//! MARC records.
#![forbid(unsafe_code)]

pub mod charset;
pub mod crosswalk;
pub mod iso2709;
pub mod items;
pub mod linked;
pub mod model;
pub mod xml;

pub use model::{
    Code, ControlField, DataField, Field, Format, Indicators, Leader, RawRecord, Record, Subfield,
    Tag,
};
