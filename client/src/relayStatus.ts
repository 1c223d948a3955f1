import { commands, Disposable, StatusBarAlignment, ThemeColor, window, type QuickPickItem } from "vscode";
import type { RelayVerdict } from "../../server/src/features/relayVerdicts.ts";
import type { TraceParams } from "../../server/src/lsp/protocol.ts";
import { postfixFileInSight } from "./postfixFileInSight.ts";
import type { ServerRequests } from "./requests.ts";

const COMMAND = "postfixMailflow.relay";
const TITLE = "Can a Stranger Relay?";

/** The status bar says of the configuration of the active file whether a stranger may relay; a click lists the services. */
export function showRelayStatus(requests: ServerRequests): Disposable {
  const item = window.createStatusBarItem("postfixMailflow.relay", StatusBarAlignment.Right, 100);
  item.name = "Postfix: can a stranger relay?";
  item.command = COMMAND;
  const refresh = async (): Promise<void> => {
    const uri = postfixFileInSight();
    const verdicts = uri === undefined ? null : await requests.send("postfixMailflow/relay", { uri });
    if (uri !== postfixFileInSight()) return;
    const worst = verdicts && worstOf(verdicts);
    if (!worst) {
      item.hide();
      return;
    }
    const { text, color } = SHOWN[worst.verdict];
    item.text = text;
    item.tooltip = `${worst.service}: ${worst.because}`;
    item.backgroundColor = color && new ThemeColor(color);
    item.show();
  };
  void refresh();
  return Disposable.from(
    item,
    requests.onChanged(() => void refresh()),
    window.onDidChangeActiveTextEditor(() => void refresh()),
    commands.registerCommand(COMMAND, () => listServices(requests)),
  );
}

const SHOWN = {
  open: { text: "$(warning) Open relay", color: "statusBarItem.errorBackground" },
  depends: { text: "$(question) Relay: depends", color: "statusBarItem.warningBackground" },
  closed: { text: "$(pass) Closed to strangers", color: undefined },
} as const;

function worstOf(verdicts: readonly RelayVerdict[]): RelayVerdict | undefined {
  return (["open", "depends", "closed"] as const).flatMap((verdict) =>
    verdicts.filter((one) => one.verdict === verdict),
  )[0];
}

interface Choice extends QuickPickItem {
  readonly trace?: TraceParams;
}

/** Lists the services with the messages that get through; one that is picked is traced. */
async function listServices(requests: ServerRequests): Promise<void> {
  const uri = postfixFileInSight();
  const verdicts = uri === undefined ? null : await requests.send("postfixMailflow/relay", { uri });
  if (uri === undefined || !verdicts || verdicts.length === 0) {
    void window.showInformationMessage("Open a file of a Postfix configuration first.");
    return;
  }
  const items = verdicts.flatMap(({ service, verdict, because, witnesses }): Choice[] => {
    if (witnesses.length === 0) return [{ label: service, description: verdict, detail: because }];
    return witnesses.map(({ message, answers, because: detail }) => ({
      label: service,
      description: verdict,
      detail,
      trace: { uri, message, service, ...(answers && { answers }) },
    }));
  });
  const placeHolder = "A message that gets through is shown step by step";
  const picked = await window.showQuickPick(items, { title: TITLE, placeHolder });
  if (picked?.trace) await commands.executeCommand("postfixMailflow.trace", picked.trace);
}
