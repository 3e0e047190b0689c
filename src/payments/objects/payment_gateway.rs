//! Gateways, their providers and their logs as their readers know them (`reference` §4.1).

use super::field::{
    CREATED_DATE, CURRENCY_ISO_CODE, Field, ID, IS_DELETED, LAST_MODIFIED_DATE, SF_RESULT_CODE, SYSTEM_MODSTAMP,
};
use super::object::Object;

const YES_NO: &[&str] = &["No", "Yes"];

/// A gateway that takes payments.
pub const PAYMENT_GATEWAY: Object = Object {
    name: "PaymentGateway",
    prefix: "pgw",
    name_field: "PaymentGatewayName",
    fields: &[
        Field::note("Comments"),
        CREATED_DATE,
        Field::text("ExternalReference"),
        Field::picklist("GatewayMode", &["Connected", "Live", "Test"]),
        ID,
        IS_DELETED,
        LAST_MODIFIED_DATE,
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
        SYSTEM_MODSTAMP,
    ],
};

/// What speaks to a gateway: its adapter.
pub const PAYMENT_GATEWAY_PROVIDER: Object = Object {
    name: "PaymentGatewayProvider",
    prefix: "pgp",
    name_field: "DeveloperName",
    fields: &[
        Field::reference("ApexAdapterId", &["ApexClass"]),
        Field::note("Comments"),
        CREATED_DATE,
        Field::text("DeveloperName").required(),
        ID,
        Field::picklist("IdempotencySupported", YES_NO),
        IS_DELETED,
        Field::picklist("Language", &["en_US"]),
        LAST_MODIFIED_DATE,
        Field::text("MasterLabel").required(),
        SYSTEM_MODSTAMP,
    ],
};

/// One interaction with a gateway.
pub const PAYMENT_GATEWAY_LOG: Object = Object {
    name: "PaymentGatewayLog",
    prefix: "pgl",
    name_field: "PaymentGatewayLogNumber",
    fields: &[
        CREATED_DATE,
        CURRENCY_ISO_CODE,
        Field::text("GatewayAuthCode"),
        Field::text("GatewayAvsCode"),
        Field::date_time("GatewayDate"),
        Field::note("GatewayMessage"),
        Field::text("GatewayRefNumber"),
        Field::text("GatewayResultCode"),
        Field::text("GatewayResultCodeDescription"),
        ID,
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
        IS_DELETED,
        Field::picklist("IsNotification", YES_NO),
        LAST_MODIFIED_DATE,
        Field::reference("OrderPaymentSummaryId", &["OrderPaymentSummary"]),
        Field::reference("PaymentGatewayId", &["PaymentGateway"]),
        Field::autonumber("PaymentGatewayLogNumber"),
        Field::reference(
            "ReferencedEntityId",
            &["CardPaymentMethod", "Payment", "PaymentAuthAdjustment", "PaymentAuthorization", "Refund"],
        ),
        Field::long_text("Request"),
        Field::long_text("Response"),
        Field::text("SfRefNumber"),
        SF_RESULT_CODE,
        SYSTEM_MODSTAMP,
    ],
};
