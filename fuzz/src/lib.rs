//! The bodies of the fuzz targets, as plain functions: the fuzzer calls them with what it invents,
//! ordinary tests with what is kept in `protocol-fixtures`.

#![forbid(unsafe_code)]

pub mod cql;
pub mod marc_record;
pub mod ncip_message;
pub mod query_text;
pub mod sip2_message;
pub mod sru_request;
pub mod z3950_pdu;
