// A server for the files of a web extension, and for what its tests have to say.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = { ".css": "text/css", ".js": "text/javascript", ".json": "application/json" };

/** Serves the files of a directory to any page of this machine; gives what is posted to `/results` to `take`. */
export async function serveFiles(directory, take = () => {}) {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://localhost:${server.address().port}`, stop: () => server.close() };

  async function answer(request, response) {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (request.method === "POST") {
      take(await bodyOf(request));
      response.end();
      return;
    }
    const file = path.join(directory, decodeURIComponent(pathname)); // the URL holds no `..` any more
    try {
      const content = await readFile(file);
      response.setHeader("Content-Type", TYPES[path.extname(file)] ?? "text/plain");
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  }
}

async function bodyOf(request) {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text;
}
