#!/usr/bin/env node
// Stands in for the `code` program that @vscode/test-electron starts, on a machine without a desktop: it understands the same options,
// but the workbench is a page in a headless browser and the tests run in the extension host of a VS Code server.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launchBrowser, VIEWPORT } from "./browser.mjs";
import { startServer } from "./server.mjs";

const PATIENCE = 180_000;

const { values, positionals } = parseArgs({ args: process.argv.slice(2), strict: false, allowPositionals: true });
const home = await mkdtemp(path.join(tmpdir(), "mailflow-"));
// Only with this flag does the web workbench run the tests that its address names.
const server = await startServer({ home, flags: ["--enable-smoke-test-driver"] });
const browser = await launchBrowser();
try {
  await close(await runTests());
} catch (error) {
  console.error(error);
  await close(1);
}

/** Opens the workbench on the folder; it loads the extension and the tests and at last reports their exit code. */
async function runTests() {
  const page = await browser.newPage({ viewport: VIEWPORT });
  const ended = new Promise((resolve, reject) => {
    void page.exposeFunction("codeAutomationExit", resolve);
    page.on("crash", () => reject(new Error("the page of the workbench crashed")));
    setTimeout(() => reject(new Error("the tests did not end in time")), PATIENCE).unref();
  });
  await page.exposeFunction("codeAutomationLog", () => {}); // the results file tells more
  await page.goto(address());
  return await ended;
}

function address() {
  const remote = (file) => `vscode-remote://127.0.0.1:${server.port}${toPath(file)}`;
  const payload = [
    ["extensionDevelopmentPath", remote(values.extensionDevelopmentPath)],
    ["extensionTestsPath", remote(values.extensionTestsPath)],
    ["skipWelcome", "true"],
  ];
  const address = new URL(server.url);
  address.searchParams.set("folder", toPath(positionals[0]));
  address.searchParams.set("payload", JSON.stringify(payload));
  return address.href;
}

function toPath(file) {
  return file.startsWith("file:") ? fileURLToPath(file) : path.resolve(file);
}

async function close(code) {
  await browser.close();
  await server.stop();
  if (code === 0) await rm(home, { recursive: true, force: true });
  else console.error(`VS Code's own logs are under ${home}`);
  process.exit(code);
}
