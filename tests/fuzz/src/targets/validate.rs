//! `validate`.

use checkout_payments::wire::validate::validate;
use serde_json::json;

use super::edit::edited;
use super::input::{Input, raw_texts};
use super::{oracle, requests};

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (request, options, is_of_contract) = if input.flag() {
        let versions =
            [json!({}), json!({"apiVersion": "63.0"}), json!({"apiVersion": "1.0"}), json!({"checkout": {}})];
        let (options, was_spoilt) = edited(input.pick(&versions), &mut input);
        let request = String::from_utf8_lossy(&requests::body(&mut input)).into_owned();
        (request, options, !was_spoilt)
    } else {
        let [request, options] = raw_texts(input.rest());
        (request, options, false)
    };
    let verdict = oracle::json(&validate(&request, &options));
    let status = verdict["status"].as_u64().unwrap();
    assert_eq!(verdict["valid"], status == 200, "{verdict}");
    assert!([200, 400, 404, 422, 500].contains(&status), "{verdict}");
    assert!(status != 500 || !is_of_contract, "500 for options of the contract: {verdict}");
    assert_eq!(status == 200, verdict.get("body").is_none(), "{verdict}");
}
