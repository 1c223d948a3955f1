import type { Parameters } from "../config/parameters.ts";
import { once } from "./once.ts";
import { programs, type Program } from "./programs.ts";
import type { Finding, Rule } from "./rule.ts";
import { setAbove } from "./setAbove.ts";

export const mailboxLimitTooSmall: Rule = {
  code: "mailbox-limit-too-small",
  severity: "error",
  summary: "A mailbox may be no larger than a message may be, so that the delivery agent does not start",
  why:
    "local(8) and virtual(8) stop with `fatal: … is smaller than …` when the limit of a mailbox is below that of a message; mail for their users stays in the queue. `mailbox_size_limit` and `virtual_mailbox_limit` are 51200000 bytes by default, so `message_size_limit` alone cannot go beyond that. " +
    "`0` means no limit, for a message, too: then the mailbox may have none either. With a maildir the limit of a mailbox holds for each file of it. Nothing is said of local(8) without local domains or with another `local_transport`, and of virtual(8) without mailboxes of its own. See local.c and virtual.c, pre_init().",
  manual: "https://www.postfix.org/postconf.5.html#mailbox_size_limit",
  bad: `
mydestination = example.com
message_size_limit = 104857600
#<---------------- \`mailbox_size_limit\` is 51200000, below \`message_size_limit\`: local(8) does not start
`,
  good: `
mydestination = example.com
message_size_limit = 104857600
mailbox_size_limit = 0
`,
  check: ({ project }) => once(programs(project).flatMap((program) => [...problemOf(program)])),
};

/** See local.c and virtual.c, pre_init(): the limit for the mailboxes of each. */
const LIMITS: Readonly<Partial<Record<string, string>>> = {
  local: "mailbox_size_limit",
  virtual: "virtual_mailbox_limit",
};

function* problemOf({ command, service, parameters }: Program): Generator<Finding> {
  const limit = LIMITS[command];
  if (limit === undefined || !isUsed(command, service, parameters)) return;
  const problem = comparison(Number(parameters.value(limit)), Number(parameters.value(MESSAGE)));
  const written = parameters.written(limit);
  const at = (written ?? parameters.written(MESSAGE))?.nameAt;
  if (problem === undefined || !at) return;
  const message = `\`${limit}\` is ${parameters.value(limit)}, ${problem}: ${command}(8) does not start`;
  const fix = written ? undefined : setAbove(at, `${limit} = 0`);
  yield { at, message, ...(fix && { fix }) };
}

/** What is wrong between the limit of a mailbox and that of a message, in bytes; 0 and less: there is none. */
function comparison(mailbox: number, message: number): string | undefined {
  if (!(mailbox > 0) || (mailbox >= message && message > 0)) return undefined;
  return message > 0 ? `below \`${MESSAGE}\`` : `and \`${MESSAGE}\` has no limit`;
}

const MESSAGE = "message_size_limit";

/** Whether mail is handed to a service. */
function isUsed(command: string, service: string, parameters: Parameters): boolean {
  const [transport] = parameters.value(`${command}_transport`).split(":");
  const domains = command === "local" ? "mydestination" : "virtual_mailbox_domains";
  return transport === service && parameters.value(domains) !== "";
}
