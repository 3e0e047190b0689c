//! A shopper's checkout.

use super::{Access, Body, IDEMPOTENCY_KEY, MALFORMED, ROUTE, Route, answer};

pub const TAG: &str = "checkout";

const PAYMENTS: &str = "/commerce/webstores/{webstoreId}/checkouts/{activeOrCheckoutId}/payments";
const NO_CHECKOUT: (u16, &[&str]) = (404, &["CHECKOUT_NOT_FOUND"]);

pub const ROUTES: &[Route] = &[
    Route {
        method: "post",
        path: PAYMENTS,
        id: "postCheckoutPayment",
        tag: TAG,
        summary: "Pays for a checkout, or changes its payment",
        description: "From 63.0 on a second request deals with the first payment: an authorization is reversed, a payment refunded; from 64.0 on a purchase order's number is replaced. Amount and currency are the checkout's.",
        access: Access::Shopper,
        parameters: IDEMPOTENCY_KEY,
        body: Body::JsonOrXml("CheckoutPaymentInput"),
        example: r#"{"requestType":"Auth","paymentToken":"tok_visa","billingAddress":{"name":"John Doe","street":"123 Acme Drive","city":"Los Angeles","region":"CA","country":"US","postalCode":"90001"},"paymentsData":{"channel":"web"}}"#,
        answers: &[
            answer(201, "Paid.", "CheckoutPayment"),
            answer(
                202,
                "Accepted and not finished: the shopper's bank asks first (`paymentData` holds what the page needs), or the gateway will notify.",
                "CheckoutPayment",
            ),
            answer(
                422,
                "Not paid: declined, not acceptable, not sent, or not known yet; the error's `type` says which.",
                "CheckoutPayment",
            ),
        ],
        refusals: &[MALFORMED, NO_CHECKOUT, (409, &["CHECKOUT_CONFLICT"])],
        ..ROUTE
    },
    Route {
        path: PAYMENTS,
        id: "readPayments",
        tag: TAG,
        summary: "The payments of a checkout, and what was done to them",
        access: Access::ShopperOrBackOffice,
        answers: &[answer(200, "The records.", "CheckoutPayments")],
        refusals: &[NO_CHECKOUT],
        ..ROUTE
    },
    Route {
        path: "/commerce/webstores/{webstoreId}/checkouts/{activeOrCheckoutId}/payments/explain",
        id: "explainPayments",
        tag: TAG,
        summary: "What was decided for a checkout, by which rule, on what evidence, and what will happen next",
        access: Access::ShopperOrBackOffice,
        answers: &[answer(200, "In plain sentences.", "Explanation")],
        refusals: &[NO_CHECKOUT],
        ..ROUTE
    },
    Route {
        method: "post",
        path: "/commerce/webstores/{webstoreId}/checkouts/{activeOrCheckoutId}/orders",
        id: "placeOrder",
        tag: TAG,
        summary: "Places the order; a repeat gives the same number",
        access: Access::Shopper,
        answers: &[
            answer(201, "Placed.", "OrderPlaced"),
            answer(
                422,
                "The payment is not exactly the cart's total, the cart was changed since, or a payment is not finished.",
                "OrderRefusal",
            ),
        ],
        refusals: &[NO_CHECKOUT, (409, &["CHECKOUT_CONFLICT"])],
        ..ROUTE
    },
];
