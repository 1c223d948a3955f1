import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** A launch configuration: an intern, whom the example lets write to colleagues only, writes to somebody. */
export function launch(name, ...recipients) {
  return {
    type: "postfix-mailflow",
    request: "launch",
    name,
    config: "${workspaceFolder}/main.cf",
    stopOnEntry: false,
    message: {
      client_address: "192.0.2.7",
      client_name: "desk.example.com",
      helo: "desk.example.com",
      sender: "intern@example.com",
      recipients,
    },
  };
}

/** Gives a folder these launch configurations. */
export function withLaunch(...configurations) {
  return async (folder) => {
    await mkdir(path.join(folder, ".vscode"));
    await writeFile(path.join(folder, ".vscode/launch.json"), JSON.stringify({ version: "0.2.0", configurations }));
  };
}

/** Starts the debugger, with a breakpoint in the line of the table that is about the intern. */
export async function debugIntern(workbench) {
  await workbench.openFile("restricted_senders");
  await workbench.language("Postfix table");
  await workbench.goTo(1);
  await workbench.breakHere();
  await workbench.startDebugging();
}
