/** The fields that a query names: of its object, or of a record that one of its references leads to. */
import { findField, findRelationship, may, shownName } from "../catalog.js";
import type { FieldDescription, ObjectDescription, Property } from "../descriptions.js";
import { invalidField, malformedQuery, noSuchField } from "../refusals.js";
import type { FieldRef } from "../../selection.js";

/** A field as it was named. */
export interface NamedField {
  readonly field: FieldDescription;
  readonly ref: FieldRef;
  /** The relationship that leads to it, by its name. */
  readonly relationship?: string;
}

const VERBS: Partial<Record<Property, string>> = { Filter: "filtered", Sort: "sorted", Group: "grouped" };

/** Finds `Amount` or `PaymentAuthorization.Amount`. `alias` is the query's own name for its object. Throws INVALID_FIELD. */
export function findNamed(object: ObjectDescription, name: string, alias?: string): NamedField {
  const parts = name.split(".");
  if (parts.length > 1 && [object.name, alias].some((own) => own?.toLowerCase() === parts[0]?.toLowerCase())) parts.shift();
  const [first = "", second] = parts;
  if (parts.length > 2) throw malformedQuery("Relationships are followed one level up, not further.");
  if (second === undefined) {
    const field = findField(object, first);
    if (field === undefined) throw noSuchField(object.name, first);
    return { field, ref: { name: field.name, kind: kindOf(field) } };
  }
  const relationship = findRelationship(object, first);
  if (relationship === undefined) throw invalidField(`Didn't understand relationship '${shownName(first)}' in field path of entity '${object.name}'.`);
  const field = findField(relationship.to, second);
  if (field === undefined) throw noSuchField(relationship.to.name, second);
  const via = { reference: relationship.field.name, object: relationship.to.name };
  return { field, ref: { name: field.name, kind: kindOf(field), via }, relationship: relationship.field.name.slice(0, -2) };
}

/** The field, if this may be done with it. Throws INVALID_FIELD naming the field. */
export function findFor(property: Property, object: ObjectDescription, name: string, alias?: string): NamedField {
  const named = findNamed(object, name, alias);
  if (!may(named.field, property)) throw invalidField(`field '${named.field.name}' can not be ${VERBS[property] ?? "used"} in a query call`);
  return named;
}

function kindOf({ type }: FieldDescription): FieldRef["kind"] {
  switch (type) {
    case "currency":
    case "double":
    case "int":
      return "amount";
    case "id":
    case "reference":
    case "datetime":
    case "date":
    case "boolean":
      return "exact";
    default:
      return "text";
  }
}
