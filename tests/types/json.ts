// The JSON files. `node16` can't say how an ECMAScript module imports them, so it does not compile this one. Compiled, never run.

import contract from "checkout-payments/openapi.json" with { type: "json" };
import manifest from "checkout-payments/package.json" with { type: "json" };

export const version: string = manifest.version;
export const path: string = contract.openapi;
