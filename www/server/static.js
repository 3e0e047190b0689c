/** The page: files of www/dist. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { refusal } from "./http.js";
import { hardenPage } from "./page-headers.js";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));

/** Adds the page to `app`, for every address that is nobody else's. */
export function servePage(app) {
  if (!existsSync(DIST)) {
    app.get("/", () => refusal(404, "NOT_FOUND", "The page has not been built: run `make www`. The API is here."));
    return;
  }
  const files = serveStatic({ root: DIST });
  app.get("*", async (c, next) => {
    const response = await files(c, next);
    if (!(response instanceof Response)) return response;
    hardenPage(response.headers, c.req.path);
    return response;
  });
}
