//! The JSON parser and writer, held against another implementation and against a table of what RFC 8259 leaves out.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use checkout_payments::domain::json::{Amounts, Member, Position, SyntaxError, Value, Writer, parse, parse_bytes};
use proptest::prelude::*;

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    for (text, line, column) in [
        ("", 1, 1),
        (" \n ", 2, 2),
        ("nul", 1, 1),
        ("nulll", 1, 5),
        ("True", 1, 1),
        ("'a'", 1, 1),
        ("\"a", 1, 3),
        ("\"a\nb\"", 1, 3),
        ("\"\u{1}\"", 1, 2),
        ("\"\\q\"", 1, 2),
        ("\"\\u12\"", 1, 2),
        ("\"\\u+123\"", 1, 2),
        ("\"\\ud800\"", 1, 2),
        ("\"\\udc00\"", 1, 2),
        ("\"\\ud800\\ud800\"", 1, 2),
        ("\"ab\\ud800x\"", 1, 4),
        ("[", 1, 2),
        ("[1", 1, 3),
        ("[1,]", 1, 4),
        ("[1 2]", 1, 4),
        ("[,1]", 1, 2),
        ("]", 1, 1),
        ("{", 1, 2),
        ("{\"a\"}", 1, 5),
        ("{\"a\":}", 1, 6),
        ("{\"a\":1,}", 1, 8),
        ("{a:1}", 1, 2),
        ("{1:1}", 1, 2),
        ("{\"a\":1 \"b\":2}", 1, 8),
        ("01", 1, 2),
        ("-", 1, 2),
        ("-a", 1, 2),
        ("+1", 1, 1),
        (".5", 1, 1),
        ("5.", 1, 3),
        ("5.e1", 1, 3),
        ("1e", 1, 3),
        ("1e+", 1, 4),
        ("0x1", 1, 2),
        ("NaN", 1, 1),
        ("Infinity", 1, 1),
        ("1 2", 1, 3),
        ("{}x", 1, 3),
        ("/*c*/1", 1, 1),
        ("1//c", 1, 2),
        ("\u{feff}1", 1, 1),
        ("\u{a0}1", 1, 1),
        ("\u{c}1", 1, 1),
        ("{\n  \"é💳\": 1,\n  \"b\" 2\n}", 3, 7),
        ("[\r\n1,\r\n?]", 3, 1),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.position, Position { line, column }, "{text:?}: {}", error.message);
        assert_eq!(error.duplicate, None, "{text:?}");
    }
}

#[test]
fn a_key_that_stands_twice_is_named_by_its_path() {
    for (text, path, line, column) in [
        ("{\"a\":1,\"a\":2}", "a", 1, 8),
        ("{\"a\":1,\"\\u0061\":2}", "a", 1, 8),
        ("{\"a\":{\"b\":{\"c\":1,\n\"c\":2}}}", "a.b.c", 2, 1),
        ("[{\"a\":1,\"a\":2}]", "a", 1, 9),
        ("{\"4111111111111111\":1,\"4111111111111111\":2}", "…", 1, 23),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.duplicate.as_deref(), Some(path), "{text}");
        assert_eq!(error.position, Position { line, column }, "{text}");
    }
}

#[test]
fn depth_and_width_have_limits() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(parse(&nested(17)).is_ok());
    assert!(parse(&nested(18)).is_err());
    assert!(parse(&"[".repeat(1_000_000)).is_err());
    assert!(parse(&"{\"a\":".repeat(1_000_000)).is_err());
    let wide = |members: usize| {
        let members: Vec<String> = (0..members).map(|number| format!("\"{number}\":1")).collect();
        format!("{{{}}}", members.join(","))
    };
    assert!(parse(&wide(128)).is_ok());
    assert!(parse(&wide(129)).is_err());
    assert!(parse(&format!("[{}0]", "0,".repeat(100_000))).is_ok());
}

#[test]
fn bytes_that_are_not_utf_8_are_refused_with_their_place() {
    for (bytes, line, column) in [
        (b"\xff".as_slice(), 1, 1),
        (b"\"ab\xe9\"", 1, 4),
        (b"{\n\"\xc3\xa9\xff\":1}", 2, 3),
        (b"\"\xed\xa0\x80\"", 1, 2),
        (b"\"\xc0\xaf\"", 1, 2),
        (b"\"\xf4\x90\x80\x80\"", 1, 2),
        (b"\"\xe2\x82", 1, 2),
    ] {
        let error = parse_bytes(bytes).unwrap_err();
        assert_eq!(error.position, Position { line, column }, "{bytes:?}");
    }
}

