import type { Configuration } from "../config/configuration.ts";
import { UNKNOWN_MACHINE, type Machine } from "../config/machine.ts";
import { publicTexts } from "../config/tableFiles.ts";
import type { Case } from "../evaluate/case.ts";
import { machineOf } from "../evaluate/caseProject.ts";
import { NEWEST } from "../postfix/release.ts";
import type { Witness } from "./relayAnalysis.ts";

/** A witness as a case that holds all it takes: for `trace --case`, and for a real Postfix. */
export function witnessCase(
  { project, service }: Configuration,
  { message, surroundings }: Pick<Witness, "message" | "surroundings">,
): Case {
  const { hostname, interfaces } = project.machine;
  const isUsual = project.machine === UNKNOWN_MACHINE || sameMachine(project.machine, machineOf({}));
  return {
    files: publicTexts(project),
    ...(service.entry && { service: service.name }),
    message,
    ...surroundings,
    ...(!isUsual && { hostname, interfaces }),
    ...(project.release !== NEWEST && { postfixVersion: project.release }),
  };
}

function sameMachine(a: Machine, b: Machine): boolean {
  return a.hostname === b.hostname && a.interfaces.join() === b.interfaces.join();
}
