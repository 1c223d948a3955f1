import type { Configuration } from "../../config/configuration.ts";
import { action, ACTIONS, actionNamed, type ActionName } from "../../postfix/actions.ts";
import { compareReleases, type Release } from "../../postfix/release.ts";
import { restriction, restrictionNamed, type RestrictionName } from "../../postfix/restrictions.ts";
import { dnsListOffers } from "./dnsLists.ts";
import { inSnippet, type Offer } from "./offer.ts";
import { awaitingArgument, restrictionOffers } from "./restrictions.ts";
import { transportOffers } from "./transports.ts";

/** What may come next on the right-hand side of an access map, behind the words that stand there. */
export function rightHandSideOffers(
  configuration: Configuration,
  mayPermit: boolean,
  words: readonly string[],
): readonly Offer[] | undefined {
  const { project } = configuration;
  const [first] = words;
  const named = first === undefined ? undefined : actionNamed(first);
  if (named) {
    const takesTransport = action(named).argument === "transport:destination" && words.length === 1;
    return takesTransport ? transportOffers(project) : undefined;
  }
  if (first !== undefined && /^\d+$/.test(first)) return undefined;
  const list = { configuration, parameter: undefined, before: words };
  const awaiting = awaitingArgument(list);
  if (awaiting) return argumentInTable(awaiting);
  const restrictions = restrictionOffers(list).filter(({ label }) => fitsInTable(label));
  return first === undefined ? [...actionOffers(project.release, mayPermit), ...restrictions] : restrictions;
}

/** What may stand behind a restriction that needs no `:`. */
function argumentInTable(name: RestrictionName): readonly Offer[] | undefined {
  const { argument } = restriction(name);
  if (argument === "seconds") return SECONDS;
  return argument.endsWith("dns-list") ? dnsListOffers(name) : undefined;
}

/** How long sleep may wait. */
export const SECONDS: readonly Offer[] = ["1", "2", "5"].map((label) => ({ label, kind: "value", detail: "seconds" }));

/** A right-hand side holds no `:`. smtpd_check.c, check_table_result(). */
function fitsInTable(label: string): boolean {
  const name = restrictionNamed(label);
  return name === undefined || !NEEDS_COLON.has(restriction(name).argument);
}

const NEEDS_COLON: ReadonlySet<string> = new Set(["access-map", "policy-service"]);

function actionOffers(release: Release, mayPermit: boolean): readonly Offer[] {
  return (Object.keys(ACTIONS) as ActionName[]).flatMap((name) => {
    const { outcome, since } = action(name);
    if ((outcome === "OK" && !mayPermit) || compareReleases(since, release) > 0) return [];
    return name === "all-digits" ? [] : [actionOffer(name)];
  });
}

function actionOffer(name: ActionName): Offer {
  const { summary, argument, example } = action(name);
  const word = name === "4NN" ? "450" : name === "5NN" ? "550" : name;
  const detail = summary;
  const about = { kind: "action", name } as const;
  if (argument === "none") return { label: word, kind: "action", detail, insert: word, rank: 0, about };
  const text = example.slice(example.indexOf(" ") + 1);
  if (argument === "optional-text" || !example.includes(" ")) {
    return { label: word, kind: "action", detail, insert: word, rank: RARE.has(name) ? 2 : 0, about };
  }
  return { label: word, kind: "action", detail, snippet: `${word} \${1:${inSnippet(text)}}`, rank: 1, about };
}

const RARE: ReadonlySet<ActionName> = new Set<ActionName>(["HANGUP", "RELAY"]);
