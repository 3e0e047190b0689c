//! A field of an object: its type, what may be done with it (its properties), and what its values may be.

use crate::domain::json::json_enum;

json_enum! {
    /// What a field holds.
    pub enum FieldType {
        /// The record's own id.
        Id = "id",
        /// Another record's id.
        Reference = "reference",
        /// An exact decimal amount.
        Currency = "currency",
        /// A point in time.
        DateTime = "datetime",
        /// A day without a time.
        Date = "date",
        /// One of a list of values.
        Picklist = "picklist",
        /// Text of one line.
        Text = "string",
        /// Text of several lines.
        TextArea = "textarea",
        /// An email address.
        Email = "email",
        /// A phone number.
        Phone = "phone",
        /// Yes or no.
        Boolean = "boolean",
        /// A decimal number that is not money.
        Double = "double",
        /// A whole number.
        Int = "int",
    }
}

json_enum! {
    /// What may be done with a field, in the words of `seeds/payment-object.txt`.
    pub enum Property {
        /// The system numbers the records.
        Autonumber = "Autonumber",
        /// May be given when a record is made.
        Create = "Create",
        /// Has a value of the system's own when none is given.
        DefaultedOnCreate = "Defaulted on create",
        /// May stand in a condition.
        Filter = "Filter",
        /// May be grouped by.
        Group = "Group",
        /// A record may be found by it as by its id.
        IdLookup = "idLookup",
        /// May be empty.
        Nillable = "Nillable",
        /// Only values of the list.
        RestrictedPicklist = "Restricted picklist",
        /// May be sorted by.
        Sort = "Sort",
        /// May be changed.
        Update = "Update",
    }
}

/// A set of properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Properties(u16);

impl Properties {
    /// The set of these.
    #[must_use]
    pub const fn of(mut list: &[Property]) -> Self {
        let mut bits = 0;
        while let [first, rest @ ..] = list {
            bits |= bit(*first);
            list = rest;
        }
        Self(bits)
    }

    /// Whether the property is in it.
    #[must_use]
    pub const fn has(self, property: Property) -> bool {
        self.0 & bit(property) != 0
    }
}

const fn bit(property: Property) -> u16 {
    1 << property as u16
}

/// One field of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its API name.
    pub name: &'static str,
    /// What it holds.
    pub field_type: FieldType,
    /// What may be done with it.
    pub properties: Properties,
    /// The most characters of its text; 0 where it is no text.
    pub length: u32,
    /// Of a picklist: its values; empty for a currency code, whose list is [`crate::domain::currency`]'s.
    pub values: &'static [&'static str],
    /// Of a reference: the objects it may lead to.
    pub reference_to: &'static [&'static str],
    /// It follows from other records, and nobody writes it.
    pub computed: bool,
}

/// Characters of an id: the longest prefix, an underscore, and room for the ids of other systems.
pub const ID_CHARS_MAX: u32 = 64;
/// Characters of a text of one line.
pub const TEXT_CHARS_MAX: u32 = 255;
/// Characters of the comments and of the gateway's details (`seeds/payment-object.txt`).
pub const NOTE_CHARS_MAX: u32 = 1000;
/// Characters of a text that can't be filtered by: a caller's context, a payload.
pub const LONG_TEXT_CHARS_MAX: u32 = 32_768;

// The usual properties by type, as `seeds/payment-object.txt` has them for Payment.
const GROUPED: Properties = {
    use Property::{Create, Filter, Group, Nillable, Sort, Update};
    Properties::of(&[Create, Filter, Group, Nillable, Sort, Update])
};
const UNGROUPED: Properties = {
    use Property::{Create, Filter, Nillable, Sort, Update};
    Properties::of(&[Create, Filter, Nillable, Sort, Update])
};
const READ_ONLY: Properties = Properties::of(&[Property::Filter, Property::Nillable, Property::Sort]);

/// The fields that every object has: id, audit times, and whether it was deleted, which nothing here ever is.
pub(super) const ID: Field = {
    use Property::{DefaultedOnCreate, Filter, Group, IdLookup, Sort};
    let properties = Properties::of(&[DefaultedOnCreate, Filter, Group, IdLookup, Sort]);
    Field { length: ID_CHARS_MAX, ..Field::bare("Id", FieldType::Id, properties) }
};
pub(super) const IS_DELETED: Field = {
    use Property::{DefaultedOnCreate, Filter, Group, Sort};
    Field::bare("IsDeleted", FieldType::Boolean, Properties::of(&[DefaultedOnCreate, Filter, Group, Sort]))
};
const AUDIT: Properties = Properties::of(&[Property::DefaultedOnCreate, Property::Filter, Property::Sort]);
pub(super) const CREATED_DATE: Field = Field::bare("CreatedDate", FieldType::DateTime, AUDIT);
pub(super) const LAST_MODIFIED_DATE: Field = Field::bare("LastModifiedDate", FieldType::DateTime, AUDIT);
pub(super) const SYSTEM_MODSTAMP: Field = Field::bare("SystemModstamp", FieldType::DateTime, AUDIT);
pub(super) const CURRENCY_ISO_CODE: Field = {
    use Property::{Create, DefaultedOnCreate, Filter, Group, Nillable, RestrictedPicklist, Sort, Update};
    Field::bare(
        "CurrencyIsoCode",
        FieldType::Picklist,
        Properties::of(&[Create, DefaultedOnCreate, Filter, Group, Nillable, RestrictedPicklist, Sort, Update]),
    )
};
pub(super) const PROCESSING_MODE: Field = {
    use Property::{Create, Filter, Group, RestrictedPicklist, Sort};
    let properties = Properties::of(&[Create, Filter, Group, RestrictedPicklist, Sort]);
    Field { values: &["External", "Salesforce"], ..Field::bare("ProcessingMode", FieldType::Picklist, properties) }
};
pub(super) const SF_RESULT_CODE: Field = Field::picklist(
    "SfResultCode",
    &["Decline", "Indeterminate", "PermanentFail", "RequiresReview", "Success", "SystemError", "ValidationError"],
);

