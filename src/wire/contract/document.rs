//! The document: every route with what it takes and answers, and the schemas that these name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::forms::forms;
use super::host_schemas;
use super::refusals::{CODES, refusal, shared_responses};
use super::routes::{Access, Body, PATH_PARAMETERS, Parameter, Route, TAGS, routes};
use super::schema::{basics, of_form, of_shape, reference};
use super::shapes::SHAPES;
use crate::checkout::payments_data::PAYMENTS_DATA;
use crate::checkout::request::{PAYMENT_TOKEN, REQUEST_TYPE};
use crate::checkout::request_type::RequestType;
use crate::domain::limits::PURCHASE_ORDER_NUMBER_CHARS_MAX;

const VERSIONS: std::ops::RangeInclusive<u32> = 55..=67;

const DESCRIPTION: &str = "Checkout payments of a web store, the payments API of its back office, and its payment records.

Members that are not listed are refused; `null` is as good as nothing. No text may hold a card number. Where a record, a payment or a checkout is \
another's, it is answered as if it did not exist. Branch on the status, `errorCode` and `type`; messages are for people and may change.

Every address may have `/services/data/v{version}` in front; without it the newest version answers. A method that an address does not have is \
answered with 405 and `allow`.";

/// The document.
pub fn document(currencies: &[&str]) -> Value {
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for route in routes() {
        let item = paths.entry(route.path).or_default();
        item.insert(route.method.to_owned(), operation(route));
        if at_one_address(route) {
            item.insert(
                "servers".to_owned(),
                json!([{ "url": "/", "description": "Without another version in front." }]),
            );
        }
    }
    let responses = shared_responses();
    let schemas = schemas(currencies);
    let wanted = reachable(&json!([paths, responses]), &schemas);
    let versions: Vec<String> = VERSIONS.map(|version| format!("{version}.0")).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "checkout-payments",
            "version": versions.last(),
            "summary": "The HTTP interface of checkout-payments/server.",
            "description": DESCRIPTION,
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
        },
        "servers": [
            { "url": "/", "description": "The newest version." },
            {
                "url": "/services/data/v{version}",
                "description": "A named version.",
                "variables": { "version": { "default": versions.last(), "enum": versions } },
            },
        ],
        "tags": TAGS.iter().map(|(name, description)| json!({ "name": name, "description": description })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "securitySchemes": {
                "shopper": { "type": "http", "scheme": "bearer", "description": "A shopper's session, as the host's `authenticate` knows it." },
                "backOffice": { "type": "http", "scheme": "bearer", "description": "The back office's token." },
            },
            "responses": responses,
            "schemas": schemas.into_iter().filter(|(name, _)| wanted.contains(name)).collect::<Map<_, _>>(),
        },
    })
}

/// Whether it has no address with a version in front: it has one already, or is about none.
fn at_one_address(route: &Route) -> bool {
    route.path.starts_with("/services/") || route.path == "/openapi.json"
}

fn operation(route: &Route) -> Value {
    let mut parameters: Vec<Value> = PATH_PARAMETERS
        .iter()
        .filter(|(name, ..)| route.path.contains(&format!("{{{name}}}")))
        .map(|(name, schema, description)| {
            json!({ "name": name, "in": "path", "required": true, "schema": parsed(schema), "description": description })
        })
        .collect();
    parameters.extend(route.parameters.iter().map(parameter));
    let mut operation = json!({
        "operationId": route.id,
        "summary": route.summary,
        "tags": [route.tag],
        "security": security(route.access),
        "responses": responses(route),
    });
    if !parameters.is_empty() {
        operation["parameters"] = json!(parameters);
    }
    if !route.description.is_empty() {
        operation["description"] = json!(route.description);
    }
    if let Some(body) = request_body(route) {
        operation["requestBody"] = body;
    }
    operation
}

fn parameter(Parameter { name, place, required, schema, description }: &Parameter) -> Value {
    json!({ "name": name, "in": place, "required": required, "schema": parsed(schema), "description": description })
}

