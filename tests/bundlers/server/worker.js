import { createHandler } from "./handler.js";

let handler;

export default {
  async fetch(request) {
    handler ??= await createHandler();
    return handler(request);
  },
};