impl Field {
    const fn bare(name: &'static str, field_type: FieldType, properties: Properties) -> Self {
        Self { name, field_type, properties, length: 0, values: &[], reference_to: &[], computed: false }
    }

    /// Another record's id.
    pub(super) const fn reference(name: &'static str, reference_to: &'static [&'static str]) -> Self {
        Self { length: ID_CHARS_MAX, reference_to, ..Self::bare(name, FieldType::Reference, GROUPED) }
    }

    /// An amount that is given: it can't be empty.
    pub(super) const fn amount(name: &'static str) -> Self {
        use Property::{Create, Filter, Sort, Update};
        Self::bare(name, FieldType::Currency, Properties::of(&[Create, Filter, Sort, Update]))
    }

    /// An amount that follows from other records.
    pub(super) const fn computed(name: &'static str) -> Self {
        Self { computed: true, ..Self::bare(name, FieldType::Currency, READ_ONLY) }
    }

    /// A point in time.
    pub(super) const fn date_time(name: &'static str) -> Self {
        Self::bare(name, FieldType::DateTime, UNGROUPED)
    }

    /// A point in time that only the system sets.
    pub(super) const fn viewed(name: &'static str) -> Self {
        Self::bare(name, FieldType::DateTime, READ_ONLY)
    }

    /// Text of one line.
    pub(super) const fn text(name: &'static str) -> Self {
        Self { length: TEXT_CHARS_MAX, ..Self::bare(name, FieldType::Text, GROUPED) }
    }

    /// Text of several lines that can be filtered by.
    pub(super) const fn note(name: &'static str) -> Self {
        Self { length: NOTE_CHARS_MAX, ..Self::bare(name, FieldType::TextArea, UNGROUPED) }
    }

    /// Text that is only read.
    pub(super) const fn long_text(name: &'static str) -> Self {
        let properties = Properties::of(&[Property::Nillable]);
        Self { length: LONG_TEXT_CHARS_MAX, ..Self::bare(name, FieldType::TextArea, properties) }
    }

    /// An email address.
    pub(super) const fn email(name: &'static str) -> Self {
        Self { length: 80, ..Self::bare(name, FieldType::Email, GROUPED) }
    }

    /// A phone number.
    pub(super) const fn phone(name: &'static str) -> Self {
        Self { length: 40, ..Self::bare(name, FieldType::Phone, GROUPED) }
    }

    /// A day that only the system sets.
    pub(super) const fn day(name: &'static str) -> Self {
        Self::bare(name, FieldType::Date, READ_ONLY)
    }

    /// Yes or no, never empty, that only the system sets.
    pub(super) const fn flag(name: &'static str) -> Self {
        Self { name, ..IS_DELETED }
    }

    /// A whole number that only the system sets.
    pub(super) const fn number(name: &'static str) -> Self {
        Self::bare(name, FieldType::Int, READ_ONLY)
    }

    /// A decimal number that is not money and that only the system sets.
    pub(super) const fn decimal(name: &'static str) -> Self {
        Self::bare(name, FieldType::Double, READ_ONLY)
    }

    /// The number the system gives each record.
    pub(super) const fn autonumber(name: &'static str) -> Self {
        use Property::{Autonumber, DefaultedOnCreate, Filter, IdLookup, Sort};
        let properties = Properties::of(&[Autonumber, DefaultedOnCreate, Filter, IdLookup, Sort]);
        Self { length: TEXT_CHARS_MAX, ..Self::bare(name, FieldType::Text, properties) }
    }

    /// One of a list of values, or none.
    pub(super) const fn picklist(name: &'static str, values: &'static [&'static str]) -> Self {
        use Property::{Create, Filter, Group, Nillable, RestrictedPicklist, Sort, Update};
        let properties = Properties::of(&[Create, Filter, Group, Nillable, RestrictedPicklist, Sort, Update]);
        Self { values, ..Self::bare(name, FieldType::Picklist, properties) }
    }

    /// One of a list of values.
    pub(super) const fn required_picklist(name: &'static str, values: &'static [&'static str]) -> Self {
        Self { values, ..Self::picklist(name, values).required() }
    }

    /// The same, never empty.
    pub(super) const fn required(self) -> Self {
        Self { properties: Properties(self.properties.0 & !bit(Property::Nillable)), ..self }
    }

    /// The same, written once and never changed.
    pub(super) const fn write_once(self) -> Self {
        Self { properties: Properties(self.properties.0 & !bit(Property::Update)), ..self }
    }

    /// The same, written by the system alone.
    pub(super) const fn read_only(self) -> Self {
        Self { properties: Properties(self.properties.0 & !bit(Property::Create) & !bit(Property::Update)), ..self }
    }

    /// Whether this may be done with it.
    #[must_use]
    pub const fn may(&self, property: Property) -> bool {
        self.properties.has(property)
    }
}
