import type { ServerRequests } from "../../client/src/requests.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import type { Message } from "../../server/src/evaluate/message.ts";
import { presets } from "../../server/src/features/presets.ts";
import { traceDocument } from "../../server/src/features/traceDocument.ts";
import type { TraceParams, TraceResult } from "../../server/src/lsp/protocol.ts";

type Files = Readonly<Record<string, string>>;

/** What the server answers to `postfixMailflow/trace` for these files. */
export function traceOf(files: Files, message: Message, params: Partial<TraceParams> = {}): TraceResult {
  const { text, json = null, view } = traceDocument(projectOfCase({ files, message }), { ...params, message });
  const uris = Object.fromEntries(Object.keys(files).map((name) => [name, `file:///etc/postfix/${name}`]));
  return { text, json, files: uris, message, ...(view && { view }) };
}

/** The requests of the view, answered from files that may change. */
export function traceServer(files: { current: Files }): Pick<ServerRequests, "send"> {
  const answers = {
    "postfixMailflow/presets": () => presets(projectOfCase({ files: files.current, message: { client_address: "" } })),
    "postfixMailflow/services": () => ["smtp"],
    "postfixMailflow/trace": (params: TraceParams) =>
      params.message ? traceOf(files.current, params.message, params) : null,
  };
  const send = (method: string, params: unknown): Promise<unknown> =>
    Promise.resolve(answers[method as keyof typeof answers](params as TraceParams));
  return { send: send as ServerRequests["send"] };
}
