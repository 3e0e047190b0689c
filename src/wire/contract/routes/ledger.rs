//! Payments and refunds applied, and the invoices that they are applied to. All of it is there since version 64.0.

use super::{Answer, Body, IDEMPOTENCY_KEY, MALFORMED, MALFORMED_OR_UNKNOWN_ID, NOT_FOUND, ROUTE, Route, answer};

pub const TAG: &str = "invoices";

const LEDGER: Route =
    Route { method: "post", tag: TAG, description: "Since version 64.0.", parameters: IDEMPOTENCY_KEY, ..ROUTE };

const INVOICE: &[Answer] = &[answer(200, "The invoice as it is now.", "InvoiceView")];

const MOVE: Route = Route {
    body: Body::OptionalJson("Nothing"),
    answers: INVOICE,
    refusals: &[MALFORMED, NOT_FOUND, (422, &["INVALID_STATUS", "IDEMPOTENCY_KEY_REUSED"])],
    ..LEDGER
};

pub const ROUTES: &[Route] = &[
    Route {
        path: "/commerce/billing/payments/{paymentId}/actions/apply",
        id: "applyPayment",
        summary: "Applies a payment to an invoice or to one of its lines",
        body: Body::Json("ApplyPaymentInput"),
        example: r#"{"appliedToId":"invl_1","amount":"80.00","comments":"January"}"#,
        answers: &[answer(201, "Applied.", "AppliedLine")],
        refusals: &[
            MALFORMED_OR_UNKNOWN_ID,
            NOT_FOUND,
            (
                422,
                &[
                    "FIELD_INTEGRITY_EXCEPTION",
                    "AMOUNT_TOO_LARGE",
                    "CURRENCY_MISMATCH",
                    "INVALID_STATUS",
                    "APPLICATION_LEVEL_MISMATCH",
                    "LIMIT_EXCEEDED",
                    "IDEMPOTENCY_KEY_REUSED",
                ],
            ),
        ],
        ..LEDGER
    },
    Route {
        path: "/commerce/billing/payments/{paymentId}/paymentlines/{paymentLineId}/actions/unapply",
        id: "unapplyPayment",
        summary: "Takes the application of a payment back",
        body: Body::OptionalJson("UnapplyPaymentInput"),
        example: r#"{"comments":"the wrong invoice","effectiveDate":"2026-11-21"}"#,
        answers: &[answer(201, "Taken back.", "UnappliedLine")],
        refusals: &[
            MALFORMED,
            NOT_FOUND,
            (422, &["FIELD_INTEGRITY_EXCEPTION", "INVALID_STATUS", "IDEMPOTENCY_KEY_REUSED"]),
        ],
        ..LEDGER
    },
    Route {
        path: "/commerce/billing/refunds/{refundId}/actions/apply",
        id: "applyRefund",
        summary: "Enters a refund at the payment that it gives back",
        body: Body::Json("ApplyRefundInput"),
        example: r#"{"appliedToId":"pay_1","amount":"10.25"}"#,
        answers: &[answer(201, "Entered.", "AppliedLine")],
        refusals: &[
            MALFORMED_OR_UNKNOWN_ID,
            NOT_FOUND,
            (
                422,
                &[
                    "FIELD_INTEGRITY_EXCEPTION",
                    "AMOUNT_TOO_LARGE",
                    "INVALID_STATUS",
                    "LIMIT_EXCEEDED",
                    "IDEMPOTENCY_KEY_REUSED",
                ],
            ),
        ],
        ..LEDGER
    },
    Route {
        path: "/commerce/invoicing/invoices",
        id: "ingestInvoice",
        summary: "Takes an invoice in, as a draft or posted",
        body: Body::Json("InvoiceInput"),
        example: r#"{"status":"Posted","uniqueIdentifier":"INV-1","currencyIsoCode":"USD","dueDate":"2026-12-31","lines":[{"name":"Hat","quantity":2,"unitPrice":"40.00","lineAmount":"80.00"}]}"#,
        answers: &[
            answer(201, "Taken in.", "InvoiceView"),
            answer(200, "An invoice of this `uniqueIdentifier` and content is there already.", "InvoiceView"),
        ],
        refusals: &[
            MALFORMED,
            NOT_FOUND,
            (422, &["FIELD_INTEGRITY_EXCEPTION", "DUPLICATE_VALUE", "IDEMPOTENCY_KEY_REUSED"]),
        ],
        links: &[
            ("readInvoice", "invoiceId", "/id"),
            ("postInvoice", "invoiceId", "/id"),
            ("voidInvoice", "invoiceId", "/id"),
            ("cancelInvoice", "invoiceId", "/id"),
        ],
        ..LEDGER
    },
    Route {
        path: "/commerce/invoicing/invoices/{invoiceId}",
        id: "readInvoice",
        method: "get",
        summary: "An invoice with its lines and its settlement",
        parameters: &[],
        answers: INVOICE,
        refusals: &[NOT_FOUND],
        ..LEDGER
    },
    Route {
        path: "/commerce/invoicing/invoices/{invoiceId}/actions/post",
        id: "postInvoice",
        summary: "Posts an invoice: from now on it is owed",
        ..MOVE
    },
    Route {
        path: "/commerce/invoicing/invoices/{invoiceId}/actions/void",
        id: "voidInvoice",
        summary: "Voids a posted invoice that nothing is applied to",
        ..MOVE
    },
    Route {
        path: "/commerce/invoicing/invoices/{invoiceId}/actions/cancel",
        id: "cancelInvoice",
        summary: "Cancels a draft",
        ..MOVE
    },
];
