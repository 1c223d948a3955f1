import { commands, extensions, Uri, window, workspace, type Disposable, type Event } from "vscode";
import type { CompareResult } from "../../server/src/lsp/protocol.ts";
import { chooseConfiguration } from "./chooseConfiguration.ts";
import type { ServerRequests } from "./requests.ts";

/** What is used of VS Code's own git extension. */
interface GitExtension {
  /** A setting turns it off; then there is nothing to get. */
  readonly enabled: boolean;
  getAPI(version: 1): Git;
}

interface Git {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: Event<unknown>;
  getRepository(uri: Uri): Repository | null;
}

interface Repository {
  show(ref: string, path: string): Promise<string>;
}

const SCHEME = "postfix-mailflow-compare";
const TITLE = "Mail Flow Compared with HEAD";

/** Registers the command that shows what the edits since HEAD change for the mail. */
export function registerCompare(requests: ServerRequests): readonly Disposable[] {
  const texts = new Map<string, string>();
  return [
    workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
    }),
    workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
    commands.registerCommand("postfixMailflow.compareWithHead", async () => {
      const markdown = await compareWithHead(requests);
      if (markdown === undefined) return;
      count += 1;
      const target = Uri.from({ scheme: SCHEME, path: `/${TITLE}.md`, query: String(count) });
      texts.set(target.toString(), markdown);
      await commands.executeCommand("markdown.showPreviewToSide", target);
    }),
  ];
}

/** A preview keeps the text that it was opened with: each comparison has a document of its own. */
let count = 0;

async function compareWithHead(requests: ServerRequests): Promise<string | undefined> {
  const uri = await chooseConfiguration(requests, undefined, "Compare Mail Flow with HEAD");
  if (uri === undefined) return undefined;
  const repository = await repositoryOf(Uri.parse(uri));
  if (typeof repository === "string") return complain(repository);
  const result = await compared(requests, uri, repository);
  if (!result)
    return complain("This file belongs to no Postfix configuration: there is no main.cf of Postfix above it.");
  return "markdown" in result ? result.markdown : complain("There is no main.cf of this configuration in HEAD.");
}

/** Asks again as long as the files of HEAD name others; nobody needs more steps than this. */
const LONGEST_CHAIN = 20;

async function compared(requests: ServerRequests, uri: string, repository: Repository): Promise<CompareResult | null> {
  const before: Record<string, string | null> = {};
  let result: CompareResult | null = null;
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    result = await requests.send("postfixMailflow/compare", { uri, before });
    if (!result || !("wanted" in result)) break;
    for (const [name, file] of Object.entries(result.wanted)) before[name] = await textInHead(repository, file);
  }
  return result;
}

/** Null: HEAD does not have the file. */
async function textInHead(repository: Repository, uri: string): Promise<string | null> {
  try {
    return await repository.show("HEAD", Uri.parse(uri).fsPath);
  } catch {
    return null;
  }
}

/** The repository that a file is in, or why there is none. */
async function repositoryOf(uri: Uri): Promise<Repository | string> {
  const extension = extensions.getExtension<GitExtension>("vscode.git");
  if (!extension) {
    return workspace.isTrusted
      ? "There is no Git in this editor to compare with."
      : "Git runs only in folders that you trust, so there is nothing to compare with (Workspaces: Manage Workspace Trust).";
  }
  const git = await extension.activate();
  if (!git.enabled) return "Git is turned off in the settings (git.enabled).";
  const api = git.getAPI(1);
  await initialized(api);
  return api.getRepository(uri) ?? "This file is in no Git repository that VS Code has open.";
}

/** Right after the start, it is still looking for repositories. */
async function initialized({ state, onDidChangeState }: Git): Promise<void> {
  if (state === "initialized") return;
  await new Promise<void>((resolve) => {
    const subscription = onDidChangeState(() => {
      subscription.dispose();
      resolve();
    });
  });
}

function complain(sentence: string): string | undefined {
  void window.showErrorMessage(sentence);
  return undefined;
}
