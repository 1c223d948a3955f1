import type { Configuration } from "../config/configuration.ts";
import { combinations, costWith, surroundingsFor, type Combination } from "./combinations.ts";
import { type Part, type Parts, type Value, type Values } from "./parts.ts";
import { bothWays, otherAnswers, probe, type Probed } from "./probe.ts";

/** A message whose outcome is not the same. */
export interface Found {
  readonly parts: Parts;
  readonly probed: Probed;
  /** How far it is from the plainest message. */
  readonly cost: number;
}

/** What a search came to. */
export interface Searched {
  readonly found: readonly Found[];
  /** How many messages were sent through both configurations. */
  readonly messages: number;
  /** Whether there were more than that. */
  readonly cut: boolean;
}

/** How many messages are sent through both configurations: with the ordinary answers, and with others. */
const MOST_MESSAGES = 3000;
const MOST_OTHER_ANSWERS = 1500;
/** An unusual answer from outside is further off than any message. */
const COST_OF_ANSWER = 100;

interface Search {
  readonly both: readonly [Configuration, Configuration];
  readonly found: Found[];
  readonly ways: Set<string>;
  readonly known: Map<string, string>;
  messages: number;
  otherAnswers: number;
  cut: boolean;
}

/** Looks for messages that two configurations treat differently. */
export function search(both: readonly [Configuration, Configuration], values: Values): Searched {
  const searching: Search = {
    both,
    found: [],
    ways: new Set(),
    known: new Map(),
    messages: 0,
    otherAnswers: 0,
    cut: false,
  };
  const kinds = kindsAmong(searching, values);
  for (const combination of combinations(kinds)) {
    if (searching.messages >= MOST_MESSAGES) {
      searching.cut = true;
      break;
    }
    send(searching, combination);
  }
  const { found, messages, cut } = searching;
  return { found, messages: messages + searching.otherAnswers, cut };
}

/** Sends a message through both; answers with the way it went. */
function send(searching: Search, { parts, cost }: Combination): string {
  const name = JSON.stringify(parts);
  const known = searching.known.get(name);
  if (known !== undefined) return known;
  searching.messages += 1;
  const probed = probe(searching.both, parts, new Map());
  if (probed.change) searching.found.push({ parts, probed, cost });
  const way = bothWays(probed);
  searching.known.set(name, way);
  if (!searching.ways.has(way)) {
    searching.ways.add(way);
    answerDifferently(searching, parts, { probed, cost });
  }
  return way;
}

function answerDifferently(
  searching: Search,
  parts: Parts,
  { probed, cost }: { readonly probed: Probed; readonly cost: number },
): void {
  for (const pins of otherAnswers(probed)) {
    if (searching.otherAnswers >= MOST_OTHER_ANSWERS) {
      searching.cut = true;
      return;
    }
    searching.otherAnswers += 1;
    const other = probe(searching.both, parts, pins);
    if (other.change) searching.found.push({ parts, probed: other, cost: cost + COST_OF_ANSWER });
  }
}

/** Of the values that go the same ways wherever they are tried, the first of each origin. */
function kindsAmong(searching: Search, values: Values): Values {
  return {
    who: differentWays(searching, values, "who"),
    helo: differentWays(searching, values, "helo"),
    sender: differentWays(searching, values, "sender"),
    recipient: differentWays(searching, values, "recipient"),
  };
}

function differentWays<Which extends Part>(searching: Search, values: Values, part: Which): readonly Value<Which>[] {
  const surroundings = surroundingsFor(values, part);
  const seen = new Set<string>();
  return values[part].filter((value) => {
    const ways = surroundings.map(({ parts, cost }) =>
      send(searching, { parts: { ...parts, [part]: value.is }, cost: costWith(cost, value) }),
    );
    const name = ways.join("\n\n\n");
    if (seen.has(name) && value.origin !== "plain" && value.origin !== "usual") return false;
    seen.add(name);
    return true;
  });
}
