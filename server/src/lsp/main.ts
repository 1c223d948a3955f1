import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { isRelease, NEWEST, type Release } from "../postfix/release.ts";
import { NODE_HOST } from "../workspace/nodeHost.ts";
import { startServer } from "./server.ts";

// `--stdio`, `--node-ipc`, `--socket=N` or `--pipe=NAME` say how the editor talks to us.
startServer(createConnection(ProposedFeatures.all), NODE_HOST, releaseOf(process.argv) ?? NEWEST);

/** What `--postfix-version X.Y` says; the command line has checked it. */
function releaseOf(args: readonly string[]): Release | undefined {
  const given = /--postfix-version[= ](\d+\.\d+)/.exec(args.join(" "))?.[1];
  return given !== undefined && isRelease(given) ? given : undefined;
}
