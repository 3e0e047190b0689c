//! What runs the service: settings, what is unresolved, notifications, this document.

use super::{Access, Body, Parameter, ROUTE, Route, answer};

pub const TAG: &str = "service";

const SETTINGS: &str = "/commerce/webstores/{webstoreId}/settings";

pub const ROUTES: &[Route] = &[
    Route {
        path: SETTINGS,
        id: "readSettings",
        tag: TAG,
        summary: "A web store's settings",
        answers: &[answer(200, "The settings.", "Settings")],
        ..ROUTE
    },
    Route {
        method: "put",
        path: SETTINGS,
        id: "writeSettings",
        tag: TAG,
        summary: "Changes a web store's settings",
        body: Body::Json("Settings"),
        example: r#"{"releaseOrder":"authorize-first"}"#,
        answers: &[answer(200, "The settings as they are now.", "Settings")],
        refusals: &[(400, &["INVALID_API_INPUT"])],
        ..ROUTE
    },
    Route {
        path: "/commerce/webstores/{webstoreId}/payments/unresolved",
        id: "listUnresolved",
        tag: TAG,
        summary: "What is unresolved in a web store: since when, what was tried, what comes next",
        parameters: &[Parameter {
            name: "limit",
            place: "query",
            required: false,
            schema: r#"{"type":"integer","minimum":1,"maximum":1000,"default":100}"#,
            description: "At most so many payment groups.",
        }],
        answers: &[answer(200, "The groups, the one that recovery comes to first in front.", "UnresolvedGroups")],
        refusals: &[(400, &["INVALID_API_INPUT"])],
        ..ROUTE
    },
    Route {
        method: "post",
        path: "/commerce/payments/notify",
        id: "notify",
        tag: TAG,
        summary: "Takes a gateway's notification",
        description: "The gateway's signature over the raw bytes is the proof. Repeats, other orders and unknown references do no harm.",
        access: Access::Gateway,
        parameters: &[Parameter {
            name: "provider",
            place: "query",
            required: true,
            schema: r#"{"type":"string","minLength":1}"#,
            description: "The gateway's name.",
        }],
        body: Body::Anything,
        answers: &[answer(200, "Taken; the body is what the gateway wants to hear.", "")],
        refusals: &[(400, &["INVALID_API_INPUT"]), (401, &["INVALID_SIGNATURE"]), (404, &["NOT_FOUND"])],
        ..ROUTE
    },
    Route {
        path: "/openapi.json",
        id: "readContract",
        tag: TAG,
        summary: "This document",
        access: Access::Anybody,
        answers: &[answer(200, "OpenAPI 3.1.", "Document")],
        ..ROUTE
    },
];
