/** Objects and their fields described in the shapes that their clients know. */
import { relationshipName } from "./catalog.js";
import { type FieldDescription, type ObjectDescription, OBJECTS } from "./descriptions.js";

const SOAP_TYPES: Readonly<Record<FieldDescription["type"], string>> = {
  id: "tns:ID",
  reference: "tns:ID",
  currency: "xsd:double",
  double: "xsd:double",
  int: "xsd:int",
  datetime: "xsd:dateTime",
  date: "xsd:date",
  boolean: "xsd:boolean",
  picklist: "xsd:string",
  string: "xsd:string",
  textarea: "xsd:string",
  email: "xsd:string",
  phone: "xsd:string",
};
// What a currency field holds: 18 digits, and as many decimals as the currency with the most has.
const AMOUNT_DIGITS = { precision: 18, scale: 4 };

/** All objects in short, at this base address (`/services/data/v67.0`). */
export function describeGlobal(base: string): object {
  return { encoding: "UTF-8", maxBatchSize: 200, sobjects: OBJECTS.map((object) => describeShort(object, base)) };
}

/** One object in short. */
export function describeShort({ name, label, labelPlural, prefix, byHand }: ObjectDescription, base: string): object {
  const address = `${base}/sobjects/${name}`;
  return {
    name,
    label,
    labelPlural,
    keyPrefix: prefix,
    custom: false,
    customSetting: false,
    createable: byHand !== "read",
    updateable: byHand === "change",
    deletable: byHand === "change",
    undeletable: false,
    mergeable: false,
    replicateable: false,
    retrieveable: true,
    queryable: true,
    searchable: false,
    layoutable: false,
    triggerable: false,
    feedEnabled: false,
    hasSubtypes: false,
    isSubtype: false,
    deprecatedAndHidden: false,
    urls: { sobject: address, describe: `${address}/describe`, rowTemplate: `${address}/{ID}` },
  };
}

/** One object with its fields. */
export function describeObject(object: ObjectDescription, base: string): object {
  return {
    ...describeShort(object, base),
    fields: object.fields.map((field) => describeField(object, field)),
    childRelationships: OBJECTS.flatMap((child) => child.fields.filter(({ referenceTo }) => referenceTo?.includes(object.name)).map((field) => ({ childSObject: child.name, field: field.name, relationshipName: null, cascadeDelete: false, restrictedDelete: false, deprecatedAndHidden: false }))),
    recordTypeInfos: [],
    supportedScopes: [],
  };
}

function describeField(object: ObjectDescription, field: FieldDescription): object {
  const { name, label, type, properties, length, computed, values = [], referenceTo = [] } = field;
  const has = (property: FieldDescription["properties"][number]): boolean => properties.includes(property);
  const isAmount = type === "currency" || type === "double";
  return {
    name,
    label,
    type,
    soapType: SOAP_TYPES[type],
    length,
    byteLength: length * 3,
    precision: isAmount ? AMOUNT_DIGITS.precision : 0,
    scale: isAmount ? AMOUNT_DIGITS.scale : 0,
    digits: 0,
    nillable: has("Nillable"),
    createable: has("Create"),
    updateable: has("Update"),
    filterable: has("Filter"),
    sortable: has("Sort"),
    groupable: has("Group"),
    aggregatable: has("Filter"),
    autoNumber: has("Autonumber"),
    idLookup: has("idLookup"),
    defaultedOnCreate: has("Defaulted on create"),
    restrictedPicklist: has("Restricted picklist"),
    calculated: computed,
    calculatedFormula: null,
    nameField: name === object.nameField,
    caseSensitive: type === "id" || type === "reference",
    unique: type === "id" || has("Autonumber"),
    custom: false,
    externalId: false,
    encrypted: false,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    htmlFormatted: false,
    permissionable: false,
    namePointing: referenceTo.length > 1,
    polymorphicForeignKey: referenceTo.length > 1,
    defaultValue: type === "boolean" ? false : null,
    inlineHelpText: null,
    referenceTo,
    relationshipName: relationshipName(field),
    picklistValues: values.map((value) => ({ value, label: value, active: true, defaultValue: false, validFor: null })),
  };
}
