import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { isRelease, NEWEST, type Release } from "../postfix/release.ts";
import type { Host } from "../workspace/host.ts";
import { NODE_HOST } from "../workspace/nodeHost.ts";
import { clientHost } from "./clientHost.ts";
import { serve } from "./serve.ts";

// `--stdio`, `--node-ipc`, `--socket=N` or `--pipe=NAME` say how the editor talks to us.
serve({
  connect: (options) => createConnection(ProposedFeatures.all, options),
  hostFor: (connection) => diskOr(clientHost(connection)),
  release: releaseOf(process.argv) ?? NEWEST,
});

/** The disk, and another host for what is not there: the folders of an editor's workspace can be anywhere. */
function diskOr(other: Host): Host {
  const hostOf = (directory: string): Host => (directory.startsWith("file:") ? NODE_HOST : other);
  return {
    read: (directory, name) => hostOf(directory).read(directory, name),
    list: (directory) => hostOf(directory).list(directory),
    watch: (directory, changed) => hostOf(directory).watch?.(directory, changed),
  };
}

/** What `--postfix-version X.Y` says; the command line has checked it. */
function releaseOf(args: readonly string[]): Release | undefined {
  const given = /--postfix-version[= ](\d+\.\d+)/.exec(args.join(" "))?.[1];
  return given !== undefined && isRelease(given) ? given : undefined;
}
