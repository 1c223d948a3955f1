import { compare, type Comparison } from "../../server/src/compare/compare.ts";
import { changeOf, outcomeOf } from "../../server/src/compare/outcome.ts";
import type { Configuration } from "../../server/src/config/configuration.ts";
import { mainConfiguration } from "../../server/src/config/configurations.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { explore } from "../../server/src/evaluate/explore.ts";
import { knownWorld } from "../../server/src/evaluate/knownWorld.ts";
import type { Message } from "../../server/src/evaluate/message.ts";
import { generateCase } from "../conformance/generate.ts";
import { makeDice, type Dice } from "../conformance/generate/dice.ts";
import { randomMessage } from "../conformance/generate/message.ts";

type Files = Readonly<Record<string, string>>;

/** A random edit of a random configuration, and what the comparison says of it. */
export interface RandomEdit {
  readonly comparison: Comparison;
  /** Witnesses that are treated the same when they are replayed. */
  readonly wrong: readonly string[];
  /** A random message that is treated differently, if one was found. */
  readonly differing: Message | undefined;
}

/** How many random messages look for a difference. */
const MESSAGES = 150;

export function randomEdit(seed: number): RandomEdit {
  const dice = makeDice(seed);
  const { files, no_postmap } = generateCase(seed);
  const projectOf = (texts: Files): ReturnType<typeof projectOfCase> =>
    projectOfCase({ files: texts, message: { client_address: "" }, ...(no_postmap && { no_postmap }) });
  const [before, after] = [projectOf(files), projectOf(edited(files, dice))];
  const comparison = compare(before, after);
  const both = [mainConfiguration(before), mainConfiguration(after)] as const;
  const witnesses = comparison.services.flatMap(({ classes }) => classes.map(({ witness }) => witness));
  const wrong = witnesses.flatMap(({ message, if: answers }) =>
    differs(both, message, new Map(answers.map(({ ask, answer }) => [ask, answer]))) ? [] : [JSON.stringify(message)],
  );
  const messages = Array.from({ length: MESSAGES }, () => oneRecipient(randomMessage(dice)));
  return { comparison, wrong, differing: messages.find((message) => differs(both, message, new Map())) };
}

function oneRecipient(given: ReturnType<typeof randomMessage>): Message {
  const { client_address, client_name, reverse_client_name, helo, sasl_username, sender, encrypted } = given;
  const recipients = given.recipients?.slice(0, 1);
  return { client_address, client_name, reverse_client_name, helo, sasl_username, sender, encrypted, recipients };
}

function differs(
  [before, after]: readonly [Configuration, Configuration],
  message: Message,
  pins: ReadonlyMap<string, string>,
): boolean {
  const [old, fresh] = [before, after].map((one) => outcomeOf(explore(one, message, knownWorld({}), pins).evaluation));
  return old !== undefined && fresh !== undefined && changeOf(old, fresh) !== undefined;
}

/** Takes a line or a word away, puts two words into another order, or changes a key or an action. */
function edited(files: Files, dice: Dice): Files {
  const name = dice.chance(60) ? "main.cf" : dice.pick(Object.keys(files));
  const lines = (files[name] ?? "").split("\n");
  const at = dice.below(lines.length);
  const line = lines[at] ?? "";
  const words = line.split(/(?<=\S)\s+/);
  const [one, other] = [dice.below(words.length), dice.below(words.length)];
  const swapped = words.with(one, words[other] ?? "").with(other, words[one] ?? "");
  const edits: readonly (() => readonly string[])[] = [
    () => lines.toSpliced(at, 1),
    () => lines.with(at, words.toSpliced(Math.max(1, one), 1).join(" ")),
    () => lines.with(at, name === "main.cf" && words[1] === "=" ? line : swapped.join(" ")),
    () => lines.with(at, line.replace(/\b(?:OK|permit|DUNNO)\b/, dice.pick(["REJECT", "reject", "DUNNO"]))),
  ];
  return { ...files, [name]: dice.pick(edits)().join("\n") };
}
