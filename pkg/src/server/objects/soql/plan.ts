/**
 * A query turned into a selection for the store. What the language allows and this does not support is MALFORMED_QUERY and
 * says so; what a field's properties do not allow is INVALID_FIELD and names it.
 */
import type { FieldFunctionExpression, FieldType, OrderByClause, Query } from "@jetstreamapp/soql-parser-js";
import type { Column, Condition, FieldRef, Order, Selection } from "../../selection.js";
import { findObject, may } from "../catalog.js";
import type { FieldDescription, ObjectDescription } from "../descriptions.js";
import { invalidField, invalidType, malformedQuery, offsetTooLarge } from "../refusals.js";
import { type Comparison, readConditions } from "./conditions.js";
import { findFor, findNamed, type NamedField } from "./fields.js";
import { readPattern, readValue, type Value } from "./values.js";

/** One member of an answer's records. */
export interface Output {
  /** Its name, below the relationship's if there is one. */
  readonly name: string;
  readonly relationship?: string;
  /** The relationship's object. */
  readonly of?: string;
  /** How its value is written; `number` is a count. */
  readonly type: FieldDescription["type"] | "number" | "sortable";
}

/** What a query asks for. */
export interface QueryPlan {
  readonly kind: "records" | "count" | "aggregate";
  readonly object: ObjectDescription;
  /** A column each, in the selection's order. Relationships have their record's id beside their fields. */
  readonly outputs: readonly Output[];
  readonly selection: Omit<Selection, "limit" | "offset" | "after">;
  readonly limit?: number;
  readonly offset: number;
}

const MAX_FIELDS = 200;
const MAX_OFFSET = 2000;
const MAX_ORDERS = 10;
const MAX_ALL_FIELDS = 200;
const COMPUTES: Readonly<Record<string, "count" | "countDistinct" | "min" | "max">> = { COUNT: "count", COUNT_DISTINCT: "countDistinct", MIN: "min", MAX: "max" };

/** Plans a query. Throws MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD. */
export function planQuery(query: Query, now: number): QueryPlan {
  refuseUnsupported(query);
  const object = findObject(query.sObject ?? "");
  if (object === undefined) throw invalidType(query.sObject ?? "");
  const alias = query.sObjectAlias;
  const where = query.where === undefined ? {} : { where: readConditions(query.where, (comparison) => condition(object, comparison, now, alias)) };
  const offset = query.offset ?? 0;
  if (offset > MAX_OFFSET) throw offsetTooLarge();
  const bounds = { offset, ...(query.limit === undefined ? {} : { limit: query.limit }) };
  const fields = query.fields ?? [];
  if (fields.length > MAX_FIELDS) throw malformedQuery(`A query selects at most ${MAX_FIELDS} fields.`);

  const groups = listOf(query.groupBy).map((clause) => {
    if (!("field" in clause)) throw malformedQuery("GROUP BY takes fields; ROLLUP, CUBE and functions are not supported.");
    return findFor("Group", object, clause.field, alias);
  });
  const isCount = fields.length === 1 && isFunction(fields[0]) && fields[0].functionName.toUpperCase() === "COUNT" && (fields[0].parameters ?? []).length === 0;
  if (isCount && groups.length === 0) {
    if (query.orderBy !== undefined) throw malformedQuery("COUNT() has no order.");
    return { kind: "count", object, outputs: [], selection: { object: object.name, columns: [], orderBy: [], ...where }, ...bounds };
  }
  const orderBy = listOf(query.orderBy).map((clause) => order(object, clause, alias));
  if (orderBy.length > MAX_ORDERS) throw malformedQuery(`A query is ordered by at most ${MAX_ORDERS} fields.`);
  const isAggregate = groups.length > 0 || fields.some((field) => isFunction(field) && field.functionName.toUpperCase() in COMPUTES);
  if (isAggregate) {
    const ungrouped = orderBy.find(({ field }) => !groups.some(({ ref }) => isSame(ref, field)));
    if (ungrouped !== undefined) throw malformedQuery(`Ordering field '${ungrouped.field.name}' must be grouped.`);
    const { columns, outputs } = aggregates(object, fields, groups, alias);
    return { kind: "aggregate", object, outputs, selection: { object: object.name, columns, groupBy: groups.map(({ ref }) => ref), orderBy, ...where }, ...bounds };
  }
  const { columns, outputs } = plainFields(object, fields, query.limit, alias);
  return { kind: "records", object, outputs, selection: { object: object.name, columns, orderBy, ...where }, ...bounds };
}

