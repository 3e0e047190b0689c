// One store in one object, whose recovery is written down instead of done: when the alarm is set, and for when.

import { DurableObject } from "cloudflare:workers";
import { openDurableObjectStore } from "checkout-payments/stores/durable-object";

export class StoreObject extends DurableObject {
  store = openDurableObjectStore(this.ctx.storage, { recoverEveryMs: 300 });
  passes = 0;

  alarm() {
    return this.store.onAlarm({
      recoverDue: async () => {
        this.passes += 1;
        for (const key of await this.store.find({ dueBefore: Date.now(), limit: 10 })) {
          if (!key.startsWith("stuck")) await this.put(key, undefined);
        }
        return this.passes > 2 || (await this.store.load("more")) === undefined;
      },
    });
  }

  /** Writes a group that is due in so many milliseconds, or never. */
  async put(key, dueIn) {
    const { version = 0 } = (await this.store.load(key)) ?? {};
    return this.store.commit([{ key, expectedVersion: version, value: "", ...(dueIn === undefined ? {} : { due: Date.now() + dueIn }) }]);
  }

  /** In how many milliseconds the alarm rings, or null; how often it has rung in this life of the object; what is due some day. */
  async state() {
    const at = await this.ctx.storage.getAlarm();
    return { in: at === null ? null : at - Date.now(), passes: this.passes, due: await this.store.find({ dueBefore: Number.MAX_SAFE_INTEGER, limit: 10 }) };
  }

  end() {
    this.ctx.abort("this life of the object is over");
  }
}

export default {
  async fetch(request, env) {
    const [name, method, ...given] = await request.json();
    const object = env.STORE.get(env.STORE.idFromName(name));
    try {
      return Response.json((await object[method](...given)) ?? null);
    } catch (error) {
      return Response.json({ error: error.message });
    }
  },
};
