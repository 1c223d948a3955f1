import { dnsListNamed, type DnsListFact } from "../postfix/dnsLists.ts";
import type { ValuesFact } from "../postfix/parameterValues.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { POLICY_SETTINGS, policyParameter } from "../postfix/policySettings.ts";
import type { Release } from "../postfix/release.ts";
import { restriction } from "../postfix/restrictions.ts";
import { TLS_LEVELS, TLS_POLICY_ATTRIBUTES } from "../postfix/tlsPolicy.ts";
import { transportParameter } from "../postfix/transportParameters.ts";
import { splitWords } from "../syntax/words.ts";
import { touches } from "../text/span.ts";
import { awaitingArgument } from "./completion/restrictions.ts";
import type { ValueCursor } from "./completion/valueCursor.ts";
import { documentation } from "./documentation.ts";
import { documentationText } from "./documentationText.ts";
import type { Note } from "./hoverValue.ts";
import { code, paragraphs } from "./markdown.ts";
import { holdsList } from "./target.ts";
import { own } from "../text/own.ts";

/** What a word of a value means that is no name: one of those that the parameter takes, a DNS list, a setting. */
export function wordText(cursor: ValueCursor, word: string): string | undefined {
  const { configuration, parameter } = cursor;
  if (parameter === "postscreen_dnsbl_sites") return dnsListText(word);
  if (holdsList(parameter, configuration)) return argumentText(cursor, word);
  const name = PARAMETERS.has(parameter) ? parameter : transportParameter(parameter)?.fallback;
  const fact = PARAMETERS.get(name ?? "")?.values;
  return fact && meaningText(fact, word, `value of ${code(parameter)}`);
}

function meaningText(fact: ValuesFact, written: string, what: string): string | undefined {
  const word = fact.exact ? written : written.toLowerCase();
  const meaning = own(fact.meanings ?? {}, word);
  return meaning === undefined ? undefined : paragraphs(`**${code(word)}** — ${what}`, meaning);
}

/** The argument of a restriction, or what stands in its braces. */
function argumentText({ configuration, groups }: ValueCursor, word: string): string | undefined {
  const [inner, outer] = groups;
  const { before } = inner.head === "" && outer ? outer : inner;
  const name = awaitingArgument({ configuration, parameter: undefined, before });
  if (!name) return undefined;
  if (name === "check_policy_service") return outer && settingText(word, configuration.project.release);
  return restriction(name).argument.endsWith("dns-list") ? dnsListText(word) : undefined;
}

function settingText(word: string, release: Release): string | undefined {
  const setting = POLICY_SETTINGS.find((one) => one === word || word.startsWith(`${one}=`));
  const found = setting && documentation({ kind: "parameter", name: policyParameter(setting) }, release);
  return found && documentationText({ ...found, title: setting, what: "setting of this policy service alone" });
}

/** `domain=filter*weight`. See smtpd_check.c, find_dnsxl_reply(), and postscreen_dnsbl.c. */
function dnsListText(word: string): string | undefined {
  const [domain = ""] = word.split(/[=*]/);
  const fact = dnsListNamed(domain);
  return (
    fact && paragraphs(`**${code(domain)}** — ${listsText(fact)}`, ...conditionText(fact), `Source: ${fact.source}`)
  );
}

function listsText({ lists }: DnsListFact): string {
  return lists === undefined ? "DNS list" : `DNS list of ${lists}`;
}

function conditionText({ ended, errors }: DnsListFact): readonly string[] {
  const end = ended?.listsAll ? "it answers, or has answered, that everybody is listed" : "it lists nobody any more";
  return [
    ...(ended ? [`Ended (${ended.since}): ${end}.`] : []),
    ...(errors
      ? [`It answers ${errors.answers}, which is no listing: ${code(`=${errors.filter}`)} leaves it out.`]
      : []),
  ];
}

/** What a word of a TLS policy means: its level, or the name of an attribute. */
export function tlsPolicyNote(value: string, at: number): Note | undefined {
  const words = splitWords(value);
  const word = words.find((one) => touches(one, at));
  if (!word) return undefined;
  const { text, start, end } = word;
  if (word === words[0]) {
    const level = meaningText(TLS_LEVELS, text, "TLS level");
    return level === undefined ? undefined : { span: { start, end }, text: level };
  }
  const [name = ""] = text.split("=");
  const fact = own(TLS_POLICY_ATTRIBUTES, name.toLowerCase());
  const title = `**${code(name)}** — attribute of a TLS policy`;
  return fact && { span: { start, end }, text: paragraphs(title, fact.summary, `Since ${fact.since}.`) };
}
