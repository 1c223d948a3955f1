import type { Project } from "../../config/project.ts";
import {
  headerAction,
  headerActionNamed,
  HEADER_ACTIONS,
  holdsHeaderActions,
  type HeaderActionName,
} from "../../postfix/headerActions.ts";
import { compareReleases } from "../../postfix/release.ts";
import { holdsTlsPolicies, TLS_LEVELS, TLS_POLICY_ATTRIBUTES } from "../../postfix/tlsPolicy.ts";
import { answersTransports } from "../../postfix/transportParameters.ts";
import { inSnippet, type Offer } from "./offer.ts";
import { transportOffers } from "./transports.ts";
import { wordValueOffers } from "./wordValues.ts";

/** Whether it is known what the tables of a parameter answer, other than those of restrictions. */
export function answersParameter(parameter: string): boolean {
  return holdsHeaderActions(parameter) || answersTransports(parameter) || holdsTlsPolicies(parameter);
}

/** What may come next on the right-hand side of a table that these parameters ask, behind the words that stand there. */
export function answerOffers(
  project: Project,
  parameters: readonly string[],
  before: string,
): readonly Offer[] | undefined {
  if (parameters.some((name) => holdsHeaderActions(name))) return headerOffers(project, parameters, before.trim());
  if (parameters.some(holdsTlsPolicies)) return tlsPolicyOffers(project, before.trim());
  return before.trim() === "" && parameters.some(answersTransports) ? transportOffers(project) : undefined;
}

function headerOffers(project: Project, parameters: readonly string[], before: string): readonly Offer[] | undefined {
  if (before !== "") {
    const known = headerActionNamed(before);
    return known && headerAction(known).argument === "transport:destination" ? transportOffers(project) : undefined;
  }
  const isClient = parameters.every((name) => /^(?:smtp|lmtp)_/.test(name));
  return (Object.keys(HEADER_ACTIONS) as HeaderActionName[]).flatMap((name) => {
    const { since, inClient, summary } = headerAction(name);
    if (compareReleases(since, project.release) > 0 || (isClient && !inClient)) return [];
    return [{ label: name, kind: "action", detail: summary, about: { kind: "header action", name } }];
  });
}

/** A level, then attributes that do not stand there yet; `none` takes none. */
function tlsPolicyOffers({ release }: Project, before: string): readonly Offer[] {
  if (before === "") return wordValueOffers(TLS_LEVELS);
  if (/^none\b/i.test(before)) return [];
  return Object.entries(TLS_POLICY_ATTRIBUTES).flatMap(([name, fact]): readonly Offer[] => {
    if (!fact || compareReleases(fact.since, release) > 0 || before.includes(`${name}=`)) return [];
    const snippet = `${name}=\${1:${inSnippet(fact.example)}}`;
    return [{ label: `${name}=`, kind: "parameter", detail: fact.summary, snippet }];
  });
}
