/** `node www/server/main.js`: starts the demo store and says where it is. */
import { readConfig } from "./config.js";
import { startServer } from "./server.js";
import { ConfigError } from "./settings.js";

// One JSON line for each request: method, path, status, time; never a token or a body.
const log = (line) => console.log(JSON.stringify(line));

try {
  const config = readConfig(process.env);
  const server = await startServer(config, log);
  if (config.apiTokenMade) console.log(`PAYMENTS_API_TOKEN ${config.apiToken}  (made for this run; set it to keep it)`);
  console.log(`checkout-payments is at ${server.url}`);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, async () => {
      await server.close();
      process.exit(0);
    });
  }
} catch (error) {
  console.error(`error: ${explain(error)}`);
  process.exit(1);
}

function explain(error) {
  if (error instanceof ConfigError || error.name === "PaymentsError") return error.message;
  if (error.code === "EADDRINUSE") return `port ${error.port} is in use; set PORT to another.`;
  if (error.code === "EACCES") return `port ${error.port} needs more rights; set PORT to one above 1023.`;
  return error.stack ?? String(error);
}
