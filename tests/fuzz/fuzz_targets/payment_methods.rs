#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| checkout_payments_fuzz::targets::payment_methods::run(data));
