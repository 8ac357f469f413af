#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relire_fuzz::query_text::run(bytes));
