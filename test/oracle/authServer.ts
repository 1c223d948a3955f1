import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

export const PASSWORD = "secret";

const GREETING = [
  "VERSION\t1\t1",
  "MECH\tPLAIN\tplaintext",
  "MECH\tLOGIN\tplaintext",
  "SPID\t1",
  "CUID\t1",
  "COOKIE\t0123456789abcdef0123456789abcdef",
  "DONE",
];

/** A Dovecot authentication server (xsasl_dovecot_server.c) that knows every user, with one password. */
export async function startAuthServer(path: string): Promise<void> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.write(`${GREETING.join("\n")}\n`);
    createInterface({ input: socket }).on("line", (line) => {
      if (line.startsWith("AUTH\t")) socket.write(verdict(line.split("\t")));
    });
  });
  server.listen({ path, readableAll: true, writableAll: true });
  await once(server, "listening");
}

function verdict(fields: readonly string[]): string {
  const response = fields.find((field) => field.startsWith("resp="))?.slice("resp=".length) ?? "";
  const [, user = "", password] = Buffer.from(response, "base64").toString().split("\0");
  return `${password === PASSWORD ? "OK" : "FAIL"}\t${fields[1] ?? ""}\tuser=${user}\n`;
}
