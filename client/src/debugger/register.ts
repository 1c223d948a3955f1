import {
  debug,
  DebugAdapterInlineImplementation,
  Disposable,
  EvaluatableExpression,
  languages,
  Range,
  Uri,
  window,
  workspace,
  type DebugConfiguration,
  type DebugSession,
  type Position,
  type TextDocument,
} from "vscode";
import { LANGUAGES } from "../languages.ts";
import { postfixFileInSight } from "../postfixFileInSight.ts";
import type { ServerRequests } from "../requests.ts";
import type { LaunchArguments } from "./launchArguments.ts";
import { MailflowSession, type Port } from "./session.ts";

/** The debug type of package.json. */
export const DEBUG_TYPE = "postfix-mailflow";

/** Lets VS Code's debugger walk through the trace of a message. */
export function registerDebugger(requests: ServerRequests): Disposable {
  const running = new Map<string, MailflowSession>();
  const port: Port = {
    trace: ({ config, service, message, preset, answers }) =>
      requests.send("postfixMailflow/trace", {
        uri: uriOf(config),
        ...(service !== undefined && { service }),
        ...(message && { message }),
        ...(preset !== undefined && { preset }),
        ...(answers && { answers }),
      }),
    pathOf: (uri) => {
      const parsed = Uri.parse(uri);
      return parsed.scheme === "file" ? parsed.fsPath : uri;
    },
  };
  return Disposable.from(
    debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: ({ id }: DebugSession) => {
        const session = new MailflowSession(port);
        running.set(id, session);
        // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- an adapter only has to look like one
        return new DebugAdapterInlineImplementation(session);
      },
    }),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, {
      resolveDebugConfiguration: (_folder, configuration) => completed(requests, configuration),
    }),
    debug.onDidTerminateDebugSession(({ id }) => running.delete(id)),
    requests.onChanged(() => {
      for (const session of running.values()) void session.reload();
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const path = port.pathOf(document.uri.toString());
      for (const session of running.values()) session.edited(path, contentChanges);
    }),
    languages.registerEvaluatableExpressionProvider(LANGUAGES, {
      provideEvaluatableExpression: (document, position) => {
        const session = running.get(debug.activeDebugSession?.id ?? "");
        return session && expressionAt(session, port.pathOf(document.uri.toString()), { document, position });
      },
    }),
  );
}

/** What the debugger tells about when the mouse rests on a place: the step that stands there, else a word. */
function expressionAt(
  session: MailflowSession,
  path: string,
  { document, position }: { readonly document: TextDocument; readonly position: Position },
): EvaluatableExpression | undefined {
  const step = session.stepAt(path, position);
  const word = document.getWordRangeAtPosition(position, /\w+/);
  if (!step?.range) return word && new EvaluatableExpression(word);
  const { start, end } = step.range;
  return new EvaluatableExpression(new Range(start.line, start.character, end.line, end.character), step.asked);
}

/** A path, as `${workspaceFolder}` makes it, is one of the folder that it leads into, which may be on no disk. */
function uriOf(config: string): string {
  if (/^[a-z][a-z0-9+.-]+:/i.test(config)) return config;
  const file = Uri.file(config);
  const folder = workspace.workspaceFolders?.find(({ uri }) => file.path.startsWith(`${uri.path}/`));
  return (folder ? folder.uri.with({ path: file.path }) : file).toString();
}

/** Adds what a launch configuration leaves open: the file that is looked at, and a message to choose. */
async function completed(
  requests: ServerRequests,
  configuration: DebugConfiguration,
): Promise<DebugConfiguration | undefined> {
  const given: DebugConfiguration & Partial<LaunchArguments> = configuration;
  const config = given.config ?? postfixFileInSight();
  if (config === undefined) {
    void window.showErrorMessage("Open the main.cf that is meant, or name it as `config` in launch.json.");
    return undefined;
  }
  const base = { ...configuration, type: DEBUG_TYPE, request: "launch", name: given.name || "Trace a message", config };
  if (given.message || given.preset !== undefined) return base;
  const presets = await requests.send("postfixMailflow/presets", { uri: uriOf(config) });
  if (!presets) {
    void window.showErrorMessage(
      `${config} belongs to no Postfix configuration: there is no main.cf of Postfix above it.`,
    );
    return undefined;
  }
  const items = presets.map(({ title, service }) => ({ label: title, description: service }));
  const picked = await window.showQuickPick(items, { title: "Debug a Message", placeHolder: "Which message?" });
  return picked && { ...base, preset: picked.label };
}
