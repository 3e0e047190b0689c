//! From a JSON answer to the same answer in XML.
//!
//! Members become elements of their names, in order. A list is one element that holds an element for each item, named by
//! the list without its plural `s`. Absent is absent; an empty list is an empty element.

use crate::domain::json::{Value, parse};
use crate::prelude::*;

/// An answer's body in XML: root `checkoutPayment` for an object, `errors` for the platform's list of errors. `None` when
/// `body` is not JSON.
#[must_use]
pub fn answer(body: &str) -> Option<String> {
    let value = parse(body).ok()?;
    let root = if matches!(value, Value::Array(_)) { "errors" } else { "checkoutPayment" };
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    element(&mut xml, root, &value);
    Some(xml)
}

fn element(xml: &mut String, name: &str, value: &Value<'_>) {
    tag(xml, "<", name);
    content(xml, name, value);
    tag(xml, "</", name);
}

fn tag(xml: &mut String, open: &str, name: &str) {
    for part in [open, name, ">"] {
        xml.push_str(part);
    }
}

fn content(xml: &mut String, name: &str, value: &Value<'_>) {
    match value {
        Value::Null => {}
        Value::Bool(value) => xml.push_str(if *value { "true" } else { "false" }),
        Value::Number(text) => xml.push_str(text),
        Value::Text(text) => text.chars().for_each(|character| escaped(xml, character)),
        Value::Array(values) => {
            let item = name.strip_suffix('s').unwrap_or("item");
            values.iter().for_each(|value| element(xml, item, value));
        }
        Value::Object(members) => members.iter().for_each(|member| {
            if is_element_name(&member.key) {
                element(xml, &member.key, &member.value);
            } else {
                tag(xml, "<", "entry");
                element(xml, "key", &Value::Text(member.key.clone()));
                element(xml, "value", &member.value);
                tag(xml, "</", "entry");
            }
        }),
    }
}

fn escaped(xml: &mut String, character: char) {
    match character {
        '&' => xml.push_str("&amp;"),
        '<' => xml.push_str("&lt;"),
        '>' => xml.push_str("&gt;"),
        // A raw one would reach the reader as a line feed.
        '\r' => xml.push_str("&#13;"),
        // The host reads the answer as one line of a step.
        '\n' => xml.push_str("&#10;"),
        '\t' => xml.push(character),
        // XML 1.0 has no way at all to write the other controls.
        '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => xml.push('\u{FFFD}'),
        _ => xml.push(character),
    }
}

fn is_element_name(key: &str) -> bool {
    let mut bytes = key.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    #[test]
    fn answers_are_written_as_elements() {
        for (json, xml) in [
            (
                r#"{"salesforceResultCode":"Success","errors":[],"paymentData":"{}"}"#,
                "<checkoutPayment><salesforceResultCode>Success</salesforceResultCode><errors></errors><paymentData>{}</paymentData></checkoutPayment>",
            ),
            (
                r#"[{"errorCode":"NOT_FOUND","message":"a < b & \"c\" > d"}]"#,
                "<errors><error><errorCode>NOT_FOUND</errorCode><message>a &lt; b &amp; \"c\" &gt; d</message></error></errors>",
            ),
            (
                r#"{"errors":[{"invalidParameters":[{"name":"n"},{"name":"m"}]}]}"#,
                "<checkoutPayment><errors><error><invalidParameters><invalidParameter><name>n</name></invalidParameter><invalidParameter><name>m</name></invalidParameter></invalidParameters></error></errors></checkoutPayment>",
            ),
            (
                r#"{"n":1.50,"t":true,"z":null,"a b":"x","l":["y"]}"#,
                "<checkoutPayment><n>1.50</n><t>true</t><z></z><entry><key>a b</key><value>x</value></entry><l><item>y</item></l></checkoutPayment>",
            ),
            (r#"{"t":"\u0000\r\n\t]]>"}"#, "<checkoutPayment><t>\u{FFFD}&#13;&#10;\t]]&gt;</t></checkoutPayment>"),
        ] {
            assert_eq!(answer(json).as_deref(), Some([HEAD, xml].concat().as_str()));
        }
        assert_eq!(answer("{"), None);
    }
}
