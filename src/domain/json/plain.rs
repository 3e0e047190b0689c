//! How far a text goes without anything that a JSON string writes in another way, eight bytes at a time.

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// The length of the part before the first quote, backslash or control character.
#[inline]
pub fn plain_length(text: &[u8]) -> usize {
    let (words, rest) = text.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let found = special(u64::from_le_bytes(*word));
        if found != 0 {
            return 8 * at + found.trailing_zeros() as usize / 8;
        }
    }
    // The last eight once more, what is left among them: there is nothing before it, or it would have been found.
    if let (false, Some(word)) = (rest.is_empty(), text.last_chunk::<8>()) {
        let found = special(u64::from_le_bytes(*word));
        return if found == 0 { text.len() } else { text.len() - 8 + found.trailing_zeros() as usize / 8 };
    }
    let rest_length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len());
    text.len() - rest.len() + rest_length
}

/// The high bit of the first special byte, counted from the lowest; bits above it mean nothing.
#[inline]
fn special(word: u64) -> u64 {
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word & HIGH;
    let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    below(word, 0x20) | is(b'"') | is(b'\\')
}

#[cfg(test)]
mod tests {
    use super::plain_length;

    #[test]
    fn each_byte_at_each_place() {
        for length in 0..20 {
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut text = vec![b'x'; length];
                    for place in [at, (at + 3) % length] {
                        if let Some(place) = text.get_mut(place) {
                            *place = byte;
                        }
                    }
                    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
                    let expected = text.iter().position(is_special).unwrap_or(length);
                    assert_eq!(plain_length(&text), expected, "{text:?}");
                }
            }
        }
    }
}