fn security(access: Access) -> Value {
    match access {
        Access::Anybody | Access::Gateway => json!([]),
        Access::Shopper => json!([{ "shopper": [] }]),
        Access::ShopperOrBackOffice => json!([{ "shopper": [] }, { "backOffice": [] }]),
        Access::BackOffice => json!([{ "backOffice": [] }]),
    }
}

fn request_body(route: &Route) -> Option<Value> {
    let media = |name: &str| {
        let mut media = json!({ "schema": reference(name) });
        if !route.example.is_empty() {
            media["example"] = parsed(route.example);
        }
        media
    };
    Some(match route.body {
        Body::None => return None,
        Body::Json(name) => json!({ "required": true, "content": { "application/json": media(name) } }),
        Body::OptionalJson(name) => json!({ "required": false, "content": { "application/json": media(name) } }),
        Body::JsonOrXml(name) => json!({ "required": true, "content": {
            "application/json": media(name),
            "application/xml": { "schema": reference(name) },
            "text/xml": { "schema": reference(name) },
        } }),
        Body::JsonOrCsv(name) => json!({ "required": true, "content": {
            "application/json": media(name),
            "text/csv": { "schema": { "type": "string" } },
        } }),
        Body::Anything => json!({ "required": true, "content": { "*/*": { "schema": {} } } }),
    })
}

fn responses(route: &Route) -> Value {
    let in_xml = matches!(route.body, Body::JsonOrXml(_));
    let mut responses = shared(route);
    for (status, codes) in route.refusals {
        let told = route.answers.iter().find(|answer| answer.status == *status);
        let (what, also) = told.map_or((None, None), |answer| (Some(answer.what), Some(reference(answer.schema))));
        responses.insert(status.to_string(), refusal(*status, codes, what, also, in_xml));
    }
    for (at, answer) in route.answers.iter().enumerate() {
        let response = responses.entry(answer.status.to_string()).or_insert_with(|| {
            if answer.status == 204 {
                return json!({ "description": answer.what });
            }
            let schema = if answer.schema.is_empty() { json!({}) } else { reference(answer.schema) };
            let mut content = Map::new();
            content.insert(
                if answer.schema.is_empty() { "*/*" } else { "application/json" }.to_owned(),
                json!({ "schema": schema }),
            );
            if in_xml {
                content.insert("application/xml".to_owned(), json!({ "schema": schema }));
            }
            json!({ "description": answer.what, "content": content })
        });
        if at == 0 && !route.links.is_empty() {
            response["links"] = links(route);
        }
    }
    Value::Object(responses)
}

/// What every route of its kind answers.
fn shared(route: &Route) -> Map<String, Value> {
    let mut names = vec![("500", "Broken"), ("503", "Unavailable")];
    match route.access {
        Access::Anybody | Access::Gateway => {}
        Access::ShopperOrBackOffice => names.push(("401", "NoSession")),
        Access::Shopper => names.extend([("401", "NoSession"), ("403", "ForShoppers")]),
        Access::BackOffice => names.extend([("401", "NoSession"), ("403", "ForTheBackOffice")]),
    }
    match route.body {
        Body::None | Body::Anything => {}
        Body::Json(_) | Body::OptionalJson(_) => names.push(("415", "NotJson")),
        Body::JsonOrXml(_) => names.push(("415", "NeitherJsonNorXml")),
        Body::JsonOrCsv(_) => names.push(("415", "NeitherJsonNorCsv")),
    }
    let response =
        |(status, name): (&str, &str)| (status.to_owned(), json!({ "$ref": format!("#/components/responses/{name}") }));
    names.into_iter().map(response).collect()
}

fn links(route: &Route) -> Value {
    let link = |(operation, parameter, pointer): &(&str, &str, &str)| {
        let value = format!("$response.body#{pointer}");
        ((*operation).to_owned(), json!({ "operationId": operation, "parameters": { *parameter: value } }))
    };
    Value::Object(route.links.iter().map(link).collect())
}