#[test]
fn members_know_where_they_stand() {
    let value = parse("{\"a\":1,\n  \"é\":2, \"c\":{\"d\":3}}").unwrap();
    let at = |member: &Member<'_>| {
        let Position { line, column } = member.place.position();
        (line, column)
    };
    let places: Vec<(u32, u32)> = value.members().unwrap().iter().map(at).collect();
    assert_eq!(places, [(1, 2), (2, 3), (2, 10)]);
    assert_eq!(at(&value.get("c").unwrap().members().unwrap()[0]), (2, 15));
}

#[test]
fn a_long_line_is_read_in_linear_time() {
    // Columns counted from the start of the line, for each member or escape, would take minutes.
    let text = format!("[{}{{}}]", "{\"a\":1,\"b\":\"é\"},".repeat(60_000));
    let escapes = format!("\"{}\"", "\\u0034".repeat(200_000));
    let started = std::time::Instant::now();
    assert!(parse(&text).is_ok());
    assert!(parse(&escapes).is_ok());
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn texts_are_written_so_that_any_reader_understands_them() {
    let written = |text: &str| {
        let mut writer = Writer::new(Amounts::Texts);
        writer.text(text);
        writer.finish()
    };
    assert_eq!(written("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    assert_eq!(written("\n\r\t\u{8}\u{c}\0\u{1f}"), "\"\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\"");
    assert_eq!(written("é💳\u{7f}\u{2028}"), "\"é💳\u{7f}\u{2028}\"");
}

fn write(value: &serde_json::Value, writer: &mut Writer) {
    match value {
        serde_json::Value::Null => writer.raw("null"),
        serde_json::Value::Bool(value) => writer.raw(if *value { "true" } else { "false" }),
        serde_json::Value::Number(number) => writer.raw(&number.to_string()),
        serde_json::Value::String(text) => writer.text(text),
        serde_json::Value::Array(values) => {
            writer.begin_array();
            values.iter().for_each(|value| write(value, writer));
            writer.end_array();
        }
        serde_json::Value::Object(members) => {
            writer.begin_object();
            for (key, value) in members {
                writer.key(key);
                write(value, writer);
            }
            writer.end_object();
        }
    }
}

/// The same value, as the other implementation has it. Its numbers are read from our number's own text.
fn other(value: &Value<'_>) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(text) => serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}")),
        Value::Text(text) => text.as_ref().into(),
        Value::Array(values) => values.iter().map(other).collect(),
        Value::Object(members) => {
            members.iter().map(|member| (member.key.clone().into_owned(), other(&member.value))).collect()
        }
    }
}

/// What this parser refuses on purpose and the other lets through.
fn is_stricter(error: &SyntaxError) -> bool {
    error.duplicate.is_some() || error.message.contains("too deeply") || error.message.contains("too many members")
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
        "[\\x00-\\x7f]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

fn check_against_other(text: &str) -> Result<(), TestCaseError> {
    match (parse(text), serde_json::from_str::<serde_json::Value>(text)) {
        (Ok(ours), Ok(theirs)) => prop_assert_eq!(other(&ours), theirs),
        (Ok(_), Err(error)) => prop_assert!(error.to_string().contains("number out of range"), "{}: {}", text, error),
        (Err(error), Ok(_)) => prop_assert!(is_stricter(&error), "{}: {:?}", text, error),
        (Err(error), Err(_)) => {
            let lines = text.split('\n').count();
            prop_assert!((1..=lines).contains(&(error.position.line as usize)), "{}: {:?}", text, error);
            let line = text.split('\n').nth(error.position.line as usize - 1).unwrap();
            prop_assert!(
                (1..=line.chars().count() + 2).contains(&(error.position.column as usize)),
                "{}: {:?}",
                text,
                error
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_the_other_writes_is_read_alike(value in json_value(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        prop_assert_eq!(other(&parse(&text).unwrap()), value);
    }

    #[test]
    fn what_is_written_here_is_read_back_alike_by_both(value in json_value()) {
        let mut writer = Writer::new(Amounts::Texts);
        write(&value, &mut writer);
        let text = writer.finish();
        prop_assert!(!text.contains('\n'));
        prop_assert_eq!(other(&parse(&text).unwrap()), value.clone());
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }

    #[test]
    fn both_agree_on_any_text_that_is_nearly_json(text in "[\\[\\]{},:\"\\\\u0-9dbDaef.+\\-tr nl\n]{0,40}") {
        check_against_other(&text)?;
    }

    #[test]
    fn both_agree_on_json_with_one_character_changed(value in json_value(), at in any::<prop::sample::Index>(), with in any::<char>()) {
        let mut characters: Vec<char> = value.to_string().chars().collect();
        let at = at.index(characters.len());
        characters[at] = with;
        check_against_other(&characters.into_iter().collect::<String>())?;
    }

    #[test]
    fn both_agree_on_json_cut_short(value in json_value(), at in any::<prop::sample::Index>()) {
        let text: Vec<char> = value.to_string().chars().collect();
        check_against_other(&text[..at.index(text.len())].iter().collect::<String>())?;
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = parse_bytes(&bytes);
    }
}
