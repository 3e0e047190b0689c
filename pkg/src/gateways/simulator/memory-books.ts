/** The simulator's books in memory, for hosts without SQLite and for tests: gone with the process. */
import type { BookedEffect, BookedPayment, BookedRequest, Books } from "./books.js";

/** Empty books in memory. Every map keeps the order in which its entries came. */
export function createMemoryBooks(captureReleasesRest: boolean): Books {
  const payments = new Map<string, BookedPayment>();
  const effects = new Map<string, BookedEffect>();
  const requests = new Map<string, BookedRequest>();
  const deliveries = new Map<string, true>();
  /** How to undo what is under way, the last first. */
  const undo: (() => void)[] = [];

  function put<T>(map: Map<string, T>, key: string, value: T): void {
    const before = map.get(key);
    undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
    map.set(key, value);
  }

  return {
    captureReleasesRest,
    atomically(work) {
      undo.length = 0;
      try {
        return work();
      } catch (error) {
        for (const step of undo.reverse()) step();
        throw error;
      }
    },
    payment: (reference) => payments.get(reference),
    paymentActedOn: (reference) => payments.get(reference) ?? payments.get(effects.get(reference)?.paymentReference ?? ""),
    mintedPayment: (token) => [...payments.values()].find((payment) => payment.minted && payment.token === token),
    paymentByOurs: (ourReference) => [...payments.values()].findLast((payment) => payment.ourReference === ourReference),
    paymentsOfGroup: (groupId) => [...payments.values()].filter((payment) => payment.groupId === groupId),
    putPayment: (payment) => put(payments, payment.reference, payment),
    effect: (reference) => effects.get(reference),
    effectByOurs: (ourReference) => [...effects.values()].findLast((effect) => effect.ourReference === ourReference),
    pendingAmount: (paymentReference, operation) =>
      [...effects.values()]
        .filter((effect) => effect.paymentReference === paymentReference && effect.operation === operation && effect.state === "pending")
        .reduce((sum, { amount }) => sum + amount, 0n),
    putEffect: (effect) => put(effects, effect.reference, effect),
    request: (key) => requests.get(key),
    requestByOurs(ourReference, operation) {
      const ours = [...requests.values()].filter((request) => request.ourReference === ourReference && request.operation === (operation ?? request.operation) && request.result !== undefined);
      return ours.findLast(({ result }) => result?.includes('"resultCode":"Success"')) ?? ours.at(-1);
    },
    keysOf: (paymentReference) => [...requests.values()].filter((request) => request.paymentReference === paymentReference).map(({ key }) => key),
    putRequest: (request) => put(requests, request.key, request),
    firstDelivery(scope, operation) {
      const name = JSON.stringify([scope, operation]);
      const first = !deliveries.has(name);
      if (first) put(deliveries, name, true);
      return first;
    },
    close() {},
  };
}
