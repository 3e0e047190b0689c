//! The routes of the server as data: who may ask, what for, and everything that can be answered. The sources are
//! `pkg/src/server`; `tests/openapi.test.mjs` holds the two against one another.

mod checkout;
mod ledger;
mod methods;
mod operations;
mod records;
mod service;

/// One operation.
#[derive(Debug)]
pub struct Route {
    /// In lower case.
    pub method: &'static str,
    /// With its parameters in braces.
    pub path: &'static str,
    /// Unique; clients are named by it.
    pub id: &'static str,
    /// Where it stands in the document.
    pub tag: &'static str,
    /// In one line.
    pub summary: &'static str,
    /// More, if there is more to say.
    pub description: &'static str,
    /// Who may ask.
    pub access: Access,
    /// What the address and the headers may say, beside what is in the path.
    pub parameters: &'static [Parameter],
    /// What is sent.
    pub body: Body,
    /// A body as it may be sent.
    pub example: &'static str,
    /// What comes back when it was carried out, or was refused in a form of its own.
    pub answers: &'static [Answer],
    /// What comes back in the platform's style: the codes of each status, beside those that all routes have.
    pub refusals: &'static [(u16, &'static [&'static str])],
    /// What can be asked next with what came back: the operation, its parameter, and where in the answer of the first status its value is.
    pub links: &'static [(&'static str, &'static str, &'static str)],
}

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever comes.
    Anybody,
    /// The gateway, which signs what it sends.
    Gateway,
    /// The shopper whose checkout it is.
    Shopper,
    /// The back office, and the shopper whose checkout it is.
    ShopperOrBackOffice,
    /// The back office alone.
    BackOffice,
}

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// JSON of this schema.
    Json(&'static str),
    /// The same, or nothing.
    OptionalJson(&'static str),
    /// JSON or XML of this schema. Answers and refusals of the core come in either, as `accept` says.
    JsonOrXml(&'static str),
    /// JSON of this schema, or CSV.
    JsonOrCsv(&'static str),
    /// Whatever the gateway sends.
    Anything,
}

/// One status with a body of its own.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// When it comes.
    pub what: &'static str,
    /// The schema of its body; empty where the gateway's adapter decides.
    pub schema: &'static str,
}

/// A parameter that is not in the path.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// `query` or `header`.
    pub place: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Its schema, as JSON.
    pub schema: &'static str,
    /// For people.
    pub description: &'static str,
}

/// What the routes differ from.
pub const ROUTE: Route = Route {
    method: "get",
    path: "",
    id: "",
    tag: "",
    summary: "",
    description: "",
    access: Access::BackOffice,
    parameters: &[],
    body: Body::None,
    example: "",
    answers: &[],
    refusals: &[],
    links: &[],
};

/// One answer.
pub const fn answer(status: u16, what: &'static str, schema: &'static str) -> Answer {
    Answer { status, what, schema }
}

/// The parameters that stand in paths: name, schema as JSON, description.
pub const PATH_PARAMETERS: &[(&str, &str, &str)] = &[
    ("webstoreId", ID, "The web store."),
    ("activeOrCheckoutId", ID, "A checkout's id, or `active` for the shopper's own."),
    ("authorizationId", ID, "An authorization."),
    ("paymentId", ID, "A payment."),
    ("paymentLineId", ID, "A line of the payment."),
    ("refundId", ID, "A refund."),
    ("invoiceId", ID, "An invoice."),
    ("paymentMethodId", ID, "A saved payment method."),
    ("merchantAccountId", ID, "The methods' merchant account, or their payment gateway."),
    (
        "version",
        r#"{"type":"string","pattern":"^(5[5-9]|6[0-7])\\.0$","examples":["67.0"]}"#,
        "The version of the interface.",
    ),
    ("object", ID, "An object, as `…/sobjects` names it."),
    ("id", ID, "A record of it."),
    ("locator", ID, "What `nextRecordsUrl` ends with."),
];

const ID: &str = r#"{"type":"string","minLength":1}"#;
const KEY: &str = r#"{"type":"string","minLength":1,"maxLength":255}"#;

/// The header under either of its names.
pub const IDEMPOTENCY_KEY: &[Parameter] = &[
    Parameter {
        name: "Idempotency-Key",
        place: "header",
        required: false,
        schema: KEY,
        description: "Not blank. A repeat under the same key is given the first answer and does nothing twice. Kept for 25 hours after the last call.",
    },
    Parameter {
        name: "sfdc-Payments-Idempotency-Key",
        place: "header",
        required: false,
        schema: KEY,
        description: "The same under its other name; if both are there, they are the same.",
    },
];

/// A body that can't be read, or has a member that is wrong.
pub const MALFORMED: (u16, &[&str]) = (400, &["JSON_PARSER_ERROR", "INVALID_API_INPUT"]);
/// The same, or an id that names nothing.
pub const MALFORMED_OR_UNKNOWN_ID: (u16, &[&str]) =
    (400, &["JSON_PARSER_ERROR", "INVALID_API_INPUT", "INVALID_ID_FIELD"]);
/// What the address names is not there.
pub const NOT_FOUND: (u16, &[&str]) = (404, &["NOT_FOUND"]);

/// All of them, in the order of the document.
pub fn routes() -> Vec<&'static Route> {
    [checkout::ROUTES, operations::ROUTES, methods::ROUTES, ledger::ROUTES, records::ROUTES, service::ROUTES]
        .iter()
        .flat_map(|routes| routes.iter())
        .collect()
}

/// The parts of the document, in order.
pub const TAGS: &[(&str, &str)] = &[
    (checkout::TAG, "A shopper pays for a checkout and places the order."),
    (operations::TAG, "The back office takes, holds, captures and gives back."),
    (methods::TAG, "What accounts can pay with later."),
    (ledger::TAG, "Payments applied to invoices, and the invoices."),
    (records::TAG, "Reading the records, and making some by hand, in the platform's way."),
    (service::TAG, "Settings, what is unresolved, notifications of gateways, this document."),
];
