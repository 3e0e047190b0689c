//! A refusal in the platform's style: `[{"errorCode": …, "message": …, "fields": […]}]`.

use super::refusal::{Problem, Refusal};
use crate::domain::error_code::{ErrorCode, write_platform_error};
use crate::domain::json::{Amounts, Writer};
use crate::prelude::*;

/// Why a request is not carried out, with its HTTP status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformRefusal {
    /// 400, 404 or 422.
    pub status: u32,
    /// At least one.
    pub errors: Vec<PlatformError>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformError {
    /// For programs.
    pub code: ErrorCode,
    /// For people; it never repeats a value of the request.
    pub message: String,
    /// The members of the request at fault.
    pub fields: Vec<String>,
}

impl PlatformRefusal {
    /// For one reason, which blames `fields`.
    #[must_use]
    pub fn new(status: u32, code: ErrorCode, message: &str, fields: &[&str]) -> Self {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        Self { status, errors: vec![PlatformError { code, message: message.to_owned(), fields }] }
    }

    /// What the address names does not exist.
    #[must_use]
    pub fn not_found(message: &str) -> Self {
        Self::new(404, ErrorCode::NotFound, message, &[])
    }

    /// An id of the body names nothing of the kind that is meant.
    #[must_use]
    pub fn unknown_reference(field: &str, message: &str) -> Self {
        Self::new(400, ErrorCode::InvalidIdField, message, &[field])
    }

    /// The records do not allow what is asked for.
    #[must_use]
    pub fn not_possible(code: ErrorCode, message: &str, fields: &[&str]) -> Self {
        Self::new(422, code, message, fields)
    }

    /// The body as JSON.
    #[must_use]
    pub fn body(&self) -> String {
        let mut writer = Writer::new(Amounts::Numbers);
        writer.begin_array();
        self.errors
            .iter()
            .for_each(|error| write_platform_error(&mut writer, error.code, &error.message, &error.fields));
        writer.end_array();
        writer.finish()
    }
}

impl From<Problem> for PlatformRefusal {
    fn from(problem: Problem) -> Self {
        Refusal::Invalid { problems: vec![problem] }.into()
    }
}

impl From<Refusal> for PlatformRefusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unreadable { message } => Self::new(400, ErrorCode::JsonParserError, &message, &[]),
            Refusal::Malformed { message, field } => {
                let code = ErrorCode::InvalidApiInput;
                Self { status: 400, errors: vec![PlatformError { code, message, fields: field.into_iter().collect() }] }
            }
            Refusal::NotFound { message } => Self::not_found(&message),
            Refusal::Invalid { problems } => {
                let error = |problem: Problem| PlatformError {
                    code: ErrorCode::FieldIntegrity,
                    message: [&problem.name, ": ", problem.detail.as_str()].concat(),
                    fields: vec![problem.name],
                };
                Self { status: 422, errors: problems.into_iter().map(error).collect() }
            }
        }
    }
}
