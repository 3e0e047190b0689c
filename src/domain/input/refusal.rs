//! Why a request is refused before anything is done for it.

use crate::domain::api_version::UnknownApiVersion;
use crate::domain::digits::decimal;
use crate::domain::json::{Position, SyntaxError, json_object};
use crate::prelude::*;

/// Why a request is refused. What it says never repeats a value of the request, only names of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The body is not JSON or XML, or has no value at all: 400.
    Unreadable {
        /// For people; begins with the place in the body where one is known: `line 3, column 20: …`.
        message: String,
    },
    /// The body is of another form than the request's: 400. The first fault in it is named, and nothing else was looked at.
    Malformed {
        /// For people; begins with the place in the body where one is known: `line 3, column 20: …`.
        message: String,
        /// The path of the member at fault, where there is one: `billingAddress.country`.
        field: Option<String>,
    },
    /// The resource does not exist in this version: 404.
    NotFound {
        /// For people.
        message: String,
    },
    /// The request is understood, and some of its values are not acceptable: 422. All of them are named.
    Invalid {
        /// Every problem, in the order of the members: see the request that it is of.
        problems: Vec<Problem>,
    },
}

json_object! {
    /// A member whose value is not acceptable, and why.
    pub struct Problem {
        /// The path of the member: `billingAddress.country`.
        pub name: String = "name",
        /// For people.
        pub detail: String = "detail",
    }
}

impl Refusal {
    /// A body that is not JSON or XML, or has no value at all.
    #[must_use]
    pub fn unreadable(message: &str, position: Option<Position>) -> Self {
        Self::Unreadable { message: placed(message, position) }
    }

    /// A body whose member at `path` (or the body itself, when that is empty) is not what it should be.
    #[must_use]
    pub fn misshapen(path: &str, message: &str, position: Option<Position>) -> Self {
        let field = (!path.is_empty()).then(|| path.to_owned());
        Self::Malformed { message: placed(message, position), field }
    }

    /// A member that stands twice.
    #[must_use]
    pub fn duplicate(path: &str, position: Position) -> Self {
        Self::misshapen(path, &["The member ", path, " stands twice."].concat(), Some(position))
    }
}

impl From<SyntaxError> for Refusal {
    fn from(error: SyntaxError) -> Self {
        match error.duplicate {
            Some(path) => Self::duplicate(&path, error.position),
            None => Self::unreadable(&error.message, Some(error.position)),
        }
    }
}

impl From<UnknownApiVersion> for Refusal {
    fn from(_: UnknownApiVersion) -> Self {
        Self::NotFound { message: "No such version of the interface.".to_owned() }
    }
}

fn placed(message: &str, position: Option<Position>) -> String {
    match position {
        Some(Position { line, column }) => {
            ["line ", &decimal(line), ", column ", &decimal(column), ": ", message].concat()
        }
        None => message.to_owned(),
    }
}

impl Problem {
    /// The member at `name` is at fault because of `detail`.
    #[must_use]
    pub fn new(name: &str, detail: &str) -> Self {
        Self { name: name.to_owned(), detail: detail.to_owned() }
    }
}
