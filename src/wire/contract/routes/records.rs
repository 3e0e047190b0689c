//! Reading the records, and making some by hand (`docs/records.md`): there with a version only.

use super::{Access, Body, IDEMPOTENCY_KEY, NOT_FOUND, Parameter, ROUTE, Route, answer};

pub const TAG: &str = "records";

const READING: Route = Route { tag: TAG, ..ROUTE };
const OBJECT: &str = "/services/data/v{version}/sobjects/{object}";
const RECORD: &str = "/services/data/v{version}/sobjects/{object}/{id}";
const NOT_WRITTEN: (u16, &[&str]) = (
    400,
    &[
        "JSON_PARSER_ERROR",
        "INVALID_API_INPUT",
        "INVALID_FIELD",
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        "REQUIRED_FIELD_MISSING",
        "INVALID_ID_FIELD",
        "MALFORMED_ID",
        "LIMIT_EXCEEDED",
    ],
);
const ONLY_READ: (u16, &[&str]) = (405, &["METHOD_NOT_ALLOWED"]);
const NOT_ALLOWED: (u16, &[&str]) = (
    422,
    &[
        "FIELD_INTEGRITY_EXCEPTION",
        "INVALID_STATUS",
        "AMOUNT_TOO_LARGE",
        "CURRENCY_MISMATCH",
        "LIMIT_EXCEEDED",
        "IDEMPOTENCY_KEY_REUSED",
    ],
);
const UNREADABLE: (u16, &[&str]) = (501, &["FUNCTIONALITY_NOT_ENABLED"]);

pub const ROUTES: &[Route] = &[
    Route {
        path: "/services/data",
        id: "listVersions",
        summary: "The versions of the interface, the oldest first",
        access: Access::Anybody,
        answers: &[answer(200, "The versions.", "Versions")],
        ..READING
    },
    Route {
        path: "/services/data/v{version}",
        id: "listResources",
        summary: "The addresses for reading the records",
        answers: &[answer(200, "The addresses.", "Resources")],
        refusals: &[NOT_FOUND],
        ..READING
    },
    Route {
        path: "/services/data/v{version}/sobjects",
        id: "listObjects",
        summary: "The objects",
        answers: &[answer(200, "Each in short.", "ObjectList")],
        refusals: &[NOT_FOUND],
        ..READING
    },
    Route {
        path: "/services/data/v{version}/sobjects/{object}",
        id: "readObject",
        summary: "One object in short, and its ten newest records",
        answers: &[answer(200, "The object.", "ObjectWithRecent")],
        refusals: &[NOT_FOUND, UNREADABLE],
        ..READING
    },
    Route {
        path: "/services/data/v{version}/sobjects/{object}/describe",
        id: "describeObject",
        summary: "One object with its fields, and what may be done with each",
        answers: &[answer(200, "The description.", "ObjectDescription")],
        refusals: &[NOT_FOUND],
        ..READING
    },
    Route {
        path: "/services/data/v{version}/sobjects/{object}/{id}",
        id: "readRecord",
        summary: "One record",
        parameters: &[Parameter {
            name: "fields",
            place: "query",
            required: false,
            schema: r#"{"type":"string"}"#,
            description: "The names of those that are wanted, with commas between; all when it is absent.",
        }],
        answers: &[answer(200, "The record.", "Record")],
        refusals: &[(400, &["INVALID_FIELD", "MALFORMED_ID"]), NOT_FOUND, UNREADABLE],
        ..READING
    },
    Route {
        method: "post",
        path: OBJECT,
        id: "createRecord",
        summary: "Makes a record by hand: a draft, what was paid, held or given back outside, or a payment group",
        description: "For Payment, PaymentAuthorization, PaymentAuthAdjustment, Refund and PaymentGroup; SavedPaymentMethod has a form of its own. The fields are those whose description says `createable`, in any case.",
        parameters: IDEMPOTENCY_KEY,
        body: Body::Json("RecordFields"),
        example: r#"{"Amount":"120.50","CurrencyIsoCode":"USD","ProcessingMode":"External","Status":"Draft","Type":"Sale"}"#,
        answers: &[
            answer(201, "Made.", "MadeRecord"),
            answer(200, "A SavedPaymentMethod that was there already; what differs was changed.", "MadeRecord"),
        ],
        refusals: &[NOT_WRITTEN, NOT_FOUND, ONLY_READ, NOT_ALLOWED],
        ..READING
    },
    Route {
        method: "patch",
        path: RECORD,
        id: "updateRecord",
        summary: "Changes a record that was made by hand, or moves its status",
        description: "By hand: Draft to Processed, Draft to Canceled, Processed to Canceled. Only a Draft can be edited otherwise.",
        parameters: IDEMPOTENCY_KEY,
        body: Body::Json("RecordFields"),
        example: r#"{"Status":"Processed"}"#,
        answers: &[answer(204, "Changed, or as it was.", "")],
        refusals: &[NOT_WRITTEN, NOT_FOUND, ONLY_READ, NOT_ALLOWED],
        ..READING
    },
    Route {
        method: "delete",
        path: RECORD,
        id: "giveUpRecord",
        summary: "Gives a draft up; it is kept, as Canceled",
        answers: &[answer(204, "Given up, or it was already.", "")],
        refusals: &[(400, &["MALFORMED_ID"]), NOT_FOUND, ONLY_READ, (422, &["INVALID_STATUS"])],
        ..READING
    },
    Route {
        path: "/services/data/v{version}/query",
        id: "query",
        summary: "The records that a query asks for",
        parameters: &[
            Parameter {
                name: "q",
                place: "query",
                required: true,
                schema: r#"{"type":"string","minLength":1,"maxLength":20000,"examples":["SELECT Id, Amount FROM Payment WHERE Status = 'Processed' ORDER BY CreatedDate DESC LIMIT 20"]}"#,
                description: "SOQL, as far as docs/records.md says.",
            },
            Parameter {
                name: "Sforce-Query-Options",
                place: "header",
                required: false,
                schema: r#"{"type":"string","examples":["batchSize=200"]}"#,
                description: "`batchSize=200` to `2000`: how many records a page has.",
            },
        ],
        answers: &[answer(200, "The first page.", "QueryResult")],
        refusals: &[
            (
                400,
                &[
                    "MALFORMED_QUERY",
                    "INVALID_FIELD",
                    "INVALID_TYPE",
                    "NUMBER_OUTSIDE_VALID_RANGE",
                    "EXCEEDED_ID_LIMIT",
                ],
            ),
            NOT_FOUND,
            UNREADABLE,
        ],
        ..READING
    },
    Route {
        path: "/services/data/v{version}/query/{locator}",
        id: "queryMore",
        summary: "The next page of a query's answer",
        answers: &[answer(200, "The page.", "QueryResult")],
        refusals: &[(400, &["INVALID_QUERY_LOCATOR"]), NOT_FOUND, UNREADABLE],
        ..READING
    },
];
