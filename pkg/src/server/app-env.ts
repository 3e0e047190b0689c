/** What the groups of routes share. */
import type { Context } from "hono";
import type { Run } from "./loop.js";

/** What a request knows of itself on its way: for the log, and whether its answer has the headers that every answer has. */
export type AppEnv = { Variables: { operationId?: string; hardened?: boolean } };

/** Lets the back office in, runs `work` and answers with its step. */
export type Serve = (c: Context<AppEnv>, work: () => Promise<Run>) => Promise<Response>;
