//! Types whose JSON follows from their fields: one list of fields gives the type, its writer and its reader.

/// A struct that is a JSON object. Each field names its member: `pub id: String = "id"`.
macro_rules! json_object {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident : $type:ty = $key:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),* }

        #[cfg(test)]
        impl $name {
            /// The type as data, for the TypeScript that is made from it: its documentation, then each member's key, Rust
            /// type and documentation.
            #[allow(dead_code, reason = "not every type that is stored crosses the boundary by itself")]
            pub(crate) const SHAPE: $crate::domain::json::Shape = $crate::domain::json::Shape {
                name: stringify!($name),
                documentation: concat!($(stringify!($meta), "\n"),*),
                base: &[],
                members: &[$(($key, stringify!($type), concat!($(stringify!($field_meta), "\n"),*))),*],
                texts: &[],
                is_view: false,
            };
        }

        impl $name {
            /// Writes the members without the braces, so that a view can add its own.
            pub fn write_members(&self, writer: &mut $crate::domain::json::Writer) {
                $(writer.named(concat!("\"", $key, "\":"), &self.$field);)*
            }
        }

        impl $crate::domain::json::Json for $name {
            fn write(&self, writer: &mut $crate::domain::json::Writer) {
                writer.begin_object();
                self.write_members(writer);
                writer.end_object();
            }

            fn take(value: Option<&$crate::domain::json::Value<'_>>, reader: &mut $crate::domain::json::Reader) -> Self {
                let members = reader.members(value);
                Self { $($field: members.take($key, reader)),* }
            }
        }
    };
}

/// An enum without data that is a JSON string. Each variant names its text: `Processed = "Processed"`.
macro_rules! json_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        $vis enum $name { $($(#[$variant_meta])* $variant),* }

        #[cfg(test)]
        impl $name {
            /// The type as data, for the TypeScript that is made from it.
            #[allow(dead_code, reason = "not every type that is stored crosses the boundary by itself")]
            pub(crate) const SHAPE: $crate::domain::json::Shape = $crate::domain::json::Shape {
                name: stringify!($name),
                documentation: concat!($(stringify!($meta), "\n"),*),
                base: &[],
                members: &[],
                is_view: false,
                texts: &[$(($text, concat!($(stringify!($variant_meta), "\n"),*))),*],
            };
        }

        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The variant's text.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The variant with this text.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        impl $crate::domain::json::Json for $name {
            fn write(&self, writer: &mut $crate::domain::json::Writer) {
                writer.text(self.as_str());
            }

            fn take(value: Option<&$crate::domain::json::Value<'_>>, reader: &mut $crate::domain::json::Reader) -> Self {
                let place = reader.one_of(value, &[$($text),*], concat!("one of: ", $($text, " "),*));
                let [first, ..] = [$(Self::$variant),*];
                Self::ALL.get(place).copied().unwrap_or(first)
            }
        }
    };
}

pub(crate) use {json_enum, json_object};

/// A type as data: what the TypeScript and the contract (`wire::contract`) are made from.
#[cfg(test)]
#[derive(Debug)]
pub(crate) struct Shape {
    /// The type's name.
    pub name: &'static str,
    /// Its documentation, as attributes.
    pub documentation: &'static str,
    /// Of a view: the record whose members come first.
    pub base: &'static [&'static Shape],
    /// Of an object: key, Rust type and documentation of each member.
    pub members: &'static [(&'static str, &'static str, &'static str)],
    /// Of an enum: each text and its documentation.
    pub texts: &'static [(&'static str, &'static str)],
    /// It is part of an answer and is never read.
    pub is_view: bool,
}
