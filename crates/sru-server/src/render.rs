//! A record in the schema that somebody asked for.

use std::collections::BTreeMap;

use desk::BibCopies;
use marc::{
    Format, Record, crosswalk,
    xml::{self, Dialect, Form},
};
use sru::{Diagnostic, Fragment, Schema};

use crate::holdings;

/// The record; or why it cannot be had in this schema. `copies` are there when holdings are asked for.
pub(crate) fn record(
    record: &Record,
    schema: Schema,
    copies: Option<&BibCopies>,
    places: &BTreeMap<String, String>,
) -> Result<Fragment, Diagnostic> {
    let marc = |record: &Record, dialect| xml::to_string(record, dialect, Form::Valid).0;
    let written = if schema == Schema::MARCXML {
        marc(&crosswalk::to_marc21(record).record, Dialect::Marcxml)
    } else if schema == Schema::UNIMARCXML {
        marc(record, Dialect::Marcxml)
    } else if schema == Schema::MARCXCHANGE {
        marc(record, Dialect::MarcXchange)
    } else if schema == Schema::DC {
        crosswalk::dublin_core(record, Format::Unimarc).to_srw_dc()
    } else if schema == Schema::MODS {
        crosswalk::mods(record, Format::Unimarc)
    } else {
        let held = copies.and_then(|copies| holdings::fragment(copies, places));
        return held.ok_or_else(|| {
            Diagnostic::new(67, schema.identifier)
                .saying("the network has no copy of this document now")
        });
    };
    Fragment::new(&written).map_err(|fault| {
        tracing::warn!(%fault, schema = schema.name, "a record is not well-formed and is left out");
        Diagnostic::new(67, schema.identifier)
    })
}
