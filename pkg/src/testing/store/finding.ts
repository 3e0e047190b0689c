/** What is due, what is indexed, and that what was written is what is read (DESIGN §7). */
import { StoreUnavailable, type StoreTrouble } from "../../server/ports.js";
import { type Check, skip } from "../case.js";
import { expect, expectEqual } from "../expect.js";
import { EVER, type StoreWorld } from "./world.js";

const DUE = "§6: recovery lives by what is due. What it does not find, nobody resolves; what it finds first has waited longest.";
const INDEX = "§6: a notification finds its group by any reference that the gateway ever gave; one that is forgotten can't be delivered.";
const OPAQUE = "§7: keys, values and index texts are the core's; a store that changes one letter breaks a signature, a digest or an amount.";

// what JSON texts, ids and the shop's own names can hold; NUL and halves of surrogate pairs are none of them
const TEXTS = [
  "ü é e\u0301 ß ı İ",
  "日本語 العربية हिन्दी",
  "😀👩‍👩‍👧 𝒳",
  "'; DROP TABLE groups; --",
  '"\\\\" \\u0000 %_* $1 ${x} {{x}}',
  "  spaces, \t tabs and \r\n line breaks  \n",
  "\u2028\u2029\ufeff\u200b\u00a0",
  "__proto__",
  "null",
  "0",
  "1e3",
];

export const findingChecks: readonly Check<StoreWorld>[] = [
  {
    title: "due: oldest first, at or before the time, at most the limit",
    rule: DUE,
    async check(world) {
      await world.put("late", 0, "", { due: 300 });
      await world.put("early", 0, "", { due: 100 });
      await world.put("never", 0);
      await world.put("middle", 0, "", { due: 200 });
      await world.due(99, []);
      await world.due(100, ["early"]);
      await world.due(200, ["early", "middle"]);
      await world.due(EVER.dueBefore, ["early", "middle", "late"]);
      await world.due(EVER.dueBefore, ["early", "middle"], 2);
      await world.due(EVER.dueBefore, ["early"], 1);
    },
  },
  {
    title: "due: each write replaces it, and one without ends it",
    rule: DUE,
    async check(world) {
      await world.put("a", 0, "", { due: 100 });
      await world.put("b", 0, "", { due: 200 });
      await world.put("a", 1, "", { due: 300 });
      await world.due(EVER.dueBefore, ["b", "a"]);
      await world.put("b", 1);
      await world.due(EVER.dueBefore, ["a"]);
      await world.put("b", 2, "", { due: 50 });
      await world.due(EVER.dueBefore, ["b", "a"]);
    },
  },
  {
    title: "due: by their time, not by their digits, and exact to the millisecond",
    rule: DUE,
    async check(world) {
      const now = Date.UTC(2026, 10, 21);
      const times = [9, 10, 1_000, 2 ** 31, 2 ** 32 + 1, now - 1, now, now + 1, 8.64e15];
      for (const [at, due] of [...times.entries()].reverse()) await world.put(`k${at}`, 0, "", { due });
      await world.due(EVER.dueBefore, times.map((_, at) => `k${at}`));
      await world.due(now - 1, ["k0", "k1", "k2", "k3", "k4", "k5"]);
      await world.due(0, []);
      await world.put("zero", 0, "", { due: 0 });
      await world.due(0, ["zero"]);
    },
  },
  {
    title: "due: all that is due is found, however much it is",
    rule: DUE,
    async check(world) {
      const keys = Array.from({ length: 250 }, (_, at) => `k${String(at).padStart(3, "0")}`);
      expectEqual(await world.store.commit(keys.map((key, at) => ({ key, expectedVersion: 0, value: "", due: 1_000 + at }))), true, "a commit of 250 groups");
      await world.due(2_000, keys);
      await world.due(2_000, keys.slice(0, 100), 100);
    },
  },
  {
    title: "index: every text ever given finds the key, and only it",
    rule: INDEX,
    async check(world) {
      await world.put("a", 0, "", { index: ["x", "y"] });
      await world.put("a", 1, "", { index: ["y", "z"] });
      await world.put("a", 2);
      for (const index of ["x", "y", "z"]) await world.indexed(index, ["a"]);
      await world.put("b", 0, "", { index: ["y"] });
      await world.indexed("y", ["a", "b"]);
      await world.indexed("x", ["a"]);
    },
  },
  {
    title: "index: a text is found as it is, not as it looks",
    rule: INDEX,
    async check(world) {
      await world.put("a", 0, "", { index: ["gateway:psp:Pay_1", ...TEXTS] });
      for (const index of ["gateway:psp:pay_1", "GATEWAY:PSP:PAY_1", "gateway:psp:Pay_", "gateway:psp:Pay_1 ", "gateway:psp:%", "gateway:psp:Pay__", "*", "%", "", "\u00fc"]) await world.indexed(index, []);
      for (const index of ["gateway:psp:Pay_1", ...TEXTS]) await world.indexed(index, ["a"]);
      await world.indexed("\u00fc é e\u0301 ß ı İ", ["a"]);
      await world.indexed("ü é \u00e9 ß ı İ", []); // composed, where it was written decomposed
    },
  },
  {
    title: "texts: keys and values are read as they were written",
    rule: OPAQUE,
    async check(world) {
      for (const text of ["", ...TEXTS]) {
        await world.put(`key ${text}`, 0, text);
        await world.has(`key ${text}`, 1, text);
      }
      await world.put("__proto__", 0, "mine");
      await world.put("constructor", 0, "mine");
      await world.has("__proto__", 1, "mine");
      await world.hasNot("toString");
      await world.hasNot("KEY ");
    },
  },
  {
    title: "texts: a value of megabytes, a key and an index text of hundreds of letters",
    rule: `${OPAQUE} A group keeps its whole history.`,
    async check(world) {
      const [value, key, index] = ["ü€😀x".repeat(400_000), `checkout/${"k".repeat(500)}`, `gateway:psp:${"r".repeat(500)}`];
      await world.put(key, 0, value, { index: [index] });
      const found = await world.store.load(key);
      expect(found?.value === value, `a value of ${value.length} letters came back as another one`);
      await world.indexed(index, [key]);
    },
  },
  {
    title: "what was handed over and what was given are the caller's own",
    rule: "§7: a store whose rows change with the objects of a request has no versions.",
    async check(world) {
      const index = ["i"];
      const writes = [{ key: "a", expectedVersion: 0, value: "one", due: 5, index }];
      await world.store.commit(writes);
      Object.assign(writes[0] ?? {}, { value: "x", due: 1, expectedVersion: 9 });
      index[0] = "j";
      await world.has("a", 1, "one");
      await world.due(EVER.dueBefore, ["a"]);
      await world.due(4, []);
      await world.indexed("j", []);
      const given = await Promise.all([world.store.load("a"), world.store.find(EVER), world.store.find({ index: "i" })]);
      const [loaded, ...lists] = given;
      spoil(() => Object.assign(loaded ?? {}, { value: "x", version: 9 }));
      for (const list of lists) spoil(() => (list as string[]).push("x"));
      await world.has("a", 1, "one");
      await world.due(EVER.dueBefore, ["a"]);
      await world.indexed("i", ["a"]);
    },
  },
  {
    title: "durable: what was committed is there when the store is opened again",
    rule: "§2, the write-ahead rule: an announced call that is forgotten is a charge that nobody knows of.",
    needs: ["reopen"],
    async check(world) {
      await world.put("a", 0, "one", { due: 5, index: ["i", "j"] });
      await world.put("a", 1, "two", { due: 7 });
      await world.put("b", 0, "ü 😀");
      expectEqual(await world.store.commit([{ key: "b", expectedVersion: 9, value: "x", index: ["k"] }]), false, "a commit with a wrong version");
      const again = await world.harness.reopen?.();
      expect(again !== undefined, "'reopen' gave no store");
      world.store = again;
      await world.has("a", 2, "two");
      await world.has("b", 1, "ü 😀");
      await world.due(EVER.dueBefore, ["a"]);
      await world.due(6, []);
      for (const index of ["i", "j"]) await world.indexed(index, ["a"]);
      await world.indexed("k", []);
      await world.put("a", 2, "three");
    },
  },
  ...(["full", "read_only", "busy", "failed"] as const).map((trouble) => unusable(trouble)),
];

