import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

/** Read the list as "may be imported by": each layer may use itself and those before it. */
const LAYERS = [
  "text",
  "postfix",
  "syntax",
  "config",
  "evaluate",
  "relay",
  "compare",
  "rules",
  "mailflow",
  "features",
  "workspace",
];
/** The heads use every layer, but not each other. */
const HEADS = ["lsp", "cli"];
/** Loads a head, and is a program of its own that imports nothing of ours. */
const STARTER = "start";
/** The packages that a layer may use; all other layers use none. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  config: ["re2js"],
  relay: ["tldts"],
  mailflow: ["re2js", "yaml"],
  rules: ["fastest-levenshtein"],
  features: ["@dagrejs/dagre", "vscode-languageserver-types"],
  workspace: ["vscode-uri"],
  lsp: ["vscode-languageserver", "vscode-uri"],
  cli: ["node:", "picocolors"],
  start: ["node:"],
};

/** The one file below the heads that needs Node. */
const NODE_HOST = "workspace/nodeHost.ts";

const ROOT = "server/src";

test("imports go one way", () => {
  const wrong = sourceFiles().flatMap((file) =>
    importsOf(file)
      .filter((target) => !allowed(file.split("/")[0] ?? "", file, target))
      .map((target) => `${file} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test("the bundles for a browser need nothing but the editor", () => {
  for (const [file, wanted] of [
    ["dist/web/extension.js", ["vscode"]],
    ["dist/web/server.js", []],
  ] as const) {
    const required = [...readFileSync(file, "utf8").matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(required)], wanted, file);
  }
});

test("every directory is a layer or a head", () => {
  const directories = new Set(sourceFiles().map((file) => file.split("/")[0] ?? ""));
  assert.deepEqual(
    [...directories].filter((name) => ![...LAYERS, ...HEADS, STARTER].includes(name)),
    [],
  );
});

test("ARCHITECTURE.md tells the layers in the order of this test", () => {
  const text = readFileSync("ARCHITECTURE.md", "utf8");
  assert.ok(text.includes(`${LAYERS.join(" → ")} → { lsp | cli }`));
});

function allowed(from: string, file: string, target: string): boolean {
  if (file === NODE_HOST && target.startsWith("node:")) return true;
  if (!target.startsWith(".")) return (PACKAGES[from] ?? []).some((name) => target.startsWith(name));
  const [to = ""] = path.posix.join(path.posix.dirname(file), target).split("/");
  if (to === from) return true;
  return LAYERS.includes(to) && (HEADS.includes(from) || LAYERS.indexOf(to) < LAYERS.indexOf(from));
}

function sourceFiles(): readonly string[] {
  return readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts"));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  const statements = /^(?:import|export|\})[^;"']*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...text.matchAll(statements)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? "");
}
