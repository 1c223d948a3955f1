/// <reference lib="webworker" />
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { NEWEST } from "../postfix/release.ts";
import { clientHost } from "./clientHost.ts";
import { startServer } from "./server.ts";

// In a browser worker: messages come from whoever started it, and so do all files.
const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startServer(connection, clientHost(connection), NEWEST);
