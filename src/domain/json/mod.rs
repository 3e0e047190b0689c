//! JSON text in and out, written for this crate.
//!
//! Why not a general serializer: a payment request must be refused for a duplicate key, a lone surrogate or a number that
//! does not fit, with line and column; an amount must be read from its own digits, never through a float; and the
//! storefront build has to stay small enough that nobody counts it.

mod object;
mod parser;
mod plain;
mod read;
mod value;
mod view;
mod writer;

#[cfg(test)]
pub(crate) use object::Shape;
pub(crate) use object::{json_enum, json_object};
pub use parser::{SyntaxError, parse, parse_bytes};
pub use read::{Json, Key, Members, ReadError, Reader};
pub use value::{Member, Place, Position, Value};
pub(crate) use view::json_view;
pub use writer::{Amounts, Writer};
