//! Ids: a typed prefix and a UUIDv7 in the TypeID form, so that they sort by time. Entropy and time are handed in.

use super::timestamp::Timestamp;
use crate::prelude::*;

/// What an id names; the prefix of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    /// A payment group: `pgrp_…`
    PaymentGroup,
    /// A payment authorization: `pauth_…`
    PaymentAuthorization,
    /// A reversal: `padj_…`
    PaymentAuthAdjustment,
    /// A capture or sale: `pay_…`
    Payment,
    /// A refund: `ref_…`
    Refund,
    /// A saved payment method: `spm_…`, for `pm_…` is what a gateway's own tokens begin with
    PaymentMethod,
    /// What applies a payment to an invoice, or takes that back: `pli_…`
    PaymentLineInvoice,
    /// What applies a payment to an invoice line, or takes that back: `plil_…`
    PaymentLineInvoiceLine,
    /// What applies a refund to a payment: `rlp_…`
    RefundLinePayment,
    /// An invoice: `inv_…`
    Invoice,
    /// A line of an invoice: `invl_…`
    InvoiceLine,
    /// An operation of the engine: `op_…`
    Operation,
    /// A release owed: `owed_…`
    ReleaseOwed,
}

impl IdKind {
    /// The text before the underscore.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::PaymentGroup => "pgrp",
            Self::PaymentAuthorization => "pauth",
            Self::PaymentAuthAdjustment => "padj",
            Self::Payment => "pay",
            Self::Refund => "ref",
            Self::PaymentMethod => "spm",
            Self::PaymentLineInvoice => "pli",
            Self::PaymentLineInvoiceLine => "plil",
            Self::RefundLinePayment => "rlp",
            Self::Invoice => "inv",
            Self::InvoiceLine => "invl",
            Self::Operation => "op",
            Self::ReleaseOwed => "owed",
        }
    }

    /// Whether a text is meant as an id of this kind. Whether it names anything is another question.
    #[must_use]
    pub fn is_meant_by(self, text: &str) -> bool {
        text.strip_prefix(self.prefix()).is_some_and(|rest| rest.starts_with('_'))
    }

    /// Whether a text has the form of an id of this kind. Whether there is such a record is another question.
    #[must_use]
    pub fn has_form(self, text: &str) -> bool {
        let rest = text.strip_prefix(self.prefix()).and_then(|rest| rest.strip_prefix('_'));
        rest.is_some_and(|rest| rest.len() == ENCODED_LENGTH && rest.bytes().all(|byte| ALPHABET.contains(&byte)))
    }
}

/// Makes the ids of one step from the step's time and the host's entropy.
#[derive(Debug, Clone)]
pub struct IdSource {
    now: Timestamp,
    random: u128,
}

/// A UUIDv7 has 74 random bits. The highest stays free, so that counting up within a step never starts over at zero.
const RANDOM_BITS: u128 = (1 << 73) - 1;

/// The characters of an id behind its underscore.
const ENCODED_LENGTH: usize = 26;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

const GATEWAY: &str = "pgw_";

/// The id of the `PaymentGateway` record of a provider.
#[must_use]
pub fn gateway_id(provider: &str) -> String {
    [GATEWAY, provider].concat()
}

/// The provider that is named by its record's id, or by its own name.
#[must_use]
pub fn provider_of(gateway: &str) -> &str {
    gateway.strip_prefix(GATEWAY).unwrap_or(gateway)
}

impl IdSource {
    /// From 32 hex digits of entropy.
    #[must_use]
    pub fn new(now: Timestamp, entropy_hex: &str) -> Option<Self> {
        if entropy_hex.len() != 32 || !entropy_hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u128::from_str_radix(entropy_hex, 16).ok().map(|random| Self { now, random: random & RANDOM_BITS })
    }

    /// A new id. Within one step they count upwards, so they sort in the order they were made.
    pub fn next(&mut self, kind: IdKind) -> String {
        let id = [kind.prefix(), "_", &encode(self.uuid_v7())].concat();
        self.random = self.random.wrapping_add(1);
        id
    }

    fn uuid_v7(&self) -> u128 {
        let time = u128::from(self.now.milliseconds().unsigned_abs()) << 80;
        let high = (self.random >> 62) & 0xFFF;
        let low = self.random & ((1 << 62) - 1);
        time | (7 << 76) | (high << 64) | (2 << 62) | low
    }
}

fn encode(uuid: u128) -> String {
    (0..26_u32)
        .rev()
        .map(|place| {
            let five_bits = usize::try_from((uuid >> (place * 5)) & 31).unwrap_or_default();
            ALPHABET.get(five_bits).map_or('0', |byte| char::from(*byte))
        })
        .collect()
}
