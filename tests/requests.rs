//! Laws that every checkout payment request keeps, over generated requests.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use checkout_payments::checkout::media_type::MediaType;
use checkout_payments::checkout::request::CheckoutPaymentRequest;
use checkout_payments::domain::api_version::ApiVersion;
use checkout_payments::domain::input::refusal::Refusal;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The order in which problems are listed.
const ORDER: &[&str] = &[
    "paymentToken",
    "billingAddress.name",
    "billingAddress.street",
    "billingAddress.city",
    "billingAddress.region",
    "billingAddress.country",
    "billingAddress.postalCode",
    "billingAddress.firstName",
    "billingAddress.lastName",
    "billingAddress.shipToPhoneNumber",
    "paymentsData",
    "paymentsData.channel",
    "paymentsData.reference",
];

/// Texts that keep and that break the rules. All can be written in XML.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Za-z0-9 ]{1,20}",
        1 => Just(String::new()),
        1 => Just(" \u{200b}\u{3000}".to_owned()),
        1 => Just("US".to_owned()),
        1 => Just("us".to_owned()),
        1 => Just("card 4111-1111-1111-1111".to_owned()),
        1 => Just("a\u{85}b".to_owned()),
        1 => Just("a\tb".to_owned()),
        1 => Just("a\nb".to_owned()),
        1 => Just("<&\"'>]]>".to_owned()),
        1 => (20_usize..300).prop_map(|length| "é".repeat(length)),
        1 => "[\\p{L}\\p{N}\\p{P}\\p{S} ]{0,90}",
    ]
}

fn members(names: &'static [&'static str]) -> impl Strategy<Value = Vec<(String, String)>> {
    prop::sample::subsequence(names, 0..=names.len()).prop_shuffle().prop_flat_map(|names| {
        let texts = prop::collection::vec(text(), names.len());
        texts.prop_map(move |texts| names.iter().map(|name| (*name).to_owned()).zip(texts).collect())
    })
}

#[derive(Debug, Clone)]
struct Request {
    request_type: &'static str,
    token: String,
    address: Option<Vec<(String, String)>>,
    data: Option<Vec<(String, String)>>,
}

fn request() -> impl Strategy<Value = Request> {
    let address = members(&[
        "name",
        "street",
        "city",
        "region",
        "country",
        "postalCode",
        "firstName",
        "lastName",
        "shipToPhoneNumber",
    ]);
    // in the order of the names, as the JSON of this test has them
    let data = members(&["channel", "reference"]).prop_map(|mut pairs| {
        pairs.sort();
        pairs
    });
    let types = prop::sample::select(vec!["Auth", "PostAuth", "SimplePurchaseOrder"]);
    (types, text(), prop::option::of(address), prop::option::of(data))
        .prop_map(|(request_type, token, address, data)| Request { request_type, token, address, data })
}

impl Request {
    fn json(&self) -> Value {
        let object = |pairs: &Vec<(String, String)>| {
            pairs.iter().map(|(name, text)| (name.clone(), Value::from(text.as_str()))).collect::<Map<_, _>>()
        };
        let mut body = json!({"requestType": self.request_type, "paymentToken": self.token});
        if let Some(address) = &self.address {
            body["billingAddress"] = object(address).into();
        }
        if let Some(data) = &self.data {
            body["paymentsData"] = object(data).into();
        }
        body
    }

    fn json_with_data_as_string(&self) -> Value {
        let mut body = self.json();
        if let Some(data) = body.get("paymentsData") {
            body["paymentsData"] = data.to_string().into();
        }
        body
    }

    fn xml(&self) -> String {
        let elements = |pairs: &[(String, String)]| -> String {
            pairs.iter().map(|(name, text)| element(name, &escaped(text))).collect()
        };
        let mut body = element("requestType", self.request_type) + &element("paymentToken", &escaped(&self.token));
        if let Some(address) = &self.address {
            body += &element("billingAddress", &elements(address));
        }
        if let Some(data) = &self.data {
            body += &element("paymentsData", &elements(data));
        }
        element("checkoutPaymentInput", &body)
    }
}

fn element(name: &str, content: &str) -> String {
    format!("<{name}>{content}</{name}>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn read(body: &[u8], media_type: MediaType) -> Result<CheckoutPaymentRequest, Refusal> {
    CheckoutPaymentRequest::read(body, media_type, ApiVersion::NEWEST)
}

fn names(refusal: &Refusal) -> Vec<String> {
    match refusal {
        Refusal::Invalid { problems } => problems.iter().map(|problem| problem.name.clone()).collect(),
        Refusal::Malformed { field, .. } => field.iter().cloned().collect(),
        Refusal::Unreadable { .. } | Refusal::NotFound { .. } => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn json_and_xml_have_one_verdict(request in request()) {
        let json = read(request.json().to_string().as_bytes(), MediaType::Json);
        prop_assert_eq!(&read(request.json_with_data_as_string().to_string().as_bytes(), MediaType::Json), &json);
        prop_assert_eq!(&read(request.xml().as_bytes(), MediaType::Xml), &json, "{}", request.xml());
    }

    #[test]
    fn problems_are_listed_once_each_and_in_the_order_of_the_members(request in request()) {
        if let Err(refusal) = read(request.json().to_string().as_bytes(), MediaType::Json) {
            let names = names(&refusal);
            let places: Vec<usize> = names.iter().map(|name| ORDER.iter().position(|known| known == name).unwrap()).collect();
            prop_assert!(places.is_sorted_by(|one, other| one < other), "{names:?}");
            prop_assert!(!names.is_empty());
            prop_assert_eq!(refusal.status(), 422);
        }
    }

    #[test]
    fn a_refusal_repeats_no_value(request in request()) {
        if let Err(refusal) = read(request.json().to_string().as_bytes(), MediaType::Json) {
            let text = refusal.text();
            let values = [&request.address, &request.data].into_iter().flatten().flatten().map(|(_, value)| value.as_str());
            for value in values.chain([request.token.as_str()]).filter(|value| value.chars().count() > 20) {
                prop_assert!(!text.contains(value), "{}", text);
            }
            prop_assert!(!text.contains("4111"));
        }
    }

    #[test]
    fn what_was_read_keeps_every_rule_when_read_again(request in request()) {
        if let Ok(first) = read(request.json().to_string().as_bytes(), MediaType::Json) {
            prop_assert_eq!(first.payment_token.expose(), &request.token);
            prop_assert_eq!(first.billing_address.is_some(), request.address.is_some());
            prop_assert_eq!(first.payments_data.len(), request.data.map_or(0, |data| data.len()));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), xml in any::<bool>()) {
        let _ = read(&bytes, if xml { MediaType::Xml } else { MediaType::Json });
    }

    #[test]
    fn no_change_of_one_character_makes_it_panic(request in request(), at in any::<prop::sample::Index>(), with in any::<char>(), xml in any::<bool>()) {
        let (text, media_type) = if xml { (request.xml(), MediaType::Xml) } else { (request.json().to_string(), MediaType::Json) };
        let mut characters: Vec<char> = text.chars().collect();
        let place = at.index(characters.len());
        if let Some(character) = characters.get_mut(place) {
            *character = with;
        }
        let _ = read(String::from_iter(characters).as_bytes(), media_type);
    }
}
