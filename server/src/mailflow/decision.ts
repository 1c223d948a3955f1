import type { Step } from "../evaluate/trace.ts";
import { decisionPath } from "../evaluate/verdict.ts";

/** The step that settled a session: of the last command that was refused, or of the last recipient when none was. */
export function settledBy(commands: readonly Step[]): Step | undefined {
  const refused = commands.findLast(({ outcome }) => outcome !== "PERMIT");
  const command = refused ?? commands.findLast(({ asked }) => asked.startsWith("RCPT ")) ?? commands.at(-1);
  return command && decisionPath(command).at(-1);
}
