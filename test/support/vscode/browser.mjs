// The browser that shows the workbench to the tests.
import { accessSync, constants } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export function findChromium() {
  const found = [process.env.CHROMIUM, ...PLACES].find((place) => place && isExecutable(place));
  if (found === undefined) throw new Error("no Chromium found (set CHROMIUM to the program's path)");
  return found;
}

/** Starts a browser; `proxy` gets what it asks of other machines. */
export function launchBrowser(proxy) {
  return chromium.launch({
    executablePath: findChromium(),
    args: ["--disable-gpu"],
    ...(proxy && { proxy: { server: proxy, bypass: "localhost, 127.0.0.1" } }),
  });
}

export const VIEWPORT = { width: 1280, height: 800 };

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
