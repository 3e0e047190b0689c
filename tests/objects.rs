//! The object descriptions: Payment's are the published ones word for word, and all of them agree with the records they describe.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use checkout_payments::domain::id::IdKind;
use checkout_payments::domain::result_code::ResultCode;
use checkout_payments::payments::objects::{Field, FieldType, OBJECTS, Object, PAYMENT, Property, object};
use checkout_payments::records::{PaymentKind, TransactionStatus};

/// What the published description of Payment leaves to every object: id and audit.
const OF_EVERY_OBJECT: [&str; 5] = ["CreatedDate", "Id", "IsDeleted", "LastModifiedDate", "SystemModstamp"];

#[test]
fn payment_is_described_as_published() {
    let published = include_str!("fixtures/payment-fields.txt").lines().filter(|line| !line.starts_with('#'));
    let mut names = BTreeSet::from(OF_EVERY_OBJECT);
    for line in published {
        let [name, field_type, properties] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        names.insert(name);
        let field = PAYMENT.field(name).unwrap_or_else(|| panic!("{name} is not described"));
        assert_eq!(field.field_type.as_str(), field_type.to_ascii_lowercase(), "{name}");
        let expected: BTreeSet<&str> = properties.split(", ").collect();
        let described: BTreeSet<&str> =
            Property::ALL.iter().filter(|each| field.may(**each)).map(|each| each.as_str()).collect();
        assert_eq!(described, expected, "{name}");
    }
    assert_eq!(names.len(), 47, "42 published fields and those of every object");
    assert_eq!(PAYMENT.fields().map(|field| field.name).collect::<BTreeSet<_>>(), names);
}

#[test]
fn every_object_is_whole() {
    let each_name: BTreeSet<&str> = OBJECTS.iter().map(|object| object.name).collect();
    assert_eq!(each_name.len(), OBJECTS.len());
    // The payment methods are one kind of record here, and one kind of id; any other object has a prefix of its own.
    let is_method = |object: &Object| object.prefix == IdKind::PaymentMethod.prefix();
    let methods: Vec<&str> = OBJECTS.iter().filter(|object| is_method(object)).map(|object| object.name).collect();
    assert_eq!(methods, ["AlternativePaymentMethod", "CardPaymentMethod", "DigitalWallet", "SavedPaymentMethod"]);
    let each_prefix: BTreeSet<&str> = OBJECTS.iter().map(|object| object.prefix).collect();
    assert_eq!(each_prefix.len() + methods.len() - 1, OBJECTS.len());
    for each in OBJECTS {
        let names: Vec<&str> = each.fields().map(|field| field.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{}", each.name);
        assert!(each.field(each.name_field).is_some(), "{}", each.name);
        OF_EVERY_OBJECT.iter().for_each(|name| assert!(each.field(name).is_some(), "{} has no {name}", each.name));
        each.fields().for_each(|field| is_whole(each, field));
    }
    assert_eq!(object("paymentauthorization").map(|object| object.prefix), Some("pauth"));
    assert_eq!(object("Account"), None);
}

fn is_whole(object: &Object, field: &Field) {
    let name = [object.name, ".", field.name].concat();
    let is = |field_type| field.field_type == field_type;
    assert_eq!(!field.reference_to.is_empty(), is(FieldType::Reference), "{name}");
    assert!(field.values.is_empty() || is(FieldType::Picklist), "{name}");
    assert_eq!(
        field.may(Property::RestrictedPicklist),
        field.name == "CurrencyIsoCode" || !field.values.is_empty(),
        "{name}"
    );
    assert!(field.values.is_sorted(), "{name}");
    let is_text =
        [FieldType::Text, FieldType::TextArea, FieldType::Email, FieldType::Phone].contains(&field.field_type);
    assert_eq!(field.length > 0, is_text || is(FieldType::Id) || is(FieldType::Reference), "{name}");
    let writable = field.may(Property::Create) || field.may(Property::Update);
    assert!(!(field.computed && writable), "{name}");
    assert!(!field.may(Property::Group) || field.may(Property::Filter), "{name}");
    assert!(!(is(FieldType::Currency) || is(FieldType::DateTime)) || !field.may(Property::Group), "{name}");
}

#[test]
fn the_lists_are_those_of_the_records() {
    let values = |object: &Object, field: &str| -> BTreeSet<&'static str> {
        object.field(field).unwrap().values.iter().copied().collect()
    };
    let statuses: BTreeSet<&str> = TransactionStatus::ALL.iter().map(|status| status.as_str()).collect();
    let codes: BTreeSet<&str> = ResultCode::ALL.iter().map(|code| code.as_str()).collect();
    for name in ["Payment", "PaymentAuthorization", "PaymentAuthAdjustment", "Refund"] {
        let each = object(name).unwrap();
        assert_eq!(values(each, "Status"), statuses, "{name}");
        assert_eq!(values(each, "SfResultCode"), codes, "{name}");
    }
    let kinds: BTreeSet<&str> = PaymentKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(values(&PAYMENT, "Type"), kinds);
}

#[test]
fn the_prefixes_are_those_of_the_ids() {
    for (name, kind) in [
        ("Payment", IdKind::Payment),
        ("PaymentAuthorization", IdKind::PaymentAuthorization),
        ("PaymentAuthAdjustment", IdKind::PaymentAuthAdjustment),
        ("Refund", IdKind::Refund),
        ("PaymentGroup", IdKind::PaymentGroup),
    ] {
        assert_eq!(object(name).unwrap().prefix, kind.prefix());
    }
}
