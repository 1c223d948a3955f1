import { debug, env, window } from "vscode";
import { DEBUG_TYPE } from "../debugger/register.ts";
import type { ServerRequests } from "../requests.ts";
import { saveAsTest } from "./saveAsTest.ts";
import type { TraceSession } from "./traceSession.ts";
import type { Action } from "./viewModel.ts";

/** What the buttons of the view do. */
export const ACTION_HANDLERS: Readonly<
  Record<Action, (session: TraceSession, requests: ServerRequests) => Promise<void>>
> = {
  async debug(session) {
    const { uri, ...launch } = session.params;
    const configuration = { type: DEBUG_TYPE, request: "launch", name: session.title, config: uri, ...launch };
    await debug.startDebugging(undefined, configuration);
  },
  test: saveAsTest,
  async copy({ result }) {
    if (!result?.view) return;
    await env.clipboard.writeText(result.view.markdown);
    window.setStatusBarMessage("The trace is on the clipboard.", 5000);
  },
  async save(session) {
    const name = await window.showInputBox({
      title: "Save Message",
      prompt: "A name for the message; one that is taken is overwritten",
      value: session.title,
    });
    if (name) await session.save(name);
  },
  async forget(session) {
    const name = await window.showQuickPick(session.model.saved, {
      title: "Delete Saved Message",
      placeHolder: "Which message?",
    });
    if (name !== undefined) await session.forget(name);
  },
  forgetAnswers: (session) => session.forgetAnswers(),
  accept(session) {
    session.accept();
    return Promise.resolve();
  },
};
