// What a page gets over HTTP, and what its tests have to say.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = {
  "": "text/html", // the page itself
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/**
 * Serves `pages`, functions that make a content, and the files of `directories`, both by the address that they stand at;
 * gives what is posted to `/results` to `take`.
 */
export async function serveFiles({ pages, directories, take }) {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: server.address().port, stop: () => void server.close() };

  async function answer(request, response) {
    const { pathname } = new URL(request.url, "http://localhost"); // it holds no `..` any more
    try {
      if (request.method === "POST") return void response.end(take(await bodyOf(request)));
      const content = pages[pathname] ? await pages[pathname]() : await fileAt(decodeURIComponent(pathname));
      response.setHeader("Content-Type", TYPES[path.extname(pathname)] ?? "application/octet-stream");
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  }

  function fileAt(pathname) {
    const [, first, ...rest] = pathname.split("/");
    return readFile(path.join(directories[first], ...rest));
  }
}

async function bodyOf(request) {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text;
}
