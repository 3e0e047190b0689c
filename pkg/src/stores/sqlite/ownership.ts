/**
 * That a store belongs to one process is what lets recovery take over at once what a crash left behind (DESIGN §6). So
 * it is enforced: the process holds a lock on a file beside the store's, and the system frees it however it ends. The
 * store's own file stays readable for backups and for people. The lock goes by the file's own name, whatever link it was
 * asked for by.
 */
import { PaymentsError } from "../../errors.js";
import { type Database, messageOf, openDatabase, ownName } from "./driver.js";

/** Takes the lock for `path`; closing what is returned gives it back. Throws `store_unusable` when another process has it. */
export async function own(path: string): Promise<Pick<Database, "close">> {
  if (path === ":memory:") return { close: () => undefined };
  const lock = await openDatabase(`${ownName(path)}.lock`, ["busy_timeout = 500"]);
  try {
    // A transaction that never ends and never writes: nothing but a lock, which the system drops with the process.
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    lock.close();
    throw new PaymentsError("store_unusable", `The store ${path} is in use by another process (${messageOf(cause)}).`, {
      retryable: true,
      details: { cause },
    });
  }
}
