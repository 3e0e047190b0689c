//! Decisions read off bytes. When the bytes have run out, every decision is the first choice.

/// What separates raw arguments: a byte that no UTF-8 text holds.
pub const SEPARATOR: u8 = 0xFF;

/// Bytes still to be read.
#[derive(Debug)]
pub struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else { return 0 };
        self.rest = rest;
        *first
    }

    /// A number below `count`: of one byte, or of two where one can't tell them all apart.
    pub fn below(&mut self, count: usize) -> usize {
        let high = if count > 256 { usize::from(self.byte()) << 8 } else { 0 };
        (high + usize::from(self.byte())) % count.max(1)
    }

    pub fn pick<'c, T>(&mut self, choices: &'c [T]) -> &'c T {
        &choices[self.below(choices.len())]
    }

    /// The same for what can be copied.
    pub fn choose<T: Copy>(&mut self, choices: &[T]) -> T {
        *self.pick(choices)
    }

    pub fn flag(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    pub fn number(&mut self) -> u32 {
        u32::from_be_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    /// A text whose length in bytes comes first; what is no text is replaced.
    pub fn text(&mut self) -> String {
        let length = usize::from(self.byte()).min(self.rest.len());
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }
}

/// The arguments as they stand; absent ones are empty, and the last may hold anything.
pub fn raw<const COUNT: usize>(bytes: &[u8]) -> [&[u8]; COUNT] {
    let mut parts = bytes.splitn(COUNT, |byte| *byte == SEPARATOR);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// The same as texts.
pub fn raw_texts<const COUNT: usize>(bytes: &[u8]) -> [String; COUNT] {
    raw::<COUNT>(bytes).map(|part| String::from_utf8_lossy(part).into_owned())
}
