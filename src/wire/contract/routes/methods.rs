//! Saved payment methods (`docs/payment-methods.md`).

use super::{Answer, Body, MALFORMED, NOT_FOUND, Parameter, ROUTE, Route, answer};

pub const TAG: &str = "payment methods";

const OWN: &str = "/commerce/payments/payment-methods";
const ONE: &str = "/commerce/payments/payment-methods/{paymentMethodId}";
const OF_MERCHANT: &str = "/payments/merchant-accounts/{merchantAccountId}/saved-payment-methods";
const ONE_OF_MERCHANT: &str = "/payments/merchant-accounts/{merchantAccountId}/saved-payment-methods/{paymentMethodId}";

const METHOD: &[Answer] = &[answer(200, "The method.", "PaymentMethodView")];

const PAGE: &[Parameter] = &[
    Parameter {
        name: "accountId",
        place: "query",
        required: true,
        schema: r#"{"type":"string","minLength":1}"#,
        description: "The account whose methods are wanted.",
    },
    Parameter {
        name: "pageSize",
        place: "query",
        required: false,
        schema: r#"{"type":"integer","minimum":1,"maximum":200,"default":200}"#,
        description: "How many at most.",
    },
    Parameter {
        name: "pageToken",
        place: "query",
        required: false,
        schema: r#"{"type":"string"}"#,
        description: "`nextPageToken` of the page before.",
    },
];

const LIST: Route = Route {
    tag: TAG,
    summary: "The payment methods of an account, oldest first",
    parameters: PAGE,
    answers: &[answer(200, "A page.", "PaymentMethodPage")],
    refusals: &[(400, &["INVALID_API_INPUT"])],
    ..ROUTE
};
const READ: Route = Route { tag: TAG, summary: "A payment method", answers: METHOD, refusals: &[NOT_FOUND], ..ROUTE };
const CHANGE: Route = Route {
    method: "patch",
    tag: TAG,
    summary: "Changes the default, the status, the nickname or the expiry",
    body: Body::Json("PaymentMethodChange"),
    example: r#"{"isDefault":true,"nickName":"the blue one","expiryMonth":12,"expiryYear":2031}"#,
    answers: METHOD,
    refusals: &[MALFORMED, NOT_FOUND, (422, &["INVALID_STATUS", "PAYMENT_METHOD_EXPIRED"])],
    ..ROUTE
};
const CANCEL: Route = Route {
    method: "delete",
    tag: TAG,
    summary: "Gives a payment method up, for good; a repeat changes nothing",
    answers: METHOD,
    refusals: &[NOT_FOUND],
    ..ROUTE
};

pub const ROUTES: &[Route] = &[
    Route { path: OWN, id: "listPaymentMethods", ..LIST },
    Route { path: ONE, id: "readPaymentMethod", ..READ },
    Route { path: ONE, id: "changePaymentMethod", ..CHANGE },
    Route { path: ONE, id: "cancelPaymentMethod", ..CANCEL },
    Route { path: OF_MERCHANT, id: "listSavedPaymentMethods", ..LIST },
    Route { path: ONE_OF_MERCHANT, id: "readSavedPaymentMethod", ..READ },
    Route { path: ONE_OF_MERCHANT, id: "changeSavedPaymentMethod", ..CHANGE },
    Route { path: ONE_OF_MERCHANT, id: "cancelSavedPaymentMethod", ..CANCEL },
    Route {
        method: "post",
        path: "/sobjects/SavedPaymentMethod",
        id: "importPaymentMethod",
        tag: TAG,
        summary: "Saves a payment method whose token was made elsewhere",
        body: Body::Json("SavedPaymentMethodInput"),
        example: r#"{"checksum":"fp_1","paymentGatewayId":"simulator","referenceOwnerId":"001-1","gatewayReference":"cus_1","type":"card","gatewayToken":"pm_1","expiryMonth":12,"expiryYear":2030}"#,
        answers: &[
            answer(201, "Saved.", "MadeRecord"),
            answer(200, "It was there already; what differs was changed.", "MadeRecord"),
        ],
        refusals: &[(400, &["JSON_PARSER_ERROR", "INVALID_API_INPUT", "INVALID_ID_FIELD", "LIMIT_EXCEEDED"])],
        links: &[("readPaymentMethod", "paymentMethodId", "/id")],
        ..ROUTE
    },
    Route {
        method: "post",
        path: "/commerce/payments/payment-methods/actions/import",
        id: "importPaymentMethods",
        tag: TAG,
        summary: "Saves payment methods whose tokens were made elsewhere, and tells of each",
        description: "At most 500 rows and 1 MiB. Each row is checked by itself; those that are right are saved in one commit. A CSV names its columns in the first line.",
        body: Body::JsonOrCsv("PaymentMethodImport"),
        example: r#"[{"checksum":"fp_2","paymentGatewayId":"simulator","referenceOwnerId":"001-1","gatewayReference":"cus_1","type":"sepa_debit","gatewayToken":"pm_2","last4":"3000"}]"#,
        answers: &[answer(200, "What became of each row.", "ImportReport")],
        refusals: &[MALFORMED],
        ..ROUTE
    },
];
