/** What the groups of routes share. */
import type { Context } from "hono";
import type { Run } from "./loop.js";

/** What a request knows of itself on its way: for the log. */
export type AppEnv = { Variables: { operationId?: string } };

/** Lets the back office in, runs `work` and answers with its step. */
export type Serve = (c: Context<AppEnv>, work: () => Promise<Run>) => Promise<Response>;
