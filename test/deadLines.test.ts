import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { mainConfiguration, serviceConfigurations } from "../server/src/config/configurations.ts";
import type { Project } from "../server/src/config/project.ts";
import { projectOfCase } from "../server/src/evaluate/caseProject.ts";
import { evaluate } from "../server/src/evaluate/evaluate.ts";
import type { Step } from "../server/src/evaluate/trace.ts";
import { NOBODY } from "../server/src/relay/nobody.ts";
import { repeatedRestriction } from "../server/src/rules/repeatedRestriction.ts";
import type { Finding, Rule } from "../server/src/rules/rule.ts";
import { shadowedRule } from "../server/src/rules/shadowedRule.ts";
import { NOT_FOUND } from "../server/src/config/table.ts";
import { makeDice, type Dice } from "./conformance/generate/dice.ts";
import { generateCase } from "./conformance/generate.ts";
import { strangersMessages } from "./relay/strangers.ts";

const HEAD = "compatibility_level = 3.6\nmydestination = example.com\n";

function projectOf(files: Readonly<Record<string, string>>): Project {
  return projectOfCase({ files, message: { client_address: "" } });
}

function findingsOf(rule: Rule, project: Project): readonly Finding[] {
  return [...rule.check({ project, configurations: serviceConfigurations(project) })];
}

/** Where the lines begin that are said to be dead. */
function deadIn(project: Project): ReadonlySet<number> {
  return new Set(findingsOf(shadowedRule, project).map(({ at }) => at.span.start));
}

/** Where the lines begin that answer for some of the keys. */
function answering(project: Project, reference: string, keys: readonly string[]): ReadonlySet<number> {
  const table = mainConfiguration(project).table(reference);
  const starts = keys.flatMap((key) => {
    const found = table.lookup(key, () => NOT_FOUND);
    return found.kind === "found" && found.at ? [found.at.span.start] : [];
  });
  return new Set(starts);
}

function between(dice: Dice, least: number, most: number): number {
  return least + dice.below(most - least + 1);
}

function linesOf(dice: Dice, line: () => string): string {
  return Array.from({ length: between(dice, 2, 14) }, () => `${line()} ${dice.pick(["OK", "REJECT", "DUNNO"])}\n`).join(
    "",
  );
}

function startsIn(text: string): readonly number[] {
  return [...text.matchAll(/^./gm)].map(({ index }) => index);
}

