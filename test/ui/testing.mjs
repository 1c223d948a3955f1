// How a person works with VS Code's Test Explorer.

export function testing(page, { command }) {
  const item = (name) => page.locator(".test-explorer .monaco-list-row", { hasText: name }).first();
  const runTests = async (name) => {
    // It is there as soon as there are tests; so are its commands.
    await page.locator('.activitybar .action-label[aria-label^="Testing"]').click();
    await item(name).waitFor();
    await command("Test: Run All Tests");
  };
  return {
    /** Runs all tests of the Test Explorer, as soon as it shows a file of this name. */
    runTests,
    /** The same, and waits until those of the file have passed. */
    async passTests(name) {
      await runTests(name);
      await item(name).locator(".codicon-testing-passed-icon").waitFor();
    },
    async openTest(name) {
      await item(name).click();
      await page.keyboard.press("ArrowRight");
    },
    /** Shows what was expected of a test of the last run, and what came. */
    async showFailure(name) {
      await command("Test: Show Output");
      await page.locator(".test-output-peek-tree .monaco-list-row", { hasText: name }).first().click();
    },
    expected: (text) => page.locator(".editor.original .view-lines", { hasText: text }).first().waitFor(),
    actual: (text) => page.locator(".editor.modified .view-lines", { hasText: text }).first().waitFor(),
    coverTests: () => command("Test: Run All Tests with Coverage"),
    /** Waits for the share of a file that the tests cover. */
    covered: (file, share) =>
      page
        .locator(".monaco-list-row", { hasText: new RegExp(`^${file}\\s*${share}`) })
        .first()
        .waitFor(),
    testPassed: (name) => item(name).locator(".codicon-testing-passed-icon").waitFor(),
    testFailed: (name) => item(name).locator(".codicon-testing-failed-icon").waitFor(),
  };
}
