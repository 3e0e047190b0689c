//! Countries by their ISO 3166-1 alpha-2 codes.

/// The 249 officially assigned codes, ISO 3166-1 as of 2025-01-01, two letters each and in order.
const CODES: &str = "\
    ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZ\
    DEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJM\
    JOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONP\
    NRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTO\
    TRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

/// One bit for each code, a word for each first letter: a fifth of the list itself, and no search.
const ASSIGNED: [u32; 26] = assigned();

const fn assigned() -> [u32; 26] {
    let mut words = [0; 26];
    let mut rest = CODES.as_bytes();
    while let [first, second, others @ ..] = rest {
        let (_, from) = words.split_at_mut((*first - b'A') as usize);
        if let [word, ..] = from {
            *word |= 1 << (*second - b'A');
        }
        rest = others;
    }
    words
}

/// Whether `code` is an assigned code, in capitals.
#[must_use]
pub fn is_country_code(code: &str) -> bool {
    let [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] = code.as_bytes() else { return false };
    ASSIGNED.get(usize::from(first - b'A')).is_some_and(|word| word >> (second - b'A') & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_sorted_and_free_of_repeats() {
        let codes: Vec<&[u8]> = CODES.as_bytes().chunks(2).collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(CODES.bytes().all(|byte| byte.is_ascii_uppercase()));
    }

    #[test]
    fn only_assigned_codes_are_known() {
        for code in ["US", "DE", "GB", "AX", "SS", "ZW", "AD", "BQ"] {
            assert!(is_country_code(code), "{code}");
        }
        // UK and EU are reserved, not assigned; AN and YU are gone; XK is a user's own; SA must not be found across AS|AT.
        for code in ["UK", "EU", "AN", "YU", "XK", "us", "Us", "USA", "U", "", "00", "DA", "ÄX", "ＵＳ"] {
            assert!(!is_country_code(code), "{code}");
        }
    }
}