/// Every schema there is, by its name.
fn schemas(currencies: &[&str]) -> BTreeMap<String, Value> {
    let forms = forms();
    let mut all: BTreeMap<String, Value> = BTreeMap::new();
    let mut add =
        |name: &str, schema: Value| assert!(all.insert(name.to_owned(), schema).is_none(), "{name} stands twice");
    basics(currencies).into_iter().for_each(|(name, schema)| add(name, schema));
    host_schemas::schemas().into_iter().for_each(|(name, schema)| add(name, schema));
    SHAPES.iter().for_each(|shape| add(shape.name, of_shape(shape)));
    forms.iter().for_each(|form| add(form.name, of_form(form, &forms)));
    add("Refusal", super::refusals::schema());
    with_rules_of_checkout(&mut all);
    with_xml(&mut all);
    all
}

/// What the table of the checkout's request can't say: a purchase order's number is shorter and may look like anything, and
/// the custom data may be a text.
fn with_rules_of_checkout(schemas: &mut BTreeMap<String, Value>) {
    let Some(schema) = schemas.get_mut("CheckoutPaymentInput") else { return };
    let pairs = schema["properties"][PAYMENTS_DATA].take();
    schema["properties"][PAYMENTS_DATA] = json!({
        "anyOf": [pairs, { "type": "string", "description": "The same pairs, as JSON in a text." }],
        "description": "Custom data for the gateway's adapter. Not with SimplePurchaseOrder.",
    });
    schema["properties"][PAYMENT_TOKEN]["description"] = json!(
        "Auth: a saved payment method's id or a gateway's token. PostAuth: the gateway's transaction. SimplePurchaseOrder: the purchase order number."
    );
    schema["if"] = json!({ "properties": { REQUEST_TYPE: { "const": RequestType::SimplePurchaseOrder.as_str() } } });
    schema["then"] = json!({ "properties": { PAYMENT_TOKEN: { "maxLength": PURCHASE_ORDER_NUMBER_CHARS_MAX } } });
    if let Some(address) = schemas.get_mut("CheckoutAddressInput") {
        address["properties"]["country"]["description"] = json!("An ISO 3166-1 code of two capitals.");
        address["properties"]["country"]["examples"] = json!(["US"]);
        address["properties"]["shipToPhoneNumber"] = json!({ "type": ["string", "null"], "description": "Ignored." });
    }
}

/// How the bodies of the checkout's payment look as XML: lists are elements that hold an element for each item.
fn with_xml(schemas: &mut BTreeMap<String, Value>) {
    let mut name = |schema: &str, xml: &str| {
        if let Some(schema) = schemas.get_mut(schema) {
            schema["xml"] = json!({ "name": xml });
        }
    };
    name("CheckoutPaymentInput", "checkoutPaymentInput");
    name("CheckoutPayment", "checkoutPayment");
    name("CheckoutError", "error");
    name("Problem", "invalidParameter");
    name("Refusal", "error");
    for (schema, list) in [("CheckoutPayment", "errors"), ("CheckoutError", "invalidParameters")] {
        if let Some(schema) = schemas.get_mut(schema) {
            schema["properties"][list]["xml"] = json!({ "wrapped": true });
        }
    }
}

/// The names of the schemas that `value` leads to.
fn reachable(value: &Value, schemas: &BTreeMap<String, Value>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                let name =
                    members.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix("#/components/schemas/"));
                if let Some(name) = name.filter(|name| found.insert((*name).to_owned())) {
                    open.push(schemas.get(name).unwrap_or_else(|| panic!("there is no schema {name}")));
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Every pair of status and code that the document tells of.
pub fn told_codes() -> BTreeSet<(u16, &'static str)> {
    let of_routes = routes().into_iter().flat_map(|route| route.refusals.iter());
    let of_routes = of_routes.flat_map(|(status, codes)| codes.iter().map(|code| (*status, *code)));
    let shared = CODES.iter().flat_map(|(_, status, codes, ..)| codes.iter().map(|code| (*status, *code)));
    of_routes.chain(shared).collect()
}
