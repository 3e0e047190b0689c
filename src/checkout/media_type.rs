//! The two media types of this interface, as the headers `content-type` and `accept` name them.

use crate::domain::digits::parted;

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    /// `application/json`
    Json,
    /// `application/xml` or `text/xml`
    Xml,
}

impl MediaType {
    /// The media type that a `content-type` names; JSON when there is none. `None`: neither JSON nor XML, or not in UTF-8.
    #[must_use]
    pub fn of_content(content_type: Option<&str>) -> Option<Self> {
        let Some(content_type) = content_type else {
            return Some(Self::Json);
        };
        let mut parts = content_type.split(';').map(str::trim);
        let media_type = Self::parse(parts.next()?)?;
        parts.all(is_harmless_parameter).then_some(media_type)
    }

    /// The media type that an `accept` prefers; JSON when it names neither, or both alike.
    #[must_use]
    pub fn of_accept(accept: Option<&str>) -> Self {
        let ranges = || accept.unwrap_or_default().split(',');
        let weight_of =
            |wanted: Self| ranges().filter_map(|range| weight(range, wanted)).max_by_key(|(exact, _)| *exact);
        let json = weight_of(Self::Json).map_or(0, |(_, weight)| weight);
        let xml = weight_of(Self::Xml).map_or(0, |(_, weight)| weight);
        if xml > json { Self::Xml } else { Self::Json }
    }

    /// `application/json` or `application/xml`
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let is = |name: &str| text.eq_ignore_ascii_case(name);
        if is("application/json") {
            Some(Self::Json)
        } else if is("application/xml") || is("text/xml") {
            Some(Self::Xml)
        } else {
            None
        }
    }
}

fn is_harmless_parameter(parameter: &str) -> bool {
    parameter.split_once('=').is_none_or(|(name, value)| {
        !name.trim().eq_ignore_ascii_case("charset") || is_utf_8(value.trim().trim_matches('"'))
    })
}

/// US-ASCII is a part of UTF-8.
fn is_utf_8(charset: &str) -> bool {
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("us-ascii")
}

/// How exactly this range of an `accept` names `wanted`, and with what weight in thousandths.
fn weight(range: &str, wanted: MediaType) -> Option<(u8, u32)> {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let exact = match MediaType::parse(name) {
        Some(named) if named == wanted => 2,
        Some(_) => return None,
        None if name.eq_ignore_ascii_case("application/*") => 1,
        None if name == "*/*" => 0,
        None => return None,
    };
    let weight = parts.find_map(|parameter| parameter.strip_prefix("q=").or(parameter.strip_prefix("Q=")));
    Some((exact, weight.map_or(Some(1000), thousandths)?))
}

/// `0.8` is 800. `None` when it is not a weight.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, fraction) = parted(text);
    let fraction = fraction.unwrap_or_default();
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let padded = [fraction, "000".get(fraction.len()..)?].concat();
    match whole {
        "0" => padded.parse().ok(),
        "1" => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types_are_read_as_senders_write_them() {
        for (text, expected) in [
            ("application/json", Some(MediaType::Json)),
            ("application/json; charset=utf-8", Some(MediaType::Json)),
            ("application/json;charset=\"UTF-8\"", Some(MediaType::Json)),
            ("APPLICATION/JSON", Some(MediaType::Json)),
            ("application/xml", Some(MediaType::Xml)),
            ("text/xml;charset=UTF-8", Some(MediaType::Xml)),
            ("application/xml; profile=x", Some(MediaType::Xml)),
            ("application/json; charset=us-ascii", Some(MediaType::Json)),
            ("application/json; charset=latin1", None),
            ("text/plain", None),
            ("application/x-www-form-urlencoded", None),
            ("application/jsonp", None),
            ("", None),
        ] {
            assert_eq!(MediaType::of_content(Some(text)), expected, "{text}");
        }
        assert_eq!(MediaType::of_content(None), Some(MediaType::Json));
    }

    #[test]
    fn the_preferred_media_type_answers() {
        for (accept, expected) in [
            ("application/xml", MediaType::Xml),
            ("text/xml", MediaType::Xml),
            ("application/json", MediaType::Json),
            ("*/*", MediaType::Json),
            ("application/*", MediaType::Json),
            ("application/xml, application/json", MediaType::Json),
            ("application/xml, application/json;q=0.9", MediaType::Xml),
            ("application/xml;q=0.5, */*;q=0.1", MediaType::Xml),
            ("application/xml;q=0.5, */*", MediaType::Json),
            ("application/xml;q=0, */*", MediaType::Json),
            ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", MediaType::Xml),
            ("text/html", MediaType::Json),
            ("application/xml;q=2", MediaType::Json),
            ("", MediaType::Json),
        ] {
            assert_eq!(MediaType::of_accept(Some(accept)), expected, "{accept}");
        }
        assert_eq!(MediaType::of_accept(None), MediaType::Json);
    }
}
