//! The schemas of what the host answers by itself, without asking the core: settings, lists, descriptions of objects, pages of
//! queries. Their sources are in `pkg/src/server`.

use serde_json::{Map, Value, json};

use super::schema::reference;
use crate::checkout::reentrancy::ReleaseOrder;
use crate::domain::limits::IMPORT_ROWS_MAX;
use crate::payments::objects::{FieldType, OBJECTS};

/// Their names and schemas.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("Nothing", closed("An object without members.", &[], &[])),
        ("Document", json!({ "type": "object", "description": "An OpenAPI document." })),
        (
            "Settings",
            closed(
                "A web store's settings.",
                &[("releaseOrder", reference(ReleaseOrder::SHAPE.name))],
                &["releaseOrder"],
            ),
        ),
        (
            "UnresolvedGroups",
            closed(
                "What is unresolved in a web store.",
                &[
                    ("groups", list(reference("UnresolvedGroup"))),
                    ("more", described(flag(), "There are more than were asked for.")),
                ],
                &["groups", "more"],
            ),
        ),
        (
            "PaymentMethodImport",
            json!({
                "description": "The rows of an import, alone or as `records`.",
                "oneOf": [rows(), closed("The rows.", &[("records", rows())], &["records"])],
            }),
        ),
        (
            "Versions",
            list(closed(
                "A version.",
                &[("label", text()), ("url", text()), ("version", text())],
                &["label", "url", "version"],
            )),
        ),
        (
            "Resources",
            closed("Where the records are read.", &[("query", text()), ("sobjects", text())], &["query", "sobjects"]),
        ),
        (
            "ObjectList",
            closed(
                "The objects.",
                &[("encoding", text()), ("maxBatchSize", count()), ("sobjects", list(reference("ObjectSummary")))],
                &["encoding", "maxBatchSize", "sobjects"],
            ),
        ),
        (
            "ObjectWithRecent",
            closed(
                "An object, and its newest records.",
                &[("objectDescribe", reference("ObjectSummary")), ("recentItems", list(reference("Record")))],
                &["objectDescribe", "recentItems"],
            ),
        ),
        ("ObjectSummary", object_summary(&[])),
        (
            "ObjectDescription",
            object_summary(&[
                ("fields", list(reference("FieldDescription"))),
                ("childRelationships", list(json!({ "type": "object" }))),
                ("recordTypeInfos", list(json!({}))),
                ("supportedScopes", list(json!({}))),
            ]),
        ),
        ("FieldDescription", field_description()),
        (
            "Record",
            json!({
                "type": "object",
                "description": "A record: the fields that were asked for by their names, those of a related record in an object of its own. An empty field is null.",
                "properties": { "attributes": reference("RecordAttributes") },
                "required": ["attributes"],
                "additionalProperties": { "anyOf": [{ "type": ["string", "number", "boolean", "null"] }, reference("Record")] },
            }),
        ),
        (
            "RecordFields",
            json!({
                "type": "object",
                "description": "Fields of a record by their names, as the object's description has them. An empty text is as good as null: it empties the field.",
                "additionalProperties": { "type": ["string", "number", "null"] },
            }),
        ),
        (
            "RecordAttributes",
            closed(
                "Which record it is; of computed values `AggregateResult`, without an address.",
                &[("type", text()), ("url", text())],
                &["type"],
            ),
        ),
        (
            "QueryResult",
            closed(
                "A page of a query's answer.",
                &[
                    ("totalSize", described(count(), "How many records there are on all pages.")),
                    ("done", described(flag(), "Whether this is the last page.")),
                    ("nextRecordsUrl", described(text(), "The address of the next page.")),
                    ("records", list(reference("Record"))),
                ],
                &["totalSize", "done", "records"],
            ),
        ),
    ]
}

fn rows() -> Value {
    json!({ "type": "array", "items": { "description": "See SavedPaymentMethodInput. Whatever is wrong with a row is told of in the report." }, "minItems": 1, "maxItems": IMPORT_ROWS_MAX })
}

fn object_summary(more: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = OBJECTS.iter().map(|object| object.name).collect();
    let mut properties = vec![
        ("name", json!({ "type": "string", "examples": names })),
        ("label", text()),
        ("labelPlural", text()),
        ("keyPrefix", text()),
        (
            "urls",
            closed(
                "Where it is read.",
                &[("sobject", text()), ("describe", text()), ("rowTemplate", text())],
                &["sobject"],
            ),
        ),
    ];
    properties.extend(FLAGS_OF_OBJECT.iter().map(|name| (*name, flag())));
    properties.extend(more.iter().cloned());
    let required: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    closed("A kind of record, and what may be done with it.", &properties, &required)
}

const FLAGS_OF_OBJECT: &[&str] = &[
    "createable",
    "custom",
    "customSetting",
    "deletable",
    "deprecatedAndHidden",
    "feedEnabled",
    "hasSubtypes",
    "isSubtype",
    "layoutable",
    "mergeable",
    "queryable",
    "replicateable",
    "retrieveable",
    "searchable",
    "triggerable",
    "undeletable",
    "updateable",
];

fn field_description() -> Value {
    let types: Vec<&str> = FieldType::ALL.iter().map(|each| each.as_str()).collect();
    let value = closed(
        "A value.",
        &[
            ("value", text()),
            ("label", text()),
            ("active", flag()),
            ("defaultValue", flag()),
            ("validFor", json!({ "type": "null" })),
        ],
        &["value", "label", "active"],
    );
    let mut properties = vec![
        ("name", text()),
        ("label", text()),
        ("type", json!({ "type": "string", "enum": types })),
        ("soapType", text()),
        ("relationshipName", json!({ "type": ["string", "null"] })),
        ("referenceTo", list(text())),
        ("picklistValues", list(value)),
        ("calculatedFormula", json!({ "type": ["string", "null"] })),
        ("inlineHelpText", json!({ "type": ["string", "null"] })),
        ("defaultValue", json!({ "type": ["string", "boolean", "null"] })),
    ];
    properties.extend(NUMBERS_OF_FIELD.iter().map(|name| (*name, count())));
    properties.extend(FLAGS_OF_FIELD.iter().map(|name| (*name, flag())));
    let required: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    closed("A field, and what may be done with it.", &properties, &required)
}

const NUMBERS_OF_FIELD: &[&str] = &["byteLength", "digits", "length", "precision", "scale"];

const FLAGS_OF_FIELD: &[&str] = &[
    "aggregatable",
    "autoNumber",
    "calculated",
    "caseSensitive",
    "createable",
    "custom",
    "defaultedOnCreate",
    "dependentPicklist",
    "deprecatedAndHidden",
    "encrypted",
    "externalId",
    "filterable",
    "groupable",
    "htmlFormatted",
    "idLookup",
    "nameField",
    "namePointing",
    "nillable",
    "permissionable",
    "polymorphicForeignKey",
    "restrictedPicklist",
    "sortable",
    "unique",
    "updateable",
];

fn closed(description: &str, properties: &[(&str, Value)], required: &[&str]) -> Value {
    let properties: Map<String, Value> =
        properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({
        "type": "object",
        "description": description,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn described(mut schema: Value, description: &str) -> Value {
    schema["description"] = json!(description);
    schema
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}
