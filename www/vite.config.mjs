import { defineConfig } from "vite";

// The page is served under a strict CSP, so nothing may be inlined: every asset, the wasm too, stays a file of its own.
export default defineConfig({
  build: {
    outDir: "dist",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