function unusable(trouble: StoreTrouble): Check<StoreWorld> {
  return {
    title: `trouble: ${trouble} is told as such, and nothing is written`,
    rule: "§7: a request is answered with 503, and nothing is sent for a write that failed. The reason is for those who look after the store.",
    needs: ["troubles"],
    async check(world) {
      const begin = world.harness.troubles?.[trouble];
      if (begin === undefined) return skip(`the harness has no trouble '${trouble}'`);
      await world.put("a", 0, "one");
      const end = await begin();
      try {
        const error = await world.store.commit([{ key: "a", expectedVersion: 1, value: "x", due: 1, index: ["i"] }, { key: "b", expectedVersion: 0, value: "x".repeat(1_000_000) }]).then(
          (done) => expect(false, `a commit into a store that is ${trouble} gave ${done}`),
          (thrown: unknown) => thrown,
        );
        expect(error instanceof Error && error.name === StoreUnavailable.name, `a commit into a store that is ${trouble} must throw a StoreUnavailable, and threw ${String(error)}`);
        expectEqual((error as StoreUnavailable).trouble, trouble, "the trouble that it tells of");
      } finally {
        await end();
      }
      await world.has("a", 1, "one");
      await world.hasNot("b");
      await world.indexed("i", []);
      await world.due(EVER.dueBefore, []);
      await world.put("a", 1, "two");
    },
  };
}

// What is given may be frozen: that is one more way to keep it whole.
function spoil(change: () => unknown): void {
  try {
    change();
  } catch {
    // it could not be changed
  }
}
