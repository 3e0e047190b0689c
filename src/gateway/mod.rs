//! What is said to a gateway and what it says back (layer 2).

pub mod call;
pub mod capabilities;
pub mod enhanced_data;
pub mod extras;
pub mod notification;
pub mod outcome;
pub mod retry;

pub use call::{Call, GatewayOperation};
pub use capabilities::{Capabilities, InquireBy};
pub use enhanced_data::{EnhancedPaymentData, LineItem};
pub use extras::CallExtras;
pub use notification::{Notification, NotificationEvent};
pub use outcome::{Outcome, Verdict};
pub use retry::{RetryCategory, RetryDecision};
