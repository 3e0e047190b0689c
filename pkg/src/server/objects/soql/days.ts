/** Date literals: the span of time that each names, in UTC. Weeks begin on Sunday. */

/** From its first millisecond to the first after it. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

type Unit = "DAY" | "WEEK" | "MONTH" | "QUARTER" | "YEAR";

const MAX_COUNT = 9999;
const DAY_MS = 86_400_000;

/** The span of a date literal (`TODAY`, `LAST_N_DAYS:3`); undefined for one that is not known. */
export function spanOf(literal: string, now: number): Span | undefined {
  const [name = "", digits] = literal.toUpperCase().split(":");
  const count = digits === undefined ? 0 : Number(digits);
  if (!Number.isInteger(count) || count < 0 || count > MAX_COUNT) return undefined;
  const span = digits === undefined ? plain(name) : counted(name, count);
  if (span === undefined) return undefined;
  const from = start(span.unit, now, span.from);
  const to = start(span.unit, now, span.to);
  return from === undefined || to === undefined ? undefined : { from, to };
}

interface Offsets {
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
}

function plain(name: string): Offsets | undefined {
  const days: Record<string, Offsets> = {
    YESTERDAY: { unit: "DAY", from: -1, to: 0 },
    TODAY: { unit: "DAY", from: 0, to: 1 },
    TOMORROW: { unit: "DAY", from: 1, to: 2 },
    LAST_90_DAYS: { unit: "DAY", from: -90, to: 1 },
    NEXT_90_DAYS: { unit: "DAY", from: 1, to: 91 },
  };
  const [, which, unit] = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name) ?? [];
  if (which === undefined) return days[name];
  const from = which === "LAST" ? -1 : which === "THIS" ? 0 : 1;
  return { unit: unit as Unit, from, to: from + 1 };
}

function counted(name: string, count: number): Offsets | undefined {
  const [, unitAgo] = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(name) ?? [];
  if (unitAgo !== undefined) return { unit: unitAgo as Unit, from: -count, to: 1 - count };
  const [, which, unit] = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(name) ?? [];
  if (which === undefined) return undefined;
  if (which === "NEXT") return { unit: unit as Unit, from: 1, to: count + 1 };
  // The last days go on until now; the last weeks, months … end with the one before this.
  return { unit: unit as Unit, from: -count, to: unit === "DAY" ? 1 : 0 };
}

/** The first moment of the unit that is so many units from the present one. */
function start(unit: Unit, now: number, offset: number): string | undefined {
  const today = new Date(now);
  const [year, month, day] = [today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()];
  const midnight = Date.UTC(year, month, day);
  const times: Record<Unit, number> = {
    DAY: midnight + offset * DAY_MS,
    WEEK: midnight - today.getUTCDay() * DAY_MS + offset * 7 * DAY_MS,
    MONTH: Date.UTC(year, month + offset),
    QUARTER: Date.UTC(year, month - (month % 3) + offset * 3),
    YEAR: Date.UTC(year + offset, 0),
  };
  const time = new Date(times[unit]);
  const isWritable = Number.isFinite(time.getTime()) && time.getUTCFullYear() >= 0 && time.getUTCFullYear() <= 9999;
  return isWritable ? time.toISOString() : undefined;
}
