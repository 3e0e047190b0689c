//! Every limit of this crate, with its reason.

/// Bytes of a request body. A checkout payment needs less than 4 KiB; the rest is room for long addresses in any script.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// How deep JSON may nest. The deepest text of this crate is a group with an operation with a step with an outcome.
pub const JSON_DEPTH_MAX: usize = 16;
/// Members of one JSON object: well above any object of this crate, so that the search for duplicates stays cheap.
pub const JSON_MEMBERS_MAX: usize = 128;
/// Characters of a gateway token or saved payment method id.
pub const PAYMENT_TOKEN_CHARS_MAX: usize = 255;
/// Characters of a purchase order number (`WebCart.PoNumber`).
pub const PURCHASE_ORDER_NUMBER_CHARS_MAX: usize = 80;
/// Pairs in `paymentsData` (seed: "up to four key-value pairs").
pub const PAYMENTS_DATA_PAIRS_MAX: usize = 4;
/// Characters of a key and of a value in `paymentsData`.
pub const PAYMENTS_DATA_CHARS_MAX: usize = 255;
/// Characters of an idempotency key.
pub const IDEMPOTENCY_KEY_CHARS_MAX: usize = 255;
/// Idempotency keys of one payment. A client that repeats needs one; each more is a repeat under a new key.
pub const IDEMPOTENCY_KEYS_MAX: usize = 32;
/// How long an idempotency key is kept after its operation's last call, in milliseconds: 24 hours, and one for clocks.
pub const IDEMPOTENCY_KEY_KEPT_MS: i64 = 25 * 3_600_000;
/// Pairs in `additionalData` (`reference` §3.1).
pub const ADDITIONAL_DATA_PAIRS_MAX: usize = 5;
/// Characters of a comment, and of the caller's context (`seeds/payment-object.txt`, Comments).
pub const COMMENTS_CHARS_MAX: usize = 1000;
/// Characters of a name, an e-mail address, an id of another system (`Payment.Email` and its like).
pub const SHORT_TEXT_CHARS_MAX: usize = 255;
/// Characters of a telephone number, a hardware or a network address.
pub const ADDRESS_CODE_CHARS_MAX: usize = 45;
/// Lines of level 3 data: more than any gateway of today takes.
pub const LINE_ITEMS_MAX: usize = 200;
/// Members of `additionalAttributes`.
pub const ADDITIONAL_ATTRIBUTES_MAX: usize = 20;
/// Payment methods of one account, with those that are canceled: none is ever deleted, and the account is one row.
pub const PAYMENT_METHODS_MAX: usize = 500;
/// Rows of one import of payment methods (`reference` §4.14: ingestion 500 records).
pub const IMPORT_ROWS_MAX: usize = 500;
/// Bytes of one import: two kilobytes a row.
pub const IMPORT_BYTES_MAX: usize = 1024 * 1024;
/// Payment methods on one page of a list.
pub const PAGE_SIZE_MAX: usize = 200;
/// Characters of the id of an account or product, which are the host's own.
pub const FOREIGN_ID_CHARS_MAX: usize = 255;
/// Characters of the name of an invoice line, and of what tells one ingested invoice from another.
pub const INVOICE_NAME_CHARS_MAX: usize = 255;
/// Lines of one invoice (`reference` §4.14: an ingestion has at most 500 records).
pub const INVOICE_LINES_MAX: usize = 500;
/// Bytes of an invoice to ingest: 500 lines with long names.
pub const INVOICE_BODY_BYTES_MAX: usize = 512 * 1024;
/// Application lines of one payment group. Each step reads and writes all of them; taking one back is always possible.
pub const APPLICATION_LINES_MAX: usize = 2000;
/// Money records of a payment group to which a person may add. Each step reads and writes all of them.
pub const TRANSACTIONS_MAX: usize = 2000;
/// Digits of an amount: they fit 64 bits with room for sums.
pub const AMOUNT_DIGITS_MAX: usize = 18;
/// Characters of the contact name of an address: as long as its street, for long names in any script.
pub const ADDRESS_NAME_CHARS_MAX: usize = 255;
/// Characters of a street (`SavedPaymentMethod`, `PaymentIntent`).
pub const ADDRESS_STREET_CHARS_MAX: usize = 255;
/// Characters of a city (the same records).
pub const ADDRESS_CITY_CHARS_MAX: usize = 40;
/// Characters of a region (the same records' state).
pub const ADDRESS_REGION_CHARS_MAX: usize = 80;
/// Characters of a postal code (the same records).
pub const ADDRESS_POSTAL_CODE_CHARS_MAX: usize = 20;
/// Characters of a first and of a last name (80 is the platform's longest last name).
pub const ADDRESS_PERSON_NAME_CHARS_MAX: usize = 80;
/// Characters of a country before it is looked up in the list of codes: the same records' country.
pub const ADDRESS_COUNTRY_CHARS_MAX: usize = 80;
