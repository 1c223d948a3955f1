import type { Project } from "../../config/project.ts";
import {
  headerAction,
  headerActionNamed,
  HEADER_ACTIONS,
  holdsHeaderActions,
  type HeaderActionName,
} from "../../postfix/headerActions.ts";
import { compareReleases } from "../../postfix/release.ts";
import { PARAMETER_VALUES } from "../../postfix/parameterValues.ts";
import { holdsTlsPolicies, TLS_LEVELS, TLS_POLICY_ATTRIBUTES } from "../../postfix/tlsPolicy.ts";
import { answersTransports } from "../../postfix/transportParameters.ts";
import { own } from "../../text/own.ts";
import { inSnippet, type Offer } from "./offer.ts";
import { transportOffers } from "./transports.ts";
import { wordValueOffers } from "./wordValues.ts";

/** Whether it is known what the tables of a parameter answer, other than those of restrictions. */
export function answersParameter(parameter: string): boolean {
  return holdsHeaderActions(parameter) || answersTransports(parameter) || holdsTlsPolicies(parameter);
}

/** What may come next on the right-hand side of a table that these parameters ask, behind the words that stand there and what is typed of the next one. */
export function answerOffers(
  project: Project,
  parameters: readonly string[],
  before: string,
  typed: string,
): readonly Offer[] | undefined {
  if (parameters.some((name) => holdsHeaderActions(name))) return headerOffers(project, parameters, before.trim());
  if (parameters.some(holdsTlsPolicies)) return tlsPolicyOffers(project, before.trim(), typed);
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

function valueOffer(label: string): Offer {
  return { label, kind: "value" };
}

function attributeValues(attribute: string): readonly string[] {
  const parameter = own(TLS_PARAMETERS, attribute);
  const { values } = own(TLS_POLICY_ATTRIBUTES, attribute) ?? {};
  return values ?? (parameter === undefined ? [] : (PARAMETER_VALUES[parameter]?.values ?? []));
}

/** Attributes that stand for a parameter, and take its words. */
const TLS_PARAMETERS: Readonly<Partial<Record<string, string>>> = {
  protocols: "smtp_tls_mandatory_protocols",
  ciphers: "smtp_tls_mandatory_ciphers",
};

/** A level, then attributes that do not stand there yet; `none` takes none. */
function tlsPolicyOffers({ release }: Project, before: string, typed: string): readonly Offer[] {
  if (before === "") return wordValueOffers(TLS_LEVELS);
  if (/^none\b/i.test(before)) return [];
  const [begun, attribute = ""] = /^(\w+)=/.exec(typed) ?? [];
  if (begun !== undefined)
    return attributeValues(attribute.toLowerCase()).map((value) => valueOffer(`${begun}${value}`));
  return Object.entries(TLS_POLICY_ATTRIBUTES).flatMap(([name, fact]): readonly Offer[] => {
    if (!fact || compareReleases(fact.since, release) > 0 || before.includes(`${name}=`)) return [];
    const snippet = `${name}=\${1:${inSnippet(fact.example)}}`;
    return [{ label: `${name}=`, kind: "parameter", detail: fact.summary, snippet }];
  });
}
