import type { Witness } from "../relay/relayAnalysis.ts";
import type { Traced } from "./traceDocument.ts";

/** A witness as a trace, which gets the answers from outside with it: otherwise it would take the most ordinary ones. */
export function witnessTrace({
  message,
  asked,
}: Pick<Witness, "message" | "asked">): Pick<Traced, "message" | "answers"> {
  const answers = asked.flatMap(({ ask, answer }) => (isChoice(ask, answer) ? [[ask, answer] as const] : []));
  return { message, ...(answers.length > 0 && { answers: Object.fromEntries(answers) }) };
}

/** A table may answer anything; a trace offers but a few of its answers. */
function isChoice(ask: string, answer: string): boolean {
  return /^(?:dns|policy|verify) /.test(ask) || ["OK", "found", "not found"].includes(answer);
}
