//! The TypeScript of every type that crosses the boundary, made from the Rust types. `pkg/src/wire.ts` is its committed result;
//! this test fails when the two differ. `UPDATE_WIRE=1 cargo test --lib typescript` writes it anew.

use crate::checkout::answer::{CheckoutError, CheckoutPayment, ErrorType};
use crate::checkout::checkout_facts::{Checkout, CheckoutStatus};
use crate::checkout::order::WayOut;
use crate::checkout::reentrancy::{Objection, ReleaseOrder};
use crate::checkout::request_type::RequestType;
use crate::domain::address::Address;
use crate::domain::error_code::ErrorCode;
use crate::domain::input::refusal::Problem;
use crate::domain::input::schema::{Field, Kind};
use crate::domain::json::Shape;
use crate::domain::result_code::ResultCode;
use crate::engine::{Conclusion, OperationKind, OperationStatus, Role, StepStatus};
use crate::gateway::capabilities::InquireBy;
use crate::gateway::{
    Call, CallExtras, Capabilities, EnhancedPaymentData, GatewayOperation, LineItem, Notification, NotificationEvent,
    Outcome,
};
use crate::payments::form;
use crate::payments::operation::PaymentsOperation;
use crate::payments::rows::Row;
use crate::records::{
    Payment, PaymentAuthAdjustment, PaymentAuthorization, PaymentKind, PlacedOrder, PurchaseOrder, Refund,
    SettlementLevel, TransactionStatus,
};
use crate::wire::context::Context;
use crate::wire::method_request::MethodContext;
use crate::wire::transaction::{LoadedRow, TransactionContext};

/// What crosses, in the order of the file.
const SHAPES: &[Shape] = &[
    ResultCode::SHAPE,
    RequestType::SHAPE,
    ReleaseOrder::SHAPE,
    Objection::SHAPE,
    WayOut::SHAPE,
    ErrorCode::SHAPE,
    ErrorType::SHAPE,
    Address::SHAPE,
    Problem::SHAPE,
    CheckoutError::SHAPE,
    CheckoutPayment::SHAPE,
    CheckoutStatus::SHAPE,
    Checkout::SHAPE,
    InquireBy::SHAPE,
    Capabilities::SHAPE,
    PaymentsOperation::SHAPE,
    Context::SHAPE,
    SettlementLevel::SHAPE,
    LoadedRow::SHAPE,
    TransactionContext::SHAPE,
    MethodContext::SHAPE,
    GatewayOperation::SHAPE,
    LineItem::SHAPE,
    EnhancedPaymentData::SHAPE,
    CallExtras::SHAPE,
    Call::SHAPE,
    Outcome::SHAPE,
    NotificationEvent::SHAPE,
    Notification::SHAPE,
    TransactionStatus::SHAPE,
    PaymentAuthorization::SHAPE,
    PaymentAuthAdjustment::SHAPE,
    PaymentKind::SHAPE,
    Payment::SHAPE,
    Refund::SHAPE,
    PurchaseOrder::SHAPE,
    PlacedOrder::SHAPE,
    OperationKind::SHAPE,
    OperationStatus::SHAPE,
    Conclusion::SHAPE,
    Role::SHAPE,
    StepStatus::SHAPE,
    Row::SHAPE,
];

const HEAD: &str = "\
// Made from the Rust types by src/wire/typescript.rs; do not edit. `UPDATE_WIRE=1 cargo test --lib typescript` makes it anew.

/** Decimal text of a strict grammar, exact, at most 18 digits: `\"129.90\"`. */
export type Amount = string;

/** An ISO 4217 code. */
export type Currency = string;

/** RFC 3339 in UTC with milliseconds; the core also takes milliseconds since 1970. */
export type Timestamp = string | number;
";

#[test]
fn typescript_is_what_the_rust_types_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/pkg/src/wire.ts");
    let made = typescript();
    if std::env::var_os("UPDATE_WIRE").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == made, "pkg/src/wire.ts differs: run UPDATE_WIRE=1 cargo test --lib typescript");
}

fn typescript() -> String {
    let mut text = HEAD.to_owned();
    for shape in SHAPES {
        text.push('\n');
        text.push_str(&comment(shape.documentation, ""));
        if shape.texts.is_empty() {
            text.push_str(&format!("export interface {} {{\n", shape.name));
            for (key, rust, documentation) in shape.members {
                let (optional, typescript) = member(rust);
                text.push_str(&comment(documentation, "  "));
                text.push_str(&format!("  readonly {key}{optional}: {typescript};\n"));
            }
            text.push_str("}\n");
        } else {
            text.push_str(&format!("export type {} =\n", shape.name));
            let last = shape.texts.len() - 1;
            for (at, (value, documentation)) in shape.texts.iter().enumerate() {
                text.push_str(&comment(documentation, "  "));
                text.push_str(&format!("  | \"{value}\"{}\n", if at == last { ";" } else { "" }));
            }
        }
    }
    forms(&mut text);
    text
}

