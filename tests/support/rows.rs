//! The flat rows of a state, to be compared with what was worked out by hand.

use checkout_payments::payments::objects::{Property, object};
use checkout_payments::payments::rows::Row;

/// These fields of the rows of an object, a line a row; `-` where a field is empty.
pub fn table(rows: &[Row], object: &str, fields: &[&str]) -> Vec<String> {
    let line = |row: &Row| {
        fields.iter().map(|name| row.fields.get(name).map_or("-", String::as_str)).collect::<Vec<_>>().join(" ")
    };
    rows.iter().filter(|row| row.object == object).map(line).collect()
}

/// Every field of a row is one of its object's description, what may not be empty is there, and no token is anywhere.
pub fn check(rows: &[Row]) {
    for row in rows {
        let described = object(&row.object).unwrap_or_else(|| panic!("{} is not described", row.object));
        assert!(row.id.starts_with(&format!("{}_", described.prefix)), "{}", row.id);
        for (name, value) in &row.fields {
            let field = described.field(name).unwrap_or_else(|| panic!("{}.{name} is not described", row.object));
            assert!(
                field.values.is_empty() || field.values.contains(&value.as_str()),
                "{}.{name}: {value}",
                row.object
            );
            assert!(!value.contains("tok_"), "a token in {}.{name}", row.object);
        }
        for field in described.fields().filter(|field| !field.may(Property::Nillable)) {
            assert!(row.fields.contains_key(field.name), "{}.{} is empty", row.object, field.name);
        }
    }
}
