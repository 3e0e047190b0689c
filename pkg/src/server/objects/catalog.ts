/** Looking things up in the descriptions, as queries name them: in any case. */
import { type FieldDescription, type ObjectDescription, OBJECTS, type Property } from "./descriptions.js";

const BY_NAME: ReadonlyMap<string, ObjectDescription> = new Map(OBJECTS.map((object) => [object.name.toLowerCase(), object]));
const FIELDS = new Map(OBJECTS.map((object) => [object, new Map(object.fields.map((field) => [field.name.toLowerCase(), field]))]));

/** The object with this name. */
export function findObject(name: string): ObjectDescription | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** The field with this name. */
export function findField(object: ObjectDescription, name: string): FieldDescription | undefined {
  return FIELDS.get(object)?.get(name.toLowerCase());
}

/** The reference that a relationship of this name goes by, and the object it leads to: `PaymentAuthorization` of a Payment. */
export function findRelationship(object: ObjectDescription, name: string): { readonly field: FieldDescription; readonly to: ObjectDescription } | undefined {
  const field = findField(object, `${name}Id`);
  const to = field?.referenceTo?.length === 1 ? findObject(field.referenceTo[0] ?? "") : undefined;
  return field === undefined || to === undefined ? undefined : { field, to };
}

/** The name of the relationship that a reference makes: `PaymentAuthorization` for `PaymentAuthorizationId`. */
export function relationshipName(field: FieldDescription): string | null {
  return field.type === "reference" && field.name.endsWith("Id") ? field.name.slice(0, -2) : null;
}

/** Whether this may be done with a field. */
export function may(field: FieldDescription, property: Property): boolean {
  return field.properties.includes(property);
}

/** A name that a client wrote, for a message: cut, and without anything that could be a card number. */
export function shownName(name: string): string {
  return /^[\w.]{1,80}$/.test(name) && !/\d{12}/.test(name) ? name : "…";
}
