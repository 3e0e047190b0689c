//! The vocabulary (layer 0): money, currencies, ids, times, codes, limits, and the JSON text they are written in.

pub mod address;
pub mod amount;
pub mod api_version;
pub mod card_number;
pub mod characters;
pub mod country;
pub mod currency;
pub mod date;
pub mod digits;
pub mod error_code;
pub mod hash;
pub mod id;
pub mod input;
pub mod json;
pub mod limits;
pub mod money;
pub mod redacted;
pub mod result_code;
pub mod shown;
pub mod sorted;
pub mod timestamp;
