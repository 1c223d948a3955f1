import { commands, Disposable, Uri, window, type ExtensionContext } from "vscode";
import type { TraceParams } from "../../../server/src/lsp/protocol.ts";
import { chooseConfiguration } from "../chooseConfiguration.ts";
import type { ServerRequests } from "../requests.ts";
import { MailFlowView } from "./mailFlowView.ts";
import { messageText } from "./messageText.ts";

/** Connects the commands that trace a message. */
export function registerView(requests: ServerRequests, context: ExtensionContext): Disposable {
  const view = new MailFlowView(requests, context);
  return Disposable.from(
    view,
    commands.registerCommand("postfixMailflow.trace", async (given?: Partial<TraceParams>) => {
      const place = typeof given?.uri === "string" ? given.uri : undefined;
      const uri = place ?? (await chooseConfiguration(requests, view.uri));
      if (uri === undefined) return;
      // A lens or a finding knows the message that is meant; a menu of the editor gives arguments of its own.
      const { message, service, answers = {} } = given ?? {};
      await view.show(uri, place !== undefined && message ? { message, service, answers } : undefined);
    }),
    commands.registerCommand("postfixMailflow.traceText", async (file?: unknown) => {
      const text = await messageText(file instanceof Uri ? file : undefined);
      const uri = text === undefined ? undefined : await chooseConfiguration(requests, view.uri);
      if (text === undefined || uri === undefined) return;
      const read = await requests.send("postfixMailflow/messageFrom", { uri, ...text });
      if (!read || "problem" in read) {
        void window.showErrorMessage(`No message can be read here: ${read?.problem ?? "there is no configuration"}.`);
        return;
      }
      await view.show(uri, { ...read, answers: {} });
    }),
  );
}
