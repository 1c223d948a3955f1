import type { Configuration } from "../../config/configuration.ts";
import { restrictionList, type ListItem } from "../../config/restrictionList.ts";
import { rightHandSide } from "../../config/rightHandSide.ts";
import { isListParameter } from "../../postfix/listParameters.ts";
import { mapType, mapTypeNamed } from "../../postfix/mapTypes.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import { compareReleases } from "../../postfix/release.ts";
import { restriction } from "../../postfix/restrictions.ts";
import { stageOf } from "../../postfix/stages.ts";
import { parseNetwork } from "../../syntax/network.ts";
import { splitNames, splitWords, type ValueWord } from "../../syntax/words.ts";
import { isClass } from "../listTarget.ts";
import { actionTokens, answerTokens, transportTokens } from "./answerTokens.ts";
import { tableTokens } from "./tableTokens.ts";
import { token, type ValueToken } from "./valueToken.ts";
import { isTransport } from "../../postfix/transportParameters.ts";

/** The tokens in the value of a parameter or class. */
export function* valueTokens(
  configuration: Configuration,
  parameter: string,
  value: string,
): Generator<ValueToken, void, undefined> {
  yield* references(value);
  if (isTransport(parameter) && !value.includes("$")) return yield* transportTokens(value);
  if (parameter === "smtpd_restriction_classes") yield* declarations(value);
  else if (stageOf(parameter) || isClass(parameter, configuration)) yield* listTokens(configuration, value, parameter);
  else for (const word of splitWords(value)) yield* wordTokens(parameter, word);
}

/** The tokens of a restriction list; `name` is what holds it: a stage, a class, or a table. */
export function* listTokens(
  configuration: Configuration,
  value: string,
  name: string,
): Generator<ValueToken, void, undefined> {
  const words = splitWords(value).map((word) => ({ ...word, at: undefined, via: [] }));
  const { items } = restrictionList("", words, (word) => isClass(word, configuration));
  const isList = stageOf(name) !== undefined || configuration.classes.has(name);
  for (const item of items) {
    const [word, argument] = [item.word, item.argument].map((one) => words.find((other) => other === one));
    if (word) yield* itemTokens(configuration, item, word, isList);
    if (argument) yield* argumentTokens(configuration, item, argument);
  }
}

function* itemTokens(
  configuration: Configuration,
  { meaning }: ListItem,
  word: ValueWord,
  isList: boolean,
): Generator<ValueToken, void, undefined> {
  if (meaning.kind === "restriction") {
    const { deprecated, removed } = restriction(meaning.name);
    yield token(word, "function", isPast(configuration, deprecated ?? removed) ? ["deprecated"] : []);
  } else if (meaning.kind === "table") yield* accessTableTokens(configuration, word);
  else if (meaning.kind === "class" || (isList && /^\w[\w-]*$/.test(word.text))) {
    yield token(word, "class", configuration.classes.has(word.text) ? [] : ["undeclared"]);
  }
}

function* argumentTokens(
  configuration: Configuration,
  { meaning }: ListItem,
  word: ValueWord,
): Generator<ValueToken, void, undefined> {
  if (meaning.kind !== "restriction") return;
  const { argument } = restriction(meaning.name);
  if (argument === "access-map") yield* accessTableTokens(configuration, word);
  if (argument === "seconds" && /^\d+$/.test(word.text)) yield token(word, "number");
  if (!argument.endsWith("dns-list")) return;
  const domain = DOMAIN_START.exec(word.text)?.[0] ?? "";
  if (domain !== "") yield token({ ...word, end: word.start + domain.length }, "domain");
}

function* declarations(value: string): Generator<ValueToken, void, undefined> {
  for (const word of splitNames(value)) if (/^[\w-]+$/.test(word.text)) yield token(word, "class", ["declaration"]);
}

function* references(value: string): Generator<ValueToken, void, undefined> {
  for (const match of value.matchAll(/\$\$|\$(?:(\w+)|[{(]\s*(\w+))/g)) {
    const name = match[1] ?? match[2];
    const end = match.index + match[0].length;
    if (name !== undefined) yield token({ start: end - name.length, end }, "variable");
  }
}

function* wordTokens(parameter: string, word: ValueWord): Generator<ValueToken, void, undefined> {
  const type = PARAMETERS.get(parameter)?.type;
  const bare = word.text.replace(/^!+/, "");
  const place = { start: word.end - bare.length, end: word.end };
  if (type === "integer" || type === "time") {
    if (/^\d+[smhdw]?$/i.test(bare)) yield token(place, "number");
  } else if (/[.:]/.test(bare) && "network" in parseNetwork(bare.replace(/[[\]]/g, ""))) yield token(place, "network");
  else if (isListParameter(parameter) && DOMAIN.test(bare)) yield token(place, "domain");
  else if (!isEndpoint(parameter, bare)) {
    yield* tableTokens({ text: bare, ...place }, (value) => answerTokens([parameter], value));
  }
}

const DOMAIN_START = /^\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)+/i;
const DOMAIN = new RegExp(`${DOMAIN_START.source}$`, "i");

/** `unix:private/policy` is a socket where no table is expected. */
function isEndpoint(parameter: string, word: string): boolean {
  const type = mapTypeNamed(/^([a-z]+):/.exec(word)?.[1] ?? "");
  if (!type || /_maps$|^my|_domains$/.test(parameter)) return false;
  return ["endpoint", "system", "none"].includes(mapType(type).source);
}

function accessTableTokens(configuration: Configuration, word: ValueWord): readonly ValueToken[] {
  return tableTokens(word, (value) => accessTokens(configuration, value));
}

/** The tokens of a right-hand side of an access table. */
export function accessTokens(configuration: Configuration, value: string): readonly ValueToken[] {
  return rightHandSide(value).kind === "action" ? actionTokens(value) : [...listTokens(configuration, value, "")];
}

/** Whether the release that is meant has left something behind. */
export function isPast({ project }: Configuration, change: { readonly since: string } | undefined): boolean {
  return change !== undefined && compareReleases(project.release, change.since) >= 0;
}
