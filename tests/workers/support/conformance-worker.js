// The conformance kit inside workerd. Each case has an object, and so a storage, of its own. `inside`: the case runs in the object
// that has the store; `outside`: it speaks to the store through the object's door, and can end the object's life.

import { DurableObject } from "cloudflare:workers";
import { openDurableObjectStore } from "checkout-payments/stores/durable-object";
import { storeConformance } from "checkout-payments/testing";

const ONE_PROCESS = "one object owns its storage";
const TROUBLES = "nothing can be made to go wrong with the storage from here";

export class StoreObject extends DurableObject {
  store = openDurableObjectStore(this.ctx.storage);

  alarm() {
    return this.store.onAlarm({ recoverDue: async () => true });
  }

  runInside(at) {
    return outcomeOf(casesInside(this.store)[at]);
  }

  load(...args) {
    return this.store.load(...args);
  }
  commit(...args) {
    return this.store.commit(...args);
  }
  find(...args) {
    return this.store.find(...args);
  }
  records(method, ...args) {
    return this.store.records[method](...args);
  }
  end() {
    this.ctx.abort("this life of the object is over");
  }
}

const casesInside = (store) => storeConformance({ name: "inside", open: () => ({ store }), cannot: { another: ONE_PROCESS, troubles: TROUBLES, reopen: "it is done from outside" } });

const casesOutside = (env, name) => {
  const object = () => env.STORE.get(env.STORE.idFromName(name));
  const storeOf = (stub) => ({
    exclusive: true,
    load: (key) => stub.load(key),
    commit: (writes) => stub.commit(writes),
    find: (query) => stub.find(query),
    records: Object.fromEntries(["select", "count", "unfilled", "fill"].map((method) => [method, (...args) => stub.records(method, ...args)])),
  });
  const harness = () => {
    const stub = object();
    const reopen = async () => {
      await stub.end().catch(() => undefined);
      return storeOf(object());
    };
    return { store: storeOf(stub), reopen };
  };
  return storeConformance({ name: "outside", open: harness, cannot: { another: ONE_PROCESS, troubles: TROUBLES } });
};

async function outcomeOf(each) {
  try {
    return await each.run();
  } catch (error) {
    return { status: "failed", message: error.message };
  }
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/cases") return Response.json(casesInside(undefined).map(({ name }) => name.replace("inside: ", "")));
    const [at, where] = [Number(searchParams.get("at")), searchParams.get("where")];
    const name = `${where} ${at}`;
    if (where === "inside") return Response.json(await env.STORE.get(env.STORE.idFromName(name)).runInside(at));
    return Response.json(await outcomeOf(casesOutside(env, name)[at]));
  },
};
