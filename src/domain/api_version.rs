//! The version of the interface that a request names in its path, and what each version brought
//! (`seeds/checkout-payments.txt`).

use super::digits::decimal;
use super::json::{Json, Reader, Value, Writer};
use crate::prelude::*;

/// A version of the interface, such as `63.0`. A request without one means [`ApiVersion::NEWEST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApiVersion(u8);

/// The text is not a version, or of one that does not exist (yet).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownApiVersion;

impl ApiVersion {
    /// The newest version, and the one that is meant when none is named.
    pub const NEWEST: Self = Self(67);

    /// Reads `NN.0`, from `1.0` up to the newest.
    ///
    /// # Errors
    /// [`UnknownApiVersion`] for any other text: a client that asks for a version this code does not know must not be
    /// answered by the rules of another.
    pub fn parse(text: &str) -> Result<Self, UnknownApiVersion> {
        let digits = text.strip_suffix(".0").ok_or(UnknownApiVersion)?;
        // `parse` alone would take "+63" and "063".
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.starts_with('0') {
            return Err(UnknownApiVersion);
        }
        let version = digits.parse().map(Self).map_err(|_| UnknownApiVersion)?;
        if version <= Self::NEWEST { Ok(version) } else { Err(UnknownApiVersion) }
    }

    /// The version a request names, or the newest when it names none.
    ///
    /// # Errors
    /// As [`ApiVersion::parse`].
    pub fn parse_or_newest(text: Option<&str>) -> Result<Self, UnknownApiVersion> {
        text.map_or(Ok(Self::NEWEST), Self::parse)
    }

    /// Whether the checkout payments resource exists: since 55.0.
    #[must_use]
    pub fn supports_checkout_payments(self) -> bool {
        self >= Self(55)
    }

    /// Whether a second payment deals with the first, be it an authorization or a capture: since 63.0.
    #[must_use]
    pub fn supports_reentrancy(self) -> bool {
        self >= Self(63)
    }

    /// Whether a second purchase order number replaces the first: since 64.0.
    #[must_use]
    pub fn supports_purchase_order_replacement(self) -> bool {
        self >= Self(64)
    }

    /// Whether payments can be applied to invoices by request: since 64.0.
    #[must_use]
    pub fn supports_applications(self) -> bool {
        self >= Self(64)
    }

    /// `63.0`
    #[must_use]
    pub fn text(self) -> String {
        [decimal(self.0).as_str(), ".0"].concat()
    }
}

impl Json for ApiVersion {
    fn write(&self, writer: &mut Writer) {
        writer.text(&self.text());
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        let version = match value {
            Some(value) => value.text().and_then(|text| Self::parse(text).ok()),
            None => Some(Self::NEWEST),
        };
        reader.known(version, value, "a version such as \"63.0\", at most the newest", Self::NEWEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_versions_that_exist_are_read() {
        for (text, known) in [
            ("55.0", true),
            ("67.0", true),
            ("1.0", true),
            ("68.0", false),
            ("300.0", false),
            ("63", false),
            ("63.1", false),
            ("63.00", false),
            ("v63.0", false),
            ("+63.0", false),
            ("063.0", false),
            ("0.0", false),
            (".0", false),
            ("", false),
            (" 63.0", false),
            ("63.0 ", false),
            ("٦٣.0", false),
        ] {
            assert_eq!(ApiVersion::parse(text).is_ok(), known, "{text}");
        }
        assert_eq!(ApiVersion::parse_or_newest(None), Ok(ApiVersion::NEWEST));
    }

    #[test]
    fn each_gate_opens_at_its_version() {
        let gates = |text: &str| {
            let version = ApiVersion::parse(text).unwrap();
            (
                version.supports_checkout_payments(),
                version.supports_reentrancy(),
                version.supports_purchase_order_replacement(),
            )
        };
        assert_eq!(gates("54.0"), (false, false, false));
        assert_eq!(gates("55.0"), (true, false, false));
        assert_eq!(gates("62.0"), (true, false, false));
        assert_eq!(gates("63.0"), (true, true, false));
        assert_eq!(gates("64.0"), (true, true, true));
        assert_eq!(gates("67.0"), (true, true, true));
    }
}
