import { oneOf, parseOptions, releaseFrom } from "./options.ts";
import { askLive } from "./live.ts";
import { runTestFile, type RanFile } from "./runTestFile.ts";
import { terminalStyle } from "./terminal.ts";
import { findTestFiles } from "./testFiles.ts";
import { countsOf, testGithub, testJson, testJunit } from "./testFormats.ts";
import { coverageText, testText } from "./testText.ts";
import { TEST_USAGE, UsageError, WRONG_USE } from "./usage.ts";
import { nextChange } from "./nextChange.ts";

const OPTIONS = {
  format: { type: "string" },
  coverage: { type: "boolean" },
  live: { type: "boolean" },
  watch: { type: "boolean" },
} as const;

/** `test`: runs mail-flow tests. */
export async function test(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (values.help) {
    process.stdout.write(TEST_USAGE);
    return 0;
  }
  const settings: Settings = {
    targets: positionals.length > 0 ? positionals : ["."],
    format: oneOf("format", values.format ?? "text", ["text", "json", "junit", "github"]),
    version: values["postfix-version"],
    withCoverage: values.coverage ?? false,
    isLive: values.live ?? false,
  };
  releaseFrom(settings.version);
  if (values.watch) return watch(settings);
  return statusOf(await runAll(settings));
}

interface Settings {
  readonly targets: readonly string[];
  readonly format: "text" | "json" | "junit" | "github";
  readonly version: string | undefined;
  readonly withCoverage: boolean;
  readonly isLive: boolean;
}

/** Runs the tests and prints what came of them. */
async function runAll({ targets, format, version, withCoverage, isLive }: Settings): Promise<readonly RanFile[]> {
  const files: RanFile[] = [];
  for (const file of findTestFiles(targets)) files.push(await runTestFile(file, version));
  const ran = isLive ? askLive(files) : files;
  switch (format) {
    case "text":
      process.stdout.write(testText(ran, terminalStyle()));
      if (withCoverage) process.stdout.write(coverageText(ran, terminalStyle()));
      break;
    case "json":
      process.stdout.write(testJson(ran));
      break;
    case "junit":
      process.stdout.write(testJunit(ran));
      break;
    case "github":
      process.stdout.write(testGithub(ran));
      break;
  }
  return ran;
}

/** 0: all passed, 1: some failed, 2: some could not be run. */
function statusOf(files: readonly RanFile[]): number {
  const { failed, errors } = countsOf(files);
  if (errors > 0) return WRONG_USE;
  return failed > 0 ? 1 : 0;
}

/** Runs the tests again whenever one of their files changes. Ends when the user ends it. */
async function watch(settings: Settings): Promise<number> {
  let directories: readonly string[] = [];
  for (;;) {
    // What changes while the tests run makes them run again, too.
    const change = nextChange([...settings.targets, ...directories]);
    try {
      directories = (await runAll(settings)).map(({ directory }) => directory);
    } catch (error) {
      // Half an edit: what is wrong is said, and the next change may mend it.
      if (!(error instanceof UsageError)) throw error;
      process.stderr.write(`postfix-mailflow: ${error.message}\n`);
    }
    await change;
    process.stdout.write("\n");
  }
}
