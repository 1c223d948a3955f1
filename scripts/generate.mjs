// node scripts/generate.mjs: writes the documentation and the settings that are made from the rules.
import { build } from "esbuild";
import { Buffer } from "node:buffer";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./steps.mjs";

/** The flag of a rule that a registry made. */
const REGISTRIES = 1;

// The rules read it.
writeFileSync(path.join(root, "server/src/relay/publicSuffixes.txt"), await publicSuffixes());
const { generatedDocuments, withRuleSettings, withRuleTable, RULE_PAGES } = await rules();
const documents = new Map(generatedDocuments(RULE_PAGES));
const readme = path.join(root, "README.md");
if (existsSync(readme)) documents.set("README.md", withRuleTable(readFileSync(readme, "utf8"), RULE_PAGES));
const manifest = readFileSync(path.join(root, "package.json"), "utf8");
documents.set("package.json", withRuleSettings(manifest, RULE_PAGES));

const directory = path.join(root, "docs/rules");
mkdirSync(directory, { recursive: true });
for (const name of readdirSync(directory)) if (!documents.has(`docs/rules/${name}`)) rmSync(path.join(directory, name));
for (const [file, text] of documents) writeFileSync(path.join(root, file), text);
console.log(`${documents.size + 1} files are up to date.`);

function rules() {
  return bundled(
    `export * from "./server/src/rules/document.ts"; export * from "./server/src/rules/settingsSchema.ts"; export { RULE_PAGES } from "./server/src/rules/index.ts";`,
  );
}

/**
 * The public suffixes that registries have, of the list that the package tldts brings: a line for each top-level domain,
 * with the rules below it. A text costs nothing when a program starts; the tables of the package have to be made.
 */
async function publicSuffixes() {
  const list = await bundled(`export * from "./node_modules/tldts/dist/es6/src/data/trie.js";`);
  const { nodeFlags, edgeStart, edgeLength, edgeChild, labelText } = list;
  const ends = [];
  for (const length of edgeLength) ends.push((ends.at(-1) ?? 0) + length);
  const rulesAt = (node, behind) => [
    ...(nodeFlags[node] & REGISTRIES && behind.length > 0 ? [behind.join(".")] : []),
    ...Array.from({ length: edgeStart[node + 1] - edgeStart[node] }, (_, at) => edgeStart[node] + at).flatMap((edge) =>
      rulesAt(edgeChild[edge], [labelText.slice(ends[edge] - edgeLength[edge], ends[edge]), ...behind]),
    ),
  ];
  const lines = new Map();
  for (const rule of [...rulesAt(list.rulesRoot, []), ...rulesAt(list.exceptionsRoot, []).map((name) => `!${name}`)]) {
    const [, below = "", top] = /^(?:(.*)\.)?([^.]+)$/.exec(rule);
    lines.set(top, [...(lines.get(top) ?? []), ...(below === "" ? [] : [below])]);
  }
  return ["", ...[...lines].map(([top, rules]) => [`${top}:`, ...rules.sort()].join(" ")).sort(), ""].join("\n");
}

/** TypeScript and packages, bundled in memory. */
async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
