import assert from "node:assert/strict";
import { test } from "node:test";
import { mainConfiguration } from "../server/src/config/configurations.ts";
import type { Case } from "../server/src/evaluate/case.ts";
import { projectOfCase } from "../server/src/evaluate/caseProject.ts";
import { explore, type Exploration } from "../server/src/evaluate/explore.ts";
import { knownWorld } from "../server/src/evaluate/knownWorld.ts";

const POINTER = "8.113.0.203.in-addr.arpa";

/** The only line of these tests that knows how a case without client_name is traced. */
function trace(list: string, hosts?: Case["hosts"]): Exploration {
  const main = [
    "compatibility_level = 3.6",
    "mydestination = a.test",
    "local_recipient_maps =",
    `mynetworks = 10.0.0.0/8`,
  ];
  const given: Case = {
    files: { "main.cf": `${[...main, `smtpd_client_restrictions = ${list}`].join("\n")}\n` },
    message: { client_address: "203.0.113.8", helo: "x.test", sender: "", recipients: ["u@a.test"] },
    ...(hosts && { hosts }),
  };
  const project = projectOfCase(given);
  return explore(mainConfiguration(project), given.message, knownWorld(given));
}

function reply({ evaluation: { rcpt } }: Pick<Exploration, "evaluation">): string {
  const [first] = rcpt;
  return first && "raw" in first ? first.raw : "no reply";
}

const NO_NAME = "450 4.7.25 Client host rejected: cannot find your hostname, [203.0.113.8]";

test("the hosts tell the name of a client that the message leaves out", () => {
  const list = "reject_unknown_client_hostname, check_client_access inline:{remote.test=REJECT}";
  const pointer = { [POINTER]: { PTR: ["mail.remote.test"] } };
  const replies = [
    { ...pointer, "mail.remote.test": { A: ["203.0.113.8"] } },
    { ...pointer, "mail.remote.test": { A: ["203.0.113.9"] } },
    {},
  ].map((hosts) => reply(trace(list, hosts)));
  assert.deepEqual(replies, [
    "554 5.7.1 <mail.remote.test[203.0.113.8]>: Client host rejected: Access denied",
    NO_NAME,
    NO_NAME,
  ]);
});

test("without hosts the name is a question, when it is read at all", () => {
  const { assumed, alternatives } = trace("reject_unknown_client_hostname");
  assert.deepEqual(assumed, [{ ask: `dns PTR ${POINTER}`, answer: "found" }]);
  assert.deepEqual(alternatives.map(reply), [NO_NAME, NO_NAME]);
  assert.deepEqual(trace("permit_mynetworks").assumed, []);
});

test("a reply that names the client asks for its name: what is said of it agrees, in the log, too", () => {
  const refused = (name: string): string => `554 5.7.1 <${name}[203.0.113.8]>: Client host rejected: Access denied`;
  const exploration = trace("permit_mynetworks, reject");
  assert.equal(reply(exploration), refused("host.invalid"));
  assert.deepEqual([...new Set(exploration.alternatives.map(reply))], [refused("unknown")]);
  const warned = trace("warn_if_reject reject, reject_unknown_client_hostname");
  assert.deepEqual(
    warned.evaluation.log.map((line) => /(?:from |client=)(.*?\])/.exec(line)?.[1]),
    warned.evaluation.log.map(() => "host.invalid[203.0.113.8]"),
  );
});
