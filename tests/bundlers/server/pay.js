import { createHandler } from "./handler.js";

const handler = await createHandler();
const path = "/services/data/v67.0/commerce/webstores/0ZE000000000001GAA/checkouts/active/payments";
const response = await handler(
  new Request(`http://127.0.0.1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ requestType: "Auth", paymentToken: "sim_ok" }),
  }),
);
console.log(JSON.stringify({ status: response.status, body: await response.json() }));
