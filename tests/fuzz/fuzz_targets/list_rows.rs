#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| checkout_payments_fuzz::targets::list_rows::run(data));
