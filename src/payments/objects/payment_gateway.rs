//! Gateways, their providers and their logs as their readers know them (`reference` §4.1).

use super::field::{CURRENCY_ISO_CODE, Field, SF_RESULT_CODE};
use super::object::{ByHand, Object};
use super::runs::EVERY;

const YES_NO: &[&str] = &["No", "Yes"];

/// A gateway that takes payments.
pub const PAYMENT_GATEWAY: Object = Object {
    name: "PaymentGateway",
    prefix: "pgw",
    name_field: "PaymentGatewayName",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        &[
            Field::note("Comments"),
            Field::text("ExternalReference"),
            Field::picklist("GatewayMode", &["Connected", "Live", "Test"]),
            Field::reference("MerchantAccountId", &["MerchantAccount"]),
            Field::reference("MerchantCredentialId", &["NamedCredential"]),
            Field::text("PaymentGatewayName").required(),
            Field::reference("PaymentGatewayProviderId", &["PaymentGatewayProvider"]).required(),
            Field::picklist("PaymentProcessor", &["Paypal", "Stripe"]),
            Field::picklist("PaymentStatus", &["Disabled", "Enabled"]),
            Field::picklist("PayoutStatus", &["Disabled", "Enabled"]),
            Field::text("ProviderAccount"),
            Field::required_picklist(
                "Status",
                &["Active", "Complete", "Enabled", "Inactive", "Pending", "Rejected", "Restricted", "RestrictedSoon"],
            ),
        ],
    ],
};

/// What speaks to a gateway: its adapter.
pub const PAYMENT_GATEWAY_PROVIDER: Object = Object {
    name: "PaymentGatewayProvider",
    prefix: "pgp",
    name_field: "DeveloperName",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        &[
            Field::reference("ApexAdapterId", &["ApexClass"]),
            Field::note("Comments"),
            Field::text("DeveloperName").required(),
            Field::picklist("IdempotencySupported", YES_NO),
            Field::picklist("Language", &["en_US"]),
            Field::text("MasterLabel").required(),
        ],
    ],
};

/// One interaction with a gateway.
pub const PAYMENT_GATEWAY_LOG: Object = Object {
    name: "PaymentGatewayLog",
    prefix: "pgl",
    name_field: "PaymentGatewayLogNumber",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        &[
            CURRENCY_ISO_CODE,
            Field::text("GatewayAuthCode"),
            Field::text("GatewayAvsCode"),
            Field::date_time("GatewayDate"),
            Field::note("GatewayMessage"),
            Field::text("GatewayRefNumber"),
            Field::text("GatewayResultCode"),
            Field::text("GatewayResultCodeDescription"),
            Field::picklist("InteractionStatus", &["Failed", "Initiated", "NoOp", "Success", "Timeout"]),
            Field::picklist(
                "InteractionType",
                &[
                    "Authorization",
                    "AuthorizationReversal",
                    "Avs",
                    "Capture",
                    "CheckGiftCardBalance",
                    "PostAuth",
                    "ReferencedRefund",
                    "Sale",
                    "Tokenize",
                    "Void",
                ],
            ),
            Field::picklist("IsNotification", YES_NO),
            Field::reference("OrderPaymentSummaryId", &["OrderPaymentSummary"]),
            Field::reference("PaymentGatewayId", &["PaymentGateway"]),
            Field::autonumber("PaymentGatewayLogNumber"),
            Field::reference(
                "ReferencedEntityId",
                &["CardPaymentMethod", "Payment", "PaymentAuthAdjustment", "PaymentAuthorization", "Refund"],
            ),
            Field::long_text("Request"),
            Field::long_text("Response"),
            Field::picklist(
                "RetryCategory",
                &["CardLimit", "GatewayConnection", "PaymentInformation", "PaymentProcessing", "Security", "Unknown"],
            ),
            Field::text("SfRefNumber"),
            SF_RESULT_CODE,
        ],
    ],
};
