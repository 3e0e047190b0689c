//! The bodies of the payments API as tables (`reference` §3.1): the same tables check requests and make the published contract.

use super::operation::PaymentsOperation as Operation;
use crate::domain::input::schema::{Field, Kind};
use crate::domain::input::text_rules::TextRules;
use crate::domain::limits;

const AUTHORIZE: u16 = Operation::Authorize.bit();
const POST_AUTH: u16 = Operation::PostAuth.bit();
const CAPTURE: u16 = Operation::Capture.bit();
const REVERSE: u16 = Operation::Reverse.bit();
const SALE: u16 = Operation::Sale.bit();
const REFUND: u16 = Operation::Refund.bit();
const TOKENIZE: u16 = Operation::Tokenize.bit();

const MAKES: u16 = AUTHORIZE | POST_AUTH | SALE;
const ACTS: u16 = CAPTURE | REVERSE | REFUND;
const MOVES_MONEY: u16 = MAKES | ACTS;
const ALL: u16 = MOVES_MONEY | TOKENIZE;

const SHORT: Kind = Kind::Text(TextRules::optional(limits::SHORT_TEXT_CHARS_MAX));
const CODE: Kind = Kind::Text(TextRules::optional(limits::ADDRESS_CODE_CHARS_MAX));
const TOKEN: Kind = Kind::Text(TextRules::required(limits::PAYMENT_TOKEN_CHARS_MAX));
const LONG: Kind = Kind::Text(TextRules { lines: true, ..TextRules::optional(limits::COMMENTS_CHARS_MAX) });
const NEVER_A_CARD: Kind =
    Kind::Never("Card data is never accepted here. Let the gateway's own form take it, and give its gatewayToken.");
const NEVER_AN_ACCOUNT: Kind = Kind::Never(
    "Account numbers are never accepted here. Let the gateway's own form take them, and give its gatewayToken.",
);
const YEAR: Kind = Kind::Count(9999);
const MONTH: Kind = Kind::Count(12);

/// The body.
pub const REQUEST: &[Field] = &[
    Field::required("amount", Kind::Amount, MOVES_MONEY, MOVES_MONEY),
    Field::required("currencyIsoCode", Kind::Currency, MAKES, MAKES),
    Field::required("accountId", SHORT, MOVES_MONEY, AUTHORIZE | POST_AUTH),
    Field::optional("effectiveDate", Kind::Time, MOVES_MONEY),
    Field::optional("comments", LONG, MOVES_MONEY),
    Field::optional("paymentGatewayId", SHORT, MAKES | TOKENIZE),
    Field::optional("paymentGroup", Kind::Object(PAYMENT_GROUP), MOVES_MONEY),
    Field::optional("paymentGroupId", SHORT, MOVES_MONEY),
    Field::required("paymentMethod", Kind::Object(PAYMENT_METHOD), MAKES, MAKES),
    Field::optional("clientContext", LONG, CAPTURE | REFUND),
    Field::optional(
        "additionalData",
        Kind::Pairs(limits::ADDITIONAL_DATA_PAIRS_MAX, limits::PAYMENTS_DATA_CHARS_MAX),
        ALL,
    ),
    Field::optional("email", SHORT, ALL),
    Field::optional("ipAddress", CODE, ALL),
    Field::optional("macAddress", CODE, ALL),
    Field::optional("phone", CODE, ALL),
    Field::optional("idempotencyKey", Kind::Text(TextRules::required(limits::IDEMPOTENCY_KEY_CHARS_MAX)), ALL),
    Field::optional("enhancedPaymentData", Kind::Object(ENHANCED), SALE),
    Field::optional("paymentInitiationSourceId", SHORT, SALE),
    Field::optional("submittedByMerchant", Kind::Flag, SALE),
    Field::optional("savedByMerchant", Kind::Flag, TOKENIZE),
    Field::optional("address", Kind::Object(ADDRESS), TOKENIZE),
    Field::optional("cardPaymentMethod", Kind::Object(CARD), TOKENIZE),
    Field::optional("alternativePaymentMethod", Kind::Object(ALTERNATIVE), TOKENIZE),
    Field::optional("bankPaymentMethod", Kind::Object(BANK), TOKENIZE),
];

