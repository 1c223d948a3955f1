import {
  debug,
  Disposable,
  tests,
  TestRunProfileKind,
  workspace,
  type CancellationToken,
  type TestController,
  type TestItem,
  type TestRunRequest,
  type Uri,
} from "vscode";
import { DEBUG_TYPE } from "../debugger/register.ts";
import type { ListedTest } from "../../../server/src/lsp/protocol.ts";
import type { ServerRequests } from "../requests.ts";
import { coverageOf, detailsOf } from "./fileCoverage.ts";
import { reportResult } from "./reportResult.ts";
import { listFile, textOf } from "./testItems.ts";

const FILES = "**/*.mailflow.yaml";

/** Mail-flow tests in the Test Explorer: run, debug, and what they cover. */
export function registerTestExplorer(requests: ServerRequests): Disposable {
  const controller = tests.createTestController("postfixMailflow", "Postfix Mail Flow");
  const known = new WeakMap<TestItem, ListedTest>();
  const list = (uri: Uri): void => void listFile(controller, requests, known, uri);
  const listAll = async (): Promise<void> => {
    for (const uri of await workspace.findFiles(FILES, "**/node_modules/**")) list(uri);
  };
  controller.resolveHandler = (item) => (item?.uri ? listFile(controller, requests, known, item.uri) : listAll());
  controller.refreshHandler = listAll;
  const run = (withCoverage: boolean) => (request: TestRunRequest, token: CancellationToken) =>
    runTests({ controller, requests, known }, request, { token, withCoverage });
  controller.createRunProfile("Run", TestRunProfileKind.Run, run(false), true);
  const coverage = controller.createRunProfile("Coverage", TestRunProfileKind.Coverage, run(true), true);
  coverage.loadDetailedCoverage = (_run, file) => Promise.resolve(detailsOf(file));
  controller.createRunProfile(
    "Debug",
    TestRunProfileKind.Debug,
    (request) => debugTests(requests, known, request),
    true,
  );
  const watcher = workspace.createFileSystemWatcher(FILES);
  void listAll();
  return Disposable.from(
    controller,
    watcher,
    watcher.onDidCreate(list),
    watcher.onDidChange(list),
    watcher.onDidDelete((uri) => {
      controller.items.delete(uri.toString());
    }),
    workspace.onDidChangeTextDocument(({ document: { uri } }) => {
      if (uri.path.endsWith(".mailflow.yaml")) list(uri);
    }),
  );
}

/** What the runs need. */
interface Explorer {
  readonly controller: TestController;
  readonly requests: ServerRequests;
  readonly known: WeakMap<TestItem, ListedTest>;
}

async function runTests(
  { controller, requests, known }: Explorer,
  request: TestRunRequest,
  { token, withCoverage }: { readonly token: CancellationToken; readonly withCoverage: boolean },
): Promise<void> {
  const run = controller.createTestRun(request);
  const chosen = chosenTests(controller, request);
  // By name: when the file is listed again in the meantime, other items stand for its tests.
  const ids = new Set(chosen.map(({ id }) => id));
  for (const file of new Set(chosen.map(fileOf))) {
    if (token.isCancellationRequested || !file.uri) break;
    // Everything in the file is run, in one request; only what was asked for is told.
    const answer = await requests.send("postfixMailflow/runTests", {
      uri: file.uri.toString(),
      text: await textOf(file.uri),
    });
    const all = leaves(file).filter((item) => known.has(item));
    for (const [at, item] of all.entries()) {
      if (!ids.has(item.id)) continue;
      run.started(item);
      reportResult(run, item, answer.error ?? answer.results[at]);
    }
    if (withCoverage) for (const one of answer.coverage) run.addCoverage(coverageOf(one));
  }
  run.end();
}

/** One message after the other in the debugger. */
async function debugTests(
  requests: ServerRequests,
  known: WeakMap<TestItem, ListedTest>,
  { include = [] }: TestRunRequest,
): Promise<void> {
  for (const item of include.flatMap(leaves)) {
    const test = known.get(item);
    if (!test || !item.uri) continue;
    const { config } = await requests.send("postfixMailflow/runTests", {
      uri: item.uri.toString(),
      text: await textOf(item.uri),
    });
    const { message, service, answers } = test;
    const launch = { type: DEBUG_TYPE, request: "launch", name: test.name, config, message, service, answers };
    const ended = new Promise<void>((resolve) => {
      const subscription = debug.onDidTerminateDebugSession(() => {
        subscription.dispose();
        resolve();
      });
    });
    if (await debug.startDebugging(undefined, launch)) await ended;
  }
}

function chosenTests({ items }: TestController, { include, exclude = [] }: TestRunRequest): readonly TestItem[] {
  const roots = include ?? [...items].map(([, item]) => item);
  const left = new Set(exclude.flatMap(leaves));
  return roots.flatMap(leaves).filter((item) => !left.has(item));
}

/** The tests at or below an item, in order. */
function leaves(item: TestItem): readonly TestItem[] {
  return item.children.size === 0 ? [item] : [...item.children].flatMap(([, child]) => leaves(child));
}

function fileOf(item: TestItem): TestItem {
  return item.parent ? fileOf(item.parent) : item;
}
