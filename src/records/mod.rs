//! The payments data model (layer 1): one file a record, and the payment group that owns them; and the invoice, which is its own.

pub mod application_line;
pub mod applied;
pub mod invoice;
pub mod invoice_line;
pub mod invoice_status;
pub mod live_payment;
pub mod payment;
pub mod payment_auth_adjustment;
pub mod payment_authorization;
pub mod payment_group;
pub mod purchase_order;
pub mod refund;
pub mod state_table;
pub mod status;

pub use application_line::{ApplicationLine, ApplicationObject, ApplicationType, HasBeenUnapplied};
pub use applied::{PaymentAmounts, RefundAmounts};
pub use invoice::{Invoice, SettlementLevel, SettlementStatus, StoredInvoice};
pub use invoice_line::{InvoiceLine, InvoiceLineType};
pub use invoice_status::{InvoiceEvent, InvoiceStatus};
pub use live_payment::LivePayment;
pub use payment::{Payment, PaymentKind};
pub use payment_auth_adjustment::PaymentAuthAdjustment;
pub use payment_authorization::PaymentAuthorization;
pub use payment_group::{PaymentGroup, PlacedOrder};
pub use purchase_order::PurchaseOrder;
pub use refund::Refund;
pub use status::{TransactionEvent, TransactionStatus};
