// Bundles the extension, the language server and the command line into dist/, and with --tests every test file into .build/.
import { build } from "esbuild";
import { readdirSync } from "node:fs";
import path from "node:path";

const COMMON = { bundle: true, platform: "node", target: "node20", sourcemap: true, logLevel: "warning" };
// Bundled CommonJS packages call require() for Node's built-in modules; an ES module has to make its own.
const REQUIRE = {
  js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
};
const PAGE = { format: "iife", platform: "browser", target: "es2022" };
const minify = process.argv.includes("--minify");

const jobs = [
  { entryPoints: ["client/src/extension.ts"], outfile: "dist/extension.cjs", format: "cjs", external: ["vscode"] },
  { entryPoints: ["server/src/lsp/main.ts"], outfile: "dist/server.cjs", format: "cjs" },
  // The page of the mail flow picture.
  { entryPoints: ["client/src/picture/page.ts"], outfile: "dist/picture.js", ...PAGE },
  // The page of the Mail Flow view runs in a webview.
  {
    entryPoints: [
      { in: "client/src/view/page/page.ts", out: "view" },
      { in: "client/src/view/page/view.css", out: "view" },
    ],
    outdir: "dist",
    ...PAGE,
  },
  // Asks the installed Postfix for `test --live`.
  { entryPoints: ["test/oracle/main.ts"], outfile: "dist/oracle.js", format: "esm", banner: REQUIRE },
  { entryPoints: ["server/src/cli/main.ts"], outfile: "dist/cli.js", format: "esm", banner: REQUIRE },
];
if (process.argv.includes("--tests")) jobs.push(...testJobs());
await Promise.all(jobs.map((job) => build({ ...COMMON, minify, ...job })));

/** One bundle per test file; packages stay outside, so that a stack trace names our own lines. */
function testJobs() {
  const files = readdirSync("test", { recursive: true }).filter((file) => file.endsWith(".test.ts"));
  const inExtensionHost = (file) => file.startsWith(`extension${path.sep}`);
  const common = {
    outdir: ".build/test",
    outbase: "test",
    packages: "external",
    define: { "import.meta.projectRoot": JSON.stringify(process.cwd()) },
  };
  return [
    {
      ...common,
      entryPoints: inTest(files.filter((file) => !inExtensionHost(file))),
      format: "esm",
      outExtension: { ".js": ".mjs" },
    },
    // VS Code's extension host loads CommonJS.
    { ...common, entryPoints: inTest(files.filter(inExtensionHost)), format: "cjs", outExtension: { ".js": ".cjs" } },
  ];
}

function inTest(files) {
  return files.map((file) => path.join("test", file));
}
