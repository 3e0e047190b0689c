//! Currencies by their ISO 4217 codes, and how many decimals each has.

use core::cmp::Ordering;

use super::json::{Json, Reader, Value, Writer};

/// An ISO 4217 currency in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: &'static str,
    decimals: u32,
}

/// The codes by number of decimals, in order and one blank apart: ISO 4217 list one as of 2025-01-01, funds and precious metals left out.
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
    /// No currency: ISO 4217 `XXX`. Of what moves no money; no request can name it.
    pub const NONE: Self = Self { code: "XXX", decimals: 0 };

    /// The currency with this code, in capitals.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        TABLE.iter().find_map(|(decimals, codes)| find(codes, code).map(|code| Self { code, decimals: *decimals }))
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

/// Every state and every request is full of currencies, so the code is looked for by halving.
fn find(codes: &'static str, code: &str) -> Option<&'static str> {
    let (mut from, mut to) = (0, codes.len().div_ceil(4));
    while from < to {
        let middle = usize::midpoint(from, to);
        let known = codes.get(4 * middle..4 * middle + 3)?;
        match known.cmp(code) {
            Ordering::Equal => return Some(known),
            Ordering::Less => from = middle + 1,
            Ordering::Greater => to = middle,
        }
    }
    None
}

impl Json for Currency {
    fn write(&self, writer: &mut Writer) {
        writer.text(self.code);
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        let code = value.and_then(Value::text);
        let none = code.filter(|code| *code == Self::NONE.code).map(|_| Self::NONE);
        reader.known(code.and_then(Self::parse).or(none), value, "an ISO 4217 currency code", Self::NONE)
    }
}
