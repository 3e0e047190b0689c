import { effect, signal, type Signal } from "@preact/signals";

const PREFIX = "tidewick.";

/** A signal that survives a reload of this tab (sessionStorage). */
export function savedSignal<Value>(name: string, initial: Value): Signal<Value> {
  const saved = signal(read(name, initial));
  effect(() => write(name, saved.value));
  return saved;
}

function read<Value>(name: string, initial: Value): Value {
  try {
    const text = sessionStorage.getItem(PREFIX + name);
    return text === null ? initial : (JSON.parse(text) as Value);
  } catch {
    return initial; // storage is closed to us, or holds what another version wrote
  }
}

function write(name: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Without storage the page works all the same; it only forgets on reload.
  }
}
