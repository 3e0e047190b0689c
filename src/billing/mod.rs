//! Billing (layer 4): invoices are brought in, posted and ended by the back office. What makes them from schedules comes later.

pub mod invoice_actions;
pub mod invoice_request;
pub mod invoice_view;
