//! The payments data model (layer 1): one file a record, the payment group that owns them, the account that owns its saved payment
//! methods, and the invoice, which is its own.

pub mod account;
pub mod application_line;
pub mod applied;
pub mod invoice;
pub mod invoice_line;
pub mod invoice_status;
pub mod live_payment;
pub mod method_status;
pub mod payment;
pub mod payment_auth_adjustment;
pub mod payment_authorization;
pub mod payment_group;
pub mod payment_method;
pub mod positions;
pub mod processing_mode;
pub mod purchase_order;
pub mod refund;
pub mod relations;
pub mod state_table;
pub mod status;
pub mod transaction;

pub use account::{Account, Saved};
pub use application_line::{ApplicationLine, ApplicationObject, ApplicationType, HasBeenUnapplied};
pub use applied::{PaymentAmounts, RefundAmounts};
pub use invoice::{Invoice, SettlementLevel, SettlementStatus, StoredInvoice};
pub use invoice_line::{InvoiceLine, InvoiceLineType};
pub use invoice_status::{InvoiceEvent, InvoiceStatus};
pub use live_payment::LivePayment;
pub use method_status::{MethodEvent, MethodStatus};
pub use payment::{Payment, PaymentKind};
pub use payment_auth_adjustment::PaymentAuthAdjustment;
pub use payment_authorization::PaymentAuthorization;
pub use payment_group::{PaymentGroup, PlacedOrder};
pub use payment_method::{MethodObject, PaymentMethod};
pub use processing_mode::ProcessingMode;
pub use purchase_order::PurchaseOrder;
pub use refund::Refund;
pub use status::{TransactionEvent, TransactionStatus};
pub use transaction::{Transaction, TransactionKind};
