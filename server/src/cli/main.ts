import { createRequire } from "node:module";
import { parseOptions, releaseFrom } from "./options.ts";
import { SERVER_USAGE, USAGE, UsageError, WRONG_USE } from "./usage.ts";
import { own } from "../text/own.ts";
import { isTooDeep } from "../text/tooDeep.ts";

type Command = (args: readonly string[]) => Promise<number>;

/** The commands by name, each loaded when it is called. Each gets its arguments and returns the exit status. */
const COMMANDS: Readonly<Partial<Record<string, () => Promise<Command>>>> = {
  check: async () => (await import("./check.ts")).check,
  trace: async () => (await import("./trace.ts")).trace,
  relay: async () => (await import("./relay.ts")).relay,
  diff: async () => (await import("./diff.ts")).diff,
  test: async () => (await import("./test.ts")).test,
  graph: async () => (await import("./graph.ts")).graph,
  explain: async () => (await import("./explainName.ts")).explainName,
  server: () => Promise.resolve(startServer),
};

/** What the system says about a file that a call names. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  ENOTDIR: "no such file or directory",
  EISDIR: "is a directory",
  EACCES: "permission denied",
};

// A reader that has seen enough, such as `head`, closes the pipe: that is no mistake of anybody's.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

void run(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "help") {
    process.stdout.write(USAGE);
    return name === undefined ? WRONG_USE : 0;
  }
  const command = own(COMMANDS, name);
  try {
    if (!command) throw new UsageError(`unknown command \`${name}\`; see postfix-mailflow --help`);
    return await (
      await command()
    )(args);
  } catch (error) {
    process.stderr.write(`postfix-mailflow: ${complaint(error)}\n`);
    return WRONG_USE;
  }
}

/** One line for what the caller can mend; everything for what we have to. */
function complaint(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isTooDeep(error)) return "classes or tables of this configuration are nested too deep";
  const { code, path } = error as NodeJS.ErrnoException;
  if (path !== undefined && code !== undefined) return `${path}: ${SYSTEM_ERRORS[code] ?? error.message}`;
  const isExpected = error instanceof UsageError || code !== undefined;
  return isExpected ? error.message : (error.stack ?? error.message);
}

/** The language server is a program of its own beside this one; it takes over the connection. */
async function startServer(args: readonly string[]): Promise<number> {
  // Editors add the identity of their own process.
  const { values, positionals } = parseOptions(args, {
    stdio: { type: "boolean" },
    clientProcessId: { type: "string" },
  });
  if (values.help) {
    process.stdout.write(SERVER_USAGE);
    return 0;
  }
  if (positionals[0] !== undefined) throw new UsageError(`server takes no argument \`${positionals[0]}\``);
  if (!values.stdio) throw new UsageError("the server needs --stdio");
  releaseFrom(values["postfix-version"]);
  createRequire(import.meta.filename)("./server.js");
  return new Promise(() => {
    // The server ends the process when its client goes away.
  });
}
