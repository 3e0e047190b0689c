// Makes pkg/dist/server/contract.js of pkg/openapi.json: a module, because no two runtimes and bundlers agree on how JSON is imported.

import { readFile, writeFile } from "node:fs/promises";

const pkg = new URL("../pkg/", import.meta.url);
const text = JSON.stringify(JSON.parse(await readFile(new URL("openapi.json", pkg), "utf8")));
await writeFile(new URL("dist/server/contract.js", pkg), `// Made of openapi.json by the build.\nexport default ${JSON.stringify(text)};\n`);
