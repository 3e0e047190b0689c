// Between us and a server: passes all on, but for the answers that a test wants lost; and can be away altogether.

import { once } from "node:events";
import { createServer } from "node:http";

/** Starts it before `target`. */
export async function lossyProxy(target) {
  const losses = [];
  const seen = [];
  const server = createServer(async (request, response) => {
    const name = `${request.method} ${request.url}`;
    seen.push({ name, headers: request.headers });
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await fetch(target + request.url, {
      method: request.method,
      headers: { authorization: request.headers.authorization ?? "", "content-type": request.headers["content-type"] ?? "" },
      ...(request.method === "GET" ? {} : { body: Buffer.concat(chunks) }),
    });
    const text = await answer.text();
    const lost = losses.findIndex((pattern) => pattern.test(name));
    if (lost >= 0) {
      losses.splice(lost, 1);
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
  });
  const listen = async (port) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  await listen(0);
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}`,
    /** What came by. */
    seen,
    /** The answer to the next request of this name (`POST /v1/refunds`) gets lost, after the request was passed on. */
    loseAnswerTo: (pattern) => void losses.push(pattern),
    /** Nobody listens at its address. */
    pause: close,
    resume: () => listen(port),
    stop: close,
  };
}
