//! The sans-I/O machine (layer 3): runs any plan as an operation, stored as data, and knows nothing of who planned it.
//!
//! The write-ahead rule: every function here only changes the state and, at most, names one call. The host commits the state
//! first and makes the call second, so a crash leaves either nothing or an announced call whose outcome is unknown, and
//! the unknown has a procedure (`resolve`).

mod accepted;
pub mod advance;
pub mod apply;
pub mod conclusion;
pub mod env;
pub mod error;
pub mod evidence;
mod finish;
pub mod heard;
pub mod invariants;
pub mod keep;
pub mod kept_answer;
pub mod kept_key;
pub mod notify;
pub mod operation;
pub mod outlook;
pub mod owed;
pub mod recover;
pub mod repeat;
pub mod replace;
pub mod reserved;
pub mod resolve;
mod settle;
pub mod state;
pub mod status;
pub mod step;
pub mod work;

pub use advance::{advance, begin, try_reviewed_again};
pub use conclusion::Conclusion;
pub use env::Env;
pub use error::EngineError;
pub use heard::{Heard, Way};
pub use keep::MethodToSave;
pub use kept_answer::KeptAnswer;
pub use kept_key::differing_parts;
pub use notify::{Fact, notify};
pub use operation::{Answer, Intent, Operation, OperationKind, Plan};
pub use outlook::{NextWay, Unresolved, Why, unresolved};
pub use owed::ReleaseOwed;
pub use recover::{Recovery, recover};
pub use repeat::{Asker, Begun, KeyUse};
pub use replace::replace_active;
pub use resolve::resolve;
pub use state::State;
pub use status::{OperationEvent, OperationStatus, StepEvent, StepStatus};
pub use step::{Role, Step};
pub use work::Progress;
