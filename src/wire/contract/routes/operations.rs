//! The payments API (`docs/payments-api.md`).

use super::{Answer, Body, IDEMPOTENCY_KEY, MALFORMED, MALFORMED_OR_UNKNOWN_ID, NOT_FOUND, ROUTE, Route, answer};

pub const TAG: &str = "payments API";

const ANSWERS: &[Answer] = &[
    answer(
        201,
        "It happened; or, its record `Pending`, the gateway has accepted it and has yet to do it.",
        "OperationAnswer",
    ),
    answer(
        202,
        "The payer's bank asks first. The same request again, with `paymentGroupId` of this answer and another key or none, goes on.",
        "OperationAnswer",
    ),
    answer(
        422,
        "An object with `error`: the gateway refused, the request was not sent, or nobody knows. A list: refused here, before anything was sent.",
        "OperationAnswer",
    ),
];

const CONFLICT: (u16, &[&str]) = (409, &["PAYMENT_CONFLICT"]);
/// Of what makes the first record of its group.
const NOT_MADE: (u16, &[&str]) = (
    422,
    &[
        "INVALID_API_INPUT",
        "FIELD_INTEGRITY_EXCEPTION",
        "INVALID_STATUS",
        "IDEMPOTENCY_KEY_REUSED",
        "PAYMENT_INDETERMINATE",
        "PAYMENT_METHOD_EXPIRED",
    ],
);
/// Of what acts on a record.
const NOT_DONE: (u16, &[&str]) = (
    422,
    &[
        "FIELD_INTEGRITY_EXCEPTION",
        "INVALID_STATUS",
        "AMOUNT_TOO_LARGE",
        "IDEMPOTENCY_KEY_REUSED",
        "PAYMENT_INDETERMINATE",
    ],
);

/// What all of them have.
const OPERATION: Route = Route { method: "post", tag: TAG, parameters: IDEMPOTENCY_KEY, answers: ANSWERS, ..ROUTE };

pub const ROUTES: &[Route] = &[
    Route {
        path: "/commerce/payments/authorizations",
        id: "authorize",
        summary: "Holds money",
        body: Body::Json("AuthorizationInput"),
        example: r#"{"accountId":"001-1","amount":129.90,"currencyIsoCode":"USD","paymentMethod":{"cardPaymentMethod":{"gatewayToken":"tok_visa","cardType":"Visa","cardLastFour":"4242","expiryMonth":12,"expiryYear":2030}}}"#,
        refusals: &[MALFORMED_OR_UNKNOWN_ID, NOT_FOUND, CONFLICT, NOT_MADE],
        links: &[
            ("capture", "authorizationId", "/paymentAuthorization/id"),
            ("reverse", "authorizationId", "/paymentAuthorization/id"),
        ],
        ..OPERATION
    },
    Route {
        path: "/commerce/payments/postAuths",
        id: "postAuthorize",
        summary: "Takes over a payment that was made outside",
        body: Body::Json("PostAuthInput"),
        example: r#"{"accountId":"001-1","amount":"129.90","currencyIsoCode":"USD","paymentMethod":{"alternativePaymentMethod":{"gatewayToken":"wallet_1"}}}"#,
        refusals: &[MALFORMED_OR_UNKNOWN_ID, NOT_FOUND, CONFLICT, NOT_MADE],
        links: &[("capture", "authorizationId", "/paymentAuthorization/id")],
        ..OPERATION
    },
    Route {
        path: "/commerce/payments/sales",
        id: "sell",
        summary: "Takes money at once",
        body: Body::Json("SaleInput"),
        example: r#"{"amount":"20.00","currencyIsoCode":"USD","paymentMethod":{"alternativePaymentMethod":{"gatewayToken":"tok_1"}},"enhancedPaymentData":{"invoiceNumber":"INV-1","lineItems":[{"name":"Hat","quantity":2,"unitPrice":"10.00","lineItemTotal":"20.00"}]}}"#,
        refusals: &[MALFORMED_OR_UNKNOWN_ID, NOT_FOUND, CONFLICT, NOT_MADE],
        links: &[("refund", "paymentId", "/payment/id"), ("applyPayment", "paymentId", "/payment/id")],
        ..OPERATION
    },
    Route {
        path: "/commerce/payments/authorizations/{authorizationId}/captures",
        id: "capture",
        summary: "Takes money that is held; several captures may share a hold",
        description: "Never more than is left of the authorization, never after its expiration date.",
        body: Body::Json("CaptureInput"),
        example: r#"{"amount":"60.50","comments":"first parcel"}"#,
        refusals: &[
            MALFORMED,
            NOT_FOUND,
            CONFLICT,
            (
                422,
                &[
                    "FIELD_INTEGRITY_EXCEPTION",
                    "INVALID_STATUS",
                    "AMOUNT_TOO_LARGE",
                    "AUTHORIZATION_EXPIRED",
                    "IDEMPOTENCY_KEY_REUSED",
                    "PAYMENT_INDETERMINATE",
                ],
            ),
        ],
        links: &[("refund", "paymentId", "/payment/id")],
        ..OPERATION
    },
    Route {
        path: "/commerce/payments/authorizations/{authorizationId}/reversals",
        id: "reverse",
        summary: "Lets go of money that is held, in whole or in part",
        description: "Never more than is left of the authorization: the platform does not bound it, this server does.",
        body: Body::Json("ReversalInput"),
        example: r#"{"amount":"69.40"}"#,
        refusals: &[MALFORMED, NOT_FOUND, CONFLICT, NOT_DONE],
        ..OPERATION
    },
    Route {
        path: "/commerce/payments/payments/{paymentId}/refunds",
        id: "refund",
        summary: "Gives money back, in whole or in part",
        description: "Never more than was taken and has not been refunded.",
        body: Body::Json("RefundInput"),
        example: r#"{"amount":"10.25","clientContext":"case 12"}"#,
        refusals: &[MALFORMED, NOT_FOUND, CONFLICT, NOT_DONE],
        links: &[("applyRefund", "refundId", "/refund/id")],
        ..OPERATION
    },
    Route {
        path: "/commerce/payments/payment-methods",
        id: "tokenize",
        summary: "Has the gateway make a lasting token of a single-use one, and saves the payment method",
        body: Body::Json("TokenizeInput"),
        example: r#"{"cardPaymentMethod":{"gatewayToken":"tok_visa","accountId":"001-1","cardType":"Visa","cardLastFour":"4242","expiryMonth":12,"expiryYear":2030}}"#,
        refusals: &[
            MALFORMED_OR_UNKNOWN_ID,
            CONFLICT,
            (422, &["IDEMPOTENCY_KEY_REUSED", "LIMIT_EXCEEDED", "PAYMENT_INDETERMINATE"]),
        ],
        links: &[
            ("readPaymentMethod", "paymentMethodId", "/paymentMethod/id"),
            ("changePaymentMethod", "paymentMethodId", "/paymentMethod/id"),
            ("cancelPaymentMethod", "paymentMethodId", "/paymentMethod/id"),
        ],
        ..OPERATION
    },
];
