// A load that is bounded and cheap to make: so many keep-alive connections to the loopback, each with one request under way. With two
// processors the one that asks must cost less than the one that answers, so this is a socket and a search for the answer's end.

import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = 'content-length: ';

/** Sends what `next` gives, as bytes, until `until` (by performance.now()). Gives how many were answered, and how long each took, in ms. */
export async function load({ port, connections, next, until }) {
  const times = [];
  await Promise.all(Array.from({ length: connections }, () => converse(port, next, until, times)));
  return times;
}

/** The bytes of a POST of JSON. */
export function post(path, body, headers) {
  const lines = [`POST ${path} HTTP/1.1`, 'host: 127.0.0.1', 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`, ...headers];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function converse(port, next, until, times) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let sent = 0;
    let got = Buffer.alloc(0);
    const ask = () => {
      sent = performance.now();
      if (sent >= until) return void socket.end();
      socket.write(next());
    };
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.on('data', (chunk) => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
      const head = got.indexOf(HEAD_END);
      if (head < 0) return;
      const text = got.latin1Slice(0, head).toLowerCase();
      const at = text.indexOf(LENGTH);
      if (at < 0 || !text.startsWith('http/1.1 201')) return void socket.destroy(new Error(`not what was asked for: ${got}`));
      if (got.length < head + 4 + Number.parseInt(text.slice(at + LENGTH.length), 10)) return;
      got = got.subarray(0, 0);
      times.push(performance.now() - sent);
      ask();
    });
  });
}
