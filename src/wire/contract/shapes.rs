//! Every type that crosses the boundary or stands in an answer, as data: the TypeScript and the contract are made from these.

use crate::billing::invoice_view::{InvoiceLineView, InvoiceView};
use crate::checkout::answer::{CheckoutError, CheckoutPayment, ErrorType};
use crate::checkout::checkout_facts::{Checkout, CheckoutStatus};
use crate::checkout::explain::{ComingEvent, ExplainedOperation, Explanation};
use crate::checkout::order::{OrderPlaced, OrderRefusal, WayOut};
use crate::checkout::reentrancy::{Objection, ReleaseOrder};
use crate::checkout::request_type::RequestType;
use crate::domain::address::Address;
use crate::domain::error_code::{ErrorCode, PlatformFault};
use crate::domain::input::refusal::Problem;
use crate::domain::json::Shape;
use crate::domain::result_code::ResultCode;
use crate::engine::{Conclusion, Heard, NextWay, OperationKind, OperationStatus, Role, StepStatus, Way, Why};
use crate::gateway::capabilities::InquireBy;
use crate::gateway::{
    Call, CallExtras, Capabilities, EnhancedPaymentData, GatewayOperation, LineItem, Notification, NotificationEvent,
    Outcome, RetryCategory, RetryDecision,
};
use crate::payments::answer::{
    AdjustmentAnswer, AnsweredRecord, AuthorizationAnswer, GatewayResponse, OperationAnswer, OperationError,
    PaymentAnswer, PaymentGroupAnswer, PaymentMethodAnswer, RefundAnswer,
};
use crate::payments::made_record::MadeRecord;
use crate::payments::methods::import::{ImportReport, ImportedRow, RowStatus};
use crate::payments::methods::view::{PaymentMethodPage, PaymentMethodView};
use crate::payments::operation::PaymentsOperation;
use crate::payments::rows::Row;
use crate::records::{
    InvoiceLine, InvoiceLineType, InvoiceStatus, MethodObject, MethodStatus, Payment, PaymentAuthAdjustment,
    PaymentAuthorization, PaymentKind, PlacedOrder, PurchaseOrder, Refund, SettlementLevel, SettlementStatus,
    TransactionStatus,
};
use crate::wire::applications::{AppliedLine, UnappliedLine};
use crate::wire::context::Context;
use crate::wire::method_request::MethodContext;
use crate::wire::transaction::{LoadedRow, TransactionContext};
use crate::wire::view::{
    AuthorizationView, CartChange, CheckoutPaymentGroup, CheckoutPayments, LivePaymentView, NextTry, OperationView,
    PaymentView, ReleaseOwedView, StepView, UnresolvedGroup, UnresolvedView,
};

/// All of them, in the order of `pkg/src/wire.ts`.
pub const SHAPES: &[Shape] = &[
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
    RetryCategory::SHAPE,
    RetryDecision::SHAPE,
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
    // What the answers have beside these.
    PlatformFault::SHAPE,
    Way::SHAPE,
    Heard::SHAPE,
    Why::SHAPE,
    NextWay::SHAPE,
    NextTry::SHAPE,
    UnresolvedView::SHAPE,
    UnresolvedGroup::SHAPE,
    CheckoutPaymentGroup::SHAPE,
    AuthorizationView::SHAPE,
    PaymentView::SHAPE,
    StepView::SHAPE,
    OperationView::SHAPE,
    ReleaseOwedView::SHAPE,
    LivePaymentView::SHAPE,
    CartChange::SHAPE,
    CheckoutPayments::SHAPE,
    ExplainedOperation::SHAPE,
    ComingEvent::SHAPE,
    Explanation::SHAPE,
    OrderPlaced::SHAPE,
    OrderRefusal::SHAPE,
    OperationError::SHAPE,
    GatewayResponse::SHAPE,
    AnsweredRecord::SHAPE,
    AuthorizationAnswer::SHAPE,
    PaymentAnswer::SHAPE,
    AdjustmentAnswer::SHAPE,
    RefundAnswer::SHAPE,
    MethodStatus::SHAPE,
    PaymentMethodAnswer::SHAPE,
    PaymentGroupAnswer::SHAPE,
    OperationAnswer::SHAPE,
    MethodObject::SHAPE,
    PaymentMethodView::SHAPE,
    PaymentMethodPage::SHAPE,
    RowStatus::SHAPE,
    ImportedRow::SHAPE,
    ImportReport::SHAPE,
    MadeRecord::SHAPE,
    AppliedLine::SHAPE,
    UnappliedLine::SHAPE,
    InvoiceStatus::SHAPE,
    SettlementStatus::SHAPE,
    InvoiceLineType::SHAPE,
    InvoiceLine::SHAPE,
    InvoiceLineView::SHAPE,
    InvoiceView::SHAPE,
];

/// The type of a member.
#[derive(Debug, Clone)]
pub enum Type {
    /// Text.
    Text,
    /// A whole number.
    Count,
    /// `true` or `false`.
    Flag,
    /// An exact decimal.
    Amount,
    /// An ISO 4217 code.
    Currency,
    /// A point in time.
    Timestamp,
    /// A day.
    Date,
    /// Texts by their names.
    Map,
    /// Several of one type.
    List(Box<Type>),
    /// The shape of this name.
    Named(&'static Shape),
}

/// Whether a member of this Rust type may be left out, and its type.
pub fn member(rust: &str) -> (bool, Type) {
    let rust: String = rust.chars().filter(|letter| !letter.is_whitespace()).collect();
    let inner = |outer: &str| rust.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>')).map(str::to_owned);
    if let Some(inner) = inner("Option<") {
        return (true, named(&inner));
    }
    match rust.as_str() {
        // Written only when it is set.
        "bool" => (true, Type::Flag),
        "Texts" => (true, Type::Map),
        _ => (false, named(&rust)),
    }
}

fn named(rust: &str) -> Type {
    if let Some(inner) = rust.strip_prefix("Vec<").and_then(|rest| rest.strip_suffix('>')) {
        return Type::List(Box::new(named(inner)));
    }
    match rust {
        "String" | "Redacted" => Type::Text,
        "u32" => Type::Count,
        "bool" | "Flag" => Type::Flag,
        "Amount" => Type::Amount,
        "Currency" => Type::Currency,
        "Timestamp" => Type::Timestamp,
        "Date" => Type::Date,
        known => Type::Named(shape(known)),
    }
}

/// The shape of this name.
pub fn shape(name: &str) -> &'static Shape {
    SHAPES.iter().find(|shape| shape.name == name).unwrap_or_else(|| panic!("{name} is not in SHAPES"))
}

/// The documentation as one text; it comes as `doc = r" …"` attributes, and the compiler may break a long one after the `=`.
pub fn sentences(attributes: &str) -> String {
    let quotes = |letter: char| matches!(letter, '#' | '"') || letter.is_whitespace();
    let sentence =
        |text: &'_ str| text.split_once('"').map(|(_, text)| text.trim_end_matches(quotes).trim().to_owned());
    let sentences: Vec<String> = attributes.split("doc =").filter_map(sentence).collect();
    assert!(!sentences.is_empty(), "{attributes}");
    sentences.join(" ")
}
