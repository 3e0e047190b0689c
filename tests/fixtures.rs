//! Runs `tests/fixtures/requests.json` natively: through [`CheckoutPaymentRequest::read`], as the server does, and through
//! [`validate`], as a page does. `tests/fixtures.test.mjs` runs the same file through the WebAssembly builds.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use checkout_payments::checkout::media_type::MediaType;
use checkout_payments::checkout::request::CheckoutPaymentRequest;
use checkout_payments::domain::api_version::ApiVersion;
use checkout_payments::domain::input::refusal::Refusal;
use checkout_payments::wire::validate::validate;
use serde_json::{Value, json};

/// What was expected, and what came, of the cases that differ.
type Differences = Vec<String>;

struct Case {
    name: String,
    body: Vec<u8>,
    xml: bool,
    api_version: Option<String>,
    secret: Option<String>,
    status: u64,
    fields: Vec<String>,
    error_code: Option<String>,
    place: Option<(u64, u64)>,
}

/// A verdict, whichever way it was found.
struct Verdict {
    status: u64,
    fields: Vec<String>,
    /// The body of the answer; null when the request is valid.
    body: Value,
}

#[test]
fn there_are_enough_cases_and_each_has_its_name() {
    let cases = cases();
    assert!(cases.len() >= 170, "{}", cases.len());
    let mut names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), cases.len());
    for status in [200, 400, 404, 422] {
        assert!(cases.iter().filter(|case| case.status == status).count() >= 5, "{status}");
    }
}

