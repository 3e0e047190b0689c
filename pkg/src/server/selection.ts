/**
 * What is asked of a store that can be queried: records of one object, by conditions on their fields, in an order. Plain
 * data, made and checked by the host (`objects/`), so that a store only has to put it into its own language. Values are
 * texts: amounts in the form of {@link StoredRecord.amounts}, times as RFC 3339 in UTC with milliseconds.
 */

/** One record as a store keeps it for queries. */
export interface StoredRecord {
  readonly id: string;
  /** The object, by its API name. */
  readonly object: string;
  /** The fields that are not empty, by their API names. */
  readonly fields: Readonly<Record<string, string>>;
  /** The amounts among them once more, as texts of one length whose order is that of the amounts. */
  readonly amounts: Readonly<Record<string, string>>;
  /** It goes when its group is next written without it; any other stays. */
  readonly passing?: boolean;
}

/** A field of the object, or of the record that one of its references leads to. */
export interface FieldRef {
  readonly name: string;
  /** How it compares: amounts by their sortable form, text without regard to case, anything else byte by byte. */
  readonly kind: "amount" | "text" | "exact";
  /** The reference that leads to the record that has the field; absent = the record itself. */
  readonly via?: { readonly reference: string; readonly object: string };
}

/** Whether a record is asked for. An empty field is neither less nor greater than anything, and unlike every value. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly field: FieldRef; readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">="; readonly value: string }
  | { readonly field: FieldRef; readonly operator: "=" | "!="; readonly value: null }
  | { readonly field: FieldRef; readonly operator: "in"; readonly values: readonly (string | null)[] }
  /** `%` and `_` stand for any text and any character, unless a backslash is before them. */
  | { readonly field: FieldRef; readonly operator: "like"; readonly value: string };

/** One value of a row: a field's, or what is computed over the records of a row. */
export type Column = { readonly field: FieldRef; readonly compute?: "min" | "max" | "count" | "countDistinct" } | { readonly compute: "countAll" };

/** By what the rows are ordered. */
export interface Order {
  readonly field: FieldRef;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** One question to a store. */
export interface Selection {
  readonly object: string;
  readonly columns: readonly Column[];
  readonly where?: Condition;
  /** One row for each different combination of these. Absent and no computed column = one row for each record. */
  readonly groupBy?: readonly FieldRef[];
  /** Records that are alike in all of these come in the order of their ids. */
  readonly orderBy: readonly Order[];
  /** Only what comes after this: the order's values and the id of a record. */
  readonly after?: { readonly values: readonly (string | null)[]; readonly id: string };
  readonly limit: number;
  readonly offset: number;
}

/** One row: the columns in their order, and what {@link Selection.after} takes to go on behind it. */
export interface SelectedRow {
  readonly id: string;
  readonly values: readonly (string | number | null)[];
  readonly order: readonly (string | null)[];
}

/** What makes a store one that can be queried. */
export interface RecordStore {
  /** The rows asked for. */
  select(selection: Selection): Promise<readonly SelectedRow[]>;
  /** How many records meet the condition. */
  count(selection: Pick<Selection, "object" | "where">): Promise<number>;
  /** Keys that begin with `prefix` and were written without records, by an earlier version of the package; at most `limit`. */
  unfilled(query: { readonly prefix: string; readonly limit: number }): Promise<readonly string[]>;
  /** Adds the records of a group that was written without them. False = it is not at this version any more. */
  fill(write: { readonly key: string; readonly version: number; readonly records: readonly StoredRecord[] }): Promise<boolean>;
}
