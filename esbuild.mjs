// Bundles the extension, the language server and the command line into dist/, and with --tests every test file into .build/.
import { build } from "esbuild";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { bundlePrograms } from "./scripts/programs.mjs";

const COMMON = { bundle: true, platform: "node", target: "node20", sourcemap: true, logLevel: "warning" };
// Bundled CommonJS packages call require() for Node's built-in modules; an ES module has to make its own.
const REQUIRE = {
  js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
};
const PAGE = { format: "iife", platform: "browser", target: "es2022" };
const minify = process.argv.includes("--minify");

const jobs = [
  { entryPoints: ["client/src/extension.ts"], outfile: "dist/extension.cjs", format: "cjs", external: ["vscode"] },
  ...webJobs(),
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
  { entryPoints: ["test/oracle/main.ts"], outfile: "dist/oracle.mjs", format: "esm", banner: REQUIRE },
];
if (process.argv.includes("--tests")) jobs.push(...testJobs());
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
await Promise.all([...jobs.map((job) => build({ ...COMMON, minify, ...job })), programs()]);

/** The server and the command line, with what they share. */
function programs() {
  const entries = { server: "server/src/lsp/main.ts", cli: "server/src/cli/main.ts" };
  return bundlePrograms(entries, "dist", { ...COMMON, minify });
}

/** The extension and its server for a browser. A built-in module of Node fails the build; the debug adapter gets what it needs of two. */
function webJobs() {
  const common = {
    platform: "browser",
    target: "es2022",
    external: ["vscode"],
    alias: { events: "./client/src/web/events.ts", url: "./client/src/web/url.ts" },
  };
  return [
    { ...common, entryPoints: ["client/src/web/extension.ts"], outfile: "dist/web/extension.js", format: "cjs" },
    { ...common, entryPoints: ["server/src/lsp/browserMain.ts"], outfile: "dist/web/server.js", format: "iife" },
  ];
}

/** One bundle per test file; packages stay outside, so that a stack trace names our own lines. */
function testJobs() {
  const files = readdirSync("test", { recursive: true }).filter((file) => file.endsWith(".test.ts"));
  const inExtensionHost = (file) => file.startsWith(`extension${path.sep}`);
  const inBrowser = (file) => file.startsWith(`web${path.sep}`);
  const common = {
    outdir: ".build/test",
    outbase: "test",
    packages: "external",
    define: { "import.meta.projectRoot": JSON.stringify(process.cwd()) },
  };
  return [
    {
      ...common,
      entryPoints: inTest(files.filter((file) => !inExtensionHost(file) && !inBrowser(file))),
      format: "esm",
      outExtension: { ".js": ".mjs" },
    },
    // VS Code's extension host loads CommonJS.
    { ...common, entryPoints: inTest(files.filter(inExtensionHost)), format: "cjs", outExtension: { ".js": ".cjs" } },
    suitesForBrowser(files.filter((file) => inExtensionHost(file) || inBrowser(file))),
  ];
}

/** All suites of the extension in one file, with what they need of Node and mocha. */
function suitesForBrowser(files) {
  const support = "./test/support/vscode/web";
  const imports = inTest(files).map((file) => `import "./${file.replaceAll(path.sep, "/")}";`);
  return {
    stdin: { contents: [`export { run } from "${support}/mocha.mjs";`, ...imports].join("\n"), resolveDir: "." },
    outfile: ".build/test/web/suites.js",
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
    alias: { "node:assert/strict": `${support}/assert.mjs`, mocha: `${support}/mocha.mjs` },
  };
}

function inTest(files) {
  return files.map((file) => path.join("test", file));
}
