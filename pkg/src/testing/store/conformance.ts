/** What any store must pass. */
import { bind, type Case } from "../case.js";
import { commitChecks } from "./commits.js";
import { findingChecks } from "./finding.js";
import type { StoreConformanceOptions } from "./harness.js";
import { recordChecks } from "./records.js";
import { StoreWorld } from "./world.js";

/** The cases for a store. Throws a `TypeError` when `cannot` names no case and nothing that one needs. */
export function storeConformance(options: StoreConformanceOptions): Case[] {
  const checks = [commitChecks, findingChecks, recordChecks].flat();
  return bind(options, checks, () => StoreWorld.open(options));
}
