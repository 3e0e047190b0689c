//! Runs of fields that several objects share.

use super::field::{CREATED_DATE, CURRENCY_ISO_CODE, Field, ID, IS_DELETED, LAST_MODIFIED_DATE, SYSTEM_MODSTAMP};
use super::field::{PROCESSING_MODE, SF_RESULT_CODE};

/// Of every object.
pub(super) const EVERY: &[Field] = &[CREATED_DATE, ID, IS_DELETED, LAST_MODIFIED_DATE, SYSTEM_MODSTAMP];

/// Of everything that moves money: authorization, reversal, payment, refund.
pub(super) const MONEY: &[Field] = &[
    Field::reference("AccountId", &["Account"]),
    Field::amount("Amount"),
    Field::note("Comments"),
    CURRENCY_ISO_CODE,
    Field::date_time("Date"),
    Field::date_time("EffectiveDate"),
    Field::email("Email"),
    Field::date_time("GatewayDate"),
    Field::note("GatewayRefDetails"),
    Field::text("GatewayRefNumber"),
    Field::text("GatewayResultCode"),
    Field::text("GatewayResultCodeDescription"),
    Field::text("IpAddress"),
    Field::viewed("LastReferencedDate"),
    Field::viewed("LastViewedDate"),
    Field::text("MacAddress"),
    Field::reference("OrderPaymentSummaryId", &["OrderPaymentSummary"]),
    Field::phone("Phone"),
    PROCESSING_MODE,
    SF_RESULT_CODE,
    Field::required_picklist("Status", &["Canceled", "Draft", "Failed", "Pending", "Processed"]),
];

/// Of what has a balance and is paid with something: authorization, payment, refund.
pub(super) const PAID: &[Field] = &[
    Field::computed("Balance"),
    Field::reference("PaymentGatewayId", &["PaymentGateway"]),
    Field::reference("PaymentGroupId", &["PaymentGroup"]),
    Field::reference("PaymentMethodId", &["PaymentMethod"]),
];

/// Of what is applied, and can be taken back: payment, refund.
pub(super) const APPLIED: &[Field] = &[
    Field::date_time("CancellationDate"),
    Field::date_time("CancellationEffectiveDate"),
    Field::date_time("CancellationGatewayDate"),
    Field::text("CancellationGatewayRefNumber"),
    Field::text("CancellationGatewayResultCode"),
    Field::text("CancellationSfResultCode"),
    Field::long_text("ClientContext"),
    Field::computed("ImpactAmount"),
    Field::computed("NetApplied"),
    Field::computed("TotalApplied"),
    Field::computed("TotalUnapplied"),
];

/// Of every application line.
pub(super) const LINE: &[Field] = &[
    Field::amount("Amount").read_only(),
    Field::note("Comments").read_only(),
    CURRENCY_ISO_CODE.read_only(),
    Field::date_time("EffectiveDate").read_only(),
    Field::computed("EffectiveImpactAmount"),
    Field::computed("ImpactAmount"),
    Field::computed("PaymentBalance"),
    Field::reference("PaymentId", &["Payment"]).required().read_only(),
    Field::required_picklist("Type", &["Applied", "Unapplied"]).read_only(),
];

/// Of every payment method.
pub(super) const METHOD: &[Field] = &[
    Field::flag("IsDefault"),
    Field::number("ExpiryMonth"),
    Field::number("ExpiryYear"),
    Field::text("GatewayReference").read_only(),
    Field::text("MerchantAccountId").read_only(),
    Field::text("NickName").read_only(),
    Field::reference("PaymentGatewayId", &["PaymentGateway"]).read_only(),
    Field::required_picklist("ProcessingMode", &["External", "Salesforce"]).read_only(),
];

/// Of the methods that a gateway tokenizes for an account: card, wallet, alternative method.
pub(super) const TOKENIZED: &[Field] = &[
    Field::reference("AccountId", &["Account"]).required().read_only(),
    Field::note("Comments").read_only(),
    Field::text("CompanyName").read_only(),
    Field::email("Email").read_only(),
    Field::flag("IsAutoPayEnabled"),
    Field::text("PaymentMethodCity").read_only(),
    Field::text("PaymentMethodCountry").read_only(),
    Field::text("PaymentMethodPostalCode").read_only(),
    Field::text("PaymentMethodState").read_only(),
    Field::note("PaymentMethodStreet").read_only(),
    Field::required_picklist("Status", &["Active", "Canceled", "InActive"]).read_only(),
];
