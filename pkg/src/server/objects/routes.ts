/** The routes of the records: versions, objects and their descriptions, one record, queries; records made by hand. For the back office. */
import { type Context, Hono } from "hono";
import { createRecord, giveUpRecord, updateRecord } from "../../core.js";
import { NEWEST_VERSION, OLDEST_VERSION, requireBackOffice, requireIdentity, requireVersion } from "../access.js";
import { answer, change } from "../change.js";
import type { Host } from "../host.js";
import type { SelectedRow } from "../selection.js";
import { findObject } from "./catalog.js";
import { describeGlobal, describeObject, describeShort } from "./describe.js";
import type { ObjectDescription } from "./descriptions.js";
import { readyRecords } from "./fill.js";
import { batchSize, query, queryMore } from "./query.js";
import { malformedId, notFound, readOnly } from "./refusals.js";
import { renderRecord } from "./render.js";
import { findNamed } from "./soql/fields.js";
import { columnsOf } from "./soql/plan.js";

const MAX_RECENT = 10;
// A locator in a log must not tell what was asked; and no id is longer.
const MAX_ID = 64;

/** The routes, below `/services/data`. */
export function objectRoutes(host: Host): Hono {
  const app = new Hono();
  const versioned = new Hono();

  app.get("/", (c) => c.json(versions()));

  // Not a middleware: of an address that is none, nobody needs to know who asks.
  const on = (method: "get" | "post" | "patch" | "delete", path: string, answer: (c: Context) => Promise<Response> | Response): void => {
    versioned[method](path, async (c) => {
      requireVersion(c);
      requireBackOffice(await requireIdentity(host, c));
      return answer(c);
    });
  };
  const get = (path: string, answer: (c: Context) => Promise<Response> | Response): void => on("get", path, answer);
  get("/", (c) => c.json({ query: `${base(c)}/query`, sobjects: `${base(c)}/sobjects` }));
  get("/sobjects", (c) => c.json(describeGlobal(base(c))));
  get("/sobjects/:object", async (c) => {
    const object = requireObject(c);
    return json(c, `{"objectDescribe":${JSON.stringify(describeShort(object, base(c)))},"recentItems":[${(await recent(host, object, base(c))).join(",")}]}`);
  });
  get("/sobjects/:object/describe", (c) => c.json(describeObject(requireObject(c), base(c))));
  get("/sobjects/:object/:id", async (c) => json(c, await readOne(host, requireObject(c), c.req.param("id") ?? "", c.req.query("fields"), base(c))));
  on("post", "/sobjects/:object", (c) => change(host, c, createRecord, { object: requireWritable(c, ["make", "change"], ["GET"]).name }));
  on("patch", "/sobjects/:object/:id", (c) => change(host, c, updateRecord, requireChangeable(c)));
  on("delete", "/sobjects/:object/:id", (c) => answer(host, giveUpRecord, requireChangeable(c)));
  get("/query", async (c) => {
    const text = c.req.query("q") ?? "";
    const batch = batchSize(c.req.header("sforce-query-options") ?? null);
    return json(c, await query(host, await readyRecords(host), text, batch, base(c)));
  });
  get("/query/:locator", async (c) => json(c, await queryMore(host, await readyRecords(host), c.req.param("locator") ?? "", base(c))));

  app.route("/:version{v[1-9][0-9]*\\.0}", versioned);
  return app;
}

function versions(): object[] {
  return Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, at) => {
    const version = `${OLDEST_VERSION + at}.0`;
    return { label: version, url: `/services/data/v${version}`, version };
  });
}

async function readOne(host: Host, object: ObjectDescription, id: string, fields: string | undefined, base: string): Promise<string> {
  const names = fields === undefined ? object.fields.map(({ name }) => name) : [...new Set(fields.split(",").map((name) => name.trim()))];
  const { columns, outputs } = columnsOf(names.map((name) => findNamed(object, name)));
  requireForm(object, id);
  const rows = await select(host, { object: object.name, columns, where: { field: { name: "Id", kind: "exact" }, operator: "=", value: id }, orderBy: [], limit: 1, offset: 0 });
  const [row] = rows;
  if (row === undefined) throw notFound();
  return renderRecord(object.name, row, outputs, address(base));
}

async function recent(host: Host, object: ObjectDescription, base: string): Promise<string[]> {
  const { columns, outputs } = columnsOf([...new Set(["Id", object.nameField])].map((name) => findNamed(object, name)));
  const field = { name: "CreatedDate", kind: "exact" } as const;
  const rows = await select(host, { object: object.name, columns, orderBy: [{ field, descending: true, nullsFirst: false }], limit: MAX_RECENT, offset: 0 });
  return rows.map((row) => renderRecord(object.name, row, outputs, address(base)));
}

async function select(host: Host, selection: Parameters<Awaited<ReturnType<typeof readyRecords>>["select"]>[0]): Promise<readonly SelectedRow[]> {
  const records = await readyRecords(host);
  return host.outages.watch("reading", () => records.select(selection));
}

function address(base: string): (object: string, id: string) => string {
  return (object, id) => `${base}/sobjects/${object}/${encodeURIComponent(id)}`;
}

function requireObject(c: Context): ObjectDescription {
  const object = findObject(c.req.param("object") ?? "");
  if (object === undefined) throw notFound();
  return object;
}

function requireForm(object: ObjectDescription, id: string): void {
  if (id.length > MAX_ID || !id.startsWith(`${object.prefix}_`)) throw malformedId(object.name);
}

// Which methods an object has besides reading is told by its description.
function requireWritable(c: Context, byHand: readonly ObjectDescription["byHand"][], allowed: readonly string[]): ObjectDescription {
  const object = requireObject(c);
  if (!byHand.includes(object.byHand)) throw readOnly(object.name, c.req.method, allowed);
  return object;
}

function requireChangeable(c: Context): { readonly object: string; readonly recordId: string } {
  const object = requireWritable(c, ["change"], ["GET"]);
  const recordId = c.req.param("id") ?? "";
  requireForm(object, recordId);
  return { object: object.name, recordId };
}

function base(c: Context): string {
  return `/services/data/${c.req.param("version") ?? ""}`;
}

function json(c: Context, text: string): Response {
  return c.body(text, 200, { "content-type": "application/json" });
}
