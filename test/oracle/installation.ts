import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Where the installed Postfix lives; its own main.cf is never read. */
export interface Installation {
  readonly daemons: string;
  readonly queue: string;
  readonly data: string;
  readonly version: string;
}

/** The tools of an administrator are not on everybody's PATH. */
export const ADMIN_ENVIRONMENT = {
  ...process.env,
  PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin:/usr/bin:/bin`,
  LC_ALL: "C",
};

/** Private mounts, network, host name, and processes that die with their first one. */
export const UNSHARE = ["unshare", "-m", "-n", "-u", "-i", "-p", "--fork", "--kill-child"] as const;

let reason: string | undefined | null = null;

/** Undefined when a real Postfix can be asked here, else the reason why not. */
export function postfixAvailable(): string | undefined {
  if (reason === null) reason = whyNot();
  return reason;
}

export function findInstallation(): Installation {
  installation ??= askPostconf();
  return installation;
}

let installation: Installation | undefined;

function askPostconf(): Installation {
  const names = ["daemon_directory", "queue_directory", "data_directory", "mail_version"];
  // The compiled-in defaults (-d), in the order asked for.
  const values = run("postconf", ["-dh", ...names])
    .trimEnd()
    .split("\n");
  const [daemons = "", queue = "", data = "", version = ""] = values;
  return { daemons, queue, data, version };
}

function whyNot(): string | undefined {
  if (process.platform !== "linux") return "a real Postfix is only asked on Linux: it takes private namespaces";
  if (process.getuid?.() !== 0) return "a real Postfix is only asked by root: it takes private namespaces";
  try {
    const { daemons, queue } = findInstallation();
    for (const file of [`${daemons}/master`, queue])
      if (!existsSync(file)) return `Postfix is not complete: no ${file}`;
  } catch {
    return "Postfix is not installed";
  }
  try {
    run(UNSHARE[0], [...UNSHARE.slice(1), "ip", "link", "set", "lo", "up"]);
  } catch (error) {
    return `no private network here: ${error instanceof Error ? error.message.trim() : String(error)}`;
  }
  return undefined;
}

function run(program: string, values: readonly string[]): string {
  return execFileSync(program, values, { env: ADMIN_ENVIRONMENT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
