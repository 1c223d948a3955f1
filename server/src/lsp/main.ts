import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { NODE_HOST } from "../workspace/nodeHost.ts";
import { startServer } from "./server.ts";

// `--stdio`, `--node-ipc`, `--socket=N` or `--pipe=NAME` say how the editor talks to us.
startServer(createConnection(ProposedFeatures.all), NODE_HOST);
