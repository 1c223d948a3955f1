import { window } from "vscode";

/** Whatever goes wrong, the person hears of it. */
export async function attempt(run: () => Promise<void> | undefined): Promise<void> {
  try {
    await run();
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
