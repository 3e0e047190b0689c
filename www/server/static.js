/** The page: files of www/dist under a Content-Security-Policy that lets it run its own scripts and wasm, and nothing else. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { refusal } from "./http.js";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

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
    response.headers.set("content-security-policy", POLICY);
    response.headers.set("cross-origin-opener-policy", "same-origin");
    response.headers.set("referrer-policy", "no-referrer");
    response.headers.set("x-content-type-options", "nosniff");
    // the bundler names assets after their content, all else may change under its name
    response.headers.set("cache-control", c.req.path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    return response;
  });
}
