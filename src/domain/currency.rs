//! Currencies by their ISO 4217 codes, and how many decimals each has.

use core::cmp::Ordering;

use super::json::{Json, Reader, Value, Writer};

/// An ISO 4217 currency in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: &'static str,
    decimals: u32,
}

/// The codes by number of decimals, three letters each and in order: ISO 4217 list one as of 2025-01-01, funds and precious metals left out.
const TABLE: &[(u32, &str)] = &[
    (0, "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXVNDVUVXAFXOFXPF"),
    (
        2,
        "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCNYCOPCRCCUPCVECZKDKKDOPDZDEGPERNETB\
         EURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHTGHUFIDRILSINRIRRJMDKESKGSKHRKPWKYDKZTLAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMRU\
         MURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDPABPENPGKPHPPKRPLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHB\
         TJSTMTTOPTRYTTDTWDTZSUAHUSDUYUUZSVEDVESWSTXCDYERZARZMWZWG",
    ),
    (3, "BHDIQDJODKWDLYDOMRTND"),
    (4, "CLFUYW"),
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
    let (mut from, mut to) = (0, codes.len() / 3);
    while from < to {
        let middle = usize::midpoint(from, to);
        let known = codes.get(3 * middle..3 * middle + 3)?;
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
