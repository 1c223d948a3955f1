import { makeConfiguration, type Configuration } from "../../server/src/config/configuration.ts";
import { findService } from "../../server/src/config/services.ts";
import { NOT_FOUND } from "../../server/src/config/table.ts";
import type { Case } from "../../server/src/evaluate/case.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { evaluate, type Evaluation } from "../../server/src/evaluate/evaluate.ts";
import type { Facts } from "../../server/src/evaluate/facts.ts";
import { knownWorld } from "../../server/src/evaluate/knownWorld.ts";

/** The Postfix of the recording. */
const RELEASE = "3.7";

/** The only lines of the bench that know how a configuration is made and a message is evaluated. */
export function configurationOf(asked: Case): Configuration {
  const project = projectOfCase(asked, RELEASE);
  const service = findService(project, asked.service);
  if (!service) throw new Error("master.cf has no such service");
  return makeConfiguration(project, service);
}

/** Evaluates the message of a case, with the ordinary answer to what the case does not tell; once per call. */
export function evaluation(asked: Case, configuration = configurationOf(asked)): () => Evaluation {
  const known = knownWorld(asked);
  return () => evaluate(configuration, asked.message, ordinaryFacts(known));
}

function ordinaryFacts(known: ReturnType<typeof knownWorld>): Facts {
  let requests = 0;
  return {
    dns: (name, type) => known.dns(name, type) ?? { kind: "none" },
    table: (reference, key, use) =>
      known.table(reference, key) ?? (use === "recipient" ? { kind: "found", value: "x" } : NOT_FOUND),
    policy: (service, attributes) => {
      const answer = known.policy(service, attributes["protocol_state"] ?? "", requests++);
      return answer === "unknown" ? { action: "DUNNO" } : answer;
    },
    verify: () => ({ status: "deliverable", text: "" }),
    milter: () => "accepts",
  };
}