suite("Lines that are said to be dead", () => {
  test("networks: just those that answer for no address", () => {
    const addresses = Array.from({ length: 32 }, (_, at) => `10.0.0.${at}`);
    for (let seed = 0; seed < 150; seed++) {
      const dice = makeDice(seed);
      const network = (): string => {
        const length = between(dice, 27, 32);
        const size = 2 ** (32 - length);
        return `10.0.0.${Math.floor(between(dice, 0, 31) / size) * size}/${length}`;
      };
      const text = linesOf(dice, network);
      const main = `${HEAD}smtpd_client_restrictions = check_client_access cidr:/etc/postfix/t\n`;
      const project = projectOf({ "main.cf": main, t: text });
      const alive = answering(project, "cidr:/etc/postfix/t", addresses);
      const dead = startsIn(text).filter((start) => !alive.has(start));
      assert.deepEqual([...deadIn(project)], dead, text);
    }
  });

  test("networks with ! and if: none that answers for an address", () => {
    const addresses = [...Array.from({ length: 32 }, (_, at) => `10.0.0.${at}`), "192.0.2.1", "2001:db8::1"];
    let count = 0;
    for (let seed = 0; seed < 150; seed++) {
      const dice = makeDice(seed);
      const line = (): string => {
        const length = between(dice, 27, 30);
        const size = 2 ** (32 - length);
        const network = `10.0.0.${Math.floor(between(dice, 0, 31) / size) * size}/${length}`;
        const plain = `${dice.pick(["", "", "!"])}${dice.pick([network, network, network, "::/0"])} OK\n`;
        return dice.pick([plain, plain, plain, `if ${dice.pick(["", "!"])}${network}\n${plain}endif\n`]);
      };
      const text = Array.from({ length: between(dice, 2, 10) }, line).join("");
      const main = `${HEAD}smtpd_client_restrictions = check_client_access cidr:/etc/postfix/t\n`;
      const project = projectOf({ "main.cf": main, t: text });
      const alive = answering(project, "cidr:/etc/postfix/t", addresses);
      const dead = deadIn(project);
      count += dead.size;
      for (const start of dead) assert.ok(!alive.has(start), `at ${start}:\n${text}`);
    }
    assert.ok(count > 100, String(count));
  });

  test("networks: what ! and if leave nothing of", () => {
    const deadLines = (t: string): readonly string[] => {
      const main = `${HEAD}smtpd_client_restrictions = check_client_access cidr:/etc/postfix/t\n`;
      return findingsOf(shadowedRule, projectOf({ "main.cf": main, t })).map(({ message }) => message);
    };
    assert.deepEqual(deadLines("!192.0.2.0/24 REJECT\n192.0.3.0/24 OK\n192.0.2.7 OK\n"), [
      "`192.0.3.0/24` never matches: `!192.0.2.0/24` leaves nothing of it",
    ]);
    assert.deepEqual(deadLines("!192.0.2.0/24 REJECT\n192.0.2.0/24 OK\n0.0.0.0/0 OK\n::/0 OK\n"), [
      "`0.0.0.0/0` never matches: `192.0.2.0/24` comes first",
    ]);
    assert.deepEqual(deadLines("if 192.0.2.0/24\n10.0.0.0/8 OK\n192.0.2.1 OK\nendif\n10.0.0.0/8 OK\n"), [
      "`10.0.0.0/8` never matches: `if 192.0.2.0/24` leaves nothing of it",
    ]);
  });

  test("patterns: none that answers for a word", () => {
    const words = wordsOf(["a", "b", "c"], 5);
    let count = 0;
    for (let seed = 0; seed < 60; seed++) {
      const dice = makeDice(seed);
      const piece = (): string => dice.pick(["a", "b", "c", ".", "[ab]", "[^a]", "(a|bc)", "b*", "c?"]);
      const pattern = (): string =>
        `/${dice.pick(["^", ""])}${Array.from({ length: between(dice, 1, 3) }, piece).join("")}${dice.pick(["$", ""])}/`;
      const text = linesOf(dice, pattern);
      const type = dice.pick(["regexp", "pcre"]);
      const main = `${HEAD}smtpd_helo_restrictions = check_helo_access ${type}:/etc/postfix/t\n`;
      const project = projectOf({ "main.cf": main, t: text });
      const alive = answering(project, `${type}:/etc/postfix/t`, words);
      const dead = deadIn(project);
      count += dead.size;
      for (const start of dead) assert.ok(!alive.has(start), `${type}, at ${start}:\n${text}`);
    }
    assert.ok(count > 20, String(count));
  });

  test("restrictions: none that decides about a message", () => {
    let count = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { files } = generateCase(seed);
      const { parameters } = mainConfiguration(projectOf(files));
      const list = parameters.value("smtpd_recipient_restrictions").replace(/\s+/g, " ");
      const main = `${files["main.cf"] ?? ""}\nsmtpd_recipient_restrictions = ${list} ${list} reject_unauth_destination\n`;
      const project = projectOf({ ...files, "main.cf": main });
      const configuration = mainConfiguration(project);
      const dead = new Set(findingsOf(repeatedRestriction, project).map(({ at }) => `${at.file}:${at.span.start}`));
      if (dead.size === 0) continue;
      count += dead.size;
      for (const message of strangersMessages(configuration, makeDice(seed), 10)) {
        const { steps } = evaluate(configuration, message, NOBODY);
        for (const { at, outcome, asked } of allSteps(steps)) {
          const isDead = at !== undefined && dead.has(`${at.file}:${at.span.start}`);
          if (isDead) assert.ok(SILENT.has(outcome), `seed ${seed}: ${asked} says ${outcome}`);
        }
      }
    }
    assert.ok(count > 20, String(count));
  });
});

const SILENT: ReadonlySet<Step["outcome"]> = new Set<Step["outcome"]>([
  "DUNNO",
  "not reached",
  "PREPEND",
  "WARN",
  "INFO",
  "HOLD",
  "BCC",
  "FILTER",
  "REDIRECT",
  "DEFER_IF_REJECT",
  "DEFER_IF_PERMIT",
]);

function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => [step, ...allSteps(step.children)]);
}

function wordsOf(letters: readonly string[], length: number): readonly string[] {
  if (length === 0) return [];
  const shorter = wordsOf(letters, length - 1);
  const longest = shorter.filter((word) => word.length === length - 1);
  const grown = (length === 1 ? [""] : longest).flatMap((word) => letters.map((letter) => word + letter));
  return [...shorter, ...grown];
}
