//! What the gateway's adapter says of a call, as the text the core reads; and what it truly told.

use super::gateway::Standing;
use super::support::money;

/// The gateway's word, whatever the host makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Done,
    Refused,
    /// Provably not sent.
    NotSent,
    NotFound,
    Review,
    /// Nothing that one can trust.
    Nothing,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub text: String,
    pub told: Told,
    /// The gateway's reference of what it speaks of.
    pub about: Option<String>,
}

impl Answer {
    pub fn nothing(code: &str) -> Self {
        let text = format!("{{\"resultCode\":\"Indeterminate\",\"gatewayResultCode\":\"{code}\"}}");
        Self { text, told: Told::Nothing, about: None }
    }

    pub fn error_500() -> Self {
        Self::nothing("http_500")
    }

    /// The stored answer to an earlier delivery, from a gateway that says so.
    pub fn stored_500() -> Self {
        let text = "{\"resultCode\":\"Indeterminate\",\"replayed\":true,\"gatewayResultCode\":\"http_500\"}".to_owned();
        Self { text, told: Told::Nothing, about: None }
    }

    pub fn not_sent() -> Self {
        let text = "{\"resultCode\":\"SystemError\",\"gatewayResultCode\":\"not_sent\"}".to_owned();
        Self { text, told: Told::NotSent, about: None }
    }

    pub fn told(self, told: Told) -> Self {
        Self { told, ..self }
    }

    /// Some gateways name no captures, reversals or refunds.
    pub fn without_reference(mut self) -> Self {
        if let (Some(from), Some(about)) = (self.text.find(",\"gatewayReference\":"), &self.about) {
            let member = format!(",\"gatewayReference\":\"{about}\"");
            self.text.replace_range(from..from + member.len(), "");
        }
        self
    }
}

pub fn refused(code: &str, about: Option<&str>) -> Answer {
    let reference = about.map(|about| format!(",\"gatewayReference\":\"{about}\"")).unwrap_or_default();
    let text = format!("{{\"resultCode\":\"{code}\",\"gatewayMessage\":\"no\"{reference}}}");
    Answer { text, told: Told::Refused, about: about.map(str::to_owned) }
}

/// What stands where it stands.
pub fn success(reference: &str, standing: Standing, amount: i64, currency: &str, captured: bool) -> Answer {
    let (code, more, told) = match standing {
        Standing::Live => ("Success", "", Told::Done),
        Standing::Pending => ("Success", ",\"pending\":true", Told::Done),
        Standing::Review => ("RequiresReview", ",\"paymentData\":{\"url\":\"/challenge\"}", Told::Review),
        Standing::Failed => return refused("Decline", Some(reference)),
    };
    let captured = if captured { ",\"captured\":true" } else { "" };
    let text = format!(
        "{{\"resultCode\":\"{code}\",\"gatewayReference\":\"{reference}\",\"amount\":\"{}\",\"currencyIsoCode\":\"{currency}\"{more}{captured}}}",
        money::text(amount)
    );
    Answer { text, told, about: Some(reference.to_owned()) }
}
