import type { Case } from "../oracle/case.ts";
import { makeDice } from "./generate/dice.ts";
import type { Draft } from "./generate/draft.ts";
import { addHosts } from "./generate/hosts.ts";
import { writeLists } from "./generate/lists.ts";
import { writeConfiguration } from "./generate/mainCf.ts";
import { randomMessage } from "./generate/message.ts";
import { writeSettings } from "./generate/settings.ts";
import { writeTrouble } from "./generate/trouble.ts";

/** What a generated case may hold. */
export interface Wishes {
  /** Tables of type regexp and pcre. */
  readonly patterns: boolean;
}

/** A configuration and a message: random, small, the same ones for the same seed. */
export function generateCase(seed: number, { patterns }: Wishes = { patterns: true }): Case {
  const dice = makeDice(seed);
  const draft: Draft = {
    dice,
    message: randomMessage(dice),
    patterns,
    parameters: new Map(),
    files: new Map(),
    hosts: new Map(),
    policy: [],
    classes: [],
    notCompiled: [],
  };
  writeSettings(draft);
  writeLists(draft);
  writeTrouble(draft);
  addHosts(draft);
  return caseOf(`random-${seed}`, draft);
}

function caseOf(id: string, draft: Draft): Case {
  const { message, files, hosts, policy, notCompiled } = draft;
  const texts = { ...writeConfiguration(draft), ...Object.fromEntries(files) };
  const told = JSON.stringify([texts, message]).toLowerCase();
  // A name that leads to others, and those, are asked for although the case does not speak of them.
  const needed = (name: string): boolean =>
    told.includes(name.replace(/^(?:[\da-f]+\.)+(?=d?bl\.)/, "")) || LED_TO.test(name);
  return {
    id,
    files: texts,
    message,
    hosts: Object.fromEntries([...hosts].filter(([name]) => needed(name))),
    policy,
    ...(notCompiled.length > 0 && { no_postmap: notCompiled }),
  };
}

const LED_TO = /^(?:mx|ns|mail)\./;