/** The columns and outputs of these fields of an object, for a record that is read by its id. */
export function columnsOf(fields: readonly NamedField[]): { readonly columns: readonly Column[]; readonly outputs: readonly Output[] } {
  const columns: Column[] = [];
  const outputs: Output[] = [];
  const led = new Set<string>();
  for (const { field, ref, relationship } of fields) {
    const of = ref.via?.object;
    // An empty record and a record with empty fields are told apart by the id.
    if (ref.via !== undefined && relationship !== undefined && of !== undefined && !led.has(relationship)) {
      led.add(relationship);
      columns.push({ field: { name: "Id", kind: "exact", via: ref.via } });
      outputs.push({ name: "", relationship, of, type: "id" });
    }
    columns.push({ field: ref });
    outputs.push({ name: field.name, type: field.type, ...(relationship === undefined || of === undefined ? {} : { relationship, of }) });
  }
  return { columns, outputs };
}

function plainFields(object: ObjectDescription, fields: readonly FieldType[], limit: number | undefined, alias: string | undefined): ReturnType<typeof columnsOf> {
  const named: NamedField[] = [];
  for (const field of fields) {
    if (isFunction(field)) named.push(...allFields(object, field, limit));
    else named.push(findNamed(object, nameOf(field), alias));
  }
  const seen = new Set<string>();
  for (const { field, relationship } of named) {
    const name = relationship === undefined ? field.name : `${relationship}.${field.name}`;
    if (seen.has(name)) throw invalidField(`duplicate field selected: ${name}`);
    seen.add(name);
  }
  return columnsOf(named);
}

function allFields(object: ObjectDescription, { functionName, parameters = [] }: FieldFunctionExpression, limit: number | undefined): NamedField[] {
  const which = String(parameters[0] ?? "").toUpperCase();
  if (functionName.toUpperCase() !== "FIELDS" || (which !== "ALL" && which !== "STANDARD")) {
    throw malformedQuery("Of functions only COUNT, COUNT_DISTINCT, MIN, MAX, FIELDS(ALL) and FIELDS(STANDARD) are supported.");
  }
  if (which === "ALL" && (limit === undefined || limit > MAX_ALL_FIELDS)) throw malformedQuery(`The SOQL FIELDS function must have a LIMIT of at most ${MAX_ALL_FIELDS}`);
  return object.fields.map(({ name }) => findNamed(object, name));
}

function aggregates(object: ObjectDescription, fields: readonly FieldType[], groups: readonly NamedField[], alias: string | undefined): { columns: Column[]; outputs: Output[] } {
  const columns: Column[] = [];
  const outputs: Output[] = [];
  let unnamed = 0;
  for (const field of fields) {
    if (!isFunction(field)) {
      const named = findNamed(object, nameOf(field), alias);
      if (!groups.some(({ ref }) => isSame(ref, named.ref))) throw malformedQuery(`Field must be grouped or aggregated: ${named.field.name}`);
      columns.push({ field: named.ref });
      outputs.push({ name: ("alias" in field && field.alias) || named.field.name, type: named.field.type });
      continue;
    }
    const { functionName, parameters = [] } = field;
    const compute = COMPUTES[functionName.toUpperCase()];
    if (compute === undefined) throw malformedQuery("Of aggregates only COUNT, COUNT_DISTINCT, MIN and MAX are supported: they are exact.");
    const name = field.alias ?? `expr${unnamed++}`;
    const [parameter] = parameters;
    if (parameter === undefined) {
      if (compute !== "count") throw malformedQuery(`${functionName.toUpperCase()} takes a field.`);
      columns.push({ compute: "countAll" });
      outputs.push({ name, type: "number" });
      continue;
    }
    if (typeof parameter !== "string" || parameters.length > 1) throw malformedQuery("Functions of functions are not supported.");
    const named = findNamed(object, parameter, alias);
    if (!may(named.field, "Filter")) throw invalidField(`field '${named.field.name}' can not be aggregated in a query call`);
    columns.push({ field: named.ref, compute });
    const counts = compute === "count" || compute === "countDistinct";
    outputs.push({ name, type: counts ? "number" : named.ref.kind === "amount" ? "sortable" : named.field.type });
  }
  return { columns, outputs };
}

