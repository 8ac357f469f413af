#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relire_fuzz::ncip_message::run(bytes));
