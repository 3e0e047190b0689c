/**
 * What Stripe's error and decline codes mean here: the one table (docs/gateways-stripe.md shows it). A decline code goes before the error
 * code it comes with. What is not listed goes by the kind of error: a card error is a Decline, an invalid request a ValidationError, and
 * whatever else is Indeterminate.
 *
 * Sources: https://docs.stripe.com/declines/codes (as of 2024-12-18) and https://docs.stripe.com/error-codes with the SDK's own list of codes
 * (stripe 23.1.0); tests/stripe-tables.test.mjs holds this table against both.
 */
import type { ResultCode, RetryCategory, RetryDecision } from "../../wire.js";

/** What a code means. */
export interface CodeMeaning {
  readonly resultCode: ResultCode;
  readonly retryCategory: RetryCategory;
  readonly retryDecision: RetryDecision;
}

type Row = readonly [ResultCode, RetryCategory, RetryDecision, string];

/** Result code, retry category, retry decision, and the codes that mean it. */
export const CODE_ROWS: readonly Row[] = [
  // ---- the issuer or the network said no
  ["Decline", "CardLimit", "Retriable", "insufficient_funds card_velocity_exceeded withdrawal_count_limit_exceeded charge_exceeds_source_limit charge_exceeds_transaction_limit"],
  ["Decline", "CardLimit", "NonRetriable", "card_decline_rate_limit_exceeded"],
  ["Decline", "GatewayConnection", "Retriable", "issuer_not_available processing_error reenter_transaction try_again_later payment_method_provider_timeout payment_method_not_available"],
  [
    "Decline",
    "PaymentProcessing",
    "Retriable",
    "card_declined generic_decline do_not_honor call_issuer no_action_taken approve_with_id payment_method_customer_decline payment_method_provider_decline " +
      "payment_intent_payment_attempt_failed payment_intent_payment_attempt_expired setup_attempt_failed setup_intent_setup_attempt_expired balance_insufficient",
  ],
  [
    "Decline",
    "PaymentProcessing",
    "NonRetriable",
    "transaction_not_allowed not_permitted service_not_allowed card_not_supported currency_not_supported duplicate_transaction testmode_decline payment_method_restricted canceled",
  ],
  [
    "Decline",
    "Security",
    "NonRetriable",
    "authentication_required authentication_failure authentication_not_handled payment_intent_authentication_failure setup_intent_authentication_failure " +
      "payment_intent_action_required mobile_device_authentication_required offline_pin_required online_or_offline_pin_required pin_try_exceeded request_blocked",
  ],
  ["Decline", "PaymentInformation", "NonRetriable", "new_account_information_available requires_payment_method"],
  [
    "PermanentFail",
    "Security",
    "NonRetriable",
    "fraudulent lost_card stolen_card pickup_card restricted_card merchant_blacklist security_violation do_not_try_again stop_payment_order revocation_of_authorization revocation_of_all_authorizations",
  ],
  ["PermanentFail", "PaymentProcessing", "NonRetriable", "account_closed"],
  ["PermanentFail", "PaymentInformation", "NonRetriable", "invalid_account payment_intent_mandate_invalid setup_intent_mandate_invalid debit_not_authorized"],
  // ---- the data is wrong
  [
    "ValidationError",
    "PaymentInformation",
    "NonRetriable",
    "expired_card expired_payment_method incorrect_number invalid_number incorrect_cvc invalid_cvc incorrect_zip incorrect_postal_code incorrect_address " +
      "invalid_expiry_month invalid_expiry_year incorrect_pin invalid_pin invalid_amount invalid_card_type token_already_used payment_method_invalid_parameter " +
      "payment_method_currency_mismatch payment_method_billing_details_address_missing payment_method_unactivated payment_method_unexpected_state payment_method_unsupported_type",
  ],
  // ---- the request does not fit what Stripe has
  [
    "ValidationError",
    "PaymentProcessing",
    "NonRetriable",
    "amount_too_large amount_too_small invalid_charge_amount resource_missing payment_intent_unexpected_state payment_intent_incompatible_payment_method " +
      "payment_intent_invalid_parameter setup_intent_unexpected_state setup_intent_invalid_parameter intent_invalid_state charge_already_captured charge_already_refunded " +
      "charge_disputed charge_expired_for_capture charge_invalid_parameter charge_not_refundable capture_charge_authorization_expired capture_unauthorized_payment " +
      "refund_disputed_payment parameter_missing parameter_unknown parameter_invalid_empty parameter_invalid_integer",
  ],
  // ---- turned away at the door: nothing was begun, and a repeat is safe
  ["SystemError", "GatewayConnection", "Retriable", "rate_limit payment_intent_rate_limit_exceeded"],
  ["SystemError", "GatewayConnection", "NonRetriable", "api_key_expired platform_api_key_expired secret_key_required testmode_charges_only tls_version_unsupported"],
  // ---- an earlier delivery, or somebody else, is at it: nobody knows what comes of it. It is asked about, never tried anew
  ["Indeterminate", "Unknown", "NonRetriable", "idempotency_key_in_use lock_timeout"],
];

const TABLE: ReadonlyMap<string, CodeMeaning> = new Map(
  CODE_ROWS.flatMap(([resultCode, retryCategory, retryDecision, codes]) => codes.split(" ").map((code) => [code, { resultCode, retryCategory, retryDecision }])),
);

/** What a code means; undefined when it is not in the table. */
export function meaningOf(code: string | undefined): CodeMeaning | undefined {
  return code === undefined ? undefined : TABLE.get(code);
}
