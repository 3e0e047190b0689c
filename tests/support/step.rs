//! A step's three lines, as a host reads them.

use serde_json::Value;

/// What the core wants of its host.
#[derive(Debug, Clone)]
pub struct Step {
    pub header: Value,
    pub state: String,
    pub body: String,
}

impl Step {
    /// Reads the three lines, and holds them to the contract. The core could use what it was handed.
    pub fn read(text: &str) -> Self {
        let step = Self::parse(text);
        assert_ne!(step.status(), Some(500), "the core could not use what it was handed: {text}");
        step
    }

    /// The same, whatever the core was handed.
    pub fn parse(text: &str) -> Self {
        let lines: Vec<&str> = text.split('\n').collect();
        assert_eq!(lines.len(), 3, "a step is three lines: {text}");
        let header: Value = serde_json::from_str(lines[0]).unwrap_or_else(|error| panic!("{error}: {}", lines[0]));
        let step = Self { header, state: lines[1].to_owned(), body: lines[2].to_owned() };
        assert_eq!(step.commits(), !step.state.is_empty(), "a state comes with a commit: {text}");
        assert!(step.call().is_none() || step.commits(), "a call is written down before it is sent: {text}");
        assert!(step.call().is_none() || step.status().is_none(), "a call or an answer, not both: {text}");
        assert!(!has_null(&step.header), "absent members are left out: {}", lines[0]);
        step
    }

    pub fn commits(&self) -> bool {
        self.header["commit"] == true
    }

    pub fn call(&self) -> Option<&Value> {
        self.header.get("call")
    }

    pub fn resolves(&self) -> bool {
        self.header["resolving"] == true
    }

    pub fn is_idle(&self) -> bool {
        self.header["idle"] == true
    }

    pub fn status(&self) -> Option<i64> {
        self.header["status"].as_i64()
    }

    pub fn due(&self) -> Option<i64> {
        self.header["due"].as_i64()
    }

    pub fn index(&self) -> Vec<String> {
        let texts = self.header["index"].as_array().cloned().unwrap_or_default();
        texts.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    }
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(members) => members.values().any(has_null),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