#[test]
fn the_server_gives_the_expected_verdicts() {
    let differences: Differences = cases().iter().flat_map(|case| compare(case, &read(case))).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_page_gives_the_expected_verdicts() {
    let differences: Differences = cases()
        .iter()
        .filter_map(|case| Some((case, judged(case)?)))
        .flat_map(|(case, text)| compare(case, &verdict_of_text(&text)))
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn page_and_server_answer_with_the_same_bytes() {
    for case in cases() {
        let Some(text) = judged(&case) else { continue };
        let (head, tail) = match read_request(&case) {
            Ok(_) => ("{\"valid\":true,".to_owned(), "\"status\":200}".to_owned()),
            Err(refusal) => {
                let (status, body) = refusal.answer();
                (format!("{{\"valid\":false,\"status\":{status},\"fields\":["), format!("],\"body\":{body}}}"))
            }
        };
        assert!(text.starts_with(&head) && text.ends_with(&tail), "{}: {text}", case.name);
    }
}

#[test]
fn a_request_that_was_read_holds_what_was_sent() {
    let request = |name: &str| read_request(&case(name)).unwrap();
    let auth = request("seed: authorized payment, as it stands");
    assert_eq!(auth.request_type.as_str(), "Auth");
    assert_eq!(auth.payment_token.expose(), "cardPaymentMethodId");
    assert_eq!(format!("{:?}", auth.payment_token), "[redacted]");
    assert!(auth.payments_data.is_empty());
    let address = auth.billing_address.unwrap();
    assert_eq!(
        (address.name.as_str(), address.street.as_str(), address.country.as_str()),
        ("John Doe", "123 Acme Drive", "US")
    );
    assert_eq!(address.city.as_deref(), Some("Los Angeles"));
    assert_eq!(address.region.as_deref(), Some("CA"));
    assert_eq!(address.postal_code.as_deref(), Some("90001"));
    assert_eq!((address.first_name, address.last_name, address.is_default), (None, None, false));

    let with_blanks = request("optional texts may be blank").billing_address.unwrap();
    assert_eq!((with_blanks.city, with_blanks.region), (None, None));
    let with_lines = request("a street of two lines as a page's text field sends it").billing_address.unwrap();
    assert_eq!(with_lines.street, "1 Way\nApt 2");
    let whole = request("an address with every member").billing_address.unwrap();
    assert_eq!(
        (whole.first_name.as_deref(), whole.last_name.as_deref(), whole.is_default),
        (Some("John"), Some("Doe"), true)
    );
    let token = request("a token with spaces around it is taken as it is").payment_token;
    assert_eq!(token.expose(), " tok 1 ");
}

#[test]
fn the_same_request_reads_the_same_in_json_and_in_xml() {
    for (json, xml) in [
        ("seed: authorized payment, as it stands", "seed as XML: authorized payment"),
        ("seed: post authorized payment, its quotes mended", "seed as XML: post authorized payment"),
        ("seed: simple purchase order, as it stands", "seed as XML: simple purchase order"),
    ] {
        assert_eq!(read_request(&case(json)).unwrap(), read_request(&case(xml)).unwrap(), "{json}");
    }
    let pairs = |name: &str| read_request(&case(name)).unwrap().payments_data;
    let expected =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    assert_eq!(
        pairs("paymentsData as an object of four pairs"),
        pairs("paymentsData as a string that holds four pairs")
    );
    assert_eq!(pairs("XML: paymentsData as JSON"), expected(&[("a", "1"), ("b", "2")]));
    assert_eq!(
        pairs("XML: paymentsData as elements"),
        expected(&[("pspReference", "8515131751004933"), ("channel", "web")])
    );
    assert_eq!(pairs("XML: paymentsData as entries"), expected(&[("psp reference", "X1"), ("channel", "web")]));
    let parts = read_request(&case("XML: comments, a processing instruction and character data")).unwrap();
    assert_eq!((parts.request_type.as_str(), parts.payment_token.expose()), ("Auth", "tok<1"));
    assert!(read_request(&case("XML: isDefault true")).unwrap().billing_address.unwrap().is_default);
}

#[test]
fn an_answer_says_what_is_wrong_in_the_shape_of_the_resource() {
    let answer = read_request(&case("an address without a country")).unwrap_err().answer();
    assert_eq!(answer.0, 422);
    assert_eq!(
        serde_json::from_str::<Value>(&answer.1).unwrap(),
        json!({
            "salesforceResultCode": "ValidationError",
            "errors": [{
                "type": "/commerce/payment",
                "title": "The payment request is not valid.",
                "detail": "billingAddress.country: A value is required.",
                "instance": "",
                "invalidParameters": [{"name": "billingAddress.country", "detail": "A value is required."}],
            }],
            "paymentData": "{}",
        })
    );
    let answer =
        read_request(&case("seed: post authorized payment, as it stands, in single quotes")).unwrap_err().answer();
    assert_eq!(answer.0, 400);
    assert_eq!(
        answer.1,
        "[{\"errorCode\":\"JSON_PARSER_ERROR\",\"message\":\"line 3, column 20: expected a value; a string is written in double quotes, not single ones\"}]"
    );
}

#[test]
fn options_that_are_not_of_the_contract_are_the_callers_bug() {
    let request = "{\"requestType\":\"Auth\",\"paymentToken\":\"tok_1\"}";
    for options in [
        "{",
        "[]",
        "null",
        "1",
        "{\"apiVersion\":63}",
        "{\"version\":\"63.0\"}",
        "{\"apiVersion\":\"63.0\",\"apiVersion\":\"63.0\"}",
    ] {
        let answer: Value = serde_json::from_str(&validate(request, options)).unwrap();
        assert_eq!((&answer["valid"], &answer["status"]), (&json!(false), &json!(500)), "{options}");
        assert_eq!(answer["body"][0]["errorCode"], "INTERNAL_ERROR", "{options}");
    }
    for options in [
        "",
        " ",
        "{}",
        "{\"apiVersion\":null}",
        "{\"checkout\":{\"amount\":\"1.00\"}}",
        "{\"apiVersion\":\"63.0\",\"checkout\":null}",
    ] {
        assert_eq!(validate(request, options), "{\"valid\":true,\"status\":200}", "{options}");
    }
}

/// The differences between what a case expects and a verdict, one line each.
fn compare(case: &Case, verdict: &Verdict) -> Differences {
    let mut differences = Vec::new();
    let mut differs = |what: &str, expected: String, found: String| {
        if expected != found {
            differences.push(format!("{}: {what}: expected {expected}, found {found}", case.name));
        }
    };
    differs("status", case.status.to_string(), verdict.status.to_string());
    differs("fields", format!("{:?}", case.fields), format!("{:?}", verdict.fields));
    let text = verdict.body.to_string();
    if let Some(secret) = &case.secret {
        differs("repeats the secret", "false".to_owned(), text.contains(secret.as_str()).to_string());
    }
    differs("is short", "true".to_owned(), (text.len() < 4096).to_string());
    match verdict.status {
        200 => differs("body", "null".to_owned(), text),
        400 | 404 => {
            let code = verdict.body[0]["errorCode"].as_str().unwrap_or_default();
            differs("errorCode", case.error_code.clone().unwrap_or_default(), code.to_owned());
            differs("errors", "1".to_owned(), verdict.body.as_array().map_or(0, Vec::len).to_string());
            let message = verdict.body[0]["message"].as_str().unwrap_or_default();
            if let Some((line, column)) = case.place {
                let start = format!("line {line}, column {column}: ");
                differs("place", start.clone(), message.get(..start.len()).unwrap_or(message).to_owned());
            }
        }
        _ => {
            let error = &verdict.body["errors"][0];
            differs(
                "salesforceResultCode",
                "\"ValidationError\"".to_owned(),
                verdict.body["salesforceResultCode"].to_string(),
            );
            differs("type", "\"/commerce/payment\"".to_owned(), error["type"].to_string());
            differs(
                "invalidParameters",
                format!("{:?}", case.fields),
                format!("{:?}", names(&error["invalidParameters"])),
            );
            differs("paymentData", "\"{}\"".to_owned(), verdict.body["paymentData"].to_string());
        }
    }
    differences
}

fn read(case: &Case) -> Verdict {
    match read_request(case) {
        Ok(_) => Verdict { status: 200, fields: Vec::new(), body: Value::Null },
        Err(refusal) => Verdict {
            status: refusal.status().into(),
            fields: match &refusal {
                Refusal::Malformed { field, .. } => field.iter().cloned().collect(),
                Refusal::Unreadable { .. } | Refusal::NotFound { .. } => Vec::new(),
                Refusal::Invalid { problems } => problems.iter().map(|problem| problem.name.clone()).collect(),
            },
            body: serde_json::from_str(&refusal.text()).expect(&case.name),
        },
    }
}

fn read_request(case: &Case) -> Result<CheckoutPaymentRequest, Refusal> {
    let media_type = if case.xml { MediaType::Xml } else { MediaType::Json };
    let version = ApiVersion::parse_or_newest(case.api_version.as_deref())?;
    CheckoutPaymentRequest::read(&case.body, media_type, version)
}

/// The page's verdict as it stands; a page has no XML and no bytes that are not text.
fn judged(case: &Case) -> Option<String> {
    let text = std::str::from_utf8(&case.body).ok().filter(|_| !case.xml)?;
    let options = case.api_version.as_ref().map_or(json!({}), |version| json!({"apiVersion": version}));
    Some(validate(text, &options.to_string()))
}

fn verdict_of_text(text: &str) -> Verdict {
    let answer: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let status = answer["status"].as_u64().unwrap();
    assert_eq!(answer["valid"], status == 200, "{text}");
    Verdict { status, fields: names(&answer["fields"]), body: answer["body"].clone() }
}

fn names(list: &Value) -> Vec<String> {
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(|item| item["name"].as_str().unwrap_or_default().to_owned()).collect()
}

fn case(name: &str) -> Case {
    cases().into_iter().find(|case| case.name == name).unwrap_or_else(|| panic!("no case is called {name}"))
}

fn cases() -> Vec<Case> {
    let file: Value = serde_json::from_str(include_str!("fixtures/requests.json")).unwrap();
    file["cases"].as_array().unwrap().iter().map(case_of).collect()
}

fn case_of(case: &Value) -> Case {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let expect = &case["expect"];
    Case {
        name: text(&case["name"]).unwrap(),
        body: text(&case["body"])
            .map(|body| expanded(&body).into_bytes())
            .unwrap_or_else(|| from_base64(case["bodyBase64"].as_str().unwrap())),
        xml: case["contentType"] == "application/xml",
        api_version: text(&case["apiVersion"]),
        secret: text(&case["secret"]).map(|secret| expanded(&secret)),
        status: expect["status"].as_u64().unwrap(),
        fields: expect["fields"].as_array().unwrap().iter().map(|name| text(name).unwrap()).collect(),
        error_code: text(&expect["errorCode"]),
        place: expect["line"].as_u64().zip(expect["column"].as_u64()),
    }
}

/// Writes out `«TEXT*COUNT»` and `«PAD*COUNT»`.
fn expanded(body: &str) -> String {
    let mut result = String::new();
    let mut rest = body;
    while let Some((plain, marked)) = rest.split_once('«') {
        let (mark, behind) = marked.split_once('»').unwrap();
        let (text, count) = mark.rsplit_once('*').unwrap();
        let count: usize = count.parse().unwrap();
        result.push_str(plain);
        if text == "PAD" {
            let missing = count - result.len();
            result.push_str(&" ".repeat(missing));
        } else {
            result.push_str(&text.repeat(count));
        }
        rest = behind;
    }
    result + rest
}

fn from_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<usize> = text.trim_end_matches('=').chars().map(|digit| ALPHABET.find(digit).unwrap()).collect();
    let bits = digits.iter().flat_map(|digit| (0..6).rev().map(move |bit| digit >> bit & 1)).collect::<Vec<_>>();
    bits.chunks_exact(8).map(|byte| u8::try_from(byte.iter().fold(0, |value, bit| value * 2 + bit)).unwrap()).collect()
}
