/** Records as the JSON their clients know: amounts as numbers printed exactly from their decimals, times with an offset. */
import type { SelectedRow } from "../selection.js";
import { amountOf } from "./amounts.js";
import type { Output } from "./soql/plan.js";

type Value = SelectedRow["values"][number];

/** One record. `address` gives where a record of an object with an id is read. */
export function renderRecord(object: string, row: SelectedRow, outputs: readonly Output[], address: (object: string, id: string) => string): string {
  const members = [attributes(object, address(object, row.id))];
  const led = new Map<string, string[] | undefined>();
  outputs.forEach((output, at) => {
    const value = row.values[at] ?? null;
    const { relationship, of = "", name } = output;
    if (relationship === undefined) {
      members.push(member(name, value, output));
    } else if (name === "") {
      const inner = value === null ? undefined : [attributes(of, address(of, String(value)))];
      led.set(relationship, inner);
    } else {
      led.get(relationship)?.push(member(name, value, output));
    }
  });
  for (const [relationship, inner] of led) members.push(`${JSON.stringify(relationship)}:${inner === undefined ? "null" : `{${inner.join(",")}}`}`);
  return `{${members.join(",")}}`;
}

/** One row of computed values. */
export function renderAggregate(row: SelectedRow, outputs: readonly Output[]): string {
  return `{${['"attributes":{"type":"AggregateResult"}', ...outputs.map((output, at) => member(output.name, row.values[at] ?? null, output))].join(",")}}`;
}

function attributes(type: string, url: string): string {
  return `"attributes":${JSON.stringify({ type, url })}`;
}

function member(name: string, value: Value, output: Output): string {
  return `${JSON.stringify(name)}:${render(value, output.type)}`;
}

function render(value: Value, type: Output["type"]): string {
  if (value === null) return "null";
  switch (type) {
    case "sortable":
      return amountOf(String(value));
    case "number":
    case "boolean":
      return String(value);
    case "currency":
    case "double":
    case "int":
      return isNumber(String(value)) ? String(value) : "null";
    case "datetime":
      return JSON.stringify(String(value).replace(/Z$/, "+0000"));
    default:
      return JSON.stringify(String(value));
  }
}

// The core writes nothing else; a text that is no number must not break the whole answer.
function isNumber(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);
}
