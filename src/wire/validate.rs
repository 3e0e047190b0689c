//! The verdict on a request before it is sent, field by field: the very rules of the server, in the page
//! (`docs/core.md`, "validate and preview").

use crate::checkout::request::check_json;
use crate::domain::api_version::ApiVersion;
use crate::domain::error_code::ErrorCode;
use crate::domain::error_code::platform_errors;
use crate::domain::input::refusal::{Problem, Refusal};
use crate::domain::json::{Amounts, Json, Value, Writer, parse};
use crate::prelude::*;

/// Judges `request`, the very text that would be posted as JSON. `options` is JSON: `{apiVersion?, checkout?}`, or empty.
///
/// The answer is JSON: `{"valid": true, "status": 200}`, or `valid: false` with the server's `status` and `body`, and
/// `fields`: the members at fault, none when the fault is in the text as a whole. Options that are not of the contract are
/// the caller's bug: status 500.
#[must_use]
pub fn validate(request: &str, options: &str) -> String {
    let Some(version) = version_of(options) else {
        let message = "The options of validate must be {apiVersion?, checkout?}.";
        return refused(500, &[], &platform_errors(ErrorCode::InternalError, message));
    };
    match version.and_then(|version| check_json(request, version)) {
        Ok(()) => "{\"valid\":true,\"status\":200}".to_owned(),
        Err(refusal) => {
            let one;
            let fields: &[Problem] = match &refusal {
                Refusal::Malformed { field: Some(name), message } => {
                    one = [Problem::new(name, message)];
                    &one
                }
                Refusal::Unreadable { .. } | Refusal::Malformed { field: None, .. } | Refusal::NotFound { .. } => &[],
                Refusal::Invalid { problems } => problems,
            };
            refused(refusal.status(), fields, &refusal.text())
        }
    }
}

/// The version that the options ask for; `None` when they are not of the contract.
fn version_of(options: &str) -> Option<Result<ApiVersion, Refusal>> {
    let options =
        if options.chars().all(char::is_whitespace) { Value::Object(Vec::new()) } else { parse(options).ok()? };
    let known = |key: &str| matches!(key, "apiVersion" | "checkout");
    if !options.members()?.iter().all(|member| known(&member.key)) {
        return None;
    }
    match options.get("apiVersion") {
        None | Some(Value::Null) => Some(Ok(ApiVersion::NEWEST)),
        Some(version) => Some(ApiVersion::parse(version.text()?).map_err(Refusal::from)),
    }
}

fn refused(status: u32, fields: &[Problem], body: &str) -> String {
    let mut writer = Writer::new(Amounts::Numbers);
    writer.begin_object();
    writer.key("valid");
    writer.raw("false");
    writer.member("status", &status);
    writer.key("fields");
    writer.list(fields, |writer, problem| problem.write(writer));
    writer.key("body");
    writer.raw(body);
    writer.end_object();
    writer.finish()
}
