// Holds answers against the contract that the server publishes: the status, the media type and the body of each must be
// documented for the very operation that was asked.

import assert from "node:assert/strict";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { openapi } from "../../www/server/openapi.js";

/** The contract of the demo store's server. */
export const contract = openapi;

const MEDIA_TYPES_READ = new Set(["application/json"]);
const ajv = new Ajv({ strict: false, allErrors: false });
addFormats(ajv);
ajv.addSchema({ $id: "contract", ...contract });

const VERSION = /^\/services\/data\/v(5[5-9]|6[0-7])\.0(?=\/)/;
const routes = Object.entries(contract.paths).map(([path, item]) => ({
  path,
  item,
  // a parameter is one part of the path; the address without parameters goes first
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace("v{version}", "v(?:5[5-9]|6[0-7])\\.0").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  parameters: path.split("{").length - 1,
}));
routes.sort((one, other) => one.parameters - other.parameters);

/** Every operation of a document, with its path and method. */
export function operationsOf({ paths }) {
  const methods = ["get", "put", "post", "patch", "delete"];
  return Object.entries(paths).flatMap(([path, item]) => methods.filter((method) => method in item).map((method) => ({ path, method, ...item[method] })));
}

/** The path of the contract that an address belongs to, or undefined. */
export function pathOf(address, method) {
  const [path] = address.split(/[?#]/);
  const candidates = [path, ...(VERSION.test(path) ? [path.replace(VERSION, "")] : [])];
  const found = routes.filter(({ pattern, item }) => candidates.some((candidate) => pattern.test(candidate) && (candidate === path || item.servers === undefined)));
  return (found.find(({ item }) => item[method] !== undefined) ?? found[0])?.path;
}

/** Asserts that the contract knows this answer to this request. What the server has no address for is not looked at. */
export function assertDocumented(method, address, { status, headers, body, text }) {
  const verb = method.toLowerCase();
  const path = pathOf(address, verb);
  if (path === undefined || verb === "head") return;
  const operation = contract.paths[path][verb];
  if (operation === undefined) {
    assert.equal(status, 405, `${method} ${path} is not documented, and was answered with ${status}`);
    return;
  }
  const where = `${method} ${path} ${status}`;
  const given = operation.responses[status];
  assert.ok(given, `${where} is not documented: ${text}`);
  const [name] = given.$ref === undefined ? [] : [given.$ref.split("/").at(-1)];
  const response = name === undefined ? given : contract.components.responses[name];
  const type = headers.get("content-type")?.split(";")[0] ?? "";
  if (response.content === undefined) return assert.deepEqual([type, text ?? ""], ["", ""], `${where} has no body`);
  const documented = Object.keys(response.content);
  assert.ok(documented.includes(type) || documented.includes("*/*"), `${where}: ${type} is not documented`);
  if (!MEDIA_TYPES_READ.has(type) || response.content[type] === undefined) return;
  const pointer = name === undefined ? `/paths/${escaped(path)}/${verb}/responses/${status}` : `/components/responses/${name}`;
  const validate = compiled(`contract#${pointer}/content/${escaped(type)}/schema`);
  assert.ok(validate(body), `${where}: ${ajv.errorsText(validate.errors)} in ${text}`);
}

const validators = new Map();
function compiled(reference) {
  if (!validators.has(reference)) validators.set(reference, ajv.compile({ $ref: reference }));
  return validators.get(reference);
}

/** A validator of the schema of this name. */
export function schemaOf(name) {
  return compiled(`contract#/components/schemas/${name}`);
}

/** A validator of a schema that stands in an operation. */
schemaOf.inline = (schema) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"contract#/')));

function escaped(part) {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
