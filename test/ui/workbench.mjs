// How a person uses VS Code's workbench, in words. Every name of an element on the page stands here and in the files that add to it.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { launchBrowser, VIEWPORT } from "../support/vscode/browser.mjs";
import { noteForeignHosts } from "../support/vscode/foreignHosts.mjs";
import { startServer } from "../support/vscode/server.mjs";
import { serveWorkbench } from "../support/vscode/web/workbench.mjs";
import { debugging } from "./debugging.mjs";
import { testing } from "./testing.mjs";

const screenshots = fileURLToPath(new URL("../../.build/screenshots", import.meta.url));

/** A workbench on a folder with the packaged extension `vsix`; `web`: without a server, on a copy of the folder; `restricted`: nobody trusts the folder. Waits are Playwright's: for an element, with a limit. */
export async function openWorkbench({ folder, vsix, web = false, restricted = false, settings, viewport = VIEWPORT }) {
  const home = await mkdtemp(path.join(tmpdir(), "mailflow-"));
  const server = await (web ? serveFolder : startServerOn)({ home, vsix, folder, settings, restricted });
  const foreign = await noteForeignHosts();
  const browser = await launchBrowser(foreign.address);
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(60_000); // a limit, not a wait: the machine may have a lot to do
  await page.goto(server.url);
  await page.locator(".monaco-workbench").waitFor();

  const pick = (text) => page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  const treeRow = (label) => page.locator(".customview-tree .monaco-list-row", { hasText: label }).first();
  const ask = async (key, text) => {
    await page.keyboard.press(key);
    await page.locator(".quick-input-widget input.input").fill(text);
  };
  const command = async (title) => {
    await ask("F1", `>${title}`);
    await pick(title).click();
  };
  const chooseItem = async (text) => {
    // Not by a click: a menu that has just opened takes none.
    await page.locator(".monaco-menu .action-item", { hasText: text }).hover();
    await page.keyboard.press("Enter");
    await page.locator(".monaco-menu").first().waitFor({ state: "detached" });
  };
  const tabIsActive = (name) => page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  const cursorIn = (line) => page.locator(".statusbar-item", { hasText: `Ln ${line},` }).waitFor();
  const editorHasFocus = () => page.locator(".editor-group-container .monaco-editor.focused").first().waitFor();
  const goTo = async (line) => {
    // Not by a click: where the cursor or an edge is in its way, Playwright scrolls and tears the editor apart.
    await command("View: Focus First Editor Group");
    await editorHasFocus();
    await ask("Control+G", `:${line}`);
    await page.keyboard.press("Enter");
    await cursorIn(line);
  };
  return {
    ...debugging(page, { command, editorHasFocus }),
    ...testing(page, { command }),
    foreignHosts: foreign.hosts,
    squiggle: (severity) => page.locator(`.squiggly-${severity}`).first().waitFor(),
    async openFile(name) {
      await ask("Control+P", name);
      await pick(path.basename(name)).click();
      await tabIsActive(path.basename(name));
    },
    async problem(text) {
      await page.keyboard.press("Control+Shift+M");
      await page.locator(".markers-panel .monaco-list-row", { hasText: text }).first().waitFor();
    },
    async hover(word) {
      await page.locator(".view-line span:not(:has(span))", { hasText: word }).first().hover();
      const hover = page.locator(".monaco-hover:not(.hidden)").first();
      await hover.waitFor();
      return hover.innerText();
    },
    command,
    tabIsActive,
    /**
     * Goes to the second group with the keyboard, until `place` has the focus. VS Code gives the focus to a webview a little later,
     * and leaves it in an editor that has taken it in between: on a busy machine one presses again.
     */
    async goBackTo(place) {
      while (!(await place.isVisible())) {
        await page.keyboard.press("Control+2");
        await place.waitFor({ timeout: 3000 }).catch(() => undefined);
      }
    },
    /** Waits until the keyboard writes into an editor. */
    editorHasFocus,
    /** Waits until the cursor stands in a line. */
    cursorIn,
    /** Puts the cursor of the first editor into a line. */
    goTo,
    /** Selects from the middle of a line to the middle of another. */
    async select({ from, to }) {
      await goTo(from);
      for (let column = 0; column < 5; column++) await page.keyboard.press("ArrowRight");
      for (let line = from; line < to; line++) await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Shift+ArrowRight");
      await page.locator(".statusbar-item", { hasText: /\(\d+ selected\)/ }).waitFor();
    },
    /** Waits until the active document has a language. */
    language: (name) => page.locator('.statusbar-item[id="status.editor.mode"]', { hasText: name }).waitFor(),
    /** Waits until the window says that the folder is not trusted. */
    restrictedMode: () => page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor(),
    /** Loads the window anew, as after a restart of VS Code. */
    async reload() {
      await Promise.all([page.waitForEvent("load"), command("Developer: Reload Window")]);
      await page.locator(".monaco-workbench").waitFor();
    },
    /** Brings a tab to the front. */
    async openTab(title) {
      await page.locator(".tab", { hasText: title }).click();
      await page.locator(".tab.active", { hasText: title }).waitFor();
    },
    /** Types at the end of a line of the active editor. */
    async typeAtEndOfLine(line, text) {
      await goTo(line);
      await page.keyboard.press("End");
      await page.keyboard.type(text);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Home");
      await page.keyboard.press("Home"); // before the indentation: nothing is scrolled out of sight
    },
    /** Waits for a text in the active editor. */
    editorShows: (text) =>
      page.locator(".editor-group-container.active .view-lines", { hasText: text }).first().waitFor(),
    /** Opens a view of the side bar, and makes room for it. */
    async openTree(name) {
      await page.locator('.pane-header[aria-expanded="true"]').first().click();
      await page.locator(`.pane-header[aria-label^="${name}"]`).click();
      await page.locator(".customview-tree .monaco-list-row").first().waitFor();
    },
    async expand(label) {
      await treeRow(label).locator(".monaco-tl-twistie").click();
      await page.locator(`.monaco-list-row[aria-expanded="true"]`, { hasText: label }).first().waitFor();
    },
    treeShows: (label) => treeRow(label).waitFor(),
    press: (key) => page.keyboard.press(key),
    /** Chooses from the menu of a file in the Explorer. */
    async chooseForFile(name, item) {
      await page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).click({ button: "right" });
      await chooseItem(item);
    },
    /** Chooses from the menu of the editor, at the line of a text. */
    async chooseForLine(text, item) {
      const line = page.locator(".editor-group-container .view-line", { hasText: text }).first();
      await line.click({ button: "right", position: { x: 20, y: 8 } });
      await chooseItem(item);
    },
    /** The inside of the webview that was opened last, when it shows an element. */
    async webview(selector) {
      const inside = page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame");
      await inside.locator(selector).first().waitFor();
      return inside;
    },
    /** In a narrow window, as where everything is enlarged, a webview is not wider than its place. */
    async fitsNarrowWindow(inside) {
      await page.setViewportSize({ width: 500, height: 700 });
      const excess = () =>
        inside.locator("html").evaluate((root) => [root.clientWidth < 300, root.scrollWidth - root.clientWidth]);
      let [isNarrow, outside] = await excess();
      // The window takes a moment, and gets there by widths that nobody works with.
      for (const end = Date.now() + 10_000; (!isNarrow || outside > 0) && Date.now() < end;) {
        await page.waitForTimeout(100);
        [isNarrow, outside] = await excess();
      }
      assert.ok(isNarrow);
      assert.equal(outside, 0, "nothing stands outside");
      await page.setViewportSize(viewport);
    },
    /** Presses the tabulator key until an element of a webview has the focus, which has to be seen. */
    async tabTo(inside, selector) {
      const wanted = inside.locator(selector).and(inside.locator(":focus")).first();
      for (let presses = 0; presses < 40 && !(await wanted.isVisible()); presses++) await page.keyboard.press("Tab");
      const shown = await wanted.evaluate((element) => {
        const line = globalThis.getComputedStyle(element.querySelector(".line") ?? element);
        return line.outlineStyle !== "none" || line.strokeWidth === "2px";
      });
      assert.ok(shown, `the focus on ${selector} can be seen`);
    },
    /** Nothing that axe-core complains of stands in a webview. */
    async checkAccessibility(inside) {
      const body = await inside.locator("body").elementHandle();
      const frame = await body.ownerFrame();
      await frame.evaluate(axe.source);
      const { violations } = await frame.evaluate("axe.run()");
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        [],
      );
    },
    /** Takes the place that a save dialog offers. */
    async saves(askForIt) {
      await askForIt();
      await page.locator(".quick-input-widget:not([style*='display: none']) .quick-input-title").waitFor();
      const saved = page.locator(".quick-input-widget").waitFor({ state: "hidden" });
      await page.keyboard.press("Enter");
      await saved;
    },
    /** Waits for a message of the editor. */
    told: (text) => page.locator(".notification-toast", { hasText: text }).waitFor(),
    /** Answers an input box. */
    async answer(text) {
      const input = page.locator(".quick-input-widget input.input");
      await input.waitFor();
      await input.fill(text);
      await page.keyboard.press("Enter");
    },
    /** Waits until a text stands above a line. */
    lens: (text) => page.locator(".codelens-decoration", { hasText: text }).first().waitFor(),
    /** Waits until a text stands at the end of a line, put there by a decoration. */
    decoration: (text) =>
      page.waitForFunction((wanted) => {
        const spans = [...globalThis.document.querySelectorAll(".view-lines span")];
        return spans.some((span) =>
          globalThis.getComputedStyle(span, "::after").content.replaceAll("\u00a0", " ").includes(wanted),
        );
      }, text),
    async theme(name) {
      await ask("F1", ">Preferences: Color Theme");
      await pick("Preferences: Color Theme").click();
      await page.locator('.quick-input-widget input.input[placeholder*="Theme"]').fill(name);
      await pick(name).click();
    },
    async screenshot(name, directory = screenshots) {
      await mkdir(directory, { recursive: true });
      await page.screenshot({ path: path.join(directory, `${name}.png`) });
    },
    async close() {
      await browser.close();
      foreign.stop();
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function startServerOn({ home, vsix, folder, settings, restricted }) {
  const { url, stop } = await startServer({ home, vsix, settings, restricted });
  return { url: `${url}/?folder=${encodeURIComponent(folder)}`, stop };
}

function serveFolder({ home, vsix, folder, settings }) {
  return serveWorkbench({ home, vsix, settings, root: path.dirname(folder), folder: `/${path.basename(folder)}` });
}
