//! Answers in the platform's style: a list of codes and messages.

use serde_json::{Map, Value, json};

use super::schema::reference;

/// What many routes have: name, status, codes, when it comes.
pub const CODES: &[(&str, u16, &[&str], &str)] = &[
    ("NoSession", 401, &["INVALID_SESSION_ID"], "No session, or it has ended."),
    ("ForShoppers", 403, &["INSUFFICIENT_ACCESS"], "This is for the shopper whose checkout it is."),
    ("ForTheBackOffice", 403, &["INSUFFICIENT_ACCESS"], "This is for the back office."),
    ("NotJson", 415, &["UNSUPPORTED_MEDIA_TYPE"], "The body is not JSON, is compressed, or is not in UTF-8."),
    (
        "NeitherJsonNorXml",
        415,
        &["UNSUPPORTED_MEDIA_TYPE"],
        "The body is neither JSON nor XML, is compressed, or is not in UTF-8.",
    ),
    (
        "NeitherJsonNorCsv",
        415,
        &["UNSUPPORTED_MEDIA_TYPE"],
        "The body is neither JSON nor CSV, is compressed, or is not in UTF-8.",
    ),
    (
        "Broken",
        500,
        &["INTERNAL_ERROR", "UNKNOWN_EXCEPTION"],
        "A bug. A repeat with the same idempotency key never does anything twice.",
    ),
    (
        "Unavailable",
        503,
        &["SERVER_UNAVAILABLE"],
        "The store, the sessions or the checkouts can't be used now; nothing was sent after that. Repeat with the same idempotency key, after `retry-after`.",
    ),
];

/// Them as responses, by their names.
pub fn shared_responses() -> Map<String, Value> {
    let response = |(name, status, codes, what): &(&str, u16, &[&str], &str)| {
        ((*name).to_owned(), refusal(*status, codes, Some(what), None, *name == "NeitherJsonNorXml"))
    };
    CODES.iter().map(response).collect()
}

/// The response of a status with these codes. `also`: the schema of what else the status may come with.
pub fn refusal(status: u16, codes: &[&str], what: Option<&str>, also: Option<Value>, in_xml: bool) -> Value {
    let quoted: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    let what = what.unwrap_or_else(|| match status {
        400 => "The body, a member or an id in it is not what it should be; nothing was done.",
        401 => "Not known.",
        404 => "There is no such thing, or it is another's.",
        405 => "The records of this object are only read.",
        409 => "Another request is under way: repeat with the same idempotency key, after `retry-after`.",
        422 => "Understood and not carried out.",
        501 => "The host's store can't be queried.",
        _ => panic!("{status} has no words"),
    });
    let mut entry = reference("Refusal");
    entry["properties"] = json!({ "errorCode": { "enum": codes } });
    let mut list = json!({ "type": "array", "minItems": 1, "items": entry });
    if in_xml {
        list["xml"] = json!({ "name": "errors", "wrapped": true });
    }
    let schema = also.map_or_else(|| list.clone(), |also| json!({ "oneOf": [also, list] }));
    let mut content = Map::new();
    content.insert("application/json".to_owned(), json!({ "schema": schema }));
    if in_xml {
        content.insert("application/xml".to_owned(), json!({ "schema": schema }));
    }
    let mut response = json!({ "description": format!("{what} {}.", quoted.join(", ")), "content": content });
    let header = |about: &str, schema: Value| json!({ "description": about, "schema": schema });
    match status {
        401 => response["headers"] = json!({ "www-authenticate": header("`Bearer`.", json!({ "type": "string" })) }),
        409 | 503 => {
            response["headers"] =
                json!({ "retry-after": header("In seconds.", json!({ "type": "integer", "minimum": 0 })) });
        }
        _ => {}
    }
    response
}

/// One entry of the list.
pub fn schema() -> Value {
    json!({
        "type": "object",
        "description": "Why a request is refused. It never repeats a value of the request.",
        "properties": {
            "errorCode": { "type": "string", "description": "For programs; docs/errors.md explains each." },
            "message": { "type": "string", "description": "For people." },
            "fields": { "type": "array", "items": { "type": "string" }, "description": "The members of the request at fault." },
        },
        "required": ["errorCode", "message"],
        "additionalProperties": false,
    })
}
