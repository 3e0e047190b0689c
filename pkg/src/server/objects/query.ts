/** Running queries: pages of an answer, and what is kept to go on with the next. */
import type { Host } from "../host.js";
import type { RecordStore, SelectedRow, Selection } from "../selection.js";
import { aggregateTooLarge, invalidLocator } from "./refusals.js";
import { renderAggregate, renderRecord } from "./render.js";
import { planQuery, type QueryPlan } from "./soql/plan.js";
import { readQuery } from "./soql/read.js";

const DEFAULT_BATCH = 2000;
const MIN_BATCH = 200;
const MAX_AGGREGATES = 2000;
// A client goes through one answer after another; of more than these, the oldest is given up.
const MAX_CURSORS = 500;

/** An answer under way: kept by the process that began it, not longer than `MAX_CURSORS` later ones. */
interface Cursor {
  readonly plan: QueryPlan;
  readonly total: number;
  readonly batch: number;
  /** By the number of records before it: behind which row a page begins. */
  readonly pages: Map<number, NonNullable<Selection["after"]>>;
}

const cursors = new WeakMap<Host, Map<string, Cursor>>();

/** How many records a page has, from the header `Sforce-Query-Options: batchSize=…`. */
export function batchSize(header: string | null): number {
  const [, digits] = /(?:^|[,;\s])batchSize\s*=\s*(\d{1,9})(?!\d)/i.exec(header ?? "") ?? [];
  return digits === undefined ? DEFAULT_BATCH : Math.min(DEFAULT_BATCH, Math.max(MIN_BATCH, Number(digits)));
}

/** The first page of a query's answer, as JSON. */
export async function query(host: Host, store: RecordStore, text: string, batch: number, base: string): Promise<string> {
  const plan = planQuery(await readQuery(text), host.now());
  const watch = <T>(use: () => Promise<T>): Promise<T> => host.outages.watch("reading", use);
  if (plan.kind === "count") {
    const total = bounded(await watch(() => store.count(plan.selection)), plan);
    return answer(total, [], undefined);
  }
  if (plan.kind === "aggregate") {
    const limit = Math.min(plan.limit ?? MAX_AGGREGATES + 1, MAX_AGGREGATES + 1);
    const rows = await watch(() => store.select({ ...plan.selection, limit, offset: plan.offset }));
    if (rows.length > MAX_AGGREGATES) throw aggregateTooLarge();
    return answer(rows.length, rows.map((row) => renderAggregate(row, plan.outputs)), undefined);
  }
  const limit = Math.min(batch, plan.limit ?? batch);
  const rows = await watch(() => store.select({ ...plan.selection, limit: limit + 1, offset: plan.offset }));
  const page = rows.slice(0, limit);
  const isWhole = rows.length <= limit || limit === plan.limit;
  const total = isWhole ? page.length : bounded(await watch(() => store.count(plan.selection)), plan);
  if (isWhole) return answer(total, rendered(plan, page, base), undefined);
  const id = crypto.randomUUID().replaceAll("-", "");
  const cursor: Cursor = { plan, total, batch, pages: new Map() };
  keep(host, id, cursor);
  return answer(total, rendered(plan, page, base), nextAddress(cursor, id, page, page.length, base));
}

/** A later page: `{cursor}-{records before it}`. The same locator gives the same page again. */
export async function queryMore(host: Host, store: RecordStore, locator: string, base: string): Promise<string> {
  const [, id = "", digits = ""] = /^([0-9a-f]{32})-(\d{1,12})$/.exec(locator) ?? [];
  const cursor = cursors.get(host)?.get(id);
  const before = Number(digits);
  const after = cursor?.pages.get(before);
  if (cursor === undefined || after === undefined) throw invalidLocator();
  keep(host, id, cursor);
  const { plan, total, batch } = cursor;
  const most = plan.limit === undefined ? batch : Math.min(batch, plan.limit - before);
  const rows = await host.outages.watch("reading", () => store.select({ ...plan.selection, after, limit: most + 1, offset: 0 }));
  const page = rows.slice(0, most);
  const isLast = rows.length <= most || before + page.length === plan.limit;
  return answer(total, rendered(plan, page, base), isLast ? undefined : nextAddress(cursor, id, page, before + page.length, base));
}

function bounded(count: number, { limit, offset }: QueryPlan): number {
  return Math.min(Math.max(0, count - offset), limit ?? Number.MAX_SAFE_INTEGER);
}

function rendered({ object, outputs }: QueryPlan, rows: readonly SelectedRow[], base: string): string[] {
  return rows.map((row) => renderRecord(object.name, row, outputs, (of, id) => `${base}/sobjects/${of}/${encodeURIComponent(id)}`));
}

function nextAddress(cursor: Cursor, id: string, page: readonly SelectedRow[], before: number, base: string): string | undefined {
  const last = page.at(-1);
  if (last === undefined) return undefined;
  cursor.pages.set(before, { values: last.order, id: last.id });
  return `${base}/query/${id}-${before}`;
}

function keep(host: Host, id: string, cursor: Cursor): void {
  const known = cursors.get(host) ?? new Map<string, Cursor>();
  cursors.set(host, known);
  known.delete(id);
  known.set(id, cursor);
  const oldest = known.size > MAX_CURSORS ? known.keys().next().value : undefined;
  if (oldest !== undefined) known.delete(oldest);
}

function answer(totalSize: number, records: readonly string[], nextRecordsUrl: string | undefined): string {
  const next = nextRecordsUrl === undefined ? "" : `,"nextRecordsUrl":${JSON.stringify(nextRecordsUrl)}`;
  return `{"totalSize":${totalSize},"done":${nextRecordsUrl === undefined}${next},"records":[${records.join(",")}]}`;
}
