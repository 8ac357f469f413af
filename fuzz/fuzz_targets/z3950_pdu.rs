#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relire_fuzz::z3950_pdu::run(bytes));