/// `paymentGroup`
pub const PAYMENT_GROUP: &[Field] = &[
    Field::optional("createPaymentGroup", Kind::Flag, ALL),
    Field::optional("currencyIsoCode", Kind::Currency, ALL),
    Field::optional("id", SHORT, ALL),
    Field::optional("sourceObjectId", SHORT, ALL),
];

/// `paymentMethod`: exactly one of `id`, `cardPaymentMethod` and `alternativePaymentMethod`.
pub const PAYMENT_METHOD: &[Field] = &[
    Field::optional("id", TOKEN, ALL),
    Field::optional("cardPaymentMethod", Kind::Object(CARD), ALL),
    Field::optional("alternativePaymentMethod", Kind::Object(ALTERNATIVE), ALL),
    Field::optional("address", Kind::Object(ADDRESS), ALL),
    Field::optional("saveForFuture", Kind::Flag, ALL),
    Field::optional("standardEntryClassCode", Kind::OneOf(&["CCD", "PPD", "TEL", "WEB"]), SALE),
];

/// Exactly one of these members of `paymentMethod` is given.
pub const ONE_METHOD: &[&str] = &["id", "cardPaymentMethod", "alternativePaymentMethod"];

/// Exactly one of these members of a request to tokenize is given.
pub const ONE_METHOD_TO_TOKENIZE: &[&str] = &["cardPaymentMethod", "alternativePaymentMethod", "bankPaymentMethod"];

/// `cardPaymentMethod`: about a card, and the gateway's token of it.
pub const CARD: &[Field] = &[
    Field::required("gatewayToken", TOKEN, ALL, ALL),
    Field::optional("gatewayTokenDetails", SHORT, ALL),
    Field::required("accountId", SHORT, ALL, TOKENIZE),
    Field::optional("autoPay", Kind::Flag, ALL),
    Field::optional("cardCategory", Kind::OneOf(&["CreditCard", "DebitCard", "Credit", "Debit"]), ALL),
    Field::optional("cardHolderFirstName", SHORT, ALL),
    Field::optional("cardHolderLastName", SHORT, ALL),
    Field::optional("cardHolderName", SHORT, ALL),
    Field::optional(
        "cardType",
        Kind::OneOf(&["AmericanExpress", "DinersClub", "Discover", "Jcb", "Maestro", "MasterCard", "UnionPay", "Visa"]),
        ALL,
    ),
    Field::optional("cardLastFour", Kind::Text(TextRules::optional(4)), ALL),
    Field::optional("cardBin", Kind::Text(TextRules::optional(8)), ALL),
    Field::optional("cardNumber", NEVER_A_CARD, ALL),
    Field::optional("cvv", NEVER_A_CARD, ALL),
    Field::optional("expiryMonth", MONTH, ALL),
    Field::optional("expiryYear", YEAR, ALL),
    Field::optional("startMonth", MONTH, ALL),
    Field::optional("startYear", YEAR, ALL),
    Field::optional("nickName", SHORT, ALL),
    Field::optional("email", SHORT, ALL),
    Field::optional("comments", LONG, ALL),
];

/// `alternativePaymentMethod`
pub const ALTERNATIVE: &[Field] = &[
    Field::required("gatewayToken", TOKEN, ALL, ALL),
    Field::optional("gatewayTokenDetails", SHORT, ALL),
    Field::required("accountId", SHORT, ALL, TOKENIZE),
    Field::optional("name", SHORT, ALL),
    Field::optional("email", SHORT, ALL),
    Field::optional("comments", LONG, ALL),
];

/// `bankPaymentMethod`
pub const BANK: &[Field] = &[
    Field::required("gatewayToken", TOKEN, ALL, ALL),
    Field::optional("gatewayTokenDetails", SHORT, ALL),
    Field::required("accountId", SHORT, ALL, TOKENIZE),
    Field::optional("accountHolderType", Kind::OneOf(&["Business", "Individual"]), ALL),
    Field::optional("accountHolderFirstName", SHORT, ALL),
    Field::optional("accountHolderLastName", SHORT, ALL),
    Field::optional("accountHolderName", SHORT, ALL),
    Field::optional("accountNumber", NEVER_AN_ACCOUNT, ALL),
    Field::optional("accountType", Kind::OneOf(&["Checking", "Savings"]), ALL),
    Field::optional("autoPay", Kind::Flag, ALL),
    Field::optional("bankCode", CODE, ALL),
    Field::optional("bankType", Kind::OneOf(&["Ach", "Bacs", "Becs", "SepaDebit"]), ALL),
    Field::optional("last4", Kind::Text(TextRules::optional(4)), ALL),
    Field::optional("mandate", SHORT, ALL),
    Field::optional("nickName", SHORT, ALL),
    Field::optional("email", SHORT, ALL),
    Field::optional("comments", LONG, ALL),
    Field::optional("standardEntryClassCode", Kind::OneOf(&["CCD", "PPD", "TEL", "WEB"]), ALL),
];

