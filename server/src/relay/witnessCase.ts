import type { Configuration } from "../config/configuration.ts";
import { UNKNOWN_MACHINE } from "../config/machine.ts";
import type { Case } from "../evaluate/case.ts";
import type { Witness } from "./relayAnalysis.ts";

/** A witness as a case that holds all it takes: for `trace --case`, and for a real Postfix. */
export function witnessCase(
  { project, service }: Configuration,
  { message, surroundings }: Pick<Witness, "message" | "surroundings">,
): Case {
  const files = [...project.files].flatMap(([name, content]) =>
    content.kind === "text" ? [[name, content.text] as const] : [],
  );
  const { hostname, interfaces } = project.machine;
  return {
    files: Object.fromEntries(files),
    ...(service.entry && { service: service.name }),
    message,
    ...surroundings,
    ...(project.machine !== UNKNOWN_MACHINE && { hostname, interfaces }),
    postfixVersion: project.release,
  };
}
