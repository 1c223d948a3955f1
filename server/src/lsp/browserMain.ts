/// <reference lib="webworker" />
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { NEWEST } from "../postfix/release.ts";
import { clientHost } from "./clientHost.ts";
import { serve } from "./serve.ts";

// In a browser worker: messages come from whoever started it, and so do all files.
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
serve({
  connect: (options) => createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope), options),
  hostFor: clientHost,
  release: NEWEST,
});
