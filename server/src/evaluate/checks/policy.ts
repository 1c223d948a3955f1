import type { ListWord } from "../../config/listWord.ts";
import { derived } from "../../text/derived.ts";
import { carryOut } from "../action.ts";
import { POLICY_BUFFER } from "../overRead.ts";
import { refuseBroken, warn } from "../refuse.ts";
import type { Run } from "../run.ts";
import { inContext } from "./access.ts";
import { fact, type Check, type Finding } from "./finding.ts";
import { parsePolicyService } from "./policyService.ts";

/** What Postfix does when the default action itself asks a service that does not answer. */
const BUILT_IN_ACTION = "451 4.3.5 Server configuration problem";

const serviceOf = derived(({ text }: ListWord) => parsePolicyService(text));

/** The evaluations in which a default action is being carried out. See check_policy_service(), nesting_level. */
const inDefaultAction = new WeakSet<Run>();

/**
 * check_policy_service: the service's answer is carried out like the right-hand side of an access map.
 * See smtpd_check.c, check_policy_service().
 */
export const checkPolicyService: Check = (run, call) => {
  const { argument } = call;
  if (!argument?.text.includes(":")) {
    warn(run, "restriction check_policy_service must be followed by transport:server");
    const because = { kind: "bad argument", restriction: call.name, argument: argument?.text } as const;
    return { status: refuseBroken(run), because };
  }
  const service = serviceOf(argument);
  if ("fatal" in service) return fact(refuseBroken(run), service.fatal);
  const answer = run.facts.policy(service.endpoint, attributes(run, service.context));
  const source = { table: argument.text, key: "policy query" };
  const context = inContext(call, call.subject);
  if (answer) {
    const finding = carryOut(run, answer.action, { ...source, buffer: POLICY_BUFFER }, context);
    return explained(finding, `the service says \`${answer.action}\``);
  }
  warn(run, `problem talking to server ${service.endpoint}`);
  const outermost = !inDefaultAction.has(run);
  inDefaultAction.add(run);
  const main = run.configuration.parameters.value("smtpd_policy_service_default_action");
  const action = outermost ? (service.defaultAction ?? main) : BUILT_IN_ACTION;
  const finding = carryOut(run, action, source, context);
  if (outermost) inDefaultAction.delete(run);
  return explained(finding, `the service does not answer, so the default action \`${action}\` is taken`);
};

/** Puts what the service said in front of what became of it. */
function explained(finding: Finding, text: string): Finding {
  const { because } = finding;
  const meaning =
    because.kind === "action" ? because.meaning : because.kind === "misused action" ? because.complaint : "";
  return { ...finding, because: { kind: "fact", text: meaning === "" ? text : `${text}: ${meaning}` } };
}

/** What the service gets to know. See SMTPD_POLICY_README. */
function attributes(run: Run, context: string | undefined): Readonly<Record<string, string>> {
  const { client, where, helo = "", sender = "", recipient = "", etrn = "", login = "" } = run;
  const counted = where === "DATA" || where === "END-OF-MESSAGE";
  return {
    request: "smtpd_access_policy",
    protocol_state: where,
    protocol_name: run.protocol,
    client_address: client.address,
    client_name: client.name,
    reverse_client_name: client.reverseName,
    helo_name: helo,
    sender,
    recipient,
    recipient_count: String(counted ? run.recipients : 0),
    queue_id: queueId(run),
    etrn_domain: etrn,
    sasl_method: login && "PLAIN",
    sasl_username: login,
    policy_context: context ?? run.configuration.parameters.value("smtpd_policy_service_policy_context"),
  };
}

function queueId({ queueId: id }: Run): string {
  return id === "NOQUEUE" ? "" : id;
}
