// npm run screenshots: makes the pictures of the README, in docs/screenshots, from the packaged extension in a real workbench.
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { installPackages, packageForEditor, root } from "./steps.mjs";
import { debugIntern, launch, withLaunch } from "../test/ui/launch.mjs";

/** In each window there is just what it is about. */
const WINDOWS = {
  trace: { width: 1660, height: 620, fontSize: 11 },
  picture: { width: 1500, height: 360 },
  debugger: { width: 1280, height: 660 },
  relay: { width: 1280, height: 640 },
};
const SETTINGS = {
  "breadcrumbs.enabled": false,
  "editor.folding": false,
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.scrollbar.horizontal": "hidden",
  "editor.scrollbar.vertical": "hidden",
  "workbench.activityBar.location": "hidden",
};
const DIRECTORY = path.join(root, "docs/screenshots");

const LAUNCH = launch("An intern", "someone@example.org");

/** A table of senders in front of the relay check: a stranger only has to claim to be one of them. */
const OPEN_RELAY = {
  "main.cf": `compatibility_level = 3.6
myhostname = mail.example.com
mydestination = example.com
mynetworks = 127.0.0.0/8, 192.0.2.0/24

smtpd_relay_restrictions =
    permit_mynetworks
    check_sender_access hash:/etc/postfix/partners
    reject_unauth_destination
`,
  partners: "partner.example         OK\n",
};

const SCENES = {
  async trace(workbench) {
    const view = await traceIntern(workbench);
    await view.getByRole("heading", { name: "Steps" }).hover(); // the mouse is in nobody's way there
    await view.getByRole("heading", { name: "Dialogue" }).evaluate((heading) => heading.scrollIntoView());
    await workbench.decoration("reject REJECT");
    await workbench.lens("closed to strangers");
  },
  async picture(workbench) {
    const view = await traceIntern(workbench);
    await view.getByRole("button", { name: "Show its way in the picture" }).click();
    const picture = await workbench.webview("#stage .decides");
    await workbench.command("View: Maximize Editor Group and Hide Side Bars");
    await picture.getByRole("button", { name: "Fit" }).click();
  },
  async debugger(workbench) {
    await debugIntern(workbench);
    await workbench.stoppedAt("intern@example.com");
    await workbench.openScope("Step");
    await workbench.goTo(1); // where F11 is meant for the debugger
    await workbench.press("F11");
    await workbench.stoppedAt("local_only");
    await workbench.press("F11");
    await workbench.stoppedAt("check_recipient_access");
    await workbench.variableIs("key 1", "someone@example.org: not found");
    await workbench.lens("Used by 2 entries");
  },
  async relay(workbench) {
    await workbench.openFile("main.cf");
    await workbench.problem("Open relay");
    await workbench.lens("OPEN");
    await workbench.hover("check_sender_access");
  },
};

/** The Mail Flow view with the message of an intern. */
async function traceIntern(workbench) {
  await workbench.openFile("main.cf");
  await workbench.command("View: Toggle Primary Side Bar Visibility");
  await workbench.command("Postfix: Trace a Message");
  const view = await workbench.webview("form");
  await view.getByLabel("Preset").selectOption("localhost → outside");
  await view.getByRole("status").getByText("Accepted").waitFor();
  await view.getByLabel("Sender").fill("intern@example.com");
  await view.getByLabel("Sender").press("Enter");
  await view.getByRole("status").getByText("Sender address rejected").waitFor();
  return view;
}

/** The folder that a scene shows. */
async function furnish(folder, scene) {
  await mkdir(folder);
  if (scene === "relay") {
    for (const [name, text] of Object.entries(OPEN_RELAY)) await writeFile(path.join(folder, name), text);
  } else {
    await cp(path.join(root, "examples/restricted-senders"), folder, { recursive: true });
    await withLaunch(LAUNCH)(folder);
  }
}

installPackages();
const vsix = packageForEditor();
const { openWorkbench } = await import("../test/ui/workbench.mjs"); // not before the packages are there
const wanted = process.argv.slice(2);
for (const [name, show] of Object.entries(SCENES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const home = await mkdtemp(path.join(tmpdir(), "mailflow-"));
  const folder = path.join(home, "postfix"); // its name is in the title
  await furnish(folder, name);
  const { fontSize = 13, ...viewport } = WINDOWS[name];
  const settings = { ...SETTINGS, "editor.fontSize": fontSize };
  const workbench = await openWorkbench({ folder, vsix, settings, viewport });
  try {
    await show(workbench);
    await workbench.screenshot(name, DIRECTORY);
  } finally {
    await workbench.close();
    await rm(home, { recursive: true, force: true });
  }
}
