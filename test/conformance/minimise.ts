import type { Case } from "../oracle/case.ts";
import { differencesOf, type Aspect } from "./differences.ts";
import { recordCases } from "./recordCases.ts";
import type { RecordedCase } from "./recording.ts";

/** Rounds of leaving something out; each asks Postfix about every way at once. */
const ROUNDS = 12;

/** The smallest case found that still shows a difference in the same aspect. */
export async function minimise(recorded: RecordedCase): Promise<RecordedCase> {
  const aspect = firstAspect(recorded);
  let smallest = recorded;
  for (let round = 0; round < ROUNDS; round++) {
    const smaller = await smallerOne(smallest, aspect);
    if (smaller === undefined) break;
    smallest = smaller;
  }
  return smallest;
}

/** What can be left out alone is left out together when that works, else one after the other. */
async function smallerOne(recorded: RecordedCase, aspect: Aspect | undefined): Promise<RecordedCase | undefined> {
  const ways = reductionsOf(recorded);
  const asked = await recordCases(ways.map((way) => way(recorded)));
  const good = ways.filter((_, index) => {
    const one = asked[index];
    return one !== undefined && firstAspect(one) === aspect;
  });
  if (good.length === 0) return undefined;
  const upTo = good.map((_, index) => apply(recorded, good.slice(0, index + 1)));
  const together = await recordCases(upTo);
  return together.findLast((one) => firstAspect(one) === aspect);
}

function firstAspect(recorded: RecordedCase): Aspect | undefined {
  return differencesOf(recorded)[0]?.aspect;
}

type Reduction = (asked: Case) => Case;

function apply(asked: Case, reductions: readonly Reduction[]): Case {
  return reductions.reduce((smaller, reduce) => reduce(smaller), asked);
}

/** Each thing that can be left out of a case. They name what they leave out, so that several go together. */
function reductionsOf(asked: Case): Reduction[] {
  const { files, message, hosts = {}, policy = [] } = asked;
  const ofFiles = Object.entries(files).flatMap(([name, text]) => reductionsOfFile(name, text));
  const ofMessage = Object.keys(MESSAGE_DEFAULTS).filter((name) => name in message && differs(message, name));
  const recipients = message.recipients ?? [];
  return [
    ...ofFiles,
    ...(recipients.length > 1 ? recipients.map((recipient) => withoutRecipient(recipient)) : []),
    ...ofMessage.map(
      (name): Reduction =>
        (one) =>
          withMessage(one, { [name]: MESSAGE_DEFAULTS[name] }),
    ),
    ...Object.keys(hosts).map((name): Reduction => (one) => ({ ...one, hosts: without(one.hosts ?? {}, name) })),
    ...policy.map(({ listen }): Reduction => (one) => ({
      ...one,
      policy: one.policy?.filter((server) => server.listen !== listen) ?? [],
    })),
  ];
}

const MESSAGE_DEFAULTS: Readonly<Record<string, unknown>> = {
  client_address: "203.0.113.8",
  helo: "mail.remote.test",
  sasl_username: undefined,
  sender: "joe@remote.test",
  protocol: "ESMTP",
  encrypted: undefined,
  data: false,
  etrn: undefined,
  pipelining: undefined,
  mail_params: undefined,
  client_name_status: undefined,
};

function differs(message: Case["message"], name: string): boolean {
  const attributes: object = message;
  return Object.entries(attributes).some(([other, value]) => other === name && value !== MESSAGE_DEFAULTS[name]);
}

function withMessage(asked: Case, changes: Readonly<Record<string, unknown>>): Case {
  const attributes: Readonly<Record<string, unknown>> = { ...asked.message, ...changes };
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return { ...asked, message: Object.fromEntries(entries) as unknown as Case["message"] };
}

function withoutRecipient(recipient: string): Reduction {
  return (one) => {
    const recipients = one.message.recipients ?? [];
    const at = recipients.indexOf(recipient);
    return recipients.length < 2
      ? one
      : withMessage(one, { recipients: recipients.filter((_, index) => index !== at) });
  };
}

/** Lines go, then words of the lists; a table goes as a whole too. */
function reductionsOfFile(name: string, text: string): Reduction[] {
  const lines = text.trimEnd().split(/\n(?!\s)/);
  const rewrite = (change: (lines: string[]) => string[]): Reduction => {
    return (one) => {
      const old = one.files[name];
      if (old === undefined) return one;
      return { ...one, files: { ...one.files, [name]: `${change(old.trimEnd().split(/\n(?!\s)/)).join("\n")}\n` } };
    };
  };
  const dropLines = lines.map((line) => rewrite((old) => old.filter((other) => other !== line)));
  if (name !== "main.cf") {
    return [...(lines.length > 1 ? dropLines : []), (one) => ({ ...one, files: without(one.files, name) })];
  }
  const shorten = lines.flatMap((line) => {
    const [parameter = "", value = ""] = line.split(/ = ([^]*)/);
    const words = wordsOf(value);
    if (words.length < 2) return [];
    return words.map((word) =>
      rewrite((old) => old.map((other) => (other.startsWith(`${parameter} = `) ? withoutWord(other, word) : other))),
    );
  });
  return [...dropLines, ...shorten];
}

/** The words of a list; braces keep theirs together. */
function wordsOf(value: string): string[] {
  return value.match(/(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|[^\s,{])+/g) ?? [];
}

function withoutWord(line: string, word: string): string {
  const [parameter = "", value = ""] = line.split(/ = ([^]*)/);
  const words = wordsOf(value);
  const at = words.indexOf(word);
  return `${parameter} = ${words.filter((_, index) => index !== at).join(", ")}`;
}

function without<Value>(record: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== name));
}
