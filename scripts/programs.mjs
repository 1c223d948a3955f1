// Bundles programs that server/src/start starts.
import { build, transform } from "esbuild";
import { writeFileSync } from "node:fs";
import path from "node:path";

/** How the names of the files begin that the programs load when they need them. */
const PART = "part-";
/** What CommonJS has in place of `import.meta`. */
const PLACE = { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" };
/** Packages that work when they are loaded, and that few starts need: something of them has to be used first. */
const ON_DEMAND = /^(?:tldts|re2js)$/;

/**
 * Bundles programs, an entry for each name, with what they share; what only some of their requests and commands need
 * are parts of their own, and so are packages on demand. Each part is a function that gets what it uses of Node's modules;
 * server/src/start loads them.
 */
export async function bundlePrograms(entries, outdir, options) {
  const packages = new Set();
  const common = {
    ...options,
    outdir,
    format: "esm",
    minify: false, // not before the parts are functions
    sourcemap: "inline",
    write: false,
  };
  const { metafile, outputFiles } = await build({
    ...common,
    plugins: [onDemand(packages)],
    entryPoints: Object.entries(entries).map(([out, file]) => ({ in: file, out })),
    splitting: true,
    entryNames: `${PART}[name]-[hash]`,
    chunkNames: `${PART}[hash]`,
    metafile: true,
  });
  const { outputFiles: packageFiles } = await build({
    ...common,
    mainFields: ["module", "main"], // as a module, a package says what it gives
    entryPoints: [...packages],
    entryNames: `${PART}[name]`,
  });
  const outputs = Object.entries(metafile.outputs);
  const starters = Object.entries(entries).map(([name, entry]) => {
    const [firstPart] = outputs.find(([, { entryPoint }]) => entryPoint === entry);
    return starter(path.join(outdir, `${name}.js`), path.basename(firstPart), options);
  });
  await Promise.all([...[...outputFiles, ...packageFiles].map((output) => writePart(output, options)), ...starters]);
}

/**
 * In place of a package, a module that has everything under the same name, and loads the part of the package when it is
 * asked for it. Notes which packages there are.
 */
const onDemand = (packages) => ({
  name: "on-demand",
  setup({ onResolve, onLoad }) {
    const namespace = "on-demand";
    onResolve({ filter: ON_DEMAND }, ({ path: name, kind }) =>
      kind === "import-statement" ? { path: name, namespace } : undefined,
    );
    onResolve({ filter: /^/, namespace }, ({ path: part }) => ({ path: part, external: true }));
    onLoad({ filter: ON_DEMAND, namespace }, async ({ path: name }) => {
      packages.add(name);
      const getters = Object.keys(await import(name)).map((key) => `get ${key}() { return all().${key}; },`);
      const load = `let loaded; const all = () => (loaded ??= require("./${PART}${name}.js"));`;
      return { contents: `${load}\nmodule.exports = {\n${getters.join("\n")}\n};` };
    });
  },
});

async function writePart({ path: file, text }, { minify, target }) {
  const { code, map } = await transform(withPlainNames(text), {
    format: "cjs",
    platform: "node",
    target,
    minify,
    sourcemap: true,
    sourcefile: path.basename(file),
    define: PLACE,
    supported: { "dynamic-import": false },
    banner: "(function (module, require, __filename, __dirname) {",
    footer: "})",
  });
  writeFileSync(file, `${code}//# sourceMappingURL=${path.basename(file)}.map\n`);
  writeFileSync(`${file}.map`, map);
}

/**
 * What parts give each other, as values under names: esbuild would read each through two getters, whenever it is used.
 * That is enough, as no part waits for one that waits for it, and what is given does not change. Lines stay what they are.
 */
function withPlainNames(text) {
  const named = (names) => names.replace(/(\S+) as (\S+?)(?=,?\n)/g, "$1: $2");
  const given = (names) => names.replace(/(\S+) as (\S+?)(?=,?\n)/g, "$2: $1");
  return text
    .replace(
      /^import \{(\n[^}]*)\} from ("\.\/[^"]+");$/gm,
      (_, names, part) => `const {${named(names)}} = require(${part});`,
    )
    .replace(/^export \{(\n[^}]*)\};$/m, (_, names) => `module.exports = {${given(names)}};`);
}

/** The program that a person or an editor starts. */
function starter(outfile, firstPart, options) {
  return build({
    ...options,
    entryPoints: ["server/src/start/start.ts"],
    outfile,
    format: "cjs",
    define: { FIRST_PART: JSON.stringify(firstPart), ...PLACE },
    banner: { js: "#!/usr/bin/env node" },
  });
}
