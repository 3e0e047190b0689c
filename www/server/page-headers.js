/** What the page is sent with: a Content-Security-Policy that lets it run its own scripts and wasm, and nothing else. */

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

/** Adds the headers to the answer with the file at `path`. */
export function hardenPage(headers, path) {
  headers.set("content-security-policy", POLICY);
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("referrer-policy", "no-referrer");
  headers.set("x-content-type-options", "nosniff");
  // the bundler names assets after their content, all else may change under its name
  headers.set("cache-control", path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
}