/// `address`
pub const ADDRESS: &[Field] = &[
    Field::optional(
        "street",
        Kind::Text(TextRules { lines: true, ..TextRules::optional(limits::ADDRESS_STREET_CHARS_MAX) }),
        ALL,
    ),
    Field::optional("city", Kind::Text(TextRules::optional(limits::ADDRESS_CITY_CHARS_MAX)), ALL),
    Field::optional("state", Kind::Text(TextRules::optional(limits::ADDRESS_REGION_CHARS_MAX)), ALL),
    Field::optional("country", Kind::Text(TextRules::optional(limits::ADDRESS_COUNTRY_CHARS_MAX)), ALL),
    Field::optional("postalCode", Kind::Text(TextRules::optional(limits::ADDRESS_POSTAL_CODE_CHARS_MAX)), ALL),
    Field::optional("companyName", SHORT, ALL),
];

const ATTRIBUTES: Kind = Kind::Pairs(limits::ADDITIONAL_ATTRIBUTES_MAX, limits::PAYMENTS_DATA_CHARS_MAX);

/// `enhancedPaymentData` (`reference` §2.10): level 2, and level 3 in its lines.
pub const ENHANCED: &[Field] = &[
    Field::optional("discountAmount", Kind::AmountOrZero, ALL),
    Field::optional("dutyAmount", Kind::AmountOrZero, ALL),
    Field::optional("shippingAmount", Kind::AmountOrZero, ALL),
    Field::optional("salesTaxAmount", Kind::AmountOrZero, ALL),
    Field::optional("totalTaxAmount", Kind::AmountOrZero, ALL),
    Field::optional("taxRate", Kind::AmountOrZero, ALL),
    Field::optional("invoiceNumber", SHORT, ALL),
    Field::optional("referenceId", SHORT, ALL),
    Field::optional("shipFromZip", Kind::Text(TextRules::optional(limits::ADDRESS_POSTAL_CODE_CHARS_MAX)), ALL),
    Field::optional("shipToZip", Kind::Text(TextRules::optional(limits::ADDRESS_POSTAL_CODE_CHARS_MAX)), ALL),
    Field::optional("shipToCountry", Kind::Text(TextRules::optional(limits::ADDRESS_COUNTRY_CHARS_MAX)), ALL),
    Field::optional("additionalAttributes", ATTRIBUTES, ALL),
    Field::optional("lineItems", Kind::List(LINE_ITEM, 0, limits::LINE_ITEMS_MAX), ALL),
];

/// One of `lineItems`.
pub const LINE_ITEM: &[Field] = &[
    Field::optional("lineItemId", SHORT, ALL),
    Field::optional("name", SHORT, ALL),
    Field::optional("description", LONG, ALL),
    Field::optional("sku", SHORT, ALL),
    Field::optional("commodityCode", CODE, ALL),
    Field::required("quantity", Kind::Count(1_000_000), ALL, ALL),
    Field::optional("uom", CODE, ALL),
    Field::required("unitPrice", Kind::AmountOrZero, ALL, ALL),
    Field::optional("discount", Kind::AmountOrZero, ALL),
    Field::optional("discountIndicator", Kind::Flag, ALL),
    Field::optional("taxAmount", Kind::AmountOrZero, ALL),
    Field::optional("taxRate", Kind::AmountOrZero, ALL),
    Field::optional("shippingAmount", Kind::AmountOrZero, ALL),
    Field::optional("dutyAmount", Kind::AmountOrZero, ALL),
    Field::optional("grossNetIndicator", Kind::OneOf(&["N", "Y"]), ALL),
    Field::required("lineItemTotal", Kind::AmountOrZero, ALL, ALL),
    Field::optional("additionalAttributes", ATTRIBUTES, ALL),
];
