// A VS Code server on a loopback address, with a home directory of its own and no way out to a marketplace.
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { installServer } from "./install.mjs";

const PATIENCE = 30_000;

// Nothing that greets, asks, updates or chats: what a test sees is the editor and our extension.
export const SETTINGS = {
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "window.commandCenter": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/** Nobody is asked, and nothing is trusted. */
const UNTRUSTED = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
};

/**
 * Starts a server that keeps everything it writes under `home`, with the packaged extension `vsix` installed.
 * `flags` go to the server as they are; `settings` are the person's own. `restricted`: nobody trusts the folder.
 */
export async function startServer({ home, vsix, flags = [], settings = {}, restricted = false }) {
  if (vsix) await installExtension(home, vsix);
  const trust = restricted ? UNTRUSTED : {};
  const { node, env, common } = await furnish(home, { ...settings, ...trust });
  const serve = ["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--telemetry-level", "off"];
  const child = spawn(node, [...common, ...serve, ...(restricted ? [] : ["--disable-workspace-trust"]), ...flags], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // a process group of its own: the extension hosts must go with it
  });
  const stop = stopper(child);
  try {
    const port = await portOf(child, path.join(home, "server.log"));
    return { port, url: `http://127.0.0.1:${port}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Has VS Code unpack an extension under `home`; answers with its directory. */
export async function installExtension(home, vsix) {
  const { node, env, common } = await furnish(home);
  const { status, stderr } = spawnSync(node, [...common, "--install-extension", vsix], { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`VS Code does not install ${vsix}: ${stderr}`);
  const extensions = path.join(home, "extensions");
  const [installed] = JSON.parse(await readFile(path.join(extensions, "extensions.json"), "utf8"));
  return path.join(extensions, installed.relativeLocation);
}

/** How to start a server that has its home in a directory. */
async function furnish(home, settings = {}) {
  const { node, main } = await installServer();
  const temporary = path.join(home, "tmp");
  await mkdir(temporary, { recursive: true });
  await mkdir(path.join(home, "user/User"), { recursive: true });
  const all = JSON.stringify({ ...SETTINGS, ...settings }, undefined, 2);
  await writeFile(path.join(home, "user/User/settings.json"), all);
  const env = {
    ...process.env,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: temporary,
  };
  // Set in a terminal of VS Code, where they would lead our server to the one around it.
  for (const name of ["PORT", "VSCODE_IPC_HOOK_CLI", "NODE_OPTIONS"]) delete env[name];
  const common = [
    main,
    "--accept-server-license-terms",
    ...["--server-data-dir", path.join(home, "server")],
    ...["--user-data-dir", path.join(home, "user")],
    ...["--extensions-dir", path.join(home, "extensions")],
  ];
  return { node, env, common };
}

/** The server picks a free port and says which; all it says goes to the log. */
function portOf(child, logFile) {
  const log = createWriteStream(logFile);
  child.stderr.pipe(log);
  child.stdout.pipe(log);
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`the VS Code server ${why}; its log is ${logFile}`));
    const timer = setTimeout(() => fail("did not start in time"), PATIENCE);
    child.on("error", reject);
    child.on("exit", (code) => fail(`ended with status ${code}`));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const port = /listening on (\d+)/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}

/** Ends the whole process group: when asked to, and at the latest when we end ourselves. */
function stopper(child) {
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // It is gone already.
    }
  };
  const kill = () => signal("SIGKILL");
  process.on("exit", kill);
  // Without a handler a signal ends us with no exit event, and the server would live on without us.
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(name, () => process.exit(130));
  return async () => {
    signal("SIGTERM");
    const timer = setTimeout(kill, 4000);
    await ended;
    clearTimeout(timer);
    kill(); // the extension hosts may outlive their server
    process.off("exit", kill);
  };
}
