//! Currencies by their ISO 4217 codes, and how many decimals each has.

use super::json::{Json, ReadError, Value, Writer};

/// An ISO 4217 currency in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: &'static str,
    decimals: u32,
}

/// The codes by number of decimals, ISO 4217 list one as of 2025-01-01, funds and precious metals left out.
const TABLE: &[(u32, &str)] = &[
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
    (
        2,
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE \
         CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD \
         KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR \
         PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU \
         UZS VED VES WST XCD YER ZAR ZMW ZWG",
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

impl Currency {
    /// The currency with this code, in capitals.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let &[first, second, third] = code.as_bytes() else { return None };
        TABLE.iter().find_map(|(decimals, codes)| {
            // Three letters and a space each.
            let is_it = |known: &[u8]| matches!(known, [a, b, c, ..] if (*a, *b, *c) == (first, second, third));
            let at = 4 * codes.as_bytes().chunks(4).position(is_it)?;
            codes.get(at..at + 3).map(|code| Self { code, decimals: *decimals })
        })
    }

    /// The ISO 4217 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// How many decimals its minor unit has: 0, 2, 3 or 4.
    #[must_use]
    pub const fn decimals(self) -> u32 {
        self.decimals
    }
}

impl Json for Currency {
    fn write(&self, writer: &mut Writer) {
        writer.text(self.code);
    }

    fn read(value: &Value<'_>) -> Result<Self, ReadError> {
        value.text().and_then(Self::parse).ok_or_else(|| ReadError::expected("an ISO 4217 currency code"))
    }
}
