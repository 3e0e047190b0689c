//! The bodies about saved payment methods as tables, as in [`crate::payments::form`].

use crate::domain::input::schema::{Field, Kind};
use crate::domain::input::text_rules::TextRules;
use crate::domain::limits;

/// The one use of these forms.
pub const ALL: u16 = 1;

const SHORT: Kind = Kind::Text(TextRules::optional(limits::SHORT_TEXT_CHARS_MAX));
const NEEDED: Kind = Kind::Text(TextRules::required(limits::SHORT_TEXT_CHARS_MAX));
const NAME: Kind = Kind::Text(TextRules::optional(limits::ADDRESS_PERSON_NAME_CHARS_MAX));

/// A change of a method.
pub const CHANGE: &[Field] = &[
    Field::optional("isDefault", Kind::Flag, ALL),
    Field::optional(
        "status",
        Kind::OneOf(&["Active", "InActive", "AwaitingPayment", "Errored", "Expired", "Canceled"]),
        ALL,
    ),
    Field::optional("nickName", NAME, ALL),
    Field::optional("expiryMonth", Kind::Count(12), ALL),
    Field::optional("expiryYear", Kind::Count(9999), ALL),
];

/// A method whose token was made elsewhere (`reference` §4.9). Names are read in any case, as the platform's are.
pub const SAVED: &[Field] = &[
    Field::required("checksum", NEEDED, ALL, ALL),
    Field::required("paymentGatewayId", NEEDED, ALL, ALL),
    Field::required("referenceOwnerId", NEEDED, ALL, ALL),
    Field::required("gatewayReference", NEEDED, ALL, ALL),
    Field::required(
        "type",
        Kind::OneOf(&[
            "au_becs_debit",
            "bacs_debit",
            "bancontact",
            "card",
            "extd_apm_type",
            "extd_wallet",
            "ideal",
            "sepa_debit",
            "us_bank_account",
        ]),
        ALL,
        ALL,
    ),
    Field::optional("gatewayToken", Kind::Text(TextRules::optional(limits::PAYMENT_TOKEN_CHARS_MAX)), ALL),
    Field::optional("extendedPaymentMethodType", SHORT, ALL),
    Field::optional("last4", Kind::Text(TextRules::optional(4)), ALL),
    Field::optional("expiryMonth", Kind::Count(12), ALL),
    Field::optional("expiryYear", Kind::Count(9999), ALL),
    Field::optional("issuer", SHORT, ALL),
    Field::optional("network", SHORT, ALL),
    Field::optional("name", SHORT, ALL),
    Field::optional("nickName", NAME, ALL),
    Field::optional("status", Kind::OneOf(&["Active", "AwaitingPayment", "Errored", "Expired"]), ALL),
    Field::optional("usageType", Kind::OneOf(&["OffSession", "OnSession", "RestrictedOffSession"]), ALL),
    Field::optional("isDefault", Kind::Flag, ALL),
    Field::optional("isMerchantCreated", Kind::Flag, ALL),
    Field::optional("merchantAccountId", SHORT, ALL),
    Field::optional("accountHolderName", SHORT, ALL),
    Field::optional("accountHolderEmail", SHORT, ALL),
    Field::optional("asyncGatewayRefNumber", SHORT, ALL),
    Field::optional("paymentMethodSubType", SHORT, ALL),
    Field::optional("standardEntryClassCode", Kind::OneOf(&["CCD", "PPD", "TEL", "WEB"]), ALL),
    Field::optional(
        "billingStreet",
        Kind::Text(TextRules { lines: true, ..TextRules::optional(limits::ADDRESS_STREET_CHARS_MAX) }),
        ALL,
    ),
    Field::optional("billingCity", Kind::Text(TextRules::optional(limits::ADDRESS_CITY_CHARS_MAX)), ALL),
    Field::optional("billingState", Kind::Text(TextRules::optional(limits::ADDRESS_REGION_CHARS_MAX)), ALL),
    Field::optional("billingPostalCode", Kind::Text(TextRules::optional(limits::ADDRESS_POSTAL_CODE_CHARS_MAX)), ALL),
    Field::optional("billingCountry", Kind::Text(TextRules::optional(limits::ADDRESS_COUNTRY_CHARS_MAX)), ALL),
];
