import { render } from "preact";
import { loadCore } from "./api/core";
import { loadStore } from "./api/store";
import "./styles/index.css";

const root = document.getElementById("app");
if (!root) throw new Error("the page has no #app");

try {
  // The form asks the core about every keystroke, so the core comes first.
  await Promise.all([loadStore(), loadCore()]);
  const { App } = await import("./app");
  render(<App />, root);
} catch (error) {
  render(
    <main class="broken">
      <h1>The store could not open</h1>
      <p>The payments core or the store did not answer: {error instanceof Error ? error.message : String(error)}. Reload the page to try again.</p>
    </main>,
    root,
  );
}
