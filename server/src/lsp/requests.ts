import type { Project } from "../config/project.ts";
import { servicesOf } from "../config/services.ts";
import { complaintAbout } from "../evaluate/caseShape.ts";
import { messageFromText } from "../features/messageFromText.ts";
import { presets } from "../features/presets.ts";
import { relayVerdicts } from "../features/relayVerdicts.ts";
import { traceDocument } from "../features/traceDocument.ts";
import type { Found } from "../workspace/workspace.ts";
import { locationOf, settled, urisOf } from "./feature.ts";
import type { Requests, TraceParams, TraceResult } from "./protocol.ts";
import type { Server } from "./server.ts";

/** Answers the requests that only our own client makes. What needs much code is loaded when it is asked for. */
export function connectRequests(server: Server): void {
  const { workspace, watching, guard } = server;
  connectPictures(server);
  connectTests(server);
  answer(server, "postfixMailflow/trace", async (params) => {
    const found = await workspace.find(params.uri);
    // The trace is made anew when one of its files changes, also when none of them is open.
    void guard("watching files", () => watching.update());
    return found ? traced(server, found, params) : null;
  });
  answer(server, "postfixMailflow/presets", async ({ uri }) => {
    const found = await workspace.find(uri);
    return found ? presets(found.project) : null;
  });
  answer(server, "postfixMailflow/services", async ({ uri }) => {
    const found = await workspace.find(uri);
    return found ? servicesOf(found.project).map(({ name }) => name) : null;
  });
  answer(server, "postfixMailflow/relay", async ({ uri }) => {
    await settled(server, uri);
    const found = await workspace.find(uri);
    return found ? relayVerdicts(found.project) : null;
  });
  answer(server, "postfixMailflow/messageFrom", async ({ uri, text, cursor }) => {
    const found = await workspace.find(uri);
    return found ? messageFromText(found.project, text, cursor) : null;
  });
  answer(server, "postfixMailflow/compare", async ({ uri, before }) => {
    const found = await workspace.find(uri);
    const { compareVersions } = await import("./compareVersions.ts");
    return found ? compareVersions(found, before) : null;
  });
  answer(server, "postfixMailflow/languageOf", async ({ uri, text }) => {
    return (await workspace.languageOf(uri, text)) ?? null;
  });
}

function connectPictures(server: Server): void {
  const { workspace, watching, guard } = server;
  answer(server, "postfixMailflow/picture", async (params) => {
    const found = await workspace.find(params.uri);
    void guard("watching files", () => watching.update());
    const { pictureResult } = await import("./pictures.ts");
    return found ? pictureResult(found, params, (place) => locationOf(server, found, place)) : null;
  });
  answer(server, "postfixMailflow/explorer", async ({ uri }) => {
    const found = await workspace.find(uri);
    void guard("watching files", () => watching.update());
    const { explorerResult } = await import("./pictures.ts");
    return found ? explorerResult(found, (place) => locationOf(server, found, place)) : null;
  });
}

function connectTests(server: Server): void {
  answer(server, "postfixMailflow/tests", async ({ text }) => (await import("./testRequests.ts")).listTests(text));
  answer(server, "postfixMailflow/runTests", async (params) => {
    const { runTestsOf } = await import("./testRequests.ts");
    return runTestsOf(server, params);
  });
  answer(server, "postfixMailflow/newTest", async (params) => {
    const found = await server.workspace.find(params.uri);
    const { newTest } = await import("../features/newTest.ts");
    return found ? newTest(found.project, { ...params, ...meant(found.project, params) }) : null;
  });
}

function answer<Method extends keyof Requests>(
  { connection, guard }: Server,
  method: Method,
  handle: (params: Requests[Method]["params"]) => Promise<Requests[Method]["result"]>,
): void {
  connection.onRequest(method, (params: Requests[Method]["params"]) => guard(method, () => handle(params)));
}

function traced({ workspace }: Server, { source, project }: Found, params: TraceParams): TraceResult {
  const uriOf = urisOf(workspace, source);
  const files = Object.fromEntries(
    [...project.files.keys()].flatMap((file) => (source.uriOf(file) === undefined ? [] : [[file, uriOf(file)]])),
  );
  const { message, service } = meant(project, params);
  if (!message)
    return { text: `There is no message \`${params.preset ?? ""}\` for this configuration\n`, json: null, files };
  const complaint = complaintAbout({ message }); // a launch configuration is written by hand
  if (complaint !== undefined) return { text: `${complaint}\n`, json: null, files };
  const { text, json = null, view } = traceDocument(project, { message, service, answers: params.answers });
  return { text, json, files, message, ...(view && { view }) };
}

/** The message and the service that are named, or those of the preset. */
function meant(project: Project, params: TraceParams): Pick<TraceParams, "message" | "service"> {
  const preset = presets(project).find(({ title }) => title === params.preset);
  const message = params.message ?? preset?.message;
  const service = params.service ?? preset?.service;
  return { ...(message && { message }), ...(service !== undefined && { service }) };
}
