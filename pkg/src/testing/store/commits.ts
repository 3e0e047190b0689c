/** All entries or none, each against its version (DESIGN §2, §7). */
import type { Store } from "../../server/ports.js";
import type { Check } from "../case.js";
import { expect, expectEqual } from "../expect.js";
import { EVER, type StoreWorld } from "./world.js";

const VERSIONS = "§7: the version is what keeps two hosts from writing over each other: 1 when first written, one more with each write.";
const ATOMIC = "§7: a commit is one write of several groups. Half of it would be money in one record that is missing in the other.";
const RACES = "§2 and §7: of those that read the same version, one may announce its call; any other would send a second one.";

export const commitChecks: readonly Check<StoreWorld>[] = [
  {
    title: "versions: they count the writes of a key, and a wrong one writes nothing",
    rule: VERSIONS,
    async check(world) {
      expectEqual(typeof world.store.exclusive, "boolean", "the type of 'exclusive'");
      const commit = (expectedVersion: number, value: string) => world.store.commit([{ key: "a", expectedVersion, value }]);
      await world.hasNot("a");
      expectEqual(await commit(1, "x"), false, "a commit over version 1 of what is not there");
      await world.hasNot("a");
      await world.put("a", 0, "one");
      await world.has("a", 1, "one");
      expectEqual(await commit(0, "x"), false, "a second commit of what must not be there");
      await world.put("a", 1, "two");
      for (const version of [0, 1, 3]) expectEqual(await commit(version, "x"), false, `a commit over version ${version}, where 2 is there`);
      await world.has("a", 2, "two");
      await world.hasNot("b");
    },
  },
  {
    title: "versions: each key has its own",
    rule: VERSIONS,
    async check(world) {
      await world.put("a", 0, "one");
      await world.put("a", 1, "two");
      await world.put("b", 0, "one");
      await world.has("a", 2, "two");
      await world.has("b", 1, "one");
    },
  },
  {
    title: "commits: several groups at once, each with its version",
    rule: ATOMIC,
    async check(world) {
      await world.put("a", 0, "one");
      expectEqual(
        await world.store.commit([
          { key: "b", expectedVersion: 0, value: "one" },
          { key: "a", expectedVersion: 1, value: "two" },
          { key: "c", expectedVersion: 0, value: "one" },
        ]),
        true,
        "the commit of three entries",
      );
      await world.has("a", 2, "two");
      await world.has("b", 1, "one");
      await world.has("c", 1, "one");
    },
  },
  ...(["first", "middle", "last"] as const).map((place, at): Check<StoreWorld> => ({
    title: `commits: a conflict in the ${place} entry leaves nothing of any`,
    rule: ATOMIC,
    async check(world) {
      await world.put("old", 0, "one", { due: 5, index: ["old"] });
      const writes = ["a", "b"].map((key) => ({ key, expectedVersion: 0, value: "x", due: 1, index: ["i", key] }));
      writes.splice(at, 0, { key: "old", expectedVersion: 7, value: "x", due: 1, index: ["i", "more"] });
      expectEqual(await world.store.commit(writes), false, "a commit with one wrong version");
      await world.has("old", 1, "one");
      for (const key of ["a", "b"]) await world.hasNot(key);
      for (const index of ["i", "a", "b", "more"]) await world.indexed(index, []);
      await world.indexed("old", ["old"]);
      await world.due(1, []);
      await world.due(5, ["old"]);
    },
  })),
  {
    title: "races: of a hundred commits over one version, one wins",
    rule: RACES,
    async check(world) {
      for (let version = 0; version < 5; version++) {
        const values = Array.from({ length: 100 }, (_, at) => `${version}-${at}`);
        const won = await Promise.all(values.map((value) => world.store.commit([{ key: "a", expectedVersion: version, value }])));
        expectEqual(won.filter(Boolean).length, 1, `how many commits over version ${version} won`);
        await world.has("a", version + 1, values[won.indexOf(true)] ?? "");
      }
    },
  },
  {
    title: "races: commits of the same groups in any order don't hinder one another for good",
    rule: `${RACES} Two that take the same rows in opposite orders must not wait for each other.`,
    async check(world) {
      const keys = ["a", "b", "c"];
      const orders = [keys, ["c", "b", "a"], ["b", "c", "a"], ["b", "a", "c"]];
      for (let version = 0; version < 10; version++) {
        const won = await Promise.all(orders.map((order, at) => world.store.commit(order.map((key) => ({ key, expectedVersion: version, value: `${at}` })))));
        expectEqual(won.filter(Boolean).length, 1, "how many of four commits over the same versions won");
        for (const key of keys) await world.has(key, version + 1, `${won.indexOf(true)}`);
      }
    },
  },
  {
    title: "races: commits of different groups all win",
    rule: "§7: groups have nothing to do with one another; a lost commit costs a request.",
    async check(world) {
      const keys = Array.from({ length: 100 }, (_, at) => `k${at}`);
      const won = await Promise.all(keys.map((key) => world.store.commit([{ key, expectedVersion: 0, value: key, index: ["all"] }])));
      expect(won.every(Boolean), "a commit of a new group, beside others, was refused");
      await world.indexed("all", keys);
    },
  },
  {
    title: "races: between two connections, one wins",
    rule: RACES,
    needs: ["another"],
    async check(world) {
      const other = await secondConnection(world);
      for (let version = 0; version < 20; version++) {
        const won = await Promise.all([world.store, other, world.store, other].map((store, at) => store.commit([{ key: "a", expectedVersion: version, value: `${at}` }])));
        expectEqual(won.filter(Boolean).length, 1, `how many commits over version ${version} won`);
        for (const store of [world.store, other]) await world.has("a", version + 1, `${won.indexOf(true)}`, store);
      }
    },
  },
  {
    title: "another connection sees what was committed, at once",
    rule: "§6: recovery runs in another process, and must find what was announced.",
    needs: ["another"],
    async check(world) {
      const other = await secondConnection(world);
      await world.put("a", 0, "one", { due: 5, index: ["i"] });
      await world.has("a", 1, "one", other);
      await world.indexed("i", ["a"], other);
      expectEqual(await other.find(EVER), ["a"], "what is due, asked over the other connection");
    },
  },
];

async function secondConnection(world: StoreWorld): Promise<Store> {
  expect(!world.store.exclusive, "a store that a second connection can write to is not exclusive");
  return (await world.harness.another?.()) as Store;
}
