// Which of the editor's parts this machine can have.
import { access, constants } from "node:fs/promises";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { findChromium } from "./browser.mjs";
import { installServer } from "./install.mjs";

/** The program of a VS Code that is installed, where a person names one: nothing is downloaded then. */
export const NAMED_VSCODE = process.env.VSCODE;

/** A desk with a screen runs the real VS Code; a build machine and a bare Linux run the server in a headless browser. */
export function desktopCanShowVsCode() {
  if (NAMED_VSCODE) return true;
  if (process.env.CI) return false;
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Why the extension tests cannot run here, or undefined when they can. Fetches what they need. */
export function whyNoExtensionHost() {
  if (NAMED_VSCODE) return reason(() => access(NAMED_VSCODE, constants.X_OK));
  return desktopCanShowVsCode() ? reason(downloadAndUnzipVSCode) : whyNoWorkbench();
}

/** Why the tests of the workbench cannot run here, or undefined when they can. */
export async function whyNoWorkbench() {
  return (await reason(findChromium)) ?? (await reason(installServer));
}

async function reason(attempt) {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return error.message.split("\n", 1)[0];
  }
}
