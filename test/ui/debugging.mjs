// How a person works with VS Code's debugger.

export function debugging(page, { command, editorHasFocus }) {
  const frames = page.locator(".debug-call-stack .monaco-list-row .stack-frame");
  // A row reads `name =value`, that of a scope `Name`.
  const variable = (name) =>
    page.locator(".debug-variables .monaco-list-row", { hasText: new RegExp(`^${name}(?: =|$)`) }).first();
  const consoleHasFocus = () => page.locator(".repl-input-wrapper .monaco-editor.focused").waitFor();
  const consoleSays = (text) => page.locator(".repl .monaco-list-row", { hasText: text }).first().waitFor();
  return {
    /** Waits until a debugger runs. */
    debugging: () => page.locator(".debug-toolbar").waitFor(),
    /** Waits until no debugger runs any more. */
    debuggingEnded: () => page.locator(".debug-toolbar").waitFor({ state: "hidden" }),
    /** Sets a breakpoint in the line where the cursor is. */
    async breakHere() {
      await page.keyboard.press("F9");
      await page.locator(".glyph-margin-widgets .codicon-debug-breakpoint").first().waitFor();
    },
    /** Sets a breakpoint in the line where the cursor is, which holds only under a condition. */
    async breakHereIf(condition) {
      await command("Debug: Add Conditional Breakpoint...");
      await page.locator(".breakpoint-widget .monaco-editor.focused").waitFor();
      await page.keyboard.type(condition);
      await page.keyboard.press("Enter");
      await page.locator(".breakpoint-widget").waitFor({ state: "detached" });
      await editorHasFocus(); // given a moment later, it would close what is asked for in between
    },
    /** Adds an expression to those that are watched. */
    async watch(expression) {
      const pane = page.locator(".pane", { has: page.locator('.pane-header[aria-label^="Watch"]') });
      await pane.hover();
      await pane.locator('.action-label[aria-label^="Add Expression"]').click();
      await pane.locator("input").fill(expression);
      await page.keyboard.press("Enter");
    },
    /** Waits until a watched expression has a value. */
    watched: (expression, value) =>
      page
        .locator(".debug-watch .monaco-list-row", { hasText: new RegExp(`^${expression}\\s*=`) })
        .filter({ hasText: value })
        .waitFor(),
    /** Rests the mouse on a word until the debugger tells a value about it; answers with all it says. */
    async pointedAt(word, told) {
      const hover = page.locator(".debug-hover-widget");
      const value = hover.locator(".monaco-list-row", { hasText: told }).first();
      while (!(await value.isVisible())) {
        await page.mouse.move(0, 0);
        await page.waitForTimeout(1000); // a hover that goes away would be in the way of the next
        await page.locator(".view-line span:not(:has(span))", { hasText: word }).first().hover();
        await value.waitFor({ timeout: 3000 }).catch(() => undefined);
      }
      return hover.innerText();
    },
    /** Waits until this line is marked as the one where the message is, and no other. */
    markedLine: (line) =>
      page.waitForFunction((wanted) => {
        const all = (selector) => [...globalThis.document.querySelectorAll(selector)];
        const top = (element) => Math.round(element.getBoundingClientRect().top);
        const number = all(".line-numbers").find(({ textContent }) => textContent === String(wanted));
        const marks = all('.glyph-margin-widgets [class*="codicon-debug-stackframe"]').map(top);
        return number !== undefined && marks.length === 1 && Math.abs(marks[0] - top(number)) < 8;
      }, line),
    /** Waits for a line in the debug console. */
    consoleSays,
    /** Starts what launch.json says. */
    startDebugging: () => page.keyboard.press("F5"),
    /** Waits until the innermost frame of the call stack has a text. */
    stoppedAt: (text) => frames.first().filter({ hasText: text }).waitFor(),
    /** The texts of the call stack, innermost first. */
    callStack: () => frames.locator(".label").allInnerTexts(),
    /** Waits until a variable has a value. */
    variableIs: (name, value) => variable(name).filter({ hasText: value }).waitFor(),
    /** Opens a scope of the variables. A stop makes the tree anew, which may take a click back. */
    async openScope(name) {
      const opened = variable(name).and(page.locator('[aria-expanded="true"]'));
      while (!(await opened.isVisible())) {
        await variable(name).click();
        await opened.waitFor({ timeout: 2000 }).catch(() => undefined);
      }
    },
    /** Presses a button of the debugger. */
    step: (name) => page.locator(`.debug-toolbar .action-label[aria-label^="${name}"]`).click(),
    /** Waits until the debug console has the focus. */
    consoleHasFocus,
    /** Types into the debug console and waits for the answer. */
    async suppose(text, answer) {
      await command("Debug Console: Focus on Debug Console View");
      await consoleHasFocus();
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
      await consoleSays(answer);
    },
  };
}
