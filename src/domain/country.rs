//! Countries by their ISO 3166-1 alpha-2 codes.

/// The 249 officially assigned codes, ISO 3166-1 as of 2025-01-01, two letters each and in order.
const CODES: &str = "\
    ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZ\
    DEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJM\
    JOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONP\
    NRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTO\
    TRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

/// Whether `code` is an assigned code, in capitals.
#[must_use]
pub fn is_country_code(code: &str) -> bool {
    let (codes, _) = CODES.as_bytes().as_chunks::<2>();
    <[u8; 2]>::try_from(code.as_bytes()).is_ok_and(|code| codes.binary_search(&code).is_ok())
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
