// node scripts/generate.mjs: writes the documentation and the settings that are made from the rules.
import { build } from "esbuild";
import { Buffer } from "node:buffer";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./steps.mjs";

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
console.log(`${documents.size} files are up to date.`);

/** The rules are TypeScript: bundled in memory. */
async function rules() {
  const contents = `export * from "./server/src/rules/document.ts"; export * from "./server/src/rules/settingsSchema.ts"; export { RULE_PAGES } from "./server/src/rules/index.ts";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
