// docs/packaging.md shows what is tested, word for word, and the versions it is tested with.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { RECIPE_FILES, RECIPES } from "./recipes.mjs";

const text = (path) => readFile(new URL(path, import.meta.url), "utf8");
const document = await text("../../docs/packaging.md");
const manifest = async (name) => JSON.parse(await text(`../../node_modules/${name}/package.json`));

test("every command and every file of a recipe", async () => {
  for (const command of Object.values(RECIPES)) assert.ok(document.includes(`\n${command}\n`), command);
  for (const file of RECIPE_FILES) assert.ok(document.includes(`\n${await text(file)}\`\`\``), file);
});

test("the versions", async () => {
  for (const [shown, name] of [["Vite, build", "vite"], ["Vite, development server", "vite"], ["webpack", "webpack"], ["esbuild", "esbuild"], ["Rollup", "rollup"]]) {
    assert.ok(document.includes(`\n| ${shown} | ${(await manifest(name)).version} |`), shown);
  }
  assert.ok(document.includes(`TypeScript ${(await manifest("typescript")).version}`), "TypeScript");
  const tools = await text("../../tools/wasm-pack/Cargo.toml");
  assert.ok(document.includes(`wasm-pack ${/wasm-pack = "=([^"]+)"/.exec(tools)[1]}`), "wasm-pack");
});
