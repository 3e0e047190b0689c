//! From an XML body to the tree that a JSON body gives, so that one reader validates both.
//!
//! The root is `checkoutPaymentInput`; its children are named like the members of the JSON object. `billingAddress` has
//! children of its own. `paymentsData` holds JSON as text, or an element for each pair, or an `entry` with `key` and
//! `value` for a pair whose key is no element name. An empty element is an empty text, or an object without members.
//! There is nothing else: no attributes, no namespaces, no document type (which could name files and grow without bound).

use alloc::borrow::Cow;

use roxmltree::{Document, Error, Node};

use crate::domain::input::refusal::Refusal;
use crate::domain::input::shape::path_of;
use crate::domain::json::{Member, Place, Position, Value};
use crate::domain::limits::JSON_MEMBERS_MAX;
use crate::prelude::*;

const ROOT: &str = "checkoutPaymentInput";

/// Reads a body in XML.
///
/// # Errors
/// [`Refusal::Unreadable`] when it is not XML, [`Refusal::Malformed`] when it has another root or holds what the tree can't: attributes, text between
/// elements, an element that stands twice.
pub fn parse(body: &[u8]) -> Result<Value<'_>, Refusal> {
    let text = core::str::from_utf8(body).map_err(|_| Refusal::unreadable("The text is not valid UTF-8.", None))?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let document = Document::parse(text).map_err(|error| not_xml(&error))?;
    Reader::new(text).request(document.root_element())
}

/// Walks a document and knows where each element stands.
struct Reader<'t> {
    text: &'t str,
}

/// A member by its name.
type Named<'t> = (String, Value<'t>);

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self { text }
    }

    fn request(&self, root: Node<'_, '_>) -> Result<Value<'t>, Refusal> {
        self.check_plain(root, "")?;
        if root.tag_name().name() != ROOT {
            let message = "The root element must be checkoutPaymentInput.";
            return Err(Refusal::misshapen("", message, Some(self.position_of(root))));
        }
        self.children(root, "", &|child, path| match child.tag_name().name() {
            "billingAddress" => self.children(child, path, &|member, _| Ok(address_member(member))),
            "paymentsData" if has_elements(child) || is_blank(child) => self.pairs(child, path),
            _ => Ok(leaf(child)),
        })
    }

    /// The pairs of `paymentsData`, each an element named by its key or an `entry`.
    fn pairs(&self, node: Node<'_, '_>, path: &str) -> Result<Value<'t>, Refusal> {
        self.members(node, path, &|child| {
            if child.tag_name().name() != "entry" || !has_elements(child) {
                return Ok((child.tag_name().name().to_owned(), leaf(child)));
            }
            let place = self.place_of(child);
            let entry = self.children(child, &path_of(path, "entry"), &|part, _| Ok(leaf(part)))?;
            let key = entry.get("key").and_then(Value::text);
            match (key, entry.get("value"), entry.members().unwrap_or_default().len()) {
                (Some(key), Some(value), 2) => Ok((key.to_owned(), value.clone())),
                _ => Err(Refusal::misshapen(path, "An entry has one key and one value.", Some(place.position()))),
            }
        })
    }

    /// An object of the children of `node`, each read by `read` and named by its element.
    fn children(
        &self,
        node: Node<'_, '_>,
        path: &str,
        read: &dyn Fn(Node<'_, '_>, &str) -> Result<Value<'t>, Refusal>,
    ) -> Result<Value<'t>, Refusal> {
        self.members(node, path, &|child| {
            let name = child.tag_name().name();
            Ok((name.to_owned(), read(child, &path_of(path, name))?))
        })
    }

    /// An object of the children of `node`, each read and named by `read`.
    fn members(
        &self,
        node: Node<'_, '_>,
        path: &str,
        read: &dyn Fn(Node<'_, '_>) -> Result<Named<'t>, Refusal>,
    ) -> Result<Value<'t>, Refusal> {
        let mut members: Vec<Member<'t>> = Vec::new();
        for child in node.children() {
            if child.is_text() && !child.text().unwrap_or_default().trim().is_empty() {
                return Err(Refusal::misshapen(path, "Text between elements.", Some(self.position_of(child))));
            }
            if !child.is_element() {
                continue;
            }
            self.check_plain(child, path)?;
            let place = self.place_of(child);
            let (key, value) = read(child)?;
            if members.iter().any(|member| member.key == key) {
                return Err(Refusal::duplicate(&path_of(path, &key), place.position()));
            }
            if members.len() >= JSON_MEMBERS_MAX {
                return Err(Refusal::misshapen(path, "An element has too many children.", Some(place.position())));
            }
            members.push(Member { key: Cow::Owned(key), place, value });
        }
        Ok(Value::Object(members))
    }

    /// Refuses attributes and namespaces.
    fn check_plain(&self, node: Node<'_, '_>, parent: &str) -> Result<(), Refusal> {
        if node.attributes().next().is_none() && node.tag_name().namespace().is_none() {
            return Ok(());
        }
        let path = path_of(parent, node.tag_name().name());
        let message = ["The element ", &path, " must have no attributes and no namespace."].concat();
        Err(Refusal::misshapen(&path, &message, Some(self.position_of(node))))
    }

    fn place_of(&self, node: Node<'_, '_>) -> Place<'t> {
        Place::at(self.text, node.range().start)
    }

    fn position_of(&self, node: Node<'_, '_>) -> Position {
        self.place_of(node).position()
    }
}

/// A member of the address: a text, or true or false.
fn address_member(node: Node<'_, '_>) -> Value<'static> {
    let value = leaf(node);
    if node.tag_name().name() != "isDefault" {
        return value;
    }
    match value.text().map(str::trim) {
        Some("true" | "1") => Value::Bool(true),
        Some("false" | "0") => Value::Bool(false),
        _ => value,
    }
}

/// The text of an element; an object when it has elements in it, which is then refused as no text.
fn leaf(node: Node<'_, '_>) -> Value<'static> {
    if has_elements(node) {
        return Value::Object(Vec::new());
    }
    // A comment splits a text in two.
    Value::Text(Cow::Owned(node.children().filter(Node::is_text).filter_map(|part| part.text()).collect()))
}

fn has_elements(node: Node<'_, '_>) -> bool {
    node.children().any(|child| child.is_element())
}

fn is_blank(node: Node<'_, '_>) -> bool {
    node.children().all(|child| !child.is_text() || child.text().unwrap_or_default().trim().is_empty())
}

fn not_xml(error: &Error) -> Refusal {
    // The parser's own messages repeat what stands in the body.
    if matches!(error, Error::DtdDetected) {
        return Refusal::unreadable("A document type is not allowed.", None);
    }
    if matches!(error, Error::NoRootNode | Error::UnclosedRootNode | Error::UnexpectedEndOfStream) {
        return Refusal::unreadable("The text ends before its root element does.", None);
    }
    let place = Position { line: error.pos().row, column: error.pos().col };
    Refusal::unreadable("The text is not well-formed XML.", Some(place))
}
