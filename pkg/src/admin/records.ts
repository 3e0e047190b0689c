/** The records (`docs/records.md`): described, read one by one and by queries, and made by hand. */
import { parseWithTexts } from "../client/amounts.js";
import type { FieldType } from "../server/objects/descriptions.js";
import type { MadeRecord } from "../wire.js";
import { bodyOf, type CallOptions, type Connection, done, part, type ReadOptions } from "./connection.js";
import { pages } from "./pages.js";

/** What a field of a record holds: numbers are decimal text, exactly as they are kept, also counts; times have an offset. */
export type FieldValue = string | boolean | null | StoredRecord;

/** A record, by the names of its fields. `attributes` holds its object's name (`type`) and its address (`url`). */
export interface StoredRecord {
  readonly [field: string]: FieldValue;
}

/** Fields to be written, by their names; amounts as text or as numbers. */
export type RecordFields = Readonly<Record<string, string | number | boolean | null>>;

/** A page of the records that a query asks for. */
export interface QueryPage<T> {
  /** How many the query asks for in all. */
  readonly totalSize: number;
  /** It is the last page. */
  readonly done: boolean;
  /** Leads to the next page, as the argument of `queryPage`. */
  readonly nextRecordsUrl?: string;
  readonly records: readonly T[];
}

/** Options of a query. */
export interface QueryOptions extends ReadOptions {
  /** How many records a page has, 200 to 2000. */
  readonly batchSize?: number;
}

/** A field of an object: what it holds, and what may be done with it. */
export interface FieldDescribe {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly length: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  /** It follows from other records. */
  readonly calculated: boolean;
  readonly picklistValues: readonly { readonly value: string; readonly label: string; readonly active: boolean }[];
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
}

/** An object in short. */
export interface ObjectSummary {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** How the ids of its records begin, before the underscore. */
  readonly keyPrefix: string;
}

/** An object with its fields. */
export interface ObjectDescribe extends ObjectSummary {
  readonly fields: readonly FieldDescribe[];
}

/** The records of a store. A type argument says what the fields asked for are; without it each is a {@link FieldValue}. */
export interface Records {
  /** The objects there are. */
  objects(options?: ReadOptions): Promise<readonly ObjectSummary[]>;
  /** An object and its fields. */
  describe(object: string, options?: ReadOptions): Promise<ObjectDescribe>;
  /** One record; all its fields when none are named. */
  retrieve<T = StoredRecord>(object: string, id: string, fields?: readonly string[], options?: ReadOptions): Promise<T>;
  /** All records that a SOQL query asks for; pages are asked for as they are wanted. */
  query<T = StoredRecord>(soql: string, options?: QueryOptions): AsyncIterableIterator<T>;
  /** One page of them: the first of a query, or the one that a page's `nextRecordsUrl` leads to. */
  queryPage<T = StoredRecord>(soqlOrNextRecordsUrl: string, options?: QueryOptions): Promise<QueryPage<T>>;
  /** Makes a record of what happened outside (`ProcessingMode` is `External`), or a draft of it. */
  create(object: string, fields: RecordFields, options?: CallOptions): Promise<MadeRecord>;
  /** Changes a draft, or moves the status of a record that was made by hand: what is not named stays. */
  update(object: string, id: string, fields: RecordFields, options?: CallOptions): Promise<void>;
  /** Gives a draft up; it is kept, as Canceled. */
  cancel(object: string, id: string, options?: CallOptions): Promise<void>;
}

/** Records over this connection. */
export function recordsOf(connection: Connection): Records {
  const of = (object: string): string => `/sobjects/${part("object", object)}`;
  async function queryPage<T>(text: string, { batchSize, ...options }: QueryOptions = {}): Promise<QueryPage<T>> {
    const isNext = text.startsWith("/services/data/");
    const headers = batchSize === undefined ? {} : { "sforce-query-options": `batchSize=${batchSize}` };
    const answer = await connection.read(isNext ? text : `/query?q=${encodeURIComponent(text)}`, options, headers);
    return bodyOf(answer, (json) => parseWithTexts(json, (member) => member !== "totalSize"));
  }
  return {
    objects: async (options) => bodyOf<{ sobjects: readonly ObjectSummary[] }>(await connection.read("/sobjects", options), JSON.parse).sobjects,
    describe: async (object, options) => bodyOf(await connection.read(`${of(object)}/describe`, options), JSON.parse),
    async retrieve<T>(object: string, id: string, fields?: readonly string[], options?: ReadOptions): Promise<T> {
      const named = fields === undefined ? "" : `?fields=${fields.map(encodeURIComponent).join(",")}`;
      const answer = await connection.read(`${of(object)}/${part("id", id)}${named}`, options);
      return bodyOf(answer, (json) => parseWithTexts(json, () => true));
    },
    query: <T>(soql: string, options?: QueryOptions) =>
      pages(async (next: string | undefined) => {
        const page = await queryPage<T>(next ?? soql, options);
        return { items: page.records, next: page.nextRecordsUrl };
      }),
    queryPage,
    create: async (object, fields, options) => bodyOf(await connection.change({ method: "POST", path: of(object), body: fields }, options)),
    update: async (object, id, fields, options) => done(await connection.change({ method: "PATCH", path: `${of(object)}/${part("id", id)}`, body: fields }, options)),
    cancel: async (object, id, options) => done(await connection.change({ method: "DELETE", path: `${of(object)}/${part("id", id)}` }, options)),
  };
}
