//! Objects of answers, which are written and never read: one list of members gives the writer and the description.

/// An object of an answer. Its members are written in order, each in one of these ways:
///
/// - `value(&x)`: a value of the member's type, left out when it is absent;
/// - `text(x)`: a text that is borrowed, or that of an enum;
/// - `flag(x)`: true or false, written either way;
/// - `list(xs, write)`: an array, each item by this writer;
/// - `maybe(x, write)`: by this writer, left out when there is none;
/// - `by(write)`: by this writer.
///
/// `..Record(record);` in front: all members of a record first.
macro_rules! json_view {
    ($(#[$meta:meta])* $vis:vis struct $name:ident($($argument:ident : $of:ty),* $(,)?) {
        $(..$base:ident($record:expr);)?
        $($(#[$member_meta:meta])* $key:literal : $type:ty = $how:ident($($what:tt)*)),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub(crate) struct $name;

        impl $name {
            /// The object as data: what the TypeScript and the contract are made from.
            #[cfg(test)]
            #[allow(dead_code, reason = "some are parts of another by name only")]
            pub(crate) const SHAPE: $crate::domain::json::Shape = $crate::domain::json::Shape {
                name: stringify!($name),
                documentation: concat!($(stringify!($meta), "\n"),*),
                base: &[$(&$base::SHAPE)?],
                members: &[$(($key, stringify!($type), concat!($(stringify!($member_meta), "\n"),*))),*],
                texts: &[],
                is_view: true,
            };

            /// Writes it.
            #[allow(dead_code, reason = "of what is only the base of others, the members are written")]
            $vis fn write(writer: &mut $crate::domain::json::Writer $(, $argument: $of)*) {
                writer.begin_object();
                Self::write_members(writer $(, $argument)*);
                writer.end_object();
            }

            /// Writes its members without the braces, for a view that has more.
            $vis fn write_members(writer: &mut $crate::domain::json::Writer $(, $argument: $of)*) {
                $($record.write_members(writer);)?
                $($crate::domain::json::json_view!(@$how writer, $key, $type, $($what)*);)*
            }
        }
    };
    (@value $writer:ident, $key:literal, $type:ty, $value:expr) => {
        let value: &$type = $value;
        $writer.named(concat!("\"", $key, "\":"), value);
    };
    (@text $writer:ident, $key:literal, $type:ty, $text:expr) => {
        let _: core::marker::PhantomData<$type>;
        $writer.name(concat!("\"", $key, "\":"));
        $writer.text($text);
    };
    (@flag $writer:ident, $key:literal, $type:ty, $flag:expr) => {
        $writer.name(concat!("\"", $key, "\":"));
        $writer.raw(if $flag { "true" } else { "false" });
    };
    (@list $writer:ident, $key:literal, $type:ty, $items:expr, $write:expr) => {
        let _: core::marker::PhantomData<$type>;
        $writer.name(concat!("\"", $key, "\":"));
        $writer.list($items, $write);
    };
    (@maybe $writer:ident, $key:literal, $type:ty, $value:expr, $write:expr) => {
        let _: core::marker::PhantomData<$type>;
        if let Some(value) = $value {
            $writer.name(concat!("\"", $key, "\":"));
            $write($writer, value);
        }
    };
    (@by $writer:ident, $key:literal, $type:ty, $write:expr) => {
        let _: core::marker::PhantomData<$type>;
        $writer.name(concat!("\"", $key, "\":"));
        $write($writer);
    };
}

pub(crate) use json_view;