function order(object: ObjectDescription, clause: OrderByClause, alias: string | undefined): Order {
  if (!("field" in clause)) throw malformedQuery("ORDER BY takes fields, not functions.");
  const descending = clause.order === "DESC";
  // Empty fields come first unless it is said otherwise, in either direction.
  return { field: findFor("Sort", object, clause.field, alias).ref, descending, nullsFirst: clause.nulls !== "LAST" };
}

function condition(object: ObjectDescription, comparison: Comparison, now: number, alias: string | undefined): Condition {
  if ("valueQuery" in comparison) throw malformedQuery("Queries within conditions are not supported.");
  if (!("field" in comparison)) throw malformedQuery("Functions in conditions are not supported.");
  const { field, ref } = findFor("Filter", object, comparison.field, alias);
  const { value, literalType } = comparison;
  const operator = (comparison.operator as string).toUpperCase();
  if (operator === "IN" || operator === "NOT IN") {
    const texts = Array.isArray(value) ? value : [value];
    const values = texts.map((text, at) => readValue(field, Array.isArray(literalType) ? literalType[at] : literalType, text, now));
    if (values.some((each) => each !== null && typeof each === "object")) throw malformedQuery("Date literals in lists are not supported.");
    const among: Condition = { field: ref, operator: "in", values: values as (string | null)[] };
    return operator === "IN" ? among : { not: among };
  }
  if (Array.isArray(value) || Array.isArray(literalType)) throw malformedQuery("Only IN and NOT IN take a list.");
  if (operator === "LIKE") return { field: ref, operator: "like", value: readPattern(field, literalType, value) };
  return compared(field, ref, operator, readValue(field, literalType, value, now));
}

function compared(field: FieldDescription, ref: FieldRef, operator: string, value: Value): Condition {
  const isEquality = operator === "=" || operator === "!=" || operator === "<>";
  if (!isEquality && !["<", "<=", ">", ">="].includes(operator)) throw malformedQuery(`The operator ${operator} is not supported.`);
  if (!isEquality && (value === null || field.type === "boolean")) throw invalidField(`The operator ${operator} can't be used with this value of the field '${field.name}'.`);
  if (value === null) return { field: ref, operator: operator === "=" ? "=" : "!=", value };
  if (typeof value === "string") return { field: ref, operator: (operator === "<>" ? "!=" : operator) as "=", value };
  // A span: later than it is behind its end, within it is between its ends.
  const within: Condition = { all: [{ field: ref, operator: ">=", value: value.from }, { field: ref, operator: "<", value: value.to }] };
  switch (operator) {
    case "=":
      return within;
    case "<":
      return { field: ref, operator: "<", value: value.from };
    case "<=":
      return { field: ref, operator: "<", value: value.to };
    case ">":
      return { field: ref, operator: ">=", value: value.to };
    case ">=":
      return { field: ref, operator: ">=", value: value.from };
    default:
      return { not: within };
  }
}

function refuseUnsupported(query: Query): void {
  const unsupported: readonly [unknown, string][] = [
    [query.having, "HAVING"],
    [query.usingScope, "USING SCOPE"],
    [query.withDataCategory, "WITH DATA CATEGORY"],
    [query.withSecurityEnforced, "WITH SECURITY_ENFORCED"],
    [query.withAccessLevel, "WITH USER_MODE and WITH SYSTEM_MODE"],
    [query.for, "FOR VIEW, FOR REFERENCE and FOR UPDATE"],
    [query.update, "UPDATE TRACKING and UPDATE VIEWSTAT"],
  ];
  const found = unsupported.find(([clause]) => clause !== undefined);
  if (found !== undefined) throw malformedQuery(`${found[1]} is not supported.`);
}

function nameOf(field: Exclude<FieldType, FieldFunctionExpression>): string {
  switch (field.type) {
    case "Field":
      return field.field;
    case "FieldRelationship":
      return [...field.relationships, field.field].join(".");
    case "FieldSubquery":
      throw malformedQuery("Queries within queries are not supported.");
    case "FieldTypeof":
      throw malformedQuery("TYPEOF is not supported.");
  }
}

function isFunction(field: FieldType | undefined): field is FieldFunctionExpression {
  return field?.type === "FieldFunctionExpression";
}

function isSame(a: FieldRef, b: FieldRef): boolean {
  return a.name === b.name && a.via?.reference === b.via?.reference;
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
