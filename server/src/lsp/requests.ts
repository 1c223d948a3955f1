import { servicesOf } from "../config/services.ts";
import { presets } from "../features/presets.ts";
import { traceDocument } from "../features/traceDocument.ts";
import type { Found } from "../workspace/workspace.ts";
import { compareVersions } from "./compareVersions.ts";
import type { Requests, TraceParams, TraceResult } from "./protocol.ts";
import type { Server } from "./server.ts";

/** Answers the requests that only our own client makes. */
export function connectRequests(server: Server): void {
  const { workspace, watching, guard } = server;
  answer(server, "postfixMailflow/trace", async (params) => {
    const found = await workspace.find(params.uri);
    // The trace is made anew when one of its files changes, also when none of them is open.
    void guard("watching files", () => watching.update());
    return found ? traced(found, params) : null;
  });
  answer(server, "postfixMailflow/presets", async ({ uri }) => {
    const found = await workspace.find(uri);
    return found ? presets(found.project) : null;
  });
  answer(server, "postfixMailflow/services", async ({ uri }) => {
    const found = await workspace.find(uri);
    return found ? servicesOf(found.project).map(({ name }) => name) : null;
  });
  answer(server, "postfixMailflow/compare", async ({ uri, before }) => {
    const found = await workspace.find(uri);
    return found ? compareVersions(found, before) : null;
  });
  answer(server, "postfixMailflow/languageOf", async ({ uri, text }) => {
    return (await workspace.languageOf(uri, text)) ?? null;
  });
}

function answer<Method extends keyof Requests>(
  { connection, guard }: Server,
  method: Method,
  handle: (params: Requests[Method]["params"]) => Promise<Requests[Method]["result"]>,
): void {
  connection.onRequest(method, (params: Requests[Method]["params"]) => guard(method, () => handle(params)));
}

function traced({ source, project }: Found, params: TraceParams): TraceResult {
  const preset = presets(project).find(({ title }) => title === params.preset);
  const message = params.message ?? preset?.message;
  const files = Object.fromEntries(
    [...project.files.keys()].flatMap((file) => {
      const uri = source.uriOf(file);
      return uri === undefined ? [] : [[file, uri]];
    }),
  );
  if (!message)
    return { text: `There is no message \`${params.preset ?? ""}\` for this configuration\n`, json: null, files };
  const service = params.service ?? preset?.service;
  const { text, json = null } = traceDocument(project, { message, service, answers: params.answers });
  return { text, json, files, message };
}
