import { mainConfiguration, plainConfiguration } from "../../server/src/config/configurations.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { explore } from "../../server/src/evaluate/explore.ts";
import { knownWorld } from "../../server/src/evaluate/knownWorld.ts";
import { isReachable } from "../../server/src/relay/reachable.ts";
import { relayAnalysis, type RelayAnswer } from "../../server/src/relay/relayAnalysis.ts";
import { replay } from "../../server/src/relay/replay.ts";
import { witnessCase } from "../../server/src/relay/witnessCase.ts";
import type { Release } from "../../server/src/postfix/release.ts";
import type { Case } from "../../server/src/evaluate/case.ts";
import { makeDice } from "../conformance/generate/dice.ts";
import { generateCase } from "../conformance/generate.ts";
import { strangersMessages } from "./strangers.ts";

type Texts = Readonly<Record<string, string>>;

/** What the analysis says of a random configuration, and what contradicts it. */
export interface RandomRelay {
  readonly files: Texts;
  readonly verdict: RelayAnswer["verdict"];
  /** The witnesses of an open relay, for the real Postfix. */
  readonly witnesses: readonly Case[];
  readonly problems: readonly string[];
}

const EARLIER = ["client", "helo", "sender", "data", "end_of_data"].map((stage) => `smtpd_${stage}_restrictions =`);

/** The same without a relay list, so that more of them are open: the recipient list alone has to refuse. */
function loosened(files: Texts, more: readonly string[]): Texts {
  const { parameters } = plainConfiguration(projectOfCase({ files, message: { client_address: "" } }));
  const list = parameters.value("smtpd_recipient_restrictions").replace(/\s+/g, " ");
  const lines = [
    ...more,
    `smtpd_relay_restrictions =`,
    `smtpd_recipient_restrictions = ${list} reject_unauth_destination`,
    "",
  ];
  return { ...files, "main.cf": `${files["main.cf"] ?? ""}\n${lines.join("\n")}` };
}

/** Whoever may relay may do so behind a filter or a proxy; the real server that is sent the witnesses has none to ask. */
function withoutFilters(files: Texts): Texts {
  const none = FILTERS.map((name) => `${name} =\n`).join("");
  return { ...files, "main.cf": `${files["main.cf"] ?? ""}\n${none}` };
}

const FILTERS = ["smtpd_milters", "smtpd_milter_maps", "smtpd_proxy_filter", "smtpd_upstream_proxy_protocol"];

/** How many messages of strangers are sent through each configuration that is said to be closed. */
const MESSAGES = 40;

/** A random configuration, of which many are open. */
export function randomFiles(seed: number): { readonly files: Texts } & Pick<Case, "no_postmap"> {
  const { files: random, no_postmap } = generateCase(seed);
  const generated = withoutFilters(random);
  const files = seed % 4 === 0 ? generated : loosened(generated, seed % 4 > 1 ? EARLIER : []);
  return { files, ...(no_postmap && { no_postmap }) };
}

/** Analyses a random configuration and tries to prove the analysis wrong. */
export function randomRelay(seed: number, release?: Release): RandomRelay {
  const given = randomFiles(seed);
  const configuration = mainConfiguration(projectOfCase({ ...given, message: { client_address: "" } }, release));
  const answer = relayAnalysis(configuration);
  const { verdict } = answer;
  const witnesses = answer.witnesses.map((witness) => ({ ...witnessCase(configuration, witness), ...given }));
  const problems = witnesses.flatMap((witness) => {
    const again = mainConfiguration(projectOfCase(witness, release));
    const { evaluation, assumed } = explore(again, witness.message, knownWorld(witness));
    return evaluation.accepted[0] === true && assumed.length === 0
      ? []
      : [`the witness is refused: ${JSON.stringify(witness.message)}`];
  });
  const isTried = verdict === "closed" && isReachable(configuration);
  const messages = isTried ? strangersMessages(configuration, makeDice(seed), MESSAGES) : [];
  for (const message of messages) {
    const relayed = replay(configuration, message, {});
    if (relayed?.if.length === 0) problems.push(`relayed: ${JSON.stringify(message)}`);
  }
  return { files: given.files, verdict, witnesses: verdict === "open" ? witnesses.slice(0, 1) : [], problems };
}
