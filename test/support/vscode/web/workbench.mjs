// VS Code without a server: a page of static files. Its extensions run in a worker of the browser, its folder is in memory.
import { readFile, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { installServer } from "../install.mjs";
import { installExtension, SETTINGS } from "../server.mjs";
import { serveFiles } from "./files.mjs";

const WORKBENCH = "out/vs/code/browser/workbench";

/**
 * Serves a workbench with the packaged extension `vsix`, which VS Code unpacks under `home`, on a copy of the files below
 * `root`, with `folder` of them open. `suites`, a file, is there for the extension host as `/extension/suites.js`; `take` gets what they say.
 */
export async function serveWorkbench({ home, vsix, root, folder = "/", settings = {}, suites, take = () => "" }) {
  const { main } = await installServer();
  const vscode = path.join(path.dirname(main), "..");
  const extension = await installExtension(home, vsix);
  const files = JSON.stringify(await entriesBelow(await realpath(root)));
  const server = await serveFiles({
    pages: {
      "/": page,
      "/files.json": () => files,
      ...(suites && { "/extension/suites.js": () => readFile(suites) }), // VS Code runs suites of an extension alone
      [`/vscode/${WORKBENCH}/workbench.js`]: () => withoutServer(path.join(vscode, WORKBENCH, "workbench.js")),
    },
    directories: { vscode, extension, folder: path.join(import.meta.dirname, "folder") },
    take,
  });
  const authority = `localhost:${server.port}`;
  return { url: `http://${authority}/`, stop: server.stop };

  function page() {
    const at = (place) => ({ scheme: "http", authority, path: place });
    return pageWith({
      additionalBuiltinExtensions: [at("/extension"), at("/folder")],
      configurationDefaults: { ...SETTINGS, ...settings },
      developmentOptions: { enableSmokeTestDriver: suites !== undefined },
      folderUri: { scheme: "memory", path: folder },
      isEnabledCoderGettingStarted: false,
      isEnabledFileDownloads: true,
      isEnabledFileUploads: true,
      productConfiguration: {
        webviewContentExternalBaseUrlTemplate: `http://${authority}/vscode/out/vs/workbench/contrib/webview/browser/pre/`,
      },
      userDataPath: "/user",
    });
  }
}

function pageWith(configuration) {
  const settings = (value) => `data-settings="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
  return `<!doctype html>
<meta charset="utf-8">
<meta id="vscode-workbench-web-configuration" ${settings(JSON.stringify(configuration))}>
<link rel="stylesheet" href="/vscode/${WORKBENCH}/workbench.css">
<body aria-label="">
<script>globalThis._VSCODE_FILE_ROOT = new URL("/vscode/out/", location).href;</script>
<script type="module" src="/vscode/out/nls.messages.js"></script>
<script type="module" src="/vscode/${WORKBENCH}/workbench.js"></script>
`;
}

/** The workbench of npm's code-server takes it for granted that there is a server, in two places. */
const TAKEN_FOR_GRANTED = [
  ["remoteAuthority:location.host", "remoteAuthority:undefined"],
  [
    /(get userRoamingDataHome\(\)\{return \w+\(\w+\.file\(this\.userDataPath\)\.with\(\{scheme:\w+)\.vscodeRemote/,
    "$1.vscodeUserData",
  ],
];

async function withoutServer(file) {
  let script = await readFile(file, "utf8");
  for (const [found, wanted] of TAKEN_FOR_GRANTED) {
    const changed = script.replace(found, wanted);
    if (changed === script) throw new Error(`The workbench has no ${found}`);
    script = changed;
  }
  return script;
}

/** All that is below a directory, links followed and named so: pairs of a path and what stands there. */
async function entriesBelow(root, place = "/") {
  const entries = [[place, {}]];
  for (const found of await readdir(path.join(root, place), { withFileTypes: true })) {
    const name = path.posix.join(place, found.name);
    const file = path.join(root, name);
    const isLink = found.isSymbolicLink();
    if ((await stat(file)).isDirectory()) {
      const [[, directory], ...others] = await entriesBelow(root, name);
      entries.push([name, { ...directory, isLink }], ...others);
    } else entries.push([name, { content: await readFile(file, "base64"), isLink }]);
  }
  return entries;
}
