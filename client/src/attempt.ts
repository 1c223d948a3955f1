import { window } from "vscode";
import { messageOf } from "../../server/src/text/messageOf.ts";

/** Whatever goes wrong, the person hears of it. */
export async function attempt(run: () => Promise<void> | undefined): Promise<void> {
  try {
    await run();
  } catch (error) {
    void window.showErrorMessage(messageOf(error));
  }
}
