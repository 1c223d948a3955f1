// What a browser asks of other machines: all of it, from whatever worker or frame, goes to a proxy, which notes and refuses it.
import { createServer } from "node:http";

/** Whom Chromium itself asks: about updates, signing in and forms. */
const ASKED_BY_THE_BROWSER =
  /^(update|content-autofill|optimizationguide-pa)\.googleapis\.com$|^accounts\.google\.com$/;

/** Starts the proxy. `hosts` are those that were asked so far. */
export async function noteForeignHosts() {
  const hosts = new Set();
  const note = ({ hostname }) => {
    if (!ASKED_BY_THE_BROWSER.test(hostname)) hosts.add(hostname);
  };
  const server = createServer((request, response) => {
    note(new URL(request.url));
    response.writeHead(403).end();
  });
  server.on("connect", (request, socket) => {
    note(new URL(`https://${request.url}`));
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { hosts, address: `http://127.0.0.1:${server.address().port}`, stop: () => void server.close() };
}
