/// <reference lib="webworker" />
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { NEWEST } from "../postfix/release.ts";
import { clientHost } from "./clientHost.ts";
import { startServer } from "./server.ts";

// In a browser worker: messages come from whoever started it, and so do all files.
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
startServer(connection, clientHost(connection), NEWEST);
