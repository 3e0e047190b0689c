//! The payment methods as their readers know them (`reference` §4.1, Payment methods). No token is among the fields.

use super::field::Field;
use super::object::{ByHand, Object};
use super::runs::{EVERY, METHOD, TOKENIZED};

const ENTRY_CLASSES: &[&str] = &["CCD", "PPD", "TEL", "WEB"];

/// A card.
pub const CARD_PAYMENT_METHOD: Object = Object {
    name: "CardPaymentMethod",
    prefix: "spm",
    name_field: "CardHolderName",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        METHOD,
        TOKENIZED,
        &[
            Field::text("CardBin").read_only(),
            Field::text("CardCategory").read_only(),
            Field::text("CardHolderFirstName").read_only(),
            Field::text("CardHolderLastName").read_only(),
            Field::text("CardHolderName").read_only(),
            Field::text("CardLastFour").read_only(),
            Field::text("CardType").read_only(),
            Field::number("StartMonth"),
            Field::number("StartYear"),
        ],
    ],
};

/// A wallet.
pub const DIGITAL_WALLET: Object = Object {
    name: "DigitalWallet",
    prefix: "spm",
    name_field: "Name",
    by_hand: ByHand::Read,
    runs: &[EVERY, METHOD, TOKENIZED, &[Field::text("Name").read_only()]],
};

/// Anything else that a gateway gives a token for, a bank account among them.
pub const ALTERNATIVE_PAYMENT_METHOD: Object = Object {
    name: "AlternativePaymentMethod",
    prefix: "spm",
    name_field: "Name",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        METHOD,
        TOKENIZED,
        &[
            Field::text("AccountHolderFirstName").read_only(),
            Field::text("AccountHolderLastName").read_only(),
            Field::text("AccountHolderName").read_only(),
            Field::text("AccountHolderType").read_only(),
            Field::text("AccountType").read_only(),
            Field::text("BankCode").read_only(),
            Field::text("BankType").read_only(),
            Field::text("Last4").read_only(),
            Field::text("Mandate").read_only(),
            Field::text("Name").read_only(),
            Field::picklist("StandardEntryClassCode", ENTRY_CLASSES).read_only(),
        ],
    ],
};

/// One whose token was made elsewhere.
pub const SAVED_PAYMENT_METHOD: Object = Object {
    name: "SavedPaymentMethod",
    prefix: "spm",
    name_field: "Name",
    by_hand: ByHand::Make,
    runs: &[
        EVERY,
        METHOD,
        &[
            Field::email("AccountHolderEmail").read_only(),
            Field::text("AccountHolderName").read_only(),
            Field::text("AsyncGatewayRefNumber").read_only(),
            Field::text("BillingCity").read_only(),
            Field::text("BillingCountry").read_only(),
            Field::text("BillingPostalCode").read_only(),
            Field::text("BillingState").read_only(),
            Field::note("BillingStreet").read_only(),
            Field::text("Checksum").read_only(),
            Field::text("ExtendedPaymentMethodType").read_only(),
            Field::flag("IsMerchantCreated"),
            Field::text("Issuer").read_only(),
            Field::text("Last4").read_only(),
            Field::text("Name").read_only(),
            Field::text("Network").read_only(),
            Field::text("PaymentMethodSubType").read_only(),
            Field::reference("ReferenceOwnerId", &["Account", "Contact"]).required().read_only(),
            Field::picklist("StandardEntryClassCode", ENTRY_CLASSES).read_only(),
            Field::required_picklist("Status", &["Active", "AwaitingPayment", "Canceled", "Errored", "Expired"])
                .read_only(),
            Field::required_picklist(
                "Type",
                &[
                    "au_becs_debit",
                    "bacs_debit",
                    "bancontact",
                    "card",
                    "extd_apm_type",
                    "extd_wallet",
                    "ideal",
                    "sepa_debit",
                    "us_bank_account",
                ],
            )
            .read_only(),
            Field::picklist("UsageType", &["OffSession", "OnSession", "RestrictedOffSession"]).read_only(),
        ],
    ],
};
