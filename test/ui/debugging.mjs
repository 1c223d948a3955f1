// How a person works with VS Code's debugger.

export function debugging(page, { command }) {
  const frames = page.locator(".debug-call-stack .monaco-list-row .stack-frame");
  // A row reads `name =value`, that of a scope `Name`.
  const variable = (name) =>
    page.locator(".debug-variables .monaco-list-row", { hasText: new RegExp(`^${name}(?: =|$)`) }).first();
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
    consoleHasFocus: () => page.locator(".repl-input-wrapper .monaco-editor.focused").waitFor(),
    /** Types into the debug console and waits for the answer. */
    async suppose(text, answer) {
      await command("Debug Console: Focus on Debug Console View");
      await page.locator(".repl-input-wrapper .monaco-editor.focused").waitFor();
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
      await page.locator(".repl .monaco-list-row", { hasText: answer }).first().waitFor();
    },
  };
}
