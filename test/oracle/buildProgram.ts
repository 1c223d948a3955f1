import { build } from "esbuild";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Bundles main.ts, which a test starts again inside the namespaces as its worker: the test's own bundle cannot be that program,
 * it would run the tests. Called from the root of the project, as every script is.
 */
export async function buildProgram(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["test/oracle/main.ts"],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    write: false,
  });
  const program = path.resolve(".build/oracle/oracle.mjs");
  mkdirSync(path.dirname(program), { recursive: true });
  // Test files run at the same time: each writes its own and moves it into place.
  const draft = `${program}.${process.pid}`;
  writeFileSync(draft, outputFiles[0]?.contents ?? "");
  renameSync(draft, program);
  return program;
}