/// The bodies of the payments API, each use of the tables with its own name; and the objects that they hold.
const FORMS: &[(&str, &[Field], PaymentsOperation, &str)] = {
    use PaymentsOperation::{Authorize, Capture, PostAuth, Refund, Reverse, Sale, Tokenize};
    &[
        ("AddressInput", form::ADDRESS, Authorize, "The address of a payment method."),
        ("CardPaymentMethodInput", form::CARD, Authorize, "A card, by the gateway's token of it."),
        (
            "AlternativePaymentMethodInput",
            form::ALTERNATIVE,
            Authorize,
            "A wallet or the like, by the gateway's token of it.",
        ),
        ("BankPaymentMethodInput", form::BANK, Tokenize, "A bank account, by the gateway's token of it."),
        (
            "PaymentMethodInput",
            form::PAYMENT_METHOD,
            Sale,
            "Exactly one of `id`, `cardPaymentMethod` and `alternativePaymentMethod`.",
        ),
        ("PaymentGroupInput", form::PAYMENT_GROUP, Authorize, "A payment group to take part in, or to make."),
        ("LineItemInput", form::LINE_ITEM, Sale, "One line of level 3 data."),
        ("EnhancedPaymentDataInput", form::ENHANCED, Sale, "Level 2 data, and level 3 data in its lines."),
        ("AuthorizationInput", form::REQUEST, Authorize, "The body of `POST …/authorizations`."),
        ("PostAuthInput", form::REQUEST, PostAuth, "The body of `POST …/postAuths`."),
        ("CaptureInput", form::REQUEST, Capture, "The body of `POST …/captures`."),
        ("ReversalInput", form::REQUEST, Reverse, "The body of `POST …/reversals`."),
        ("SaleInput", form::REQUEST, Sale, "The body of `POST …/sales`."),
        ("RefundInput", form::REQUEST, Refund, "The body of `POST …/refunds`."),
        ("TokenizeInput", form::REQUEST, Tokenize, "The body of `POST …/payment-methods`."),
    ]
};

fn forms(text: &mut String) {
    for (name, fields, operation, documentation) in FORMS {
        text.push_str(&format!("\n/** {documentation} */\nexport interface {name} {{\n"));
        for field in fields.iter().filter(|field| field.uses & operation.bit() != 0) {
            let optional = if field.required & operation.bit() == 0 { "?" } else { "" };
            if let Some(typescript) = kind(field.kind) {
                text.push_str(&format!("  readonly {}{optional}: {typescript};\n", field.name));
            }
        }
        text.push_str("}\n");
    }
}

/// The type of what a client may give; `None` for what is never taken.
fn kind(kind: Kind) -> Option<String> {
    let form = |fields: &'static [Field]| {
        let known = FORMS.iter().find(|(_, of_form, ..)| std::ptr::eq(*of_form, fields));
        known.map(|(name, ..)| (*name).to_owned()).expect("a form is in FORMS")
    };
    Some(match kind {
        Kind::Text(_) | Kind::Time => "string".to_owned(),
        Kind::Amount | Kind::AmountOrZero => "Amount | number".to_owned(),
        Kind::Currency => "Currency".to_owned(),
        Kind::Flag => "boolean".to_owned(),
        Kind::Count(_) => "number".to_owned(),
        Kind::OneOf(texts) => texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(" | "),
        Kind::Pairs(..) => "Readonly<Record<string, string>>".to_owned(),
        Kind::Object(fields) => form(fields),
        Kind::List(fields, _) => format!("readonly {}[]", form(fields)),
        Kind::Never(_) => return None,
    })
}

/// Whether a member of this Rust type may be left out, and its type in TypeScript.
fn member(rust: &str) -> (&'static str, String) {
    let rust: String = rust.chars().filter(|letter| !letter.is_whitespace()).collect();
    let inner = |outer: &str| rust.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>')).map(str::to_owned);
    if let Some(inner) = inner("Option<") {
        return ("?", named(&inner));
    }
    if let Some(inner) = inner("Vec<") {
        return ("", format!("readonly {}[]", named(&inner)));
    }
    match rust.as_str() {
        "bool" => ("?", "boolean".to_owned()),
        "Texts" => ("?", "Readonly<Record<string, string>>".to_owned()),
        _ => ("", named(&rust)),
    }
}

fn named(rust: &str) -> String {
    match rust {
        "String" | "Redacted" => "string".to_owned(),
        "u32" => "number".to_owned(),
        "bool" => "boolean".to_owned(),
        known => {
            let primitive = ["Amount", "Currency", "Timestamp"].contains(&known);
            assert!(
                primitive || SHAPES.iter().any(|shape| shape.name == known),
                "{known} crosses, but is not in SHAPES"
            );
            known.to_owned()
        }
    }
}

/// The documentation as a comment; it comes as `doc = r" …"` attributes, and the compiler may break a long one after the `=`.
fn comment(attributes: &str, indent: &str) -> String {
    let quotes = |letter: char| matches!(letter, '#' | '"') || letter.is_whitespace();
    let sentence =
        |text: &'_ str| text.split_once('"').map(|(_, text)| text.trim_end_matches(quotes).trim().to_owned());
    let sentences: Vec<String> = attributes.split("doc =").filter_map(sentence).collect();
    assert!(!sentences.is_empty(), "{attributes}");
    format!("{indent}/** {} */\n", sentences.join(" "))
}
